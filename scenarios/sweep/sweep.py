"""Drive a study: how long it will take, then its points simulated or taken from the folder, and its files written."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from scenarios.compare.compared import tell
from scenarios.errors import UserError
from scenarios.experiment.cost import Work
from scenarios.experiment.durations import duration
from scenarios.experiment.experiment import Point, Task, evaluate
from scenarios.experiment.progress import ASK_ABOVE_SECONDS, Expected, Progress
from scenarios.experiment.store import Store
from scenarios.files.scenario_file import complete_file
from scenarios.run.run_folder import RunFolder, at_work
from scenarios.sweep.answer import answer
from scenarios.sweep.record import Doubt, Sweep
from scenarios.sweep.responses import Answers, in_doubt, thresholds
from scenarios.sweep.screening import Ask, Findings, Steps
from scenarios.sweep.stored import take_over
from scenarios.sweep.study import Study
from scenarios.sweep.table import Block, write
from sim.message import Message


@dataclass(frozen=True)
class Estimate:
    """How long the rest of a sweep takes, about: ``left`` replications of ``seconds`` each, shared by ``workers``."""

    seconds: float
    left: int
    workers: int

    @property
    def total(self) -> float:
        """Seconds, about."""
        return self.seconds * ceil(self.left / self.workers)

    @property
    def words(self) -> Message:
        """How long it will take, about, and why."""
        return Message(
            "takes about {time}: at most {count} replications of about {seconds} s each, on {workers} processes",
            time=duration(self.total),
            count=f"{self.left:,}",
            seconds=f"{self.seconds:,.{1 if self.seconds < 10 else 0}f}",
            workers=self.workers,
        )


def measure(study: Study, out: RunFolder | Path | None, clock: Callable[[], float] = time.monotonic) -> Estimate:
    """Simulate one replication that is missing, keep it, and say how long all that are missing will take.

    Where that seems long, a second one is measured: the first also pays for starting up. Nothing is simulated where all
    is stored. The number of replications is the most that there may be. An answer that is there stays.

    Raises:
        UserError: if the folder cannot be written or is not ours, or the sweep is too large for it.
    """
    with _at_work(study, out) as runs:
        steps = study.steps()
        ask = next(steps)
        runs.take()
        _take_over(ask, runs.store)
        while True:
            missing = _missing(ask, runs.store)
            if missing:
                return _estimate(missing, ask.later, runs.store, study.options.workers, clock)
            if not ask.later:
                return Estimate(0.0, 0, study.options.workers)
            ask = steps.send(_told(ask, runs.store, study.options.workers))


def _estimate(missing: Sequence[Task], later: int, store: Store, workers: int, clock: Callable[[], float]) -> Estimate:
    for done, task in enumerate(missing[:2], start=1):
        started = clock()
        list(evaluate([task.point], task.replication, store))
        estimate = Estimate(clock() - started, len(missing) - done + later, workers)
        if estimate.total <= ASK_ABOVE_SECONDS:
            break
    _refuse_too_many(store, estimate.left)
    return estimate


def sweep(study: Study, out: RunFolder | Path | None, progress: Progress | None = None) -> Sweep:
    """Simulate what the study asks for, or take it from the folder; fills ``sweep.json``.

    The folder is that of the question by default.

    Raises:
        UserError: if the values break a rule together, or the folder cannot be written or is not ours.
    """
    with _at_work(study, out) as runs:
        steps = study.steps()
        ask = next(steps)
        runs.take()
        _take_over(ask, runs.store)
        runs.begin({"scenario.toml": complete_file(study.scenario)})
        found = answer(study, *_driven(study, steps, ask, runs.store, progress or Progress()))
        with runs.answer() as draft:
            write(draft.path / "sweep.parquet", study.blocks, study.paths)
            draft.write(found)
    return found


@contextmanager
def _at_work(study: Study, out: RunFolder | Path | None) -> Iterator[RunFolder]:
    with at_work(out, study.question) as runs:
        runs.prepare(study.heaviest, study.options.each)
        yield runs


def _take_over(ask: Ask, store: Store) -> None:
    """Of a scenario as it is other commands may have simulated replications already."""
    if ask.design == "draws":
        take_over(ask.spots[0].point, range(1, ask.replications + 1), store)


def _unique(ask: Ask) -> dict[str, Point]:
    """The points by digest: designs may come twice to the same place."""
    return {spot.point.digest: spot.point for spot in ask.spots}


def _missing(ask: Ask, store: Store) -> list[Task]:
    every = (Task(point, number) for point in _unique(ask).values() for number in range(1, ask.replications + 1))
    return [task for task in every if not store.has(task.point.digest, task.replication)]


def _refuse_too_many(store: Store, left: int) -> None:
    """Refuse what the disk has no room for, by the size of a stored replication."""
    sizes = [path.stat().st_size for path in store.folder.glob("*.npz")]
    room, needed = shutil.disk_usage(store.folder.parent).free, left * max(sizes, default=0)
    if needed > room:
        raise UserError(
            "sweep",
            [
                Message(
                    "{left:,} replications take about {needed:,.1f} GB, and {room:,.1f} GB are free: vary less",
                    left=left,
                    needed=needed / 1e9,
                    room=room / 1e9,
                )
            ],
        )


def _driven(study: Study, steps: Steps, ask: Ask, store: Store, progress: Progress) -> Findings:
    """Give the study what it asks for until it returns."""
    study.blocks.clear()
    promised: Work | None = None
    while True:
        later = Task(ask.spots[0].point, 1).work * ask.later
        asked = sum((Task(point, 1).work for point in _unique(ask).values()), Work()) * ask.replications + later
        if promised is None:
            heaviest = max(Task(point, 1).work.seconds for point in _unique(ask).values())
            progress.expect(Expected(asked, study.options.workers, heaviest=heaviest))
        else:
            progress.skip(promised - asked)
        promised = later
        told = _told(ask, store, study.options.workers, progress.done)
        study.blocks.append(Block(ask.design, ask.spots, told[0]))
        try:
            ask = steps.send(told)
        except StopIteration as end:
            progress.skip(promised)
            found: Findings = end.value
            return found


def _told(
    ask: Ask, store: Store, workers: int, on_done: Callable[[Task], None] = lambda task: None
) -> tuple[list[Answers], list[Doubt]]:
    """What each point says, simulated where it is not stored; results are let go once they are told."""
    told: dict[str, Answers] = {}
    levels: list[Any] = []
    for point, results in evaluate(list(_unique(ask).values()), ask.replications, store, workers, on_done):
        told[point.digest] = [tell(result, point.parameters) for result in results]
        if not levels or point.parameters.targets != levels[-1][0]:
            levels.append((point.parameters.targets, thresholds(results[0], point.parameters)))
    answers = [told[spot.point.digest] for spot in ask.spots]
    return answers, in_doubt(answers, [level for _, level in levels])
