"""What a target is, as its part declares it, and what one replication says of it.

Periods are a fiscal year (``FY2026``), a month (``2026-04``) or the run (``all``). Cards go by date of receipt; those
inside at the end count as late once they are older than the target, younger ones are left out. Calls and certificates
go by the day on which they were decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np

from sim.calendar import RUN, Calendar, Period
from sim.parameters import Parameters
from sim.result import Result
from sim.schedule import Quantity
from sim.streams import Ints

Unit = Literal["share", "days", "hours", "seconds", "cards", "count"]
Better = Literal["more", "less"]


@dataclass(frozen=True)
class Measure:
    """A statistic of targets: its name (``n`` for a number of days in it), unit, and which side is the better one."""

    name: str
    unit: Unit
    better: Better
    decimals: int = 1

    @property
    def less_is_better(self) -> bool:
        """Whether a smaller value is the better one; one that decides meets its threshold from below."""
        return self.better == "less"


@dataclass(frozen=True)
class Loss:
    """Facts that say month by month what a year has lost: ``lost`` of ``counted``, or all of it but what was ``kept``.

    ``{part}`` in a name stands for each part that is judged. ``peak``: no share counts, but the fullest month of it.
    """

    counted: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    peak: str | None = None


@dataclass(frozen=True)
class Target:
    """A target: all that is known of it but its texts (``target.`` in the catalogues).

    Args:
        id: as it is named everywhere.
        part: of the model whose facts decide it; None where no part does.
        measures: all its statistics.
        statistics: what a replication says of it, in a fixed order.
        parameters: beginnings of paths of its thresholds and readings, and of what moves it without any part.
        judged: what is judged by itself of it, such as each system; None stands for the whole.
        driver: of ``sim.louder.DRIVERS``, whose load uses up its margin; None where nothing does.
        yearly: whether each fiscal year decides it; else the whole run does.
        loss: what a year has lost of it; without one, the share that each month reaches tells.
        resources: paths of capacities of which more can help to meet it (``scenarios.resources``).
        signs: what a planner sees week by week that may warn of it (``scenarios.clock.observables``).
        saves: what is saved where it is met better (``scenarios.ledger.savings``).
    """

    id: str
    part: str | None
    measures: tuple[Measure, ...]
    statistics: Callable[[Target, Result, Parameters, Calendar], Iterator[Statistic]]
    parameters: tuple[str, ...]
    judged: tuple[str | None, ...] = (None,)
    driver: str | None = None
    yearly: bool = True
    loss: Loss | None = None
    resources: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    saves: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The target with each part that is judged, as in ``availability-99.9/jpki_counter``."""
        return tuple(code(self.id, part) for part in self.judged)

    def lost_of(self, part: str | None) -> Loss | None:
        """What a year has lost, with the facts of a part, or of all parts that are judged."""
        if self.loss is None:
            return None
        parts = [part] if part else [each for each in self.judged if each] or [""]

        def of_parts(names: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(name.format(part=each) for name in names for each in parts))

        counted, lost, kept = (of_parts(names) for names in (self.loss.counted, self.loss.lost, self.loss.kept))
        return replace(self.loss, counted=counted, lost=lost, kept=kept)


def code(target: str, part: str | None) -> str:
    """What is judged, as one word: ``express-7-days/express``, ``calls-95``."""
    return f"{target}/{part}" if part else target


def parted(judged: str) -> tuple[str, str | None]:
    """The target and the part of it that such a word names."""
    target, _, part = judged.partition("/")
    return target, part or None


@dataclass(frozen=True)
class Statistic:
    """One value of one replication.

    ``met`` tells whether the deciding statistic reaches its threshold; ``short_of`` the cause of most late card-days.
    """

    target: str
    part: str | None
    period: Period
    name: str
    value: float | None
    threshold: float | None = None
    met: bool | None = None
    short_of: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "period", Period(self.period))

    @property
    def decides(self) -> bool:
        """Whether this statistic decides its target in this period."""
        return self.threshold is not None

    @property
    def judged(self) -> str:
        """What is judged, its part included."""
        return code(self.target, self.part)


def decided(
    target: Target,
    part: str | None,
    period: Period,
    name: str,
    value: float | None,
    threshold: float,
    short_of: str | None,
) -> Statistic:
    """A statistic that decides: it must not be below its threshold."""
    met = None if value is None else value >= threshold
    return Statistic(target.id, part, period, name, value, threshold, met, short_of)


def beside(target: Target, part: str | None, period: Period, values: Mapping[str, float | None]) -> Iterator[Statistic]:
    """Statistics that stand beside the one that decides."""
    for name, value in values.items():
        yield Statistic(target.id, part, period, name, value)


@lru_cache(maxsize=4)
def periods(calendar: Calendar) -> tuple[tuple[Period, Ints], ...]:
    """Each period with its month numbers: fiscal years, the run, months."""
    return tuple(_periods(calendar))


def _periods(calendar: Calendar) -> Iterator[tuple[Period, Ints]]:
    months = np.unique(calendar.month)
    years = np.where(months % 12 >= 3, months // 12, months // 12 - 1)
    for year in np.unique(years):
        yield Period.of_year(year), months[years == year]
    yield RUN, months
    for month in months:
        yield Period.of_month(int(month)), np.array([month])


class Sums:
    """Sums of facts over some days; ``prefix`` is that of a call centre."""

    def __init__(self, result: Result, days: slice, prefix: str = "") -> None:
        self._facts, self._days, self._prefix = result.facts, days, f"{prefix}_" if prefix else ""
        self._known: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        if name not in self._known:
            self._known[name] = int(self._facts[self._prefix + name][self._days].sum())
        return self._known[name]

    def share(self, part: str, *whole: str) -> float | None:
        """One sum over that of others; None where there is nothing to divide by."""
        total = sum(self[name] for name in whole)
        return self[part] / total if total else None


def middle(quantity: Quantity, parameters: Parameters) -> float:
    """A threshold as the run begins, in the middle of what is not known."""
    return quantity.at(parameters.start)
