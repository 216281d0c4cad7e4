"""A run as two records: what it says of targets, totals and delays, and how it was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from scenarios.ledger.record import Entry
from scenarios.records import WHERE_ANY
from scenarios.run.statistic import Looked, Row
from scenarios.sweep.record import Correlation
from scenarios.update.likelihood import Outside


@dataclass(frozen=True)
class Afterwards:
    """A series of the planner's own figures that ends before the run does."""

    path: str
    last: str
    """of the series, and the last stated month"""
    then: str
    """what comes after it: `forecast` (applications), or `held` (seats: the last stated ones hold on to the end, or to
    the day before `until`)"""


@dataclass(frozen=True)
class Held(Afterwards):
    """A series of levels, of which the last stated one holds on."""

    until: date | None
    """only where it is `held`: the day from which the scenario states others, or null"""


@dataclass(frozen=True)
class Started:
    """The planner's own figures that a run starts from."""

    file: str
    """its name, without folder"""
    as_of: date
    """the last day of the last month with figures"""
    afterwards: tuple[Held | Afterwards, ...] = ()
    """an entry for each series that ends before the run does, see below"""


@dataclass(frozen=True)
class Narrowing:
    """How the planner's own figures narrowed what is not known."""

    as_of: date
    """up to when"""
    draws: int
    pilots: int
    """draws that were weighed, and how many of them were simulated to that day to learn what all would say"""
    effective: float
    k_hat: float | None
    word: str
    """what the weights are worth, as in `update.json`"""
    figures: tuple[str, ...]
    """which figures (names as below)"""
    left_out: dict[str, float]
    """by figure the part of its level's spread over the pilots that is luck, or that they do not explain"""
    outside: tuple[Outside, ...]
    """months that no draw comes near, as in `update.json`"""
    power: float
    left: float
    """the weights were flattened by this power of the likelihood (1: not at all), which leaves so many draws in
    effect"""


@dataclass(frozen=True)
class Provisional:
    """How far a run is that has not come to its end: what it says may still change."""

    of: int
    """replications that there will be, or that there will be at the least where more are added until there are enough;
    `replications` says how many these verdicts rest on"""


@dataclass(frozen=True)
class Identity:
    """What tells one run from another."""

    scenario: str
    title: str
    """name and title of the scenario"""
    seed: int
    replications: int
    """what determines the numbers, beside `scenario.toml`"""
    first_day: date
    last_day: date
    """reported days"""
    version: str
    """of the program"""
    actuals: Started | None = field(default=None, metadata=WHERE_ANY)
    """only in a run with `--actuals`: the planner's own figures, see below"""
    narrowed: Narrowing | None = field(default=None, metadata=WHERE_ANY)
    """only where the planner's own figures narrowed what is not known, see below"""
    provisional: Provisional | None = field(default=None, metadata=WHERE_ANY)
    """only while a run goes on, and in one that was stopped, see below: verdicts alone, by counting; margins, shares of
    chance, `totals` and `ledger` are empty"""


@dataclass(frozen=True, kw_only=True)
class Summary(Identity):
    """What ``summary.json`` holds."""

    FILE: ClassVar[str] = "summary.json"

    targets: tuple[Row, ...]
    """one row for each target, part, period and statistic, see below"""
    totals: dict[str, dict[str, float]]
    """by fiscal year: mean over replications of each flow (sum of the year) and stock (last midnight): `applications`,
    `cards_dispatched` (standard and express), `express_dispatched`, `cards_handed_over`, `late_standard` and
    `late_express` (late as the target of the year counts, see `late_cards` below; `received_to_be_late` is the same of
    standard cards with the New Year closure included), and every other column of `daily.parquet` by its name"""
    ledger: tuple[Entry, ...] = ()
    """the delay ledger by fiscal year: late cards, their days by cause, and lost calls by cause; a row each, see
    below"""


@dataclass(frozen=True)
class Change:
    """A value that differs from the library scenario that a run rests on."""

    path: str
    base: Any
    value: Any
    """of the parameter; the library's and the run's own"""


@dataclass(frozen=True)
class Precision:
    """How precise the values of a run are that was to be precise."""

    asked: float
    most: int
    """the 95 % half-width asked for, and the most replications allowed (`--most`); `replications` says how many were
    used"""
    reached: bool
    """whether every deciding statistic of a year or of the run is known that well; months are not looked at"""
    widest: float | None
    """the widest half-width: absolute for shares and availability, relative to the threshold for others; null where
    fewer than two replications have a value"""
    widest_id: str | None
    widest_period: str | None
    """what it is of (`calls-95`, `availability-99.9/jpki_counter`) and in which period; null where nothing decides"""


@dataclass(frozen=True)
class Undecided:
    """A target that is still undecided."""

    judged: str
    """which (`calls-95`, `availability-99.9/jpki_counter`)"""
    period: str
    """`years`, or `all` where a target has no years"""
    met: int
    tested: int
    """in how many replications it was met, of how many"""
    replications_to_decide: int | None
    """as in a row of `targets`"""


@dataclass(frozen=True)
class Decided:
    """How far a run got that was to go on until all is decided."""

    most: int
    """the most replications allowed"""
    undecided: tuple[Undecided, ...]
    """an entry a target that still is, see below"""


@dataclass(frozen=True)
class Repair:
    """How short repairs of a system must be for its availability to be met."""

    path: str
    now: float
    """of the mean time to repair (`systems.jpki_counter.repair_hours`), and its middle value at the end of the run"""
    hours: float | None
    """the longest, in twentieths of `now`, with which every fiscal year is met with a probability of 80 %, if it is
    that for sure and all else as uncertain as it is; null where not even a twentieth is short enough"""


@dataclass(frozen=True, kw_only=True)
class Run(Identity):
    """What ``run.json`` holds."""

    FILE: ClassVar[str] = "run.json"

    why: str = ""
    """of the scenario"""
    base: str | None = None
    """the library scenario it rests on"""
    library_name: str | None = None
    """the name that loads the same again from anywhere, but for the planner's own figures (`actuals`); null for a
    file, or with values set"""
    chance_only: bool = False
    """whether uncertain parameters were left at their middle"""
    draws: tuple[int, ...] | None = field(default=None, metadata=WHERE_ANY)
    """only with `narrowed`: the rows of what is not known that its replications take in turn"""
    first_simulated_day: date
    """the run-in starts on it"""
    chance_replications: int = 0
    """how many more were simulated in which only chance varies"""
    margin: Looked | None = None
    """the `least` and the `most` load looked at, or null without margins"""
    changes: tuple[Change, ...] = ()
    """against the library scenario: `path`, `base` and `value`; what the planner's own figures replaced is not among
    them"""
    replaced: tuple[str, ...] = ()
    """the paths whose values the planner's own figures replaced (empty without them)"""
    precision: Precision | None = None
    """null unless `--precision` was asked for, see below"""
    decided: Decided | None = None
    """null unless `--until-decided` was asked for, see below"""
    chance_shares: dict[str, float | None] = field(default_factory=dict)
    """by target and part (`express-7-days/express`, `calls-95`) the share of the spread that is chance, null where it
    cannot be told"""
    chance_intervals: dict[str, tuple[float | None, float | None]] = field(default_factory=dict)
    """the two ends of its 95 % interval"""
    unknowns: str | None = None
    """digest of the draws of what is not known, null in runs of versions that did not note it"""
    drivers: tuple[Correlation, ...] | None = None
    """the unknowns that clearly go with a target in the fiscal year in which it is most in doubt, the strongest first,
    as `correlations` of `sweep.json` has them; null where too few replications (`sweep --draws`), or chance alone,
    cannot say"""
    repairs: tuple[Repair, ...] | None = field(default=None, metadata=WHERE_ANY)
    """only where a computed probability over all fiscal years is below 80 %: an entry a system, see below"""
