"""The delay ledger with shadow prices: what one more unit of each resource would save, by paired reruns.

A scenario is simulated as it is, and once more for each resource with one unit more of it from the first reported day
on, under the same luck. Only the parts of the model that the unit can reach are run again; what they cannot reach is no
claim. What can be saved: late cards and their days, lost calls of each centre, and certificates that their holders
meant to renew before expiry and did not, for want of a slot. Where nearly every card is late, a unit saves days and no
card yet. Differences are paired by replication.

Claimed is what a resource is there for: cards of the plant, calls of a centre's seats, and so on. Over all resources
and years these claims are one family, in which Holm's step-down keeps the chance of any wrong one at 5 %
(``scenarios.paired``). What else a unit moves has a plain interval, and nothing is claimed of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.changes import differing
from scenarios.delays import entries, sums
from scenarios.errors import Together, UserError
from scenarios.experiment import Point, Task, evaluate_again, tasks_again
from scenarios.folder.question import Question
from scenarios.load import Scenario
from scenarios.paired import LEVEL, Claim, Difference, holm, paired
from scenarios.progress import Expected, Progress
from scenarios.raisable import chosen_resources
from scenarios.resources import Resource, raised
from scenarios.run_folder import RunFolder, at_work
from scenarios.scenario_file import complete_file
from sim import __version__
from sim.calendar import Calendar
from sim.message import Message
from sim.parameters import Parameters
from sim.parts import CARDS, COUNTERS, HELPDESK, RESIDENT
from sim.reach import reached_by
from sim.result import Result

LIST_KEYS = ("resource", "period", "saves", "unit_added", "difference", "low", "high", "clear")
"""What ``cardflow ledger --json`` prints of each row."""
SAVES = {
    "late_cards": CARDS,
    "late_days": CARDS,
    "lost_calls_resident": RESIDENT,
    "lost_calls_helpdesk": HELPDESK,
    "unrenewed": COUNTERS,
}
"""What a unit can save, and the part of the model in which it would show."""
_OF_TARGET = {
    "issue-14-days/standard": ("late_cards", "late_days"),
    "express-7-days/express": ("late_cards", "late_days"),
    "calls-95": ("lost_calls_resident",),
    "helpdesk-95": ("lost_calls_helpdesk",),
    "renewed-in-time": ("unrenewed",),
}
"""What is saved where a target is met better."""
Counts = dict[tuple[str, str], int]
"""By what is saved and fiscal year."""


@dataclass(frozen=True)
class LedgerOptions:
    """How to make a ledger. ``resources`` are paths, all if empty; ``chance_only`` as in a run."""

    resources: tuple[str, ...] = ()
    replications: int = 10
    seed: int = 1
    workers: int = 1
    chance_only: bool = False


@dataclass(frozen=True)
class Price:
    """A row of ``ledger.json``: how many fewer there are with one unit more; below 0, how many more.

    ``without`` is the mean as the scenario is. ``clear`` is False where chance explains the difference or, of few
    replications (``paired.FEWEST``), where it cannot be told, and None where nothing is claimed, so that the interval
    is a plain one.
    """

    resource: str
    period: str
    saves: str
    unit: str
    unit_added: float
    without: float
    difference: float
    low: float
    high: float
    clear: bool | None
    replications: int


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
) -> dict[str, Any]:
    """Simulate the scenario with and without a unit more of each resource; returns ``ledger.json``.

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
            draft.write_json("ledger.json", found)
    return found


def listed(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of ``ledger.json`` as ``cardflow ledger --json`` prints them: eight keys each."""
    return [{key: row[key] for key in LIST_KEYS} for row in found["rows"]]


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
) -> dict[str, Any]:
    base = _point(scenario, options)
    once = {point.digest: point for point in (base, *points.values())}
    told: dict[str, list[Counts]] = {}
    rows: list[dict[str, object]] = []
    for point, results in evaluate_again(
        list(once.values()), base, options.replications, runs.store, options.workers, progress.done
    ):
        told[point.digest] = [counts(result, scenario.parameters) for result in results]
        if point.digest == base.digest:
            rows = [entry.as_json() for entry in entries(results, scenario.parameters)]
    reach = {path: _reach(point.parameters, scenario.parameters) for path, point in points.items()}
    sides = {path: told[point.digest] for path, point in points.items()}
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "why": scenario.why,
        "seed": options.seed,
        "replications": options.replications,
        "chance_only": options.chance_only,
        "first_day": scenario.parameters.start.isoformat(),
        "last_day": scenario.parameters.end.isoformat(),
        "version": __version__,
        "confidence": 1 - LEVEL,
        "resources": [
            {"path": one.path, "unit": one.unit, "unit_added": one.step, "reaches": reach[one.path]} for one in chosen
        ],
        "ledger": rows,
        "rows": [asdict(price) for price in prices(chosen, reach, told[base.digest], sides)],
    }


def _reach(own: Parameters, base: Parameters) -> list[str]:
    """What a change can save at all."""
    parts = reached_by(differing(own, base), own)
    return [saved for saved, part in SAVES.items() if part in parts]


def counts(result: Result, parameters: Parameters) -> Counts:
    """What one replication lost, by fiscal year."""
    years = Calendar(parameters.start, parameters.end).years()
    found = dict.fromkeys(((saved, year) for saved in SAVES for year in years), 0)
    for (kind, of, year, cause), count in sums(result, parameters).items():
        saved = kind if kind in SAVES else f"{kind}_{of}"
        if cause is None and saved in SAVES:
            found[saved, year] += count
    lost = result.facts["expired_waiting"] + result.facts["gave_up_in_time"]
    for year, days in years.items():
        found["unrenewed", year] = int(lost[days].sum())
    return found


def prices(
    chosen: Sequence[Resource],
    reach: Mapping[str, Sequence[str]],
    without: Sequence[Counts],
    sides: Mapping[str, Sequence[Counts]],
) -> list[Price]:
    """What a unit of each resource saves in each fiscal year, of all that it can reach."""
    found = {
        (one, saved, year): _difference(without, sides[one.path], saved, year)
        for one in chosen
        for saved, year in dict.fromkeys(key for counted in without for key in counted)
        if saved in reach[one.path]
    }
    family = {key: difference for key, difference in found.items() if _is_for(key[0], key[1])}
    claims = dict(zip(family, holm(list(family.values())), strict=True))
    return [
        _price(one, saved, year, without, difference, claims.get((one, saved, year)))
        for (one, saved, year), difference in found.items()
    ]


def _is_for(one: Resource, saved: str) -> bool:
    return any(saved in _OF_TARGET.get(target, ()) for target in one.targets)


def _price(
    one: Resource, saved: str, year: str, without: Sequence[Counts], difference: Difference, claim: Claim | None
) -> Price:
    low, high = (claim.low, claim.high) if claim else difference.interval()
    return Price(
        resource=one.path,
        period=year,
        saves=saved,
        unit=one.unit,
        unit_added=one.step,
        without=float(np.mean([counted[saved, year] for counted in without])),
        difference=difference.mean,
        low=low,
        high=high,
        clear=claim.clear if claim else None,
        replications=difference.pairs,
    )


def _difference(without: Sequence[Counts], having: Sequence[Counts], saved: str, year: str) -> Difference:
    found = paired([float(one[saved, year]) for one in without], [float(one[saved, year]) for one in having])
    if found is None:
        raise ValueError("a difference takes two replications or more")
    return found
