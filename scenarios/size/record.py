"""A sizing as a record: plans by certainty with levels, evidence and cost, the budget line, the partial answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import ClassVar

from scenarios.bill import Bill, Line
from scenarios.price_file import Origin
from scenarios.records import WHERE_ANY
from scenarios.resources import Hundred
from scenarios.size.claims import interval
from scenarios.size.problem import Bounded, By, Together
from sim.calendar import Period


@dataclass(frozen=True)
class Sought(Bounded):
    """A resource that is sized."""

    unit: str
    """what is counted of it"""
    hundred: Hundred | None = None
    """of seats whose number in FY2025 nobody has entered: the seats that levels are written for (`value`), index 100,
    and what that may be (`low`, `middle`, `high`: 5, 50 and 95 %); else null"""
    promise: str | None = None
    """`intake` or `month`, the promise below which nothing is released, or null"""


@dataclass(frozen=True)
class Level:
    """The least level of a resource in a period."""

    resource: str
    fiscal_year: str
    """path of the resource, and the fiscal year"""
    period: str
    """`FY2027`, or `2027-04` where levels go by month"""
    today: float
    """the scenario's own level"""
    theory: float
    """where the search starts"""
    least: float
    """the level that is bought"""
    least_low: float | None = None
    least_high: float | None = None
    """95 % interval of the least that does (an end that is not known null; both where so few replications leave no
    orders that cover 93 to 97 %)"""
    at_bound: bool = False
    """whether it is an end of what was looked at"""
    promised: float | None = None
    """the level below which nothing is released, or null"""
    decide_by: date | None = None
    """the last date to act by the assumed lead times for it to be there on the first day of its period, where it is
    more than today"""

    @property
    def by_promise(self) -> bool:
        """Whether it stands where a promise holds it, and not where the targets need it."""
        return self.promised is not None and self.at_bound and self.least == self.promised

    @property
    def below_promise(self) -> bool:
        """Whether it is less than was promised."""
        return self.promised is not None and self.least < self.promised

    @property
    def more(self) -> float:
        """Units more than today; below 0 where units could be released."""
        return self.least - self.today


@dataclass(frozen=True)
class Held:
    """In how many replications all targets held together."""

    period: str
    """fiscal year, or `all`: every year of a replication together"""
    held: int
    of: int
    """in how many of how many replications"""
    probability: float
    low: float
    high: float
    """its share, with its 95 % interval"""

    @classmethod
    def counted(cls, period: str, held: int, of: int) -> Held:
        """A count with its share and interval."""
        return Held(period, held, of, held / of, *interval(held, of))


@dataclass(frozen=True)
class Evidence(Held):
    """The same of a fiscal year, with what is known of each target."""

    targets: Mapping[str, int]
    """in how many each held alone"""
    not_tested: tuple[str, ...]
    """those without load"""
    short_of: str | None
    """what was short most often where one was missed, or null"""
    shown: bool | None = field(default=None, metadata=WHERE_ANY)
    """whether that period's claim is shown; not of today's levels"""

    def alone(self, target: str) -> Held:
        """The evidence of one target."""
        return self.counted(self.period, self.targets[target], self.of)


@dataclass(frozen=True)
class Plan:
    """The least levels for one certainty, with their evidence."""

    certainty: float
    asked: bool
    """of meeting the targets together; whether it is the one asked for"""
    shown: bool
    reached: bool
    """whether the replications show it at the assurance; whether levels within the bounds suffice"""
    levels: tuple[Level, ...]
    """see below"""
    evidence: tuple[Evidence, ...]
    """of fresh replications with these levels, by fiscal year, see below"""
    every_year: Held
    """the same for every year of a replication together"""
    today_evidence: tuple[Evidence, ...]
    today_every_year: Held
    """both of the replications of the search, with today's levels"""
    usage: Mapping[str, Mapping[str, float]]
    """by fiscal year the mean quantities that are paid each time, named as in `prices.toml`; the same in all plans"""
    cost: Bill | None
    """null without prices and of a certainty that is not shown; else a bill, see below"""

    @property
    def lines(self) -> tuple[Line, ...] | None:
        """Those of its bill, if it has one."""
        return None if self.cost is None else self.cost.lines

    @property
    def resources(self) -> tuple[str, ...]:
        """The paths sized, in their order."""
        return tuple(dict.fromkeys(level.resource for level in self.levels))

    @property
    def years(self) -> tuple[str, ...]:
        """The fiscal years of its levels, in order."""
        return tuple(sorted({level.fiscal_year for level in self.levels}))

    def shown_in(self, year: str) -> bool:
        """Whether the claim of a fiscal year is shown, be that of others shown or not."""
        return self.shown or any(found.shown for found in self.evidence if found.period == year)

    def of(self, resource: str, year: str) -> tuple[Level, ...]:
        """The levels of a resource in a fiscal year: one, or one a month."""
        return tuple(level for level in self.levels if (level.resource, level.fiscal_year) == (resource, year))


@dataclass(frozen=True)
class Withheld:
    """A certainty that no budget is shown for."""

    certainty: float
    of: int
    """which, and how many fresh replications there are"""
    reason: str
    """`too_few` replications, or `out_of_reach`"""
    needs: int | None = field(default=None, metadata=WHERE_ANY)
    """how many it takes, where they are too few"""


@dataclass(frozen=True)
class Point:
    """What a certainty costs in a period."""

    period: str
    """fiscal year, or `all`: every year at that certainty"""
    certainty: float
    """k/(n+1)"""
    yen: float
    """with tax, of the k-th smallest need"""
    low: float | None
    high: float | None
    """95 % interval, an end past the needs null"""


@dataclass(frozen=True)
class Further:
    """What each further point of certainty costs between two certainties."""

    period: str
    lower: float
    upper: float
    """fiscal year or `all`, and the two"""
    yen: float
    low: float
    high: float
    """with tax, and its 95 % interval (Bayesian bootstrap)"""


@dataclass(frozen=True)
class Partial(Held):
    """The best within the bounds where nothing suffices."""

    short_of: str | None
    """what stays short, or null"""
    levels: tuple[Level, ...]
    """see below"""


@dataclass(frozen=True)
class Row:
    """A level of the plan asked for."""

    resource: str
    period: str
    least: float
    """as in `levels`"""
    probability: float
    low: float
    high: float
    """that the targets hold in its fiscal year, or with `together` over the `run` in all, with its 95 % interval"""
    cost_yen: int | None
    """what its bill has for that level, with tax and with what is paid once (months share the lines of their fiscal
    year); null without prices, and where the certainty is not shown"""


@dataclass(frozen=True)
class Sizing:
    """What ``size.json`` holds."""

    FILE: ClassVar[str] = "size.json"

    version: str
    scenario: str
    title: str
    seed: int
    chance_only: bool
    first_day: date
    last_day: date
    """what determines the numbers, beside `scenario.toml` and `prices.toml`, and the reported days"""
    confidence: float
    assurance: float
    """the certainty asked for, and how surely evidence must show it (0.95)"""
    together: Together
    by: By
    monthly_floor: float | None
    """targets that hold together in a fiscal `year` or over the `run`; levels by `year` or `month`; least share of
    calls answered in every month, or null"""
    below_promises: bool
    """whether the plant may go below what was promised"""
    targets: tuple[str, ...]
    """those that are to hold together"""
    search_replications: int
    fresh_replications: int
    """how many fixed the ratio of what is bought, and how many said how much"""
    resources: tuple[Sought, ...]
    """the resources sized, see below"""
    prices: Origin | None
    """null, or `file`, `title`, `assumed` (whether any price is an assumption) and `digest` of the file's text"""
    plans: tuple[Plan, ...]
    """one entry a certainty, see below, from the least sure on; that asked for, and with prices those of 80, 90, 95
    and 99 % that the replications show"""
    withheld: tuple[Withheld, ...]
    """with prices the others: `certainty`, `of` fresh replications, `reason`: `too_few` (it `needs` so many), or
    `out_of_reach`"""
    curve: tuple[Point, ...] | None
    """null, or the budget line: `period` (`all`: every year at that certainty), `certainty` k/(n+1), `yen` with tax of
    the k-th smallest need, and its 95 % interval `low`, `high`, an end past the needs null. A point is the bill of the
    plan that takes that need in every fiscal year, so that the plans' totals lie on it; of a later year it may fall a
    little where the year before, surer too, has paid more once"""
    further: tuple[Further, ...]
    """yen for each further point of certainty on that line: `period`, `lower`, `upper`, `yen`, and its 95 % interval
    `low`, `high` (Bayesian bootstrap)"""
    best_partial: Partial | None
    """where nothing within the bounds suffices, else null: the fiscal year that is least sure, as in `evidence`
    (`period`, `held`, `of`, `probability`, `low`, `high`, `short_of`), with `levels` as below"""
    rows: tuple[Row, ...]
    """the plan asked for: `resource`, `period`, `least`, `probability`, `low`, `high`, `cost_yen`: what its bill has
    for that level, with tax and with what is paid once (months share the lines of their fiscal year); null without
    prices, and where the certainty is not shown"""
    as_of: date | None = None
    """the day that counts as today; null where nobody said one"""

    @property
    def replications(self) -> int:
        """Those that speak for the levels."""
        return self.fresh_replications

    @cached_property
    def sought(self) -> Mapping[str, Sought]:
        """The resources by path."""
        return {one.path: one for one in self.resources}

    @property
    def asked(self) -> Plan:
        """The plan that was asked for."""
        return next(plan for plan in self.plans if plan.asked)

    @property
    def levels(self) -> tuple[Level, ...]:
        """Those of the asked plan; where no level within the bounds suffices they reach as far as it goes."""
        return self.asked.levels if self.best_partial is None else self.best_partial.levels

    @property
    def months(self) -> tuple[str, ...]:
        """Every month, where the levels of any resource go by month; else none."""
        return tuple(sorted({level.period for level in self.levels if Period(level.period).monthly}))

    @property
    def priced(self) -> tuple[Plan, ...]:
        """Plans that can be had and have a bill."""
        return tuple(plan for plan in self.plans if plan.reached and plan.lines)
