"""The delay ledger with shadow prices: what one more unit of each resource would save, by paired reruns.

A scenario is simulated as it is, and once more for each resource with one unit more of it from the first reported day
on, under the same luck. Only the parts of the model that the unit can reach are run again; what they cannot reach is no
claim. What can be saved: late cards and their days, lost calls of each centre, and certificates that their holders
meant to renew before expiry and did not, for want of a slot. Where nearly every card is late, a unit saves days and no
card yet. Differences are paired by replication.

Two families of claims are judged, each by itself: whether a unit makes a target likelier to be met over the whole
period (``scenarios.ledger.helped``), which decides, and behind it what it saves year by year
(``scenarios.ledger.savings``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.errors import Together, UserError
from scenarios.experiment.experiment import Point, Task, evaluate_again, tasks_again
from scenarios.experiment.paired import LEVEL
from scenarios.experiment.progress import Expected, Progress
from scenarios.files.load import Scenario
from scenarios.files.scenario_file import complete_file
from scenarios.folder.question import Question
from scenarios.ledger.delays import entries
from scenarios.ledger.helped import Judged, helped, judged
from scenarios.ledger.record import Asked, Entry, Ledger
from scenarios.ledger.savings import Counts, counts, prices, saved_by
from scenarios.raisable import chosen_resources
from scenarios.resources import Resource, raised
from scenarios.run.run_folder import RunFolder, at_work
from sim import __version__
from sim.message import Message

LIST_KEYS = ("resource", "period", "saves", "unit_added", "difference", "low", "high", "clear")
"""What ``cardflow ledger --json`` prints of each row."""


@dataclass(frozen=True)
class LedgerOptions:
    """How to make a ledger. ``resources`` are paths, all if empty; ``chance_only`` as in a run."""

    resources: tuple[str, ...] = ()
    replications: int = 16
    seed: int = 1
    workers: int = 1
    chance_only: bool = False


def question(scenario: Scenario, options: LedgerOptions) -> Question:
    """What is asked of a ledger.

    Raises:
        UserError: if a resource is unknown or cannot be raised.
    """
    paths = [known.path for known in chosen_resources(scenario, options.resources)]
    how = [options.replications, options.seed, options.chance_only]
    return Question("ledger", scenario.name, [complete_file(scenario), paths, how])


def ledger(
    scenario: Scenario, out: RunFolder | Path | None, options: LedgerOptions, progress: Progress | None = None
) -> Ledger:
    """Simulate the scenario with and without a unit more of each resource; returns what ``ledger.json`` holds.

    The folder is that of the question by default.

    Raises:
        UserError: with fewer than two replications, an unknown resource, one that a policy sets, or a folder that
            cannot be written or is not ours.
    """
    refuse(scenario, options)
    chosen = chosen_resources(scenario, options.resources)
    with at_work(out, question(scenario, options)) as runs:
        runs.prepare(scenario.parameters, options.replications)
        runs.take()
        points = _raised(scenario, chosen, options)
        progress, base = progress or Progress(), _point(scenario, options)
        numbers, once = range(1, options.replications + 1), {point.digest: point for point in (base, *points.values())}
        again = [task for point in once.values() for task in tasks_again(point, base, numbers)]
        whole = Expected.of([Task(base, number) for number in numbers], runs.store.of_whole_runs(), options.workers)
        progress.expect(whole + Expected.of(again, runs.store, options.workers))
        runs.begin({"scenario.toml": complete_file(scenario)})
        found = _ledger(runs, scenario, chosen, points, options, progress)
        with runs.answer() as draft:
            draft.write(found)
    return found


def listed(found: Ledger) -> list[dict[str, Any]]:
    """The rows of ``ledger.json`` as ``cardflow ledger --json`` prints them: eight keys each."""
    return [{key: getattr(row, key) for key in LIST_KEYS} for row in found.rows]


def refuse(scenario: Scenario | None, options: LedgerOptions) -> None:
    """Raise UserError with what is wrong with the options; without a scenario, with what is wrong whatever it is."""
    wrong = Together()
    if options.replications < 2:
        few = Message(
            "--replications {count}: the interval of a difference takes 2 or more", count=options.replications
        )
        wrong.note(UserError("ledger", [few]))
    with wrong.noted():
        chosen_resources(scenario, options.resources)
    wrong.refuse()


def _point(scenario: Scenario, options: LedgerOptions) -> Point:
    return Point(scenario.name, scenario.parameters, options.seed, options.chance_only)


def _raised(scenario: Scenario, chosen: Sequence[Resource], options: LedgerOptions) -> dict[str, Point]:
    """For each resource the scenario with one unit more of it."""
    more = {known.path: raised(scenario, known.path, known.step) for known in chosen}
    return {
        path: Point(f"{scenario.name}, {path} +1", one.parameters, options.seed, options.chance_only)
        for path, one in more.items()
    }


def _ledger(
    runs: RunFolder,
    scenario: Scenario,
    chosen: Sequence[Resource],
    points: Mapping[str, Point],
    options: LedgerOptions,
    progress: Progress,
) -> Ledger:
    base = _point(scenario, options)
    once = {point.digest: point for point in (base, *points.values())}
    told: dict[str, list[Counts]] = {}
    met: dict[str, list[Judged]] = {}
    causes: list[Entry] = []
    for point, results in evaluate_again(
        list(once.values()), base, options.replications, runs.store, options.workers, progress.done
    ):
        told[point.digest] = [counts(result, scenario.parameters) for result in results]
        met[point.digest] = [judged(result, scenario.parameters) for result in results]
        if point.digest == base.digest:
            causes = entries(results, scenario.parameters)
    reach = {path: saved_by(point.parameters, scenario.parameters) for path, point in points.items()}
    sides = {path: told[point.digest] for path, point in points.items()}
    met_with = {path: met[point.digest] for path, point in points.items()}
    return Ledger(
        scenario=scenario.name,
        title=scenario.title,
        why=scenario.why,
        seed=options.seed,
        replications=options.replications,
        chance_only=options.chance_only,
        first_day=scenario.parameters.start,
        last_day=scenario.parameters.end,
        version=__version__,
        confidence=1 - LEVEL,
        resources=tuple(Asked(one.path, one.unit, one.step, tuple(reach[one.path])) for one in chosen),
        ledger=tuple(causes),
        targets=tuple(helped(chosen, met[base.digest], met_with)),
        rows=tuple(prices(chosen, reach, told[base.digest], sides)),
    )
