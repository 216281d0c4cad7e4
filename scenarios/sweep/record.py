"""A sweep as a record: what is varied, what each point says, or which inputs drive the targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal, Protocol, TypeVar

from scenarios.records import AMONG, Gathering
from sim.calendar import RUN, YEARS


class Of(Protocol):
    """What is said of a target in a period."""

    @property
    def id(self) -> str:
        """The target with its part, or the key figure."""

    @property
    def period(self) -> str:
        """Fiscal year, or ``all``."""


Said = TypeVar("Said", bound=Of)


@dataclass(frozen=True)
class Varied:
    """A path that is varied."""

    path: str
    unit: str
    meaning: str
    """of the parameter"""
    low: float
    high: float
    """ends of its range"""
    values: tuple[float, ...] | None
    """those of a grid or list, or null"""
    today: Mapping[str, float]
    """what the scenario has on the first day of each fiscal year, and for `all`"""
    dated: bool
    """whether the scenario has dated steps"""
    uncertain: bool
    """whether it has a range"""


@dataclass(frozen=True)
class Doubt:
    """The fiscal year in which a target is most in doubt; of points all fiscal years together."""

    id: str
    period: str
    statistic: str
    """the target, and that year, `years` for all of them"""
    met: int | None
    tested: int | None
    """in how many replications of all points the target was met, and tested; null where `computed`"""
    threshold: float | None
    """null where points have different ones"""
    computed: float | None = None
    """of availability the mean of the computed probability over all points; else null"""

    @property
    def settled(self) -> bool:
        """Whether it is met always, or never."""
        return self.met in (0, self.tested) if self.computed is None else self.computed in (0.0, 1.0)

    def of(self, said: Iterable[Said]) -> list[Said]:
        """What is said of the target in this year."""
        return [one for one in said if (one.id, one.period) == (self.id, self.period)]


@dataclass(frozen=True)
class Response:
    """A target or key figure in a period: how much, and how often the target was met."""

    id: str
    period: str
    statistic: str
    """as in `comparison.json`; of a target also `years`: whether it is met in every fiscal year, and what the
    worst one has"""
    value: float | None
    low: float | None
    high: float | None
    """mean over the replications that have a value, with its 95 % t interval, cut at what the statistic can be"""
    met: int | None
    tested: int | None
    """in how many replications the target was met, and tested; null for key figures, where not tested, and where
    `computed`"""
    probability: float | None
    probability_low: float | None
    probability_high: float | None
    """`met` over `tested` with its 95 % Wilson interval; where `computed`, the probability without one"""
    verdict: str | None
    """the word for it, as in `summary.json`; null for key figures and what was not tested"""
    computed: bool = False
    """true for availability: the probability is worked out at each point as that of a run
    (`scenarios/run/available.py`)"""


@dataclass(frozen=True)
class _At(Gathering):
    point: int
    """its number, from 1"""
    varied: Mapping[str, float] = field(metadata=AMONG)
    """the varied paths, each a key, with their values"""


@dataclass(frozen=True)
class Row(Response, _At):
    """What a point says."""


@dataclass(frozen=True)
class Crossing:
    """Where a target is met with the probability asked for."""

    found: Literal["within", "everywhere", "nowhere"]
    rises: bool
    """`within` the range, `everywhere` in it or `nowhere`; whether more of the quantity helps"""
    between: tuple[float | None, float | None]
    """the two points between which the fit reaches the probability, the lower one first; what lies between them is not
    known. Null for what lies beyond what was swept"""
    low: float | None
    high: float | None
    """its 95 % interval, from point to point: from the last at which the upper end of the fit's Wilson interval falls
    short of the probability to the first at which the lower end does not, with as many independent replications as the
    fit is worth (bootstrap over replications, each at all points together). Null where it lies beyond what was swept;
    of fewer than 16 replications the safe end always does"""
    fit: tuple[float, ...]
    """of each point the monotone fit of the share that meets the target (isotonic regression, weighted by
    replications)"""
    computed: bool = False
    """true for availability: the fit is that of computed probabilities, and the interval is `between`"""


@dataclass(frozen=True)
class _Along:
    path: str
    at: Mapping[str, float]
    """the varied path, and the values of the others"""
    id: str
    period: str
    statistic: str
    """the target"""
    values: tuple[float, ...]
    """of the path, of each point"""
    probability: float
    """with which it is to be met: 0.8"""


@dataclass(frozen=True)
class Crossed(Crossing, _Along):
    """The crossing of a target and year along a varied path, at a combination of the others."""


@dataclass(frozen=True)
class Driving:
    """Of what input, and of which target in which period, something is said."""

    path: str
    """of the input"""
    id: str
    period: str
    statistic: str
    """the target"""


@dataclass(frozen=True)
class Elementary:
    """Morris' elementary effects of an input, in the unit of the output."""

    mu_star: float
    low: float
    high: float
    """mean absolute effect with its 95 % bootstrap interval"""
    mu: float
    """mean"""
    sigma: float
    sigma_low: float
    sigma_high: float
    """standard deviation, with its interval"""


@dataclass(frozen=True)
class Effect(Elementary, Driving):
    """What an input does to a target in a period."""

    material: bool
    """whether some path moves this target by 0.1 % of its value or more"""


@dataclass(frozen=True)
class Change:
    """A mean paired difference with its 95 % t interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Swing(Driving):
    """What a driver that is moved alone does to a target in a period."""

    beyond: float
    """how often a value lies lower than the low one, and as often higher than the high one: 0.1, or 0 of a range of
    `--vary`"""
    low_input: float
    input: float
    high_input: float
    """numbers on the first day; low and high are P10 and P90 of what replications draw, or the ends of a range of
    `--vary`"""
    value_low: float | None
    value: float | None
    value_high: float | None
    """the target's mean"""
    met_low: int | None
    met: int | None
    met_high: int | None
    """replications that meet it"""
    low_effect: Change | None
    high_effect: Change | None
    """low or high less the middle: `mean`, and its 95 % paired t interval `low` to `high`; null unless two pairs have
    values"""
    swing: Change | None
    """high less low"""

    @property
    def size(self) -> float:
        """The largest change that either end of the range makes."""
        effects = self.low_effect, self.high_effect, self.swing
        return max((abs(effect.mean) for effect in effects if effect), default=0.0)


@dataclass(frozen=True)
class Portion:
    """Sobol's indices of an input, shares of the variance; cut at 0 and 1, since the estimators stray beyond."""

    s1: float
    s1_low: float
    s1_high: float
    """first-order index with its 95 % bootstrap interval"""
    st: float
    st_low: float
    st_high: float
    """total index with its interval"""


@dataclass(frozen=True)
class Share(Portion, Driving):
    """Which share of a target's variance in a period an input explains."""


@dataclass(frozen=True)
class Ranked:
    """The rank correlation of an unknown with a target."""

    rho: float
    low: float
    high: float
    """Spearman's, with its 95 % interval (Bonett and Wright 2000)"""
    clear: bool
    """chance does not explain it, all unknowns of the target allowed for (Holm 1979, 5 %)"""


@dataclass(frozen=True)
class _Drawn(Driving):
    replications: int
    """those that have a value"""


@dataclass(frozen=True)
class Correlation(Ranked, _Drawn):
    """How far an unknown goes with a target in a period."""

    tied_to: str | None
    """a stronger clear unknown with which it goes by 0.5 or more, or null"""


@dataclass(frozen=True)
class Points:
    """What is found of a grid or a Latin hypercube."""

    rows: tuple[Row, ...]
    """what each point says, see below"""
    crossings: tuple[Crossed, ...]
    """where targets are met with the probability asked for, see below"""

    @property
    def told(self) -> tuple[Row, ...]:
        """What a table of it has."""
        return self.rows

    def years(self, identifier: str) -> list[str]:
        """All fiscal years of a target together, and then each; the run where it has none."""
        found = dict.fromkeys(row.period for row in self.rows if row.id == identifier)
        return sorted((period for period in found if period != RUN), key=lambda period: period != YEARS) or list(found)

    def at(self, identifier: str, period: str) -> list[Row]:
        """The rows of a target in a period, point by point, but for points where it was not tested."""
        return [
            row for row in self.rows if (row.id, row.period) == (identifier, period) and row.probability is not None
        ]

    def crosses(self, identifier: str, period: str) -> list[Crossed]:
        """Where a target is met with the probability asked for in a period, by what else is varied."""
        return [row for row in self.crossings if (row.id, row.period) == (identifier, period)]

    def moves(self, doubt: Doubt) -> bool:
        """Whether anything that is varied moves the target, in any year."""
        told = "value" if doubt.computed is None else "probability"
        spans = ([getattr(row, told) for row in self.at(doubt.id, period)] for period in self.years(doubt.id))
        return any(max(values) - min(values) > 1e-9 * max(map(abs, values)) for values in spans if values)


@dataclass(frozen=True)
class Screened:
    """What is found of a screening."""

    drivers: tuple[str, ...]
    """at most 8 paths with a tenth or more of the largest `mu_star` of some target in its year in doubt, target by
    target in turn, those met at some points only first"""
    swing_replications: int
    """of each end of `swings`"""
    effects: tuple[Effect, ...]
    """one entry a path, target and period, see below"""
    swings: tuple[Swing, ...]
    """one entry a driver, target and period, that input alone moved, in `swing_replications` replications, see below"""
    shares: tuple[Share, ...] | None
    """with `--sobol`, of the first 5 drivers (Saltelli's design, 64 samples; A. Saltelli and others, Computer Physics
    Communications 181, 2010, 259-270), see below; else null"""

    @property
    def told(self) -> tuple[Effect, ...]:
        """What a table of it has."""
        return self.effects

    def moves(self, doubt: Doubt) -> bool:
        """Whether anything that is varied moves the target in that year."""
        return any(row.material for row in doubt.of(self.effects))

    def found(self, kind: str, doubt: Doubt) -> Sequence[Effect | Swing | Share]:
        """``swings``, ``effects`` or ``shares`` of a target in that year, the largest first; nothing of those at 0."""
        if kind == "shares":
            return sorted(doubt.of(self.shares or ()), key=lambda row: -row.st)
        if kind == "swings":
            return self.swung(doubt)
        return sorted((row for row in doubt.of(self.effects) if row.mu_star > 0), key=lambda row: -row.mu_star)

    def swung(self, doubt: Doubt) -> list[Swing]:
        """What drivers do one at a time to a target in that year, the largest first, without those that do nothing."""
        return sorted((row for row in doubt.of(self.swings) if row.size > 0), key=lambda row: -row.size)


@dataclass(frozen=True)
class Drawn:
    """What is found in what replications draw."""

    drivers: tuple[str, ...]
    """at most 8 paths that are clear and not tied for some target in its year in doubt, the strongest first"""
    correlations: tuple[Correlation, ...]
    """one entry an unknown, target and period, see below"""

    @property
    def told(self) -> tuple[Correlation, ...]:
        """What a table of it has."""
        return self.correlations

    def moves(self, doubt: Doubt) -> bool:
        """Whether any unknown clearly goes with the target in that year."""
        return any(row.clear for row in doubt.of(self.correlations))

    def found(self, kind: str, doubt: Doubt) -> Sequence[Correlation]:
        """The correlations of a target in that year, the largest first."""
        return sorted(doubt.of(self.correlations), key=lambda row: -abs(row.rho))


@dataclass(frozen=True)
class Sweep(Gathering):
    """What ``sweep.json`` holds."""

    FILE: ClassVar[str] = "sweep.json"

    version: str
    scenario: str
    title: str
    seed: int
    replications: int
    chance_only: bool
    """what determines the numbers; `replications` are those of each point"""
    confidence: float
    """0.95: of every interval"""
    first_day: date
    last_day: date
    """reported days"""
    file: str
    """of the scenario, with every value"""
    design: str
    """`grid`, `latin`, `screen` or `draws`"""
    points: int | None
    """how many there are; with `screen` those of Morris' design"""
    lhs: int | None
    trajectories: int | None
    sobol: bool
    vary: tuple[str, ...]
    """as asked; `vary` as it is written after `--vary`"""
    varied: tuple[Varied, ...]
    """one entry a varied path, see below"""
    doubts: tuple[Doubt, ...]
    """of every tested target the fiscal year in which it is most in doubt, that is where the share of replications of
    all points that met it is nearest to one half (of availability the mean of the computed probability); of a grid or
    a Latin hypercube all fiscal years together, which decide as in a run, see below"""
    found: Points | Screened | Drawn = field(metadata=AMONG)
    """the keys of what is found by each design, see below"""

    @property
    def moving(self) -> tuple[Doubt, ...]:
        """Targets that something moves, each in the year in which it is most in doubt."""
        return tuple(doubt for doubt in self.doubts if self.found.moves(doubt))

    def input(self, path: str) -> Varied:
        """The varied path of that name."""
        return next(own for own in self.varied if own.path == path)
