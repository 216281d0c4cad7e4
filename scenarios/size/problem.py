"""What is asked: which resources may move within which bounds, and which targets must hold together, how surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Literal

from scenarios.files.load import Scenario
from scenarios.resources import RESOURCES
from sim.calendar import Period
from sim.facts import CENTRES
from sim.parameters import Parameters
from sim.parts import PARTS
from sim.result import Result
from sim.targets import Statistic, part_of_target, statistics

By = Literal["year", "month"]
Together = Literal["year", "run"]

_RANK = {path: place for place, path in enumerate(RESOURCES)}


@dataclass(frozen=True)
class Bounded:
    """A resource with the levels among which to look."""

    path: str
    """of the resource"""
    low: float
    high: float
    step: float
    """bounds of the search, and the least that is bought"""

    @property
    def rungs(self) -> int:
        """How many levels there are above the lowest."""
        return int((self.high - self.low + 1e-9) // self.step)


@dataclass(frozen=True)
class Problem:
    """What to size.

    ``targets`` hold together in a fiscal year, or, ``together`` over the ``run``, in all of them, with at least the
    probability ``confidence``. Seats may differ ``by`` month. ``monthly_floor`` is a share of calls to be answered in
    every month, beside what the year asks for. Capacities may go ``below_promises`` (``scenarios.size.promises``).
    """

    scenario: Scenario
    resources: tuple[Bounded, ...]
    targets: tuple[str, ...]
    confidence: float = 0.9
    by: By = "year"
    monthly_floor: float | None = None
    together: Together = "year"
    seed: int = 1
    chance_only: bool = False
    below_promises: bool = False

    def targets_of(self, path: str) -> tuple[str, ...]:
        """Those asked that more of a resource can help to meet."""
        return tuple(target for target in self.targets if target in RESOURCES[path].targets)

    def groups(self) -> list[tuple[Bounded, ...]]:
        """The resources that serve a target together, in the order in which they are sized: what lies behind others
        comes after them. The last of a group has the most levels.
        """
        groups: list[list[Bounded]] = []
        for bounded in self.resources:
            near = [group for group in groups if any(self._share_a_target(bounded, other) for other in group)]
            groups = [group for group in groups if group not in near]
            groups.append([*(other for group in near for other in group), bounded])
        ordered = [tuple(sorted(group, key=lambda each: (each.rungs, _RANK[each.path]))) for group in groups]
        return sorted(ordered, key=lambda group: (PARTS.index(self.part_of(group)), _RANK[group[0].path]))

    def _share_a_target(self, one: Bounded, other: Bounded) -> bool:
        return bool(set(self.targets_of(one.path)) & set(self.targets_of(other.path)))

    def targets_of_all(self, group: Sequence[Bounded]) -> tuple[str, ...]:
        """Those asked that more of any resource of a group can help to meet."""
        own = {target for bounded in group for target in self.targets_of(bounded.path)}
        return tuple(target for target in self.targets if target in own)

    def part_of(self, group: Sequence[Bounded]) -> str:
        """The first part of the model whose targets more of a group can help to meet."""
        return min((part_of_target(target) for target in self.targets_of_all(group)), key=PARTS.index)


@dataclass(frozen=True)
class Judged:
    """What a replication says of a fiscal year.

    Whether each target was met (None: no load), and what was short of where one was missed. ``lacks``: of each target
    that has a share, the logarithm of what falls short over what may; below 0 where it is met.
    """

    met: Mapping[str, bool | None]
    short_of: str | None
    lacks: Mapping[str, float] = field(default_factory=dict)

    @property
    def together(self) -> bool:
        """Whether none was missed."""
        return all(met is not False for met in self.met.values())

    def only(self, targets: Sequence[str]) -> Judged:
        """What is said of some of the targets."""
        own = {target: met for target, met in self.met.items() if target in targets}
        return Judged(own, self.short_of, {target: lack for target, lack in self.lacks.items() if target in targets})

    @property
    def lack(self) -> float | None:
        """How far the target that falls shortest does; None unless all tell."""
        tested = [target for target, met in self.met.items() if met is not None]
        told = [self.lacks[target] for target in tested if target in self.lacks]
        return max(told) if told and len(told) == len(tested) else None


def judged(
    result: Result, parameters: Parameters, targets: Sequence[str], monthly_floor: float | None
) -> dict[str, Judged]:
    """What a replication says of some targets, by fiscal year."""
    deciding = [said for said in statistics(result, parameters, targets) if said.decides and said.judged in targets]
    years = {said.period: dict[str, bool | None]() for said in deciding if said.period.yearly}
    causes: dict[str, list[str]] = {period: [] for period in years}
    lacks: dict[str, dict[str, float]] = {period: {} for period in years}
    for said in deciding:
        period, met = said.period, said.met
        if said.period.monthly:
            period, met = Period.of_year(said.period.fiscal_year), _above(said, monthly_floor)
        elif not said.period.yearly:
            continue
        elif monthly_floor is None and (lack := _lack(said)) is not None:
            lacks[period][said.judged] = lack
        known = years[period].get(said.judged)
        years[period][said.judged] = False if known is False or met is False else met if known is None else known
        if met is False and said.short_of:
            causes[period].append(said.short_of)
    return {period: Judged(met, next(iter(causes[period]), None), lacks[period]) for period, met in years.items()}


def _lack(said: Statistic) -> float | None:
    """The logarithm of what falls short over what may; None where nothing does, or nothing may."""
    if said.value is None or said.threshold is None or not (said.value < 1 and said.threshold < 1):
        return None
    return log((1 - said.value) / (1 - said.threshold))


def _above(said: Statistic, floor: float | None) -> bool | None:
    """Whether a month of calls is above the floor; None where no floor is asked for."""
    if floor is None or part_of_target(said.target) not in CENTRES or said.value is None:
        return None
    return said.value >= floor


def centre_of(path: str) -> str | None:
    """The call centre whose seats a resource is."""
    return next((centre for centre in CENTRES if path == f"contact.{centre}.seats"), None)
