"""A sizing read from its folder: plans by certainty with levels, evidence and cost, the curve, the partial answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from scenarios.price_file import Prices, load_prices
from scenarios.prices import Line
from sim.calendar import RUN, Period


@dataclass(frozen=True)
class Level:
    """The least level of a resource in a period, beside today's and what theory starts from.

    ``least_low`` and ``least_high`` are the 95 % interval of the least that does, None where an end is not known;
    ``promised`` is the level below which nothing is released, ``decide_by`` the last date to act.
    """

    resource: str
    period: str
    today: float
    theory: float | None
    least: float
    at_bound: bool = False
    least_low: float | None = None
    least_high: float | None = None
    promised: float | None = None
    decide_by: str | None = None

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

    @property
    def year(self) -> str:
        """The fiscal year of the period, such as ``FY2027``."""
        return Period.of_year(Period(self.period).fiscal_year)


@dataclass(frozen=True)
class Evidence:
    """In how many of so many fresh replications all targets held together, and each alone; 95 % interval.

    ``shown``: whether that shows the plan's certainty; None where the period is no claim of its own.
    """

    period: str
    held: int
    of: int
    probability: float
    low: float
    high: float
    targets: Mapping[str, int]
    short_of: str | None = None
    shown: bool | None = None


@dataclass(frozen=True)
class Plan:
    """The least levels for one certainty, with their evidence.

    ``shown`` if the evidence reaches the certainty, ``reached`` if any level within the bounds seems to. ``lines`` are
    those of its bill, None without prices; ``ends`` the 95 % interval of what the certainty costs, by fiscal year.
    """

    certainty: float
    asked: bool
    shown: bool
    reached: bool
    levels: tuple[Level, ...]
    evidence: tuple[Evidence, ...]
    every_year: Evidence | None
    today_evidence: tuple[Evidence, ...]
    usage: Mapping[str, Mapping[str, float]]
    lines: tuple[Line, ...] | None
    ends: Mapping[int, tuple[float | None, float | None]] = field(default_factory=dict)

    @property
    def resources(self) -> tuple[str, ...]:
        """The paths sized, in their order."""
        return tuple(dict.fromkeys(level.resource for level in self.levels))

    @property
    def years(self) -> tuple[str, ...]:
        """The fiscal years of its levels, in order."""
        return tuple(sorted({level.year for level in self.levels}))

    def of(self, resource: str, year: str) -> tuple[Level, ...]:
        """The levels of a resource in a fiscal year: one, or one a month."""
        return tuple(level for level in self.levels if (level.resource, level.year) == (resource, year))


@dataclass(frozen=True)
class CurvePoint:
    """What a certainty costs in a period, in yen with tax, with its 95 % interval; None past the ends of the data."""

    period: str
    certainty: float
    yen: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Step:
    """Yen for each further point of certainty between two certainties, in a period (``all``: every year together)."""

    period: str
    lower: float
    upper: float
    yen: float
    low: float
    high: float


@dataclass(frozen=True)
class Withheld:
    """A certainty that no budget is shown for: ``too_few`` replications (so many are needed), or ``out_of_reach``."""

    certainty: float
    reason: str
    of: int
    needs: int | None = None


@dataclass(frozen=True)
class Partial:
    """The best within the bounds where nothing suffices: how likely, with which levels, and what stays short."""

    probability: float
    low: float
    high: float
    levels: tuple[Level, ...]
    short_of: str | None
    held: int | None = None
    of: int | None = None


@dataclass(frozen=True)
class Sizing:
    """What ``size.json`` holds; ``plans`` go up in certainty, ``reported`` are the first and the last day.

    ``price_file`` is the folder's own copy of the price file, where there is one.
    """

    folder: Path
    version: str
    scenario: str
    title: str
    seed: int
    confidence: float
    assurance: float
    together: str
    by: str
    monthly_floor: float | None
    targets: tuple[str, ...]
    resources: Mapping[str, Mapping[str, Any]]
    prices: Mapping[str, Any] | None
    plans: tuple[Plan, ...]
    curve: tuple[CurvePoint, ...]
    steps: tuple[Step, ...]
    withheld: tuple[Withheld, ...]
    below_promises: bool
    best_partial: Partial | None
    reported: Mapping[str, str]
    price_file: Prices | None = None

    @property
    def facts(self) -> Mapping[str, str | int | None]:
        """Where it is from, by name; None without prices."""
        prices = self.prices and f"{self.prices['file']} ({self.prices['digest']})"
        return {
            "scenario": self.scenario,
            "seed": self.seed,
            "version": self.version,
            "replications": self.replications,
            "prices": prices or None,
        }

    @property
    def asked(self) -> Plan:
        """The plan that was asked for."""
        return next((plan for plan in self.plans if plan.asked), self.plans[0])

    @property
    def levels(self) -> tuple[Level, ...]:
        """Those of the asked plan, or of the best partial answer where no level within the bounds suffices."""
        return self.asked.levels if self.asked.reached or self.best_partial is None else self.best_partial.levels

    @property
    def months(self) -> tuple[str, ...]:
        """Every month, where the levels of any resource go by month; else none."""
        return tuple(sorted({level.period for level in self.levels if Period(level.period).monthly}))

    @property
    def priced(self) -> tuple[Plan, ...]:
        """Plans that can be had and have a bill."""
        return tuple(plan for plan in self.plans if plan.reached and plan.lines)

    @property
    def replications(self) -> int:
        """Fresh replications behind the asked plan or the best partial answer; 0 where that does not say."""
        partial = 0 if self.best_partial is None else self.best_partial.of or 0
        return max((found.of for found in self.asked.evidence), default=partial)


def read(folder: Path) -> Sizing:
    """Read ``size.json`` of a folder; raises ``FileNotFoundError`` where there is none."""
    data = json.loads((folder / "size.json").read_text(encoding="utf-8"))
    prices = folder / "prices.toml"
    same = {
        name: data[name]
        for name in ("version", "scenario", "title", "seed", "confidence", "assurance", "together", "by")
    }
    return Sizing(
        folder=folder,
        **same,
        monthly_floor=data.get("monthly_floor"),
        targets=tuple(data["targets"]),
        resources={resource["path"]: resource for resource in data["resources"]},
        prices=data.get("prices"),
        plans=tuple(sorted(map(_plan, data["plans"]), key=lambda plan: plan.certainty)),
        curve=tuple(_known(CurvePoint, point) for point in data.get("curve") or ()),
        steps=tuple(_known(Step, step) for step in data.get("further") or ()),
        withheld=tuple(_known(Withheld, each) for each in data.get("withheld") or ()),
        below_promises=bool(data.get("below_promises")),
        best_partial=_partial(data.get("best_partial")),
        reported={key: data[key] for key in ("first_day", "last_day") if key in data},
        price_file=load_prices(prices) if data.get("prices") and prices.exists() else None,
    )


def _plan(data: Mapping[str, Any]) -> Plan:
    every, bill = data.get("every_year"), data.get("cost")
    return Plan(
        certainty=data["certainty"],
        asked=data["asked"],
        shown=data["shown"],
        reached=data["reached"],
        levels=_levels(data["levels"]),
        evidence=tuple(map(_evidence, data["evidence"])),
        every_year=_evidence({"period": RUN, **every}) if every else None,
        today_evidence=tuple(map(_evidence, data.get("today_evidence") or ())),
        usage=data.get("usage") or {},
        lines=None if bill is None else tuple(_known(Line, line) for line in bill["lines"]),
        ends={} if bill is None else {year["fiscal_year"]: (year["low"], year["high"]) for year in bill["years"]},
    )


def _levels(entries: Iterable[Mapping[str, Any]]) -> tuple[Level, ...]:
    return tuple(_known(Level, {"theory": None, **entry}) for entry in entries)


def _evidence(data: Mapping[str, Any]) -> Evidence:
    found: Evidence = _known(Evidence, {"targets": {}, **data})
    return found


def _partial(data: Mapping[str, Any] | None) -> Partial | None:
    return None if data is None else _known(Partial, {**data, "levels": _levels(data["levels"])})


def _known(kind: Any, data: Mapping[str, Any]) -> Any:
    """A record from the keys that it knows, so that a later engine may say more."""
    names = {each.name for each in fields(kind)}
    return kind(**{name: value for name, value in data.items() if name in names})
