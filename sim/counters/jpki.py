"""The CA reception servers (認証局受付サーバ) behind the counters, by quarter-hour: who gets through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sim.compiled import compiled
from sim.counters.parameters import Counters
from sim.counters.visits import CERTIFICATE, HAND_OVER, KINDS, OTHERS, SETTING, TRANSACTIONS
from sim.counters.whole import Whole
from sim.plan import Plan
from sim.streams import Floats

Strain = Callable[[int, float], None]
"""Told the utilisation of a day."""
QUARTERS = 96
_WITH_CARD_SYSTEM, _MADE_IN_THE_END = (
    np.array([kind in those for kind in KINDS]) for those in ((HAND_OVER, SETTING), (SETTING,))
)
"""Who needs the card management system too; who tries until it works: settings before hand-over (交付前設定)."""
_CARDS_AND_CERTIFICATES = [KINDS[HAND_OVER], KINDS[CERTIFICATE]]
_TRANSACTIONS: list[float] = TRANSACTIONS.tolist()
_NO_OTHERS = (0,) * len(OTHERS)
_OFFICE_HOURS = slice(36, 68)
"""Settings are made from nine to five, evenly."""
_OFFICE_QUARTERS = _OFFICE_HOURS.stop - _OFFICE_HOURS.start
_MOST_RETRIES = 3
_COMES_BACK = 1 / 8
"""Chance in each quarter-hour of trying again, for those who do: two hours on average."""
_WHOLE = 1e-6
"""Sums of shares of whole persons are off by less."""


class Passed(NamedTuple):
    """Hand-overs and certificates that got through, attempts of them that failed, and attempts of all visits that timed
    out for want of capacity. Of all visits that tried those that got through, that gave up, and that would still try
    again as the day ends.
    """

    cards: int
    certificates: int
    failed: int
    timeouts: int
    tried: int = 0
    done: int = 0
    given_up: int = 0
    still_trying: int = 0


class Jpki:
    """Servers that take so much in a quarter-hour, less what is down or slow, and less what refused attempts use up.

    Their capacity is stated as the transactions of a day, spread over its hours as visits are, with which the busiest
    quarter-hour is just full. An attempt that meets an outage fails. Where more is tried in a quarter-hour than they
    take, attempts time out, and each still uses a share of a transaction, so that more attempts mean less done, down
    to a least share of the capacity: as in May 2020 (OUT-005), when a surge of visits slowed the system for five days.
    Of all that failed a share is tried again in the hours that follow, up to three times; settings are made in the end.

    ``jpki`` and ``both`` are, for days on which something is down or slow, the share working in each minute of the
    servers, and of them and the card management system, which hand-overs need too. ``strain`` is told of each day how
    much of what works its visits and settings would use in the quarter-hour in which that is most; it may break the
    servers.
    """

    def __init__(
        self, plan: Plan, jpki: Mapping[int, Floats], both: Mapping[int, Floats], strain: Strain | None = None
    ) -> None:
        self._profiles = _profiles(plan.parameters.counters)
        self._capacity: list[float] = (
            plan.daily("systems.jpki_per_day") * self._profiles[KINDS[HAND_OVER]].max()
        ).tolist()
        visits, set_ = self._profiles[[KINDS[HAND_OVER], KINDS[SETTING]]]
        self._most = float(visits[set_ > 0].max()), float(visits[set_ == 0].max())
        self._at_peak: list[float] = (1 - plan.daily("systems.setting_off_peak_share")).tolist()
        self._waste: list[float] = plan.daily("systems.jpki_waste_share").tolist()
        self._least: list[float] = plan.daily("systems.jpki_least_share").tolist()
        self._retry: list[float] = plan.daily("systems.retry_share").tolist()
        self._jpki, self._both, self._strain = jpki, both, strain

    def serve(
        self, day: int, cards: int, certificates: int, others: Sequence[int] = _NO_OTHERS, settings: float = 0.0
    ) -> Passed:
        """What becomes of a day's attempts.

        Args:
            day: of the calendar.
            cards: hand-overs that are tried.
            certificates: issues that are tried.
            others: visits of each of the kinds ``OTHERS``.
            settings: cards that are set before their holders are asked to collect them.
        """
        tried = cards + certificates + sum(others)
        asked = (cards, certificates, *others, settings * self._at_peak[day])
        if self._strain:
            self._strain(day, self._utilisation(day, self._spread(asked)))
        if day not in self._both and self._busiest(asked) <= self._capacity[day] + _WHOLE:
            return Passed(cards, certificates, 0, 0, tried, done=tried)
        done, failed, refused, gave_up, still = self._through(day, self._spread(asked))
        cards_done, certificates_done = (int(number + _WHOLE) for number in done[_CARDS_AND_CERTIFICATES])
        timeouts = round(float(refused[~_MADE_IN_THE_END].sum()))
        failures = round(float(failed[_CARDS_AND_CERTIFICATES].sum()))
        ends = np.array([kind[~_MADE_IN_THE_END].sum() for kind in (done, gave_up, still)])
        return Passed(cards_done, certificates_done, failures, timeouts, tried, *Whole(len(ends)).of(ends).tolist())

    def _spread(self, asked: Sequence[float]) -> Floats:
        """Of a day's visits by kind those of each quarter-hour."""
        return np.array(asked)[:, None] * self._profiles

    def _busiest(self, asked: Sequence[float]) -> float:
        """Transactions of the busiest quarter-hour, from the two that can be: within the hours of settings, and beyond.

        Visits of all kinds are spread alike, and settings evenly.
        """
        *visits, settings = (count * each for count, each in zip(asked, _TRANSACTIONS, strict=True))
        within, beyond = self._most
        return max(sum(visits) * within + settings / _OFFICE_QUARTERS, sum(visits) * beyond)

    def _utilisation(self, day: int, fresh: Floats) -> float:
        """Of quarter-hours in which something works the most that is used of it, before anybody tries again."""
        up, works = _by_quarter(self._jpki.get(day))
        used = np.divide(TRANSACTIONS @ fresh * up, self._capacity[day] * works, np.zeros(QUARTERS), where=works > 0)
        return float(used.max())

    def _through(self, day: int, fresh: Floats) -> Floats:
        """What becomes of a day's attempts, as in ``_fates``."""
        jpki, both = (_by_quarter(works.get(day)) for works in (self._jpki, self._both))
        up = np.where(_WITH_CARD_SYSTEM[:, None], both[0], jpki[0])
        retry = np.where(_MADE_IN_THE_END, 1.0, self._retry[day])
        return _fates(fresh, up, self._capacity[day] * jpki[1], (self._waste[day], self._least[day]), retry)


@compiled
def _fates(fresh: Floats, up: Floats, capacity: Floats, refused: tuple[float, float], retry: Floats) -> Floats:
    """What becomes of a day's attempts, quarter-hour by quarter-hour.

    Args:
        fresh: visits by kind and quarter-hour.
        up: share of the minutes of each quarter-hour that have service, by kind.
        capacity: of each quarter-hour, in transactions.
        refused: of a transaction the share that a refused attempt uses up, and of the capacity the least that is left.
        retry: share of those who failed that tries again, by kind.

    Returns:
        By kind: what was done; attempts that failed, and those of them that timed out; who gave up, and who would still
        try again as the day ends.
    """
    kinds = len(fresh)
    told, tried, back = np.zeros((5, kinds)), np.zeros((_MOST_RETRIES + 1, kinds)), np.zeros((_MOST_RETRIES, kinds))
    for quarter in range(QUARTERS):
        tried[0], tried[1:] = fresh[:, quarter], back * _COMES_BACK
        back -= tried[1:]
        load = 0.0
        for kind in range(kinds):
            load += TRANSACTIONS[kind] * (tried[:, kind].sum() * up[kind, quarter])
        taken = _share_taken(load, capacity[quarter], refused[0], refused[1])
        for kind in range(kinds):
            share = up[kind, quarter] * taken
            lost = tried[:, kind] * (1 - share)
            again = lost * retry[kind]
            again[_MOST_RETRIES] *= _MADE_IN_THE_END[kind]
            told[0, kind] += (tried[:, kind] * share).sum()
            told[1, kind] += lost.sum()
            told[2, kind] += (tried[:, kind] * up[kind, quarter] - tried[:, kind] * share).sum()
            told[3, kind] += lost.sum() - again.sum()
            for attempt in range(_MOST_RETRIES + 1):
                back[min(attempt, _MOST_RETRIES - 1), kind] += again[attempt]
    for attempt in range(_MOST_RETRIES):
        told[4] += back[attempt]
    return told


@compiled
def _share_taken(tried: float, capacity: float, waste: float, least: float) -> float:
    """Share of a quarter-hour's attempts that servers of a capacity take; ``waste`` and ``least`` as in ``_fates``."""
    if tried <= capacity + _WHOLE:
        return 1.0
    return max(capacity - waste * (tried - capacity), least * capacity) / tried


def peak_load(settings: Counters, visits: Mapping[str, Floats]) -> Floats:
    """By day the transactions that, spread as visits are, would be as many in the busiest quarter-hour as these are.

    Args:
        settings: of the counters.
        visits: by kind and day; settings before hand-over those in office hours.
    """
    profiles = _profiles(settings)
    load = sum(np.outer(profiles[KINDS[kind]], count * TRANSACTIONS[KINDS[kind]]) for kind, count in visits.items())
    return np.asarray(np.max(load, axis=0) / profiles[KINDS[HAND_OVER]].max())


def _profiles(settings: Counters) -> Floats:
    """Share of the day in each quarter-hour, by kind."""
    visits = np.repeat(np.array(settings.hour_weights, dtype=np.float64), QUARTERS // 24)
    visits, set_ = visits / visits.sum(), np.zeros(QUARTERS)
    set_[_OFFICE_HOURS] = 1 / _OFFICE_QUARTERS
    return np.array([set_ if kind == SETTING else visits for kind in KINDS])


def _by_quarter(minutes: Floats | None) -> tuple[Floats, Floats]:
    """Share of each quarter-hour's minutes that have service, and how well it works in all of them together."""
    if minutes is None:
        return np.ones(QUARTERS), np.ones(QUARTERS)
    quarters = minutes.reshape(QUARTERS, -1)
    return np.asarray((quarters > 0).mean(axis=1)), np.asarray(quarters.mean(axis=1))
