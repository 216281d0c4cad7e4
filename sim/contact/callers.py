"""First calls of a day, each with all that it will ever need, drawn from the numbers of its cause and date.

A call's numbers do not depend on seats, on other causes, or on how many calls come after it: scenarios with the same
seed see the same callers wherever they are alike.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.calendar import Calendar, Flags
from sim.contact.arrange import arrange, by_time
from sim.contact.calls import ACCEPTS, DECLINES, Calls
from sim.contact.moments import guide_to, moments
from sim.contact.parameters import Centre
from sim.draws import log_noise
from sim.facts import CALL_CAUSES
from sim.hours import HALF_HOURS, kinds_of_days, open_half_hours
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams

URGENT = ("loss",)
"""Causes served first and round the clock."""
IN_OUTAGE = ("outages",)
"""Causes whose calls fall into the minutes of an outage."""

_NEVER_MORE, _ALWAYS_MORE = np.inf, 1e-300


class Callers:
    """Who rings at one centre."""

    def __init__(self, name: str, plan: Plan, streams: Streams, calendar: Calendar) -> None:
        centre: Centre = getattr(plan.parameters.contact, name)
        path = f"contact.{name}"
        self._calendar = calendar
        self.kinds = kinds_of_days(calendar, centre.closures)
        self.open: Flags = np.vstack([open_half_hours(centre.hours), np.zeros((1, HALF_HOURS), dtype=np.bool_)])
        self.profile = _profile(centre.hour_weights, self.open)
        """Share of a day's ordinary calls in each half-hour, by kind of day; the last row, of closed days, is 0."""
        self.urgent_profile = _profile(getattr(centre, "loss_hour_weights", (1.0,) * 24), np.ones_like(self.open))
        self._causes = CALL_CAUSES[name]
        self._numbers = np.arange(len(self._causes))
        self._is_urgent: Flags = np.isin(self._causes, URGENT)
        self._of_outage = np.flatnonzero(np.isin(self._causes, IN_OUTAGE))
        mix = plan.parameters.contact.mix_of(name)
        self._limits = np.array([np.cumsum(mix[cause])[:-1] for cause in self._causes])
        self._luck = [streams.dated(f"contact/{name}/{cause}") for cause in self._causes]
        self._running = _running(self.profile, self.urgent_profile, self._is_urgent)
        self._guides = [guide_to(running) for running in self._running]
        self._weights = np.array(centre.handle_weights)
        self._most = centre.most_call_backs
        daily = plan.daily
        self.handle = daily(f"{path}.handle_minutes")
        self.patience = daily(f"{path}.patience_minutes")
        self._spread = daily(f"{path}.handle_spread")
        self._pause = daily(f"{path}.call_back_minutes")
        self._again = daily(f"{path}.call_back_share")
        self._accepting = daily(f"{path}.offer_accepted_share")
        self.noise_law = plan.value(f"{path}.noise"), plan.value(f"{path}.noise_correlation")
        """Spread of the days' noise (log scale), and its correlation from one day to the next."""
        normals = streams.daily_normals(f"contact/{name}/noise", calendar)
        self.noise: Floats = np.exp(log_noise(normals, *self.noise_law))
        self.open_days: Flags = np.asarray(self.open[self.kinds].any(axis=1))
        self.weights: Floats = _weights(centre, calendar) * self.open_days * self.noise

    def minutes_open(self, day: int) -> Flags:
        """The minutes of a day in which ordinary callers are taken."""
        return np.repeat(self.open[self.kinds[day]], 30)

    def draw(
        self, day: int, counts: Mapping[str, int], during: Flags | None, second: Mapping[str, int] | None = None
    ) -> Calls:
        """The first calls of a day, in order of time.

        Args:
            day: number of the day.
            counts: calls of each cause.
            during: the minutes of an outage, in which the calls about it are made; wanted where there are such calls.
            second: calls of each cause beside these for whom this attempt, not to an agent, is over: their next is the
                second one, a pause later.
        """
        more = second or {}
        of_cause = [counts.get(cause, 0) + more.get(cause, 0) for cause in self._causes]
        if not any(of_cause):
            return Calls.none()
        u, normal, exponential = self._luck_of(day, of_cause)
        cause = np.repeat(self._numbers, of_cause)
        kind = self.kinds[day]
        time = moments(u, cause, self._running[kind], self._guides[kind])
        if during is not None:
            about = np.isin(cause, self._of_outage)
            time[about] = _even_over(u[about, 0], np.flatnonzero(during))
        order = by_time(time)
        size = self._sizes(day, normal)
        means = (self.handle[day], self.patience[day], self._pause[day], self._against_more(day))
        drawn = (time, u, size, exponential, cause)
        rows = arrange(order, *drawn, self._limits, self._weights, means, self._most, self._is_urgent)
        if more:
            rows["attempt"] = self._earlier(counts, of_cause)[order]
        if self._accepting[day]:
            rows["offer"] = self._says_to_offer(day, of_cause)[order]
        return Calls(rows)

    def _sizes(self, day: int, normal: Floats) -> Floats:
        """Handle times as multiples of their type's, lognormal with mean 1: in the place of the normals."""
        spread = self._spread[day]
        normal *= spread
        normal -= spread**2 / 2
        return np.exp(normal, out=normal)

    def _earlier(self, counts: Mapping[str, int], of_cause: list[int]) -> Ints:
        """Attempts of each call before: the last ones of each cause, beyond its ``counts``, have had one."""
        places = [np.arange(count) >= counts.get(cause, 0) for cause, count in zip(self._causes, of_cause, strict=True)]
        return np.concatenate(places).astype(np.int64)

    def _says_to_offer(self, day: int, of_cause: list[int]) -> Ints:
        """Whether each caller would accept the offer of a call back: a number of its own, which moves no other."""
        today, share = self._calendar.dates[day], self._accepting[day]
        u = [luck.on(today, 3).random(count) for luck, count in zip(self._luck, of_cause, strict=True)]
        return np.where(np.concatenate(u) < share, ACCEPTS, DECLINES)

    def _luck_of(self, day: int, of_cause: list[int]) -> tuple[Floats, Floats, Floats]:
        """Each call's numbers: uniform for moment and type, normal for the handle time, exponential for the rest."""
        today = self._calendar.dates[day]
        count, first = sum(of_cause), 0
        u, normal, exponential = np.empty((count, 2)), np.empty(count), np.empty((count, 3))
        for luck, calls in zip(self._luck, of_cause, strict=True):
            if calls:
                own = slice(first, first + calls)
                luck.on(today, 0).random(out=u[own])
                luck.on(today, 1).standard_normal(out=normal[own])
                luck.on(today, 2).standard_exponential(out=exponential[own])
                first += calls
        return u, normal, exponential

    def _against_more(self, day: int) -> float:
        """How fast attempts after the first grow rarer: they are geometric, cut off at the most."""
        share = self._again[day]
        return float(-np.log(share)) if 0 < share < 1 else _NEVER_MORE if share == 0 else _ALWAYS_MORE


def _even_over(u: Floats, minutes: Ints) -> Floats:
    """Moments even over some minutes."""
    place = u * len(minutes)
    whole = np.minimum(place.astype(np.int64), len(minutes) - 1)
    return np.asarray(minutes[whole] + (place - whole))


def _profile(hour_weights: tuple[float, ...], opened: Flags) -> Floats:
    weights = np.repeat(np.array(hour_weights), HALF_HOURS // 24) * opened
    total = weights.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(weights, total, out=np.zeros_like(weights), where=total > 0))


def _running(profile: Floats, urgent_profile: Floats, urgent: Flags) -> Floats:
    """Running shares of the half-hours by kind of day and cause, shape (kinds, causes, 49), from 0 to 1."""
    shares = np.where(urgent[None, :, None], urgent_profile[:, None, :], profile[:, None, :])
    running = np.concatenate([np.zeros((*shares.shape[:2], 1)), np.cumsum(shares, axis=2)], axis=2)
    return np.asarray(running / np.maximum(running[:, :, -1:], 1e-300))


def _weights(centre: Centre, calendar: Calendar) -> Floats:
    """Weight of every day: 1 on average over a plain week of a plain month."""
    daily = calendar.weights(centre.weekdays, centre.holiday, 0.0, centre.closures)
    months = np.array(centre.month_weights)
    season = months[calendar.month % 12] / months.mean()
    return np.asarray(daily * season)
