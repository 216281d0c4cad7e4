"""Sentences under the charts of call centres, certificates and systems."""

from __future__ import annotations

import numpy as np

from reports import actuals, centres, series
from reports.document import Name, Number, Opening, Period, Say, Value, say, sentences
from reports.run.contact_charts import wait_days
from reports.run.system_charts import hours as hours_by_system
from reports.run_data import RunData
from reports.series import Band
from sim.facts import CENTRES, SYSTEMS

_ENDS = ("value", "low", "high")


def answer_rate(data: RunData) -> Value:
    """Each centre's worst month, and how many months lie below the threshold."""
    limit = centres.threshold(data)
    said: list[Value] = []
    for name in CENTRES:
        band = centres.answer_rate(data, name)
        if band.empty:
            said.append(_none("answer-rate", name))
            continue
        at = band.trough()
        below = int(np.sum(np.nan_to_num(band.median, nan=np.inf) < limit))
        target = Number(float(limit[-1]), "probability")
        values = _shares(band, at) | {"month": _month(band, at), "below": below, "months": _known(band)}
        said.append(_sentence("answer-rate", name, _key(below), threshold=target, **values))
    return sentences(*said)


def calls_by_cause(data: RunData) -> Value:
    """Each centre's fullest month, how many of its calls are call-backs, and the largest cause."""
    said: list[Value] = []
    for name in CENTRES:
        offered = centres.calls(data, name, "offered")
        band = series.band(offered)
        if band.empty:
            said.append(_none("calls-by-cause", name))
            continue
        at = band.peak()
        share = series.band(series.ratio(centres.calls(data, name, "call_backs"), offered))
        first = {cause: calls.sum() for cause, calls in centres.causes(data, name).items() if cause != "call_backs"}
        cause = Name("call_cause", max(first, key=lambda key: first[key]))
        values = _counts(band, at) | _shares(share, at, "share", 0) | {"month": _month(band, at)}
        said.append(_sentence("calls-by-cause", name, cause=cause, **values))
    return sentences(*said)


def call_waiting(data: RunData) -> Value:
    """Each centre's month of the longest wait, and that of the fewest quick answers."""
    said: list[Value] = []
    for name in CENTRES:
        wait, within = centres.mean_wait(data, name), centres.within_20s(data, name)
        if np.all(np.isnan(wait.median)):
            said.append(_none("call-waiting", name))
            continue
        longest, fewest = wait.peak(), within.trough()
        months = {"month": _month(wait, longest), "month_within": _month(within, fewest)}
        values = _numbers(wait, longest, 1) | _shares(within, fewest, "within") | months
        said.append(_sentence("call-waiting", name, **values))
    return sentences(*said)


def seats(data: RunData) -> Value:
    """Each centre's month of the largest need, beside what is contracted then."""
    said: list[Value] = []
    for name in CENTRES:
        found = centres.seats(data, name)
        if found.needed.empty and found.there.empty:
            said.append(_none("seats", name))
            continue
        at = found.needed.peak()
        needed = _numbers(found.needed, at, 0)
        needed["value"] = _count(found, needed["value"])
        there: Value = _count(found, Number(float(np.nan_to_num(found.there.median[at]))))
        unit = say("chart.seats.unit_index", **centres.hundred(found.hundred)) if found.hundred else ""
        short = int(np.sum(np.nan_to_num(found.needed.median) > np.nan_to_num(found.there.median)))
        if actuals.seats_known(data, name)[at]:
            there = say("actuals.on_chart")
        values = needed | {"month": _month(found.needed, at), "there": there, "unit": unit}
        said.append(_sentence("seats", name, _key(short), short=short, months=_known(found.needed), **values))
    return sentences(*said)


def _count(found: centres.Seats, count: Value) -> Say:
    """A number of seats with its unit: seats, or the index."""
    return say(f"chart.seats.count_{found.unit}", count=count)


def certificates_at_counters(data: RunData) -> Value:
    """The month in which most set out, the largest backlog, the longest wait."""
    wanted = series.band(series.flow(data, "certificates_wanted"))
    if wanted.empty:
        return None
    backlog, days = series.band(series.stock(data, "booking_backlog")), wait_days(data)
    values = _counts(wanted, wanted.peak()) | {"month": _month(wanted, wanted.peak())}
    if not np.any(np.nan_to_num(backlog.median) > 0):
        worst = Number(float(np.nan_to_num(backlog.high).max()), "rough")
        return say("chart.certificates.caption_no_wait", worst=worst, **values)
    at, late = backlog.peak(), days.peak()
    values |= {f"{key}_backlog": count for key, count in _counts(backlog, at).items()}
    waited = _numbers(days, late, 1)
    values |= {"days": waited["value"], "days_low": waited["low"], "days_high": waited["high"]}
    values |= {"month_backlog": _month(backlog, at), "month_days": _month(days, late)}
    return say("chart.certificates.caption", **values)


def certificates_lost(data: RunData) -> Value:
    """How many expired while waiting, gave up and lapsed over the whole run."""
    if series.band(series.flow(data, "certificates_wanted")).empty:
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


def _key(months: int) -> str:
    """Which sentence tells in how many months something holds: one without a number where it holds in none."""
    return "centre" if months else "centre_never"


def _none(chart: str, centre: str) -> Say:
    return say(f"chart.{chart}.centre_none", centre=Name("centre", centre))


def _month(band: Band, at: int) -> Period:
    return Period(band.periods[at])


def _known(band: Band) -> int:
    return int(np.sum(~np.isnan(band.median)))


def _ends(band: Band) -> dict[str, series.Numbers]:
    return dict(zip(_ENDS, (band.median, band.low, band.high), strict=True))


def _counts(band: Band, at: int) -> dict[str, Value]:
    return {key: Number(float(ends[at]), "rough") for key, ends in _ends(band).items()}


def _numbers(band: Band, at: int, decimals: int) -> dict[str, Value]:
    return {key: Number(float(ends[at]), decimals=decimals) for key, ends in _ends(band).items()}


def _shares(band: Band, at: int, name: str = "", decimals: int = 1) -> dict[str, Value]:
    """Keys ``value, low, high``, or ``name, name_low, name_high``."""
    keys = _ENDS if not name else (name, f"{name}_low", f"{name}_high")
    found = zip(keys, _ends(band).values(), strict=True)
    return {
        key: None if np.isnan(ends[at]) else Number(float(ends[at]), "probability", decimals) for key, ends in found
    }
