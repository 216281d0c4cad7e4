"""First calls of a day, each with all that it will ever need, drawn from the numbers of its cause and date.

A call's numbers do not depend on seats, on other causes, or on how many calls come after it: scenarios with the same
seed see the same callers wherever they are alike.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from scipy.special import ndtri

from sim.calendar import Calendar, Flags
from sim.contact.calls import Calls
from sim.contact.parameters import Centre
from sim.draws import correlated
from sim.facts import CALL_CAUSES
from sim.hours import HALF_HOURS, kinds_of_days, open_half_hours
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams

URGENT = ("loss",)
"""Causes served first and round the clock."""
_EDGES = np.arange(HALF_HOURS + 1) * 30.0
_NUMBERS = 6
"""Numbers a call: time, type, handle time, patience, pause, call-backs."""


class Callers:
    """Who rings at one centre."""

    def __init__(self, name: str, plan: Plan, streams: Streams, calendar: Calendar) -> None:
        centre: Centre = getattr(plan.parameters.contact, name)
        path = f"contact.{name}"
        self._name = name
        self._streams = streams
        self._ordinals = [day.toordinal() for day in calendar.dates]
        self.kinds = kinds_of_days(calendar, centre.closures)
        self.open: Flags = np.vstack([open_half_hours(centre.hours), np.zeros((1, HALF_HOURS), dtype=np.bool_)])
        self.profile = _profile(centre.hour_weights, self.open)
        """Share of a day's ordinary calls in each half-hour, by kind of day; the last row, of closed days, is 0."""
        self.urgent_profile = _profile(getattr(centre, "loss_hour_weights", (1.0,) * 24), np.ones_like(self.open))
        self._causes = CALL_CAUSES[name]
        self._is_urgent: Flags = np.isin(self._causes, URGENT)
        self._is_outage: Flags = np.isin(self._causes, ["outages"])
        mix = plan.parameters.contact.mix_of(name)
        self._mix = np.array([np.cumsum(mix[cause])[:-1] for cause in self._causes])
        self._weights = np.array(centre.handle_weights)
        self._most = centre.most_call_backs
        daily = plan.daily
        self.handle = daily(f"{path}.handle_minutes")
        self.patience = daily(f"{path}.patience_minutes")
        self._spread = daily(f"{path}.handle_spread")
        self._pause = daily(f"{path}.call_back_minutes")
        self._again = daily(f"{path}.call_back_share")
        self.noise = _noise(name, plan, streams, calendar)
        self.open_days: Flags = np.asarray(self.open[self.kinds].any(axis=1))
        self.weights: Floats = _weights(centre, calendar) * self.open_days * self.noise

    def minutes_open(self, day: int) -> Flags:
        """The minutes of a day in which ordinary callers are taken."""
        return np.repeat(self.open[self.kinds[day]], 30)

    def draw(self, day: int, counts: Mapping[str, int], during: Flags | None) -> Calls:
        """The first calls of a day, in order of time.

        Args:
            day: number of the day.
            counts: calls of each cause.
            during: the minutes of an outage, in which the calls about it are made; wanted where there are such calls.
        """
        luck = [self._luck(day, cause, count) for cause, count in counts.items() if count]
        if not luck:
            return Calls.none()
        u = np.concatenate(luck)
        tag = np.repeat([self._causes.index(cause) for cause in counts], list(counts.values()))
        urgent: Flags = self._is_urgent[tag]
        kind = (u[:, 1, None] >= self._mix[tag]).sum(axis=1)
        spread = self._spread[day]
        size = np.exp(spread * ndtri(np.maximum(u[:, 2], 1e-16)) - spread**2 / 2)
        patience, pause, again = -np.log1p(-u[:, 3:].T)
        time = self._times(day, u[:, 0], urgent, self._is_outage[tag], during)
        order = np.argsort(time)
        calls = Calls(
            time=time,
            handle=self.handle[day] * self._weights[kind] * size,
            patience=self.patience[day] * patience,
            pause=self._pause[day] * pause,
            again=self._times_again(day, again),
            urgent=urgent,
            tag=tag,
            attempt=np.zeros(len(tag), dtype=np.int64),
        )
        return calls.take(order)

    def _luck(self, day: int, cause: str, count: int) -> Floats:
        return self._streams.generator(f"contact/{self._name}/{cause}", self._ordinals[day]).random((count, _NUMBERS))

    def _times_again(self, day: int, exponential: Floats) -> Ints:
        """Attempts after the first, if unanswered: geometric, cut off at the most."""
        share = self._again[day]
        if not 0 < share < 1:
            return np.full(len(exponential), self._most * round(share), dtype=np.int64)
        return np.asarray(np.minimum(exponential / -np.log(share), self._most), dtype=np.int64)

    def _times(self, day: int, u: Floats, urgent: Flags, in_outage: Flags, during: Flags | None) -> Floats:
        """Moments with the shares of the day's profile in each half-hour, or even over the minutes of an outage."""
        kind = self.kinds[day]
        moments = np.zeros(len(u))
        for chosen, profile in ((~urgent & ~in_outage, self.profile), (urgent, self.urgent_profile)):
            if chosen.any():
                running = np.concatenate([[0.0], np.cumsum(profile[kind])])
                moments[chosen] = np.interp(u[chosen], running / running[-1], _EDGES)
        if during is not None and in_outage.any():
            minutes = np.flatnonzero(during)
            place = u[in_outage] * len(minutes)
            whole = np.minimum(place.astype(np.int64), len(minutes) - 1)
            moments[in_outage] = minutes[whole] + (place - whole)
        return np.asarray(np.minimum(moments, np.nextafter(_EDGES[-1], 0)))


def _profile(hour_weights: tuple[float, ...], opened: Flags) -> Floats:
    weights = np.repeat(np.array(hour_weights), HALF_HOURS // 24) * opened
    total = weights.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(weights, total, out=np.zeros_like(weights), where=total > 0))


def _weights(centre: Centre, calendar: Calendar) -> Floats:
    """Weight of every day: 1 on average over a plain week of a plain month."""
    daily = calendar.weights(centre.weekdays, centre.holiday, 0.0, centre.closures)
    months = np.array(centre.month_weights)
    season = months[calendar.month % 12] / months.mean()
    return np.asarray(daily * season)


def _noise(name: str, plan: Plan, streams: Streams, calendar: Calendar) -> Floats:
    size, correlation = plan.value(f"contact.{name}.noise"), plan.value(f"contact.{name}.noise_correlation")
    normals = streams.daily_normals(f"contact/{name}/noise", calendar)
    return np.asarray(np.exp(size * correlated(normals, correlation) - size**2 / 2))
