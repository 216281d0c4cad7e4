"""Trip-wires: chosen on some replications, judged once on others.

A wire is "an observable above (below) X in N weeks in a row". It fires on the Monday after the N-th week. In a
replication whose year breaks it hits if it fires by the deadline: what is ordered then, or earlier, saves the year, or,
where nothing does, the warning comes so many months before the year is lost. In one whose year holds, any firing up to
the year's end is a false alarm.

An alarm is right where the year breaks if nobody acts: so many of all alarms are right as the wire is good and breaks
are common. Beside that share stands the base rate: of all replications those that break, which is what an alarm at
random would reach.

The wire with the largest hit rate less false-alarm rate (Youden's J; W. J. Youden, Index for rating diagnostic tests,
Cancer 3, 1950, 32-35) on the training replications is chosen. The best of many candidates looks better there than it
is, so its rates are counted on replications that had no part in the choice, with Wilson intervals; that of J joins both
(Newcombe's hybrid score interval, Statistics in Medicine 17, 1998, 873-890, method 10). Candidates are few: the deciles
of what training replications reach, rounded to three digits, for 1, 2, 4 and 8 weeks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from scenarios.run.words import wilson
from sim.calendar import Floats

Days = NDArray[np.int64]
WEEKS = (1, 2, 4, 8)
"""Weeks in a row that a wire may ask for."""
DECILES = tuple(share / 10 for share in range(1, 10))
"""Where candidate thresholds stand among what training replications reach."""
LEAST = 3
"""Training replications that must break, and that must hold, before there is anything to choose by."""
TOO_LATE = 0
"""A deadline before all days."""


@dataclass(frozen=True)
class Wire:
    """An observable ``above`` or ``below`` a threshold in so many weeks in a row."""

    observable: str
    side: str
    threshold: float
    weeks: int


@dataclass(frozen=True)
class Watch:
    """One event under watch, all days as ordinals.

    ``known``: the day on which each week is known. ``first``, ``last``: the first and last day on which wires may fire.
    ``lost``: of each replication the first day of the month in which the year is lost, None where the year holds.
    ``deadlines``: the last day on which a warning of it is early enough; ``TOO_LATE`` where none is.
    ``saving``: the last day on which an order still saves the year, where that is another; none where nothing saves it.
    ``request``: the last day of the budget request with whose money it does; none where it needs no request.
    """

    known: Days
    first: int
    last: int
    lost: tuple[int | None, ...]
    deadlines: tuple[int | None, ...]
    saving: tuple[int | None, ...] = ()
    request: tuple[int | None, ...] = ()

    @cached_property
    def breaks(self) -> NDArray[np.bool_]:
        """Which replications break."""
        return np.array([day is not None for day in self.lost], dtype=np.bool_)

    @cached_property
    def in_time(self) -> NDArray[np.bool_]:
        """Replications by weeks: whether a wire that fires then counts."""
        return self.until(self.deadlines)

    @cached_property
    def before(self) -> NDArray[np.bool_]:
        """The same for weeks that are known before the year is lost, or over."""
        return self.until(self.lost)

    def until(self, days: Sequence[int | None]) -> NDArray[np.bool_]:
        """Replications by weeks: whether a week is known by the day of each; by the last one where it has none."""
        until = np.array([self.last if day is None else min(day, self.last) for day in days])
        return np.asarray((self.known >= self.first) & (self.known <= until.reshape(-1, 1)))


@dataclass(frozen=True)
class Record:
    """What a wire did: ``hits`` of ``of_breaks``, ``false_alarms`` of ``of_others``.

    ``warnings``: of each hit the days from firing to the month in which the year is lost. ``fired``: the days on which
    hits fired, as ordinals. ``right``: replications that break in which it fired before the year was lost, in time or
    not. ``saved``: those in which what was ordered then saved the year; None where nothing can be ordered.
    ``requested``: those of them in which it fired early enough to put the money into the budget request; None where
    that need not be.
    """

    hits: int
    of_breaks: int
    false_alarms: int
    of_others: int
    warnings: tuple[int, ...] = ()
    fired: tuple[int, ...] = ()
    right: int = 0
    saved: int | None = None
    requested: int | None = None

    @property
    def alarms(self) -> int:
        """Replications in which it fired before the year was lost, or over."""
        return self.right + self.false_alarms

    @property
    def precision(self) -> float | None:
        """Right alarms over all alarms; None without any."""
        return self.right / self.alarms if self.alarms else None

    @property
    def base_rate(self) -> float | None:
        """Replications that break over all; None without any."""
        of = self.of_breaks + self.of_others
        return self.of_breaks / of if of else None

    @property
    def hit_rate(self) -> float | None:
        """Hits over replications that break; None without any."""
        return self.hits / self.of_breaks if self.of_breaks else None

    @property
    def false_alarm_rate(self) -> float | None:
        """False alarms over replications that hold; None without any."""
        return self.false_alarms / self.of_others if self.of_others else None

    @property
    def skill(self) -> float | None:
        """Hit rate less false-alarm rate: 1 is perfect, 0 is no better than chance."""
        if self.hit_rate is None or self.false_alarm_rate is None:
            return None
        return self.hit_rate - self.false_alarm_rate

    @property
    def skill_interval(self) -> tuple[float, float] | None:
        """The 95 % interval of ``skill`` from the two Wilson intervals."""
        hit, alarm = self.hit_rate, self.false_alarm_rate
        if hit is None or alarm is None:
            return None
        (low, high), (least, most) = wilson(self.hits, self.of_breaks), wilson(self.false_alarms, self.of_others)
        below, above = sqrt((hit - low) ** 2 + (most - alarm) ** 2), sqrt((high - hit) ** 2 + (alarm - least) ** 2)
        return max(hit - alarm - below, -1.0), min(hit - alarm + above, 1.0)


def choose(seen: Mapping[str, tuple[str, Floats]], watch: Watch) -> Wire | None:
    """The wire with the largest hit rate less false-alarm rate, among equals the earliest, then that of fewest weeks.

    ``seen``: of each observable its bad side and its values, replications by weeks. Of thresholds that do equally well
    the middle one is taken: the others lie closer to what chance alone reaches. None where fewer than ``LEAST``
    replications break or hold, or no wire does better than none at all.
    """
    if min(watch.breaks.sum(), (~watch.breaks).sum()) < LEAST:
        return None
    best: tuple[float, float, int] | None = None
    equals = list[Wire]()
    for name, (side, values) in seen.items():
        for weeks in WEEKS:
            for threshold in _thresholds(_reached(side, values, weeks, watch), side):
                wire = Wire(name, side, threshold, weeks)
                record = judge(wire, values, watch)
                rank = (record.skill or 0.0, float(np.median(record.warnings or (0,))), -weeks)
                if rank[0] > 0 and (best is None or rank > best):
                    best, equals = rank, [wire]
                elif rank == best and equals[0].observable == name:
                    equals.append(wire)
    return equals[len(equals) // 2] if equals else None


def judge(wire: Wire, values: Floats, watch: Watch) -> Record:
    """What a wire does in these replications; ``values``: replications by weeks."""
    held = _held(wire.side, values, wire.weeks) > _signed(wire.side, wire.threshold)
    fires = held & watch.in_time
    alarmed = (held & watch.before).any(axis=1)
    hits = np.flatnonzero(fires.any(axis=1) & watch.breaks)
    days = [int(watch.known[np.argmax(fires[place])]) for place in hits]
    lost = [watch.lost[place] or 0 for place in hits.tolist()]
    return Record(
        hits=len(hits),
        of_breaks=int(watch.breaks.sum()),
        false_alarms=int((alarmed & ~watch.breaks).sum()),
        of_others=int((~watch.breaks).sum()),
        warnings=tuple(month - day for month, day in zip(lost, days, strict=True)),
        fired=tuple(days),
        right=int((alarmed & watch.breaks).sum()),
        saved=_by(watch.saving, held, watch),
        requested=_by(watch.request, held, watch),
    )


def _by(days: Sequence[int | None], held: NDArray[np.bool_], watch: Watch) -> int | None:
    """Replications that break in which the wire fires by a last day of each; None without such days."""
    if not days:
        return None
    return int(((held & watch.until(days)).any(axis=1) & watch.breaks).sum())


def _signed(side: str, value: float) -> float:
    return value if side == "above" else -value


def _held(side: str, values: Floats, weeks: int) -> Floats:
    """The least bad of the last weeks, badness upwards: what each of them has reached; NaN until it is known."""
    bad = values if side == "above" else -values
    if bad.shape[1] < weeks:
        return np.full(bad.shape, np.nan)
    least = sliding_window_view(bad, weeks, axis=1).min(axis=-1)
    return np.hstack([np.full((len(bad), weeks - 1), np.nan), least])


def _reached(side: str, values: Floats, weeks: int, watch: Watch) -> Floats:
    """The worst that each replication reaches in time, badness upwards; those that reach nothing are left out."""
    held = np.where(watch.in_time, _held(side, values, weeks), np.nan)
    worst: Floats = np.where(np.isnan(held), -np.inf, held).max(axis=1, initial=-np.inf)
    return worst[np.isfinite(worst)]


def _thresholds(reached: Floats, side: str) -> Sequence[float]:
    """Candidates as a planner would write them: three digits."""
    if not len(reached):
        return ()
    return sorted({float(f"{_signed(side, value):.3g}") for value in np.quantile(reached, DECILES).tolist()})
