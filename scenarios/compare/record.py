"""A comparison as a record: scenarios, pairs of them, a row a target or key figure and period, monthly bands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from scenarios.experiment.paired import cannot_be_told, fewest
from scenarios.run.monthly import Band
from sim.calendar import RUN, Period
from sim.targets import measure

TOTAL = "total"
"""The statistic of a key figure."""


@dataclass(frozen=True)
class Compared:
    """A figure of two scenarios: ``difference`` is value less against_value, pair by pair of replications."""

    scenario: str
    against: str
    """names of the pair"""
    kind: str
    """`probability`: what decides, how likely a target is met over the whole period; `target`: the figure by which it
    is judged; `key_figure`: a total of a fiscal year"""
    id: str
    """of the target with its part (`calls-95`, `availability-99.9/jpki_counter`), or the key figure: `applications`,
    `cards_dispatched`, `cards_handed_over`, `late_standard`, `received_to_be_late`, `weekend_worked`, `notices_sent`,
    `certificates_renewed`, `certificates_lapsed`, `transactions_failed`, `calls_offered`, `helpdesk_offered`, named as
    in `totals` of `summary.json`"""
    period: str
    """`years` (all fiscal years that both report) for what decides, `all` where the target has none; fiscal year,
    `all`, `years` or month for targets, fiscal year for key figures"""
    statistic: str
    """`met_share` (of replications) for what decides; that by which the target is judged (see `summary.json`); `total`
    for key figures"""
    value: float | None
    against_value: float | None
    """means over the replications that have a value; null where it was not tested"""
    difference: float | None
    """mean over pairs of replications of value less against_value, 0 where both are exactly equal; null unless at
    least two pairs have both values"""
    low: float | None
    high: float | None
    """interval of the difference where `clear` is not null: Holm-adjusted, Tango's of what decides, that of Hall's
    corrected t of figures, stretched to 0 where the test finds nothing; both the difference itself where it is
    `computed`; else the plain 95 % t interval. Of shares never beyond 1. Both are 0 where all figures are the same in
    every pair"""
    clear: bool | None
    """true where the adjusted interval leaves 0 out; false where chance explains the difference, where `replications`
    are too few and it cannot be told, or where there is none; null for months, for figures of `years`, for the run
    where the target has years, and without a difference: nothing is claimed of these"""
    replications: int
    """pairs with a value in both"""
    met: int | None
    against_met: int | None
    """in how many replications the target was met in each; null for key figures and where not tested"""
    met_differs: int | None
    """in how many replications it was met in one and not in the other"""
    verdict: str | None = None
    against_verdict: str | None = None
    """the word for how often each met it, as in `summary.json`; those of the kind `probability` stand for the whole
    period"""
    claims: int | None = None
    """how many differences are judged together with this one; null where nothing is claimed"""
    computed: bool = False
    """true for the probability of availability, which is worked out for both (`scenarios/run/available.py`) instead of
    counted: no chance lies between the two, `clear` where they are 0.3 points apart or more, `claims`, `met`,
    `against_met` and `met_differs` null"""

    @property
    def claimed(self) -> bool:
        """Whether the difference is claimed or left to chance, or would be had it been tested: no month."""
        whole = self.kind == "probability" or Period(self.period).yearly or self.period == RUN
        return self.clear is not None or (self.difference is None and whole)

    @property
    def outcome(self) -> str:
        """What the row says: ``better``, ``worse`` (targets), ``more``, ``fewer`` (key figures), ``chance``,
        ``too_few`` (pairs to tell), ``alike`` (a target met in the same replications), ``hardly`` (two computed
        probabilities so near to each other that they are not told apart), ``equal``.

        Or why it says nothing: ``not_tested``, ``one_sided`` (only one has a value), ``unclaimed``.
        """
        if self.difference is None:
            return "not_tested" if (self.value is None) == (self.against_value is None) else "one_sided"
        if self.difference == self.low == self.high == 0:
            return "equal"
        if self.clear is None:
            return "unclaimed"
        if not self.clear:
            return self._unclear
        if self.kind == "key_figure":
            return "more" if self.difference > 0 else "fewer"
        known = measure(self.statistic)
        return "worse" if (self.difference > 0) is (known is not None and known.less_is_better) else "better"

    @property
    def _unclear(self) -> str:
        if self.computed:
            return "hardly"
        if self.untold:
            return "too_few"
        return "alike" if self.kind == "probability" and not self.met_differs else "chance"

    @property
    def untold(self) -> bool:
        """Whether there are too few pairs to tell a difference, or that there is none."""
        if self.low is None or self.high is None:
            return False
        return cannot_be_told(self.replications, self.claims or 1, self.low, self.high)


@dataclass(frozen=True)
class Input:
    """A value that differs, as it is written in a scenario file."""

    path: str
    """of the parameter; `start` and `end` are the dates of the run"""
    value: Any
    against_value: Any
    """of the pair; null where a scenario has none"""


@dataclass(frozen=True)
class Pair:
    """A scenario held against the first."""

    scenario: str
    against: str
    """names of the pair: a scenario after the first, and the first"""
    inputs: tuple[Input, ...]
    """values that differ: `path`, `value`, `against_value`; the dates of the run are among them"""
    not_common: tuple[str, ...]
    """periods left out since not both report the same days"""
    target_claims: int
    """how many differences decide, one a target"""
    claims: int
    """how many figures are judged together behind them"""

    @property
    def fewest(self) -> int:
        """Replications from which on any difference can be clear."""
        return fewest(max(self.claims, self.target_claims))


@dataclass(frozen=True)
class Alternative:
    """A scenario that was compared."""

    name: str
    """of the scenario; a second one of the same name has ` (2)` behind it"""
    scenario: str
    title: str
    why: str
    """of the scenario"""
    file: str
    """with every value of it"""
    first_day: date
    last_day: date
    """reported days"""


@dataclass(frozen=True)
class Series:
    """What charts draw of a scenario, by month."""

    months: tuple[str, ...]
    """reported ones"""
    applications: Band
    dispatched: Band
    """sums of the month"""
    backlog: Band
    """cards waiting or in work inside the plant, mean of the month at midnight"""
    calls_answered_share: Band
    helpdesk_answered_share: Band
    """attempts answered of those that were over in the month"""
    certificates_wait_days: Band
    """mean of those served"""


@dataclass(frozen=True)
class Comparison:
    """What ``comparison.json`` holds."""

    FILE: ClassVar[str] = "comparison.json"

    version: str
    """of the program"""
    seed: int
    replications: int
    chance_only: bool
    """what determines the numbers, beside the scenario files"""
    confidence: float
    """0.95: the chance that in either family of a pair no difference is wrongly called clear"""
    scenarios: tuple[Alternative, ...]
    """in the order given, see below"""
    pairs: tuple[Pair, ...]
    """one entry a scenario after the first, see below"""
    rows: tuple[Compared, ...]
    """see below"""
    series: dict[str, Series]
    """by scenario name what charts draw, see below"""

    @property
    def names(self) -> tuple[str, ...]:
        """The scenarios' names; the first is the one that others are held against."""
        return tuple(each.name for each in self.scenarios)

    @property
    def scenario(self) -> str:
        """All of them, as small print names what was simulated."""
        return ", ".join(self.names)

    @property
    def months(self) -> tuple[str, ...]:
        """Every month that any scenario reports, in order."""
        return tuple(sorted({month for series in self.series.values() for month in series.months}))

    def of(self, pair: Pair, kind: str) -> list[Compared]:
        """The rows of a pair and kind (``probability``, ``target``, ``key_figure``), in their order."""
        return [row for row in self.rows if (row.scenario, row.kind) == (pair.scenario, kind)]
