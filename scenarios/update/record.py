"""An update as a record: a stored run beside the months that have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from scenarios.run.statistic import EVERY_YEAR, Looked, Row
from scenarios.track.scored import Scored
from scenarios.update.likelihood import Outside
from sim.calendar import months_between


@dataclass(frozen=True)
class Came:
    """The planner's own figures that came."""

    file: str
    as_of: date
    """name of the file, and the last day of the last month with figures"""


@dataclass(frozen=True)
class Worth:
    """What the weights of the replications are worth."""

    shares: tuple[float, ...]
    """of the replications in order"""
    effective: float
    """number"""
    k_hat: float | None
    """null below 25 replications"""
    word: str
    """`trusted`, `few` (effective number below 30) or `heavy` (k-hat above 0.7)"""
    replications_needed: int | None
    """for `few`, in all; else null"""


@dataclass(frozen=True)
class Told:
    """How much a figure says for itself."""

    figure: str
    """which"""
    first: str
    last: str
    months: int
    """first and last month, and how many"""
    facts: float
    """as how many independent ones they count"""
    model: float
    month: float
    """standard deviations of what the model gets wrong in all of them and of a month by itself (relative ones, log-odds
    of shares)"""
    effective: float
    """the number that it would leave by itself"""


@dataclass(frozen=True)
class Changed:
    """A target in a fiscal year, or in all together, before and after."""

    before: Row
    after: Row
    """rows as in `summary.json`"""

    @property
    def other_word(self) -> bool:
        """Whether the verdict is another."""
        return self.before.verdict != self.after.verdict


@dataclass(frozen=True)
class Ahead:
    """A month to come."""

    figure: str
    month: str
    """what is forecast, and of when"""
    before: tuple[float, ...]
    after: tuple[float, ...]
    """quantiles 5, 25, 50, 75 and 95 %"""


@dataclass(frozen=True)
class Update:
    """What ``update.json`` holds."""

    FILE: ClassVar[str] = "update.json"

    scenario: str
    title: str
    seed: int
    replications: int
    first_day: date
    last_day: date
    version: str
    """of the run"""
    run: str
    """its folder"""
    margin: Looked | None
    """`least` and `most` load looked at, or null where the run keeps no margins"""
    again: str
    """what to give `cardflow run` for the same"""
    actuals: Came
    """`file` and `as_of` of what came"""
    weights: Worth
    """see below"""
    figures: tuple[Told, ...]
    """an entry a figure, see below"""
    outside: tuple[Outside, ...]
    """months that no replication comes near (more than three standard deviations), see below"""
    targets: tuple[Changed, ...]
    """pairs of rows `before` and `after` as in `summary.json`: fiscal years, all together (`years`) and `all`; margins
    `after` only where the weights can be trusted, `margin_replications` the effective number rounded down; where
    `computed`, `after` is `before`: no figure that comes speaks of systems"""
    forecast: tuple[Ahead, ...]
    """by `figure` and `month`, up to 12 behind the last stated one: quantiles 5, 25, 50, 75 and 95 % `before` and
    `after`"""
    track: tuple[Scored, ...]
    """a row a month and figure of each earlier forecast that has come, see below"""

    @property
    def months(self) -> tuple[str, ...]:
        """Reported months."""
        return months_between(self.first_day, self.last_day)

    @property
    def headline(self) -> list[Changed]:
        """A line a target: all fiscal years together where there are several, else the only one."""
        several = len({one.before.period for one in self.targets if one.before.yearly}) > 1
        return [one for one in self.targets if (one.before.joint if several else one.before.yearly)]

    @property
    def bearing(self) -> list[Changed]:
        """The lines of ``headline`` that say up to what load a target holds."""
        return [one for one in self.headline if one.before.driver]

    @property
    def tested(self) -> list[Changed]:
        """The lines of each fiscal year and of all together that any replication speaks to."""
        return [
            one
            for one in self.targets
            if one.before.verdict != "not_tested" and (one.before.yearly or one.before.period == EVERY_YEAR)
        ]

    @property
    def ahead(self) -> list[Scored]:
        """Months that had been forecast before they came."""
        return [one for one in self.track if one.ahead]
