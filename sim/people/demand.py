"""Applications a day by reason, as whole numbers drawn around an expected series.

Expected applications pass through the channels (their delays and weekday patterns), are shaken by autocorrelated noise,
and are drawn as Poisson counts: more spread than Poisson, and alike from day to day. Every draw is tied to reason and
date, so a change of one reason leaves the others as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from sim.calendar import Calendar, days_of
from sim.compiled import compiled
from sim.draws import log_noise, whole_numbers
from sim.facts import CHANNELS, SOURCES
from sim.people.card_classes import EXPRESS_SHARE, SEASONAL
from sim.people.first_time import FirstTime
from sim.people.parameters import Channel, Load, Received
from sim.plan import Plan
from sim.quantiles import binomials, poissons
from sim.streams import Floats, Ints, Streams
from sim.timing import DAYS_A_YEAR


@dataclass(frozen=True)
class Applications:
    """Applications of some days: all of each reason, how many of them are express, and all by channel.

    ``with_notice`` are those of newborns' express ones that came with a birth notice, days before they were received.
    """

    by_source: dict[str, Ints]
    express: dict[str, Ints]
    by_channel: dict[str, Ints]
    with_notice: Ints

    @property
    def total(self) -> Ints:
        """All applications a day."""
        return np.asarray(sum(self.by_source.values()))

    @property
    def express_total(self) -> Ints:
        """Express applications a day."""
        return np.asarray(sum(self.express.values()))


class Demand:
    """Draws the applications of a replication, month by month."""

    def __init__(self, plan: Plan, streams: Streams, calendar: Calendar) -> None:
        self._plan = plan
        self._calendar = calendar
        settings = plan.parameters.demand
        self._uniforms = {name: streams.daily_uniforms(f"demand/{name}", calendar) for name in SOURCES}
        self._express_uniforms = {name: streams.daily_uniforms(f"demand/{name}/express", calendar) for name in SOURCES}
        self._notice_uniforms = streams.daily_uniforms("demand/newborn/notice", calendar)
        self._channel_uniforms = {name: streams.daily_uniforms(f"demand/{name}", calendar) for name in CHANNELS[1:]}
        self._patterns = _channel_patterns(calendar, plan)
        self._weights: Floats = np.array([weights for weights, _ in self._patterns.values()])
        self._delays: Ints = np.array([delay for _, delay in self._patterns.values()])
        noise = plan.value("demand.noise"), plan.value("demand.noise_correlation")
        self._noise = {
            name: np.exp(log_noise(streams.daily_normals(f"demand/{name}/noise", calendar), *noise)) for name in SOURCES
        }
        self._seasons = _seasons(plan, streams, calendar)
        self.first_time = FirstTime(plan.parameters, plan.at)
        self._express = {name: plan.daily(path) for name, path in EXPRESS_SHARE.items()}
        self._with_notice = plan.daily("demand.newborn_notice_share")
        self._load = plan.daily("demand.load")
        self._campaign = _stated(settings.campaign, calendar)
        self._stress = _stated(settings.stress, calendar)
        self._actual = _received(settings.actual, calendar, np.sum(self._weights, axis=0))

    def expected(self, source: str) -> Floats:
        """Expected applications a day of a reason that nothing else in the model moves."""
        daily = self._plan.daily
        if source == "abroad":
            return daily("demand.abroad_per_year") / DAYS_A_YEAR
        if source == "newborn":
            return daily("demand.births_per_year") * daily("demand.newborn_share") / DAYS_A_YEAR
        if source == "first_time":
            usual = daily("demand.first_time_per_year") * daily("demand.first_time_level") / DAYS_A_YEAR
            pushed = usual * self._seasons[source] * daily("demand.first_time_push")
            wanted = np.maximum(pushed - self._a_day(self.first_time.missing), 0.0)
            for month, days in self._calendar.months():
                wanted[days] *= 1 - self.first_time.waiting_share(month)
            return wanted + self._a_day(self.first_time.back)
        return daily("demand.move_per_year") / DAYS_A_YEAR * self._seasons[source]

    def back(self, month: int) -> float:
        """Of a month's first cards, those of persons who waited for the next card."""
        return self.first_time.back(month)

    def _a_day(self, of_month: Callable[[int], float]) -> Floats:
        """Persons of each month, even over its days."""
        series = np.zeros(self._calendar.days)
        for month, days in self._calendar.months():
            series[days] = of_month(month) / len(days_of(month))
        return series

    def draw(self, days: slice, expected: dict[str, Floats]) -> Applications:
        """Draw the applications of some days.

        ``expected`` holds for each reason the expected applications of every day of the run; days before the run count
        like its first day.
        """
        counts = {
            name: poissons(self._uniforms[name][days], self._mean(name, days, series))
            for name, series in expected.items()
        }
        counts = self._with_stated(days, counts)
        express = {
            name: binomials(self._express_uniforms[name][days], counts[name], share[days])
            for name, share in self._express.items()
        }
        with_notice = binomials(self._notice_uniforms[days], express["newborn"], self._with_notice[days])
        return Applications(counts, express, self._split_channels(days, np.asarray(sum(counts.values()))), with_notice)

    def middle(self, expected: dict[str, Floats]) -> tuple[Ints, Floats]:
        """Applications of every day of the run without any luck, and express ones among them; ``expected`` as above."""
        days = slice(0, self._calendar.days)
        means = {name: self._mean(name, days, series) for name, series in expected.items()}
        counts = self._with_stated(days, {name: whole_numbers(mean) for name, mean in means.items()})
        express = np.sum([counts[name] * share for name, share in self._express.items()], axis=0)
        return np.asarray(sum(counts.values())), np.asarray(express)

    def _with_stated(self, days: slice, counts: dict[str, Ints]) -> dict[str, Ints]:
        """The same with what the scenario states: campaigns, stress, and how many were received."""
        counts = counts | {"campaign": np.rint(self._campaign[days] * self._load[days]).astype(np.int64)}
        total = sum(counts.values())
        counts["campaign"] = counts["campaign"] + np.maximum(self._stress[days] - total, 0)
        return self._as_received(days, counts)

    def _mean(self, source: str, days: slice, series: Floats) -> Floats:
        """What is expected of a reason to be received on some days, as shaken by noise."""
        sent = _sent(series, self._weights, self._delays, days.start, days.stop)
        return np.asarray(sent * self._noise[source][days] * self._load[days])

    def _as_received(self, days: slice, counts: dict[str, Ints]) -> dict[str, Ints]:
        """Where it is known how many applications were received, so many, divided by reason as drawn."""
        known = self._actual[days] >= 0
        if not known.any():
            return counts
        wanted = np.rint(self._actual[days] * self._load[days]).astype(np.int64)
        drawn = np.cumsum([counts[name] for name in SOURCES], axis=0)
        drawn = np.where(drawn[-1] == 0, 1, drawn)  # with nothing drawn, all count as the first reason
        upto = drawn * wanted // drawn[-1]
        return {
            name: np.where(known, share, counts[name])
            for name, share in zip(SOURCES, np.diff(upto, axis=0, prepend=0), strict=True)
        }

    def _split_channels(self, days: slice, total: Ints) -> dict[str, Ints]:
        patterns = {name: pattern[days] for name, (pattern, _) in self._patterns.items()}
        left, weight = total.copy(), np.asarray(sum(patterns.values()))
        split = {}
        for name in CHANNELS[1:]:
            share = np.divide(patterns[name], weight, out=np.zeros_like(weight), where=weight > 1e-12)
            split[name] = binomials(self._channel_uniforms[name][days], left, share)
            left, weight = left - split[name], weight - patterns[name]
        return {CHANNELS[0]: left, **split}


@compiled
def _sent(series: Floats, weights: Floats, delays: Ints, start: int, stop: int) -> Floats:
    """What reaches the plant on some days of a series, through channels of these weights by day, and these delays."""
    found = np.zeros(stop - start)
    for channel in range(len(delays)):
        for day in range(start, stop):
            found[day - start] += series[max(day - delays[channel], 0)] * weights[channel, day]
    return found


def _channel_patterns(calendar: Calendar, plan: Plan) -> dict[str, tuple[Floats, int]]:
    """For each channel its share times its weight of every day, and its delay."""
    closures = plan.parameters.counters.closures
    patterns = {}
    for name in CHANNELS:
        channel: Channel = getattr(plan.parameters.demand.channels, name)
        weight = calendar.weights(channel.weekdays, channel.holiday, channel.holiday, closures)
        patterns[name] = (weight * channel.share, channel.delay_days)
    return patterns


def _seasons(plan: Plan, streams: Streams, calendar: Calendar) -> dict[str, Floats]:
    """Month weights (mean 1) times a swing from fiscal year to fiscal year, for the reasons that have a season."""
    weights = np.array(plan.parameters.demand.month_weights)
    months = np.array([weights[month % 12] for month in calendar.month]) / weights.mean()
    years = np.unique(calendar.fiscal_year).tolist()
    sizes = {year: plan.at("demand.year_swing", date(year, 4, 1)) for year in years}
    seasons = {}
    for source in SEASONAL:
        swing = {
            year: np.exp(size * streams.normal(f"demand/{source}/year", year) - size**2 / 2)
            for year, size in sizes.items()
        }
        seasons[source] = months * np.array([swing[year] for year in calendar.fiscal_year])
    return seasons


def _received(windows: tuple[Received, ...], calendar: Calendar, pattern: Floats) -> Ints:
    """Applications of the days on which they are known, each window's spread by the channels' weekdays; else -1."""
    series = np.full(calendar.days, -1, dtype=np.int64)
    for window in windows:
        days = slice(calendar.index(window.from_), calendar.index(window.to) + 1)
        weight = pattern[days] if pattern[days].any() else np.ones(days.stop - days.start)
        upto = np.floor(np.cumsum(weight) / weight.sum() * window.applications + 1e-6)
        series[days] = np.diff(upto, prepend=0.0)
    return series


def _stated(loads: tuple[Load, ...], calendar: Calendar) -> Ints:
    series = np.zeros(calendar.days, dtype=np.int64)
    for load in loads:
        series[calendar.within([(load.from_, load.to)])] += load.applications_per_day
    return series
