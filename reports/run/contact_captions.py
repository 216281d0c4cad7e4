"""Sentences under the charts of call centres, certificates and systems."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from reports import actuals, centres, series
from reports.document import Joined, Name, Number, Opening, Period, Say, Value, say, sentences
from reports.run.contact_charts import wait_days
from reports.run.system_charts import hours as hours_by_system
from reports.run_data import RunData
from sim.facts import CENTRES, SYSTEMS


def answer_rate(data: RunData) -> Value:
    """Each centre's worst month, and how many months lie below the threshold."""
    limit = centres.threshold(data)

    def told(centre: str) -> Say | None:
        shares = centres.answered_shares(data, centre)
        if series.nothing(shares):
            return None
        worst, below = series.troughs(shares), shares.lt(limit, axis=0).sum()
        target = Number(float(limit[-1]), "probability")
        values = worst.spread.shares() | {"month": worst.when(), **_months(below, "below", shares)}
        return _sentence("answer-rate", centre, _key(below), threshold=target, **values)

    return _by_centre("answer-rate", told)


def calls_by_cause(data: RunData) -> Value:
    """Each centre's fullest month, how many of its calls are call-backs, and the largest cause."""

    def told(centre: str) -> Say | None:
        offered = centres.calls(data, centre, "offered")
        if series.nothing(offered):
            return None
        peaks = series.peaks(offered)
        share = peaks.of(series.ratio(centres.calls(data, centre, "call_backs"), offered))
        first = {cause: calls.sum() for cause, calls in centres.causes(data, centre).items() if cause != "call_backs"}
        cause = Name("call_cause", max(first, key=lambda key: first[key]))
        values = peaks.spread.counts() | share.shares("share", 0) | {"month": peaks.when()}
        return _sentence("calls-by-cause", centre, cause=cause, **values)

    return _by_centre("calls-by-cause", told)


def call_waiting(data: RunData) -> Value:
    """Each centre's month of the longest wait, and that of the fewest quick answers."""

    def told(centre: str) -> Say | None:
        wait, within = centres.mean_wait(data, centre), centres.within_20s(data, centre)
        if wait.isna().all(axis=None):
            return None
        longest, fewest = series.peaks(wait), series.troughs(within)
        months = {"month": longest.when(), "month_within": fewest.when()}
        values = longest.spread.numbers(1) | fewest.spread.shares("within") | months
        return _sentence("call-waiting", centre, **values)

    return _by_centre("call-waiting", told)


def seats(data: RunData) -> Value:
    """Each centre's month of the largest need, beside what is contracted then."""

    def told(centre: str) -> Say | None:
        found = centres.seats(data, centre)
        if found.needed.empty and found.there.empty:
            return None
        contracted, needed = (
            centres.seats_by_month(data, centre, name).fillna(0.0) for name in ("seats", "seats_needed")
        )
        peaks, short = series.peaks(needed), (needed > contracted).sum()
        told = peaks.spread.numbers()
        told["value"] = _count(found, told["value"])
        there: Value = _count(found, Number(peaks.of(contracted).median))
        unit = say("chart.seats.unit_index", **centres.hundred(found.hundred)) if found.hundred else ""
        known = actuals.seats_known(data, centre)
        if known[needed.index.isin(peaks.periods)].any():
            there = say("actuals.on_chart")
        values = told | {"month": peaks.when(), "there": there, "unit": unit}
        return _sentence("seats", centre, _key(short), **_months(short, "short", needed), **values)

    return _by_centre("seats", told)


def _count(found: centres.Seats, count: Value) -> Say:
    """A number of seats with its unit: seats, or the index."""
    return say(f"chart.seats.count_{found.unit}", count=count)


def certificates_at_counters(data: RunData) -> Value:
    """The month in which most set out, the largest backlog, the longest wait."""
    wanted = series.flow(data, "certificates_wanted")
    if series.nothing(wanted):
        return None
    most, backlog, days = map(series.peaks, (wanted, series.stock(data, "booking_backlog"), wait_days(data)))
    values = most.spread.counts() | {"month": most.when()}
    if not backlog.spread.median > 0:
        worst = Number(float(np.nan_to_num(backlog.spread.high)), "rough")
        return say("chart.certificates.caption_no_wait", worst=worst, **values)
    values |= {f"{key}_backlog": count for key, count in backlog.spread.counts().items()}
    months = {"month_backlog": backlog.when(), "month_days": days.when()}
    return say("chart.certificates.caption", **values, **days.spread.numbers(1, "days"), **months)


def certificates_lost(data: RunData) -> Value:
    """How many expired while waiting, gave up and lapsed over the whole run."""
    if series.nothing(series.flow(data, "certificates_wanted")):
        return None
    names = {"expired": "expired_waiting", "given_up": "slots_given_up", "lapsed": "certificates_lapsed"}
    totals = {key: series.flow(data, fact).sum() for key, fact in names.items()}
    if not any(total.any() for total in totals.values()):
        return say("chart.certificates-lost.caption_none")
    values: dict[str, Value] = {}
    for key, total in totals.items():
        for end, share in (("", 0.5), ("_low", series.LOW), ("_high", series.HIGH)):
            values[key + end] = Number(float(total.quantile(share)), "rough")
    return say("chart.certificates-lost.caption", **values)


def hours_lost(data: RunData) -> Value:
    """Each system's worst fiscal year against what it may lose."""
    said: list[Value] = []
    for name in SYSTEMS:
        found = hours_by_system(data, name)
        system = Opening(Name("part", name))
        if not found.serves:
            said.append(say("chart.hours-lost.system_none", system=system))
            continue
        at, band = int(np.argmax(np.nan_to_num(found.mean))), series.band(found.lost)
        hours = {"value": found.mean[at], "low": band.low[at], "high": band.high[at], "allowed": found.allowed[at]}
        shown = {key: Number(float(value), decimals=1) for key, value in hours.items()}
        year = Period.of_year(int(band.periods[at]))
        said.append(say("chart.hours-lost.system", system=system, year=year, **shown))
    return sentences(*said)


def _sentence(chart: str, centre: str, key: str = "centre", /, **values: Value) -> Say:
    return say(f"chart.{chart}.{key}", centre=Name("centre", centre), **values)


def _months(found: pd.Series, name: str, table: pd.DataFrame) -> dict[str, Value]:
    """In how many months of each replication something holds, of how many known months."""
    return series.spread(found).numbers(name=name) | {"months": series.band(table).known}


def _key(months: pd.Series) -> str:
    """Which sentence tells in how many months something holds: one without a number where it holds in none at all."""
    return "centre" if months.any() else "centre_never"


def _by_centre(chart: str, told: Callable[[str], Say | None]) -> Joined:
    """A sentence a centre; where there is nothing to see of one, that."""
    return sentences(*(told(name) or _sentence(chart, name, "centre_none") for name in CENTRES))
