"""What every replication needs of every resource in each fiscal year: one search a resource, in the order of the parts.

Resources are sized one after the other. Those of an earlier part of the model come first, and later ones find them at
the level that would do for the claim alone; of resources that serve the same target the later ones stand at their
highest level while the earlier ones are sought. So as little as possible is bought of what was named first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from scenarios.experiment import Point, keep_whole
from scenarios.sizing.claims import needed
from scenarios.sizing.confirm import used
from scenarios.sizing.question import Bounded, Judged, Question, centre_of, judged
from scenarios.sizing.scales import Scale, equipped, periods
from scenarios.sizing.search import Hands, Search
from scenarios.sizing.theory import expected
from scenarios.sizing.waves import Prepare, search_in_waves
from sim.calendar import Calendar
from sim.facts import CENTRES
from sim.parts import PARTS
from sim.replication import reported
from sim.result import Result
from sim.streams import Floats, Ints


@dataclass(frozen=True)
class Today:
    """The replications of the search at today's levels: what they say of the targets, and what theory makes of them.

    ``theory`` holds by resource and fiscal year what each replication is expected to need; ``shapes`` by seats and
    fiscal year each month's share of the year's mean.
    """

    said: list[dict[str, Judged]] = field(default_factory=list)
    used: list[dict[str, dict[str, int]]] = field(default_factory=list)
    theory: dict[str, dict[str, list[float]]] = field(default_factory=dict)
    shapes: dict[str, dict[str, tuple[float, ...]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Needs:
    """Least rungs by resource and fiscal year, one for each replication (``NEVER`` where no rung will do).

    ``theory`` is the level that theory expects to do for the claim, ``spread`` how much more it expects the replication
    in need of most to take than the middle one, as a share of the former.
    """

    scales: dict[str, dict[str, Scale]]
    rungs: dict[str, dict[str, Ints]]
    theory: dict[str, dict[str, float]]
    spread: dict[str, dict[str, float]]


def look_at_today(question: Question, base: Point, numbers: Sequence[int], hands: Hands) -> Today:
    """Simulate today's levels, and ask theory what each replication's loads would need."""
    kept = keep_whole(base, numbers, hands.store, hands.workers, hands.on_done)
    years = Calendar(base.parameters.start, base.parameters.end).years()
    paths = [bounded.path for bounded in question.resources]
    today = Today(theory={path: {period: [] for period in years} for path in paths})
    monthly: dict[str, list[list[float]]] = {path: [] for path in paths if centre_of(path)}
    for number in numbers:
        result = reported(kept.load(base.digest, number), base.parameters)
        today.said.append(judged(result, base.parameters, question.targets, question.monthly_floor))
        today.used.append(used(result, base.parameters, paths))
        for path in paths:
            for period, days in years.items():
                today.theory[path][period].append(expected(path, result, base.parameters, days))
        for path, found in monthly.items():
            found.append(_by_month(path, result, base))
    for path, found in monthly.items():
        today.shapes[path] = _shapes(np.quantile(found, question.confidence, axis=0), base)
    return today


def _by_month(path: str, result: Result, base: Point) -> list[float]:
    """Seats that each month needs by Erlang A."""
    prefix = CENTRES[centre_of(path) or ""]
    start = base.parameters.start
    firsts = [month for months in periods(start, base.parameters.end).values() for month in months]
    return [float(result.facts[f"{prefix}_seats_needed"][(first - start).days]) for first in firsts]


def _shapes(by_month: Floats, base: Point) -> dict[str, tuple[float, ...]]:
    """Each month's share of its year's mean."""
    found, left = {}, by_month
    for period, months in periods(base.parameters.start, base.parameters.end).items():
        own, left = left[: len(months)], left[len(months) :]
        mean = float(own.mean())
        found[period] = tuple((own / mean).tolist()) if mean else (1.0,) * len(months)
    return found


def scales(question: Question, today: Today) -> dict[str, dict[str, Scale]]:
    """The levels among which to look, by resource and fiscal year."""
    parameters = question.scenario.parameters
    years = periods(parameters.start, parameters.end)
    return {
        bounded.path: {period: _scale(question, today, bounded, period, months) for period, months in years.items()}
        for bounded in question.resources
    }


def _scale(question: Question, today: Today, bounded: Bounded, period: str, months: tuple[date, ...]) -> Scale:
    top = int((bounded.high - bounded.low + 1e-9) // bounded.step)
    by_month = question.by == "month" and bounded.path in today.shapes
    shape = today.shapes[bounded.path][period] if by_month else (1.0,) * len(months)
    return Scale(bounded.path, period, bounded.low, bounded.step, top, months, shape)


def find_needs(
    question: Question, base: Point, today: Today, numbers: Sequence[int], hands: Hands, spare: int = 0
) -> Needs:
    """Search for what each replication needs of each resource.

    ``spare`` replications may be given up at the most: what lies below the level that all the others can do with is not
    looked for.
    """
    ladders = scales(question, today)
    theory = {path: _enough(by, question) for path, by in today.theory.items()}
    spread = {path: {period: _spread(found) for period, found in by.items()} for path, by in today.theory.items()}
    needs = Needs(ladders, {}, theory, spread)
    settled: dict[str, dict[str, int]] = {}
    for stage in question.stages():
        current = base
        if settled:
            equipment = equipped(question.scenario, ladders, settled)
            current = Point("sized so far", equipment.parameters, base.seed, base.chance_only)
        prepare = _kept_up_to(question.part_of(stage[0].path), current, base, hands)
        for place, bounded in enumerate(stage):
            rivals = {other.path for other in stage[place + 1 :] if _share_a_target(question, bounded, other)}
            tops = {path: {period: scale.top for period, scale in ladders[path].items()} for path in rivals}
            path, others = bounded.path, {**settled, **tops}
            search = Search(question, current, path, ladders, others, hands.store.of_whole_runs(), hands.folder)
            expectations = {period: np.array(levels) for period, levels in today.theory[path].items()}
            found = search_in_waves(search, expectations, numbers, spare, prepare, hands)
            needs.rungs[bounded.path] = found
            settled[bounded.path] = {
                period: _alone(rungs, question.confidence, ladders[bounded.path][period])
                for period, rungs in found.items()
            }
    return needs


def _kept_up_to(part: str, current: Point, base: Point, hands: Hands) -> Prepare:
    """Has whole runs kept of the parts before one, at what is sized so far."""

    def prepare(numbers: Sequence[int]) -> None:
        if current is not base:
            before = PARTS[: PARTS.index(part)]
            keep_whole(current, numbers, hands.store, hands.workers, base=base, parts=before)

    return prepare


def _share_a_target(question: Question, one: Bounded, other: Bounded) -> bool:
    return bool(set(question.targets_of(one.path)) & set(question.targets_of(other.path)))


def _spread(expected: Sequence[float]) -> float:
    """How much more the replication in need of most takes than the middle one, as a share of the former."""
    most = max(expected)
    return 1 - float(np.median(expected)) / most if most else 0.0


def _enough(by_period: Mapping[str, list[float]], question: Question) -> dict[str, float]:
    """What theory expects to be enough for so many replications as the claim takes."""
    return {period: sorted(found)[_held(len(found), question.confidence) - 1] for period, found in by_period.items()}


def _alone(rungs: Ints, confidence: float, scale: Scale) -> int:
    """The rung that would do for the claim, were this resource the only one."""
    return int(min(np.sort(rungs)[_held(len(rungs), confidence) - 1], scale.top))


def _held(of: int, confidence: float) -> int:
    """Replications that must hold for the claim; all where even that would not do."""
    return needed(of, confidence) or of
