"""The one experiment core: points in, results out.

A point is a label and resolved parameters. Each replication of a point is stored under the digest of what determines it
(parameters, seed, chance only, card history, what is not known, model version), so going on after an interruption is a
store hit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

from scenarios.experiment.cost import Work, by_part
from scenarios.experiment.store import Store
from scenarios.experiment.workers import spread
from scenarios.files.changes import differing
from scenarios.history import history_digest, load_history
from scenarios.unknowns import record, unknowns_of
from sim import __version__
from sim.couplings import COUPLINGS, Coupling
from sim.message import Message
from sim.parameters import Parameters
from sim.parts import PARTS
from sim.reach import reached_by
from sim.replication import replicate, reported, rerun, whole
from sim.result import Result
from sim.unknowns import Unknowns


@dataclass(frozen=True)
class Point:
    """What to simulate: a label for people, and all that determines the numbers but the replication.

    ``draws`` are the rows of what is not known that replications take in turn; by default all, once each.
    """

    label: str
    parameters: Parameters
    seed: int
    chance_only: bool = False
    draws: tuple[int, ...] | None = None

    @cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits that stand for all that determines the results."""
        determined = [
            self.parameters.model_dump(mode="json", by_alias=True),
            self.seed,
            self.chance_only,
            history_digest(),
            record().digest,
            __version__,
            *([self.draws] if self.draws else []),
        ]
        return hashlib.blake2b(json.dumps(determined, sort_keys=True).encode(), digest_size=6).hexdigest()

    @property
    def unknowns(self) -> Unknowns:
        """What is not known, as one joint distribution."""
        return unknowns_of(self.draws)

    @cached_property
    def costs(self) -> dict[str, float]:
        """Seconds that a replication takes, by part (``scenarios.experiment.cost``)."""
        return by_part(self.parameters)


@dataclass(frozen=True)
class Task:
    """One replication of one point, and the parts of it that are simulated.

    ``times``: its cost counts so often, since it is tried out so often, or leaves other processes idle beside it.
    ``simulated`` is False where the result was there already.
    """

    point: Point
    replication: int
    parts: Collection[str] = PARTS
    times: float = 1.0
    simulated: bool = True

    @property
    def work(self) -> Work:
        """What it costs."""
        return Work(1, sum(self.point.costs[part] for part in self.parts) * self.times)

    @property
    def label(self) -> Message:
        """What people are told of it."""
        return Message("replication {number} of {point}", number=self.replication, point=self.point.label)


class Job(Protocol):
    """A task for a worker, which leaves its result in a store."""

    @property
    def task(self) -> Task:
        """What is simulated."""

    @property
    def folder(self) -> Path:
        """Where the result is left."""

    def there(self) -> bool:
        """Whether it is."""

    def __call__(self) -> None:
        """Do it."""


def evaluate(
    points: Sequence[Point],
    replications: int | Sequence[int],
    store: Store,
    workers: int = 1,
    on_done: Callable[[Task], None] = lambda task: None,
) -> Iterator[tuple[Point, list[Result]]]:
    """Simulate every point, or take it from the store, and yield each with its results in order of replication.

    ``replications`` are so many from 1 on, or those of the numbers given. ``on_done`` is called as each replication is
    there. An interrupt leaves what is finished in the store.
    """
    numbers = range(1, replications + 1) if isinstance(replications, int) else replications
    simulate_missing(points, numbers, store, workers, on_done)
    for point in points:
        yield point, [store.load(point.digest, replication) for replication in numbers]


def simulate_missing(
    points: Sequence[Point],
    numbers: Sequence[int],
    store: Store,
    workers: int = 1,
    on_done: Callable[[Task], None] = lambda task: None,
) -> None:
    """Simulate every replication of these numbers that the store lacks, for who reads them one by one."""
    do_missing([job for point in points for job in jobs_of(point, numbers, store)], workers, on_done)


def jobs_of(point: Point, numbers: Iterable[int], store: Store) -> list[Job]:
    """The replications of a point as jobs, to be done beside others."""
    return [_Whole(Task(point, replication), store) for replication in numbers]


def evaluate_again(
    points: Sequence[Point],
    base: Point,
    replications: int | Sequence[int],
    store: Store,
    workers: int = 1,
    on_done: Callable[[Task], None] = lambda task: None,
) -> Iterator[tuple[Point, list[Result]]]:
    """The same, quicker, for points that differ from ``base`` only in what some parts of the model read.

    The base is simulated once, with every day of its facts kept; of each point only the parts are run that its changes
    can reach (``sim.reach``). The results are those of ``evaluate``, bit for bit, and stand in the store as such. The
    base's own replications are told to ``on_done`` too.
    """
    numbers = range(1, replications + 1) if isinstance(replications, int) else replications
    kept = keep_whole(base, numbers, store, workers, on_done)
    tasks = [task for point in points for task in tasks_again(point, base, numbers)]
    do_missing([_Again(task, store, base, kept) for task in tasks], workers, on_done)
    for point in points:
        yield point, [store.load(point.digest, replication) for replication in numbers]


def keep_whole(
    point: Point,
    numbers: Sequence[int],
    store: Store,
    workers: int = 1,
    on_done: Callable[[Task], None] = lambda task: None,
    base: Point | None = None,
    parts: Collection[str] = PARTS,
) -> Store:
    """Have whole runs of a point kept, to run parts of it again on; returns where they are.

    With a ``base`` of the same dates, whose whole runs are kept already, only what differs from it is run, and of that
    only these ``parts``: nothing is known of others that the differences reach.
    """
    kept = store.of_whole_runs()
    tasks = tasks_again(point, base, numbers, parts) if base else [Task(point, number) for number in numbers]
    do_missing([_Kept(task, kept, base, parts) for task in tasks], workers, on_done)
    return kept


def tasks_again(point: Point, base: Point, numbers: Iterable[int], parts: Collection[str] = PARTS) -> list[Task]:
    """Replications of a point of which those parts are run again that its differences from ``base`` can reach."""
    reach = _reach(point.parameters, base.parameters, parts)
    return [Task(point, number, reach) for number in numbers]


def do_missing(jobs: Iterable[Job], workers: int, on_done: Callable[[Task], None] = lambda task: None) -> None:
    """Have those jobs done whose result is not there; ``on_done`` hears of all."""
    missing = []
    for job in jobs:
        if job.there():
            on_done(replace(job.task, simulated=False))
        else:
            missing.append(job)
    spread(missing, len(missing), workers, lambda job: on_done(job.task))


@dataclass(frozen=True)
class _OfTask:
    """A replication to be simulated, and where it is to be kept."""

    task: Task
    store: Store

    @property
    def folder(self) -> Path:
        """Where the result is left."""
        return self.store.folder

    def there(self) -> bool:
        """Whether it is, whole and as it was written."""
        return self.store.has(self.task.point.digest, self.task.replication)

    def __call__(self) -> None:
        raise NotImplementedError


@dataclass(frozen=True)
class _Whole(_OfTask):
    """A replication simulated afresh; its reported days are kept."""

    def __call__(self) -> None:
        point, replication = self.task.point, self.task.replication
        result = replicate(point.parameters, load_history(), point.seed, replication, point.chance_only, point.unknowns)
        self.store.save(point.digest, replication, result)


@dataclass(frozen=True)
class _Kept(_OfTask):
    """The same with every simulated day kept; on the whole run of a base, where there is one."""

    base: Point | None
    parts: Collection[str]

    def __call__(self) -> None:
        point, replication = self.task.point, self.task.replication
        if self.base is None:
            result = afresh(point, replication)
        else:
            known = self.store.load(self.base.digest, replication)
            result = again(known, self.base.parameters, point, replication, self.parts)
        self.store.save(point.digest, replication, result)


@dataclass(frozen=True)
class _Again(_OfTask):
    """Parts of a replication run again on the facts of a whole one."""

    base: Point
    whole: Store

    def __call__(self) -> None:
        point, replication = self.task.point, self.task.replication
        known = self.whole.load(self.base.digest, replication)
        result = again(known, self.base.parameters, point, replication)
        self.store.save(point.digest, replication, reported(result, point.parameters))


def afresh(point: Point, replication: int) -> Result:
    """A point's replication simulated whole, with every simulated day, for who keeps no more than what it says."""
    return whole(point.parameters, load_history(), point.seed, replication, point.chance_only, point.unknowns)


def again(
    known: Result,
    base: Parameters,
    point: Point,
    replication: int,
    parts: Collection[str] = PARTS,
    rows: Sequence[Coupling] = COUPLINGS,
) -> Result:
    """A point's replication on the whole run of another with the same dates: its parts that the changes reach.

    ``parts`` leaves out those that nobody asks for; what lies behind the changes and is left out is unknown (all 0).
    ``rows``: couplings at work; effects of others stay as they are known.
    """
    reach = _reach(point.parameters, base, parts)
    luck = point.seed, replication, point.chance_only
    return rerun(reach, known, point.parameters, load_history(), *luck, rows, point.unknowns)


def _reach(own: Parameters, base: Parameters, parts: Collection[str]) -> frozenset[str]:
    return reached_by(differing(own, base), own) & frozenset(parts)
