"""Sentences under the charts of call centres, certificates and systems."""

from __future__ import annotations

from typing import Any

import numpy as np

from reports import actuals, centres, formats, series
from reports.catalogue import Catalogue
from reports.charts import certificates, systems
from reports.run_data import RunData
from reports.series import Band
from sim.facts import CENTRES, SYSTEMS

_ENDS = ("value", "low", "high")


def answer_rate(data: RunData, cat: Catalogue) -> dict[str, Any]:
    """Each centre's worst month, and how many months lie below the threshold."""
    limit = centres.threshold(data)
    sentences = []
    for name in CENTRES:
        band = centres.answer_rate(data, name)
        if band.empty:
            sentences.append(_none(cat, "answer-rate", name))
            continue
        at = band.trough()
        below = int(np.sum(np.nan_to_num(band.median, nan=np.inf) < limit))
        target = formats.percent(cat, float(limit[-1]), 0)
        values = _shares(cat, band, at) | {"month": _month(cat, band, at), "below": below, "months": _known(band)}
        sentences.append(_sentence(cat, "answer-rate", name, _key(below), threshold=target, **values))
    return {"key": "", "text": _joined(cat, sentences)}


def calls_by_cause(data: RunData, cat: Catalogue) -> dict[str, Any]:
    """Each centre's fullest month, how many of its calls are call-backs, and the largest cause."""
    sentences = []
    for name in CENTRES:
        offered = centres.calls(data, name, "offered")
        band = series.band(offered)
        if band.empty:
            sentences.append(_none(cat, "calls-by-cause", name))
            continue
        at = band.peak()
        share = series.band(series.ratio(centres.calls(data, name, "call_backs"), offered))
        first = {cause: calls.sum() for cause, calls in centres.causes(data, name).items() if cause != "call_backs"}
        cause = cat.name("call_cause", max(first, key=lambda key: first[key]))
        values = _counts(cat, band, at) | _shares(cat, share, at, "share", 0) | {"month": _month(cat, band, at)}
        sentences.append(_sentence(cat, "calls-by-cause", name, cause=cause, **values))
    return {"key": "", "text": _joined(cat, sentences)}


def call_waiting(data: RunData, cat: Catalogue) -> dict[str, Any]:
    """Each centre's month of the longest wait, and that of the fewest quick answers."""
    sentences = []
    for name in CENTRES:
        wait, within = centres.mean_wait(data, name), centres.within_20s(data, name)
        if np.all(np.isnan(wait.median)):
            sentences.append(_none(cat, "call-waiting", name))
            continue
        longest, fewest = wait.peak(), within.trough()
        months = {"month": _month(cat, wait, longest), "month_within": _month(cat, within, fewest)}
        values = _numbers(wait, longest, 1) | _shares(cat, within, fewest, "within") | months
        sentences.append(_sentence(cat, "call-waiting", name, **values))
    return {"key": "", "text": _joined(cat, sentences)}


def seats(data: RunData, cat: Catalogue) -> dict[str, Any]:
    """Each centre's month of the largest need, beside what is contracted then."""
    sentences = []
    for name in CENTRES:
        found = centres.seats(data, name)
        if found.needed.empty and found.there.empty:
            sentences.append(_none(cat, "seats", name))
            continue
        at = found.needed.peak()
        scaled = {key: formats.number(float(ends[at])) for key, ends in _ends(found.needed).items()}
        scaled["value"] = seat_count(cat, found, scaled["value"])
        there = seat_count(cat, found, formats.number(float(np.nan_to_num(found.there.median[at]))))
        unit = cat.text("chart.seats.unit_index", **hundred(cat, found.hundred)) if found.hundred else ""
        short = int(np.sum(np.nan_to_num(found.needed.median) > np.nan_to_num(found.there.median)))
        if actuals.seats_known(data, name)[at]:
            there = cat.text("actuals.on_chart")
        values = scaled | {"month": _month(cat, found.needed, at), "there": there, "unit": unit}
        sentences.append(_sentence(cat, "seats", name, _key(short), short=short, months=_known(found.needed), **values))
    return {"key": "", "text": _joined(cat, sentences)}


def hundred(cat: Catalogue, found: centres.Hundred) -> dict[str, str]:
    """What 100 stands for: the year, and its seats with their band."""
    ends = {"seats": found.median, "low": found.low, "high": found.high}
    return {"year": formats.whole_fiscal_year(cat, centres.INDEX_YEAR)} | {
        key: formats.number(n) for key, n in ends.items()
    }


def seat_count(cat: Catalogue, found: centres.Seats, count: str) -> str:
    """A number of seats with its unit: seats, or the index."""
    return cat.text(f"chart.seats.count_{found.unit}", count=count)


def certificates_at_counters(data: RunData, cat: Catalogue) -> dict[str, Any] | None:
    """The month in which most set out, the largest backlog, the longest wait."""
    wanted = series.band(series.flow(data, "certificates_wanted"))
    if wanted.empty:
        return None
    backlog, days = series.band(series.stock(data, "booking_backlog")), certificates.wait_days(data)
    values = _counts(cat, wanted, wanted.peak()) | {"month": _month(cat, wanted, wanted.peak())}
    if not np.any(np.nan_to_num(backlog.median) > 0):
        worst = formats.rough(cat, float(np.nan_to_num(backlog.high).max()))
        return values | {"key": "caption_no_wait", "worst": worst}
    at, late = backlog.peak(), days.peak()
    values |= {f"{key}_backlog": text for key, text in _counts(cat, backlog, at).items()}
    waited = _numbers(days, late, 1)
    values |= {"days": waited["value"], "days_low": waited["low"], "days_high": waited["high"]}
    return values | {"month_backlog": _month(cat, backlog, at), "month_days": _month(cat, days, late)}


def certificates_lost(data: RunData, cat: Catalogue) -> dict[str, Any] | None:
    """How many expired while waiting, gave up and lapsed over the whole run."""
    if series.band(series.flow(data, "certificates_wanted")).empty:
        return None
    names = {"expired": "expired_waiting", "given_up": "slots_given_up", "lapsed": "certificates_lapsed"}
    totals = {key: series.flow(data, fact).sum() for key, fact in names.items()}
    if not any(total.any() for total in totals.values()):
        return {"key": "caption_none"}
    values: dict[str, Any] = {}
    for key, total in totals.items():
        low, middle, high = (
            formats.rough(cat, float(total.quantile(share))) for share in (series.LOW, 0.5, series.HIGH)
        )
        values |= {key: middle, f"{key}_low": low, f"{key}_high": high}
    return values


def hours_lost(data: RunData, cat: Catalogue) -> dict[str, Any]:
    """Each system's worst fiscal year against what it may lose."""
    sentences = []
    for name in SYSTEMS:
        found = systems.hours(data, name)
        system = formats.opening(cat.name("part", name))
        if not found.serves:
            sentences.append(cat.text("chart.hours-lost.system_none", system=system))
            continue
        at, band = int(np.argmax(np.nan_to_num(found.mean))), series.band(found.lost)
        hours = {"value": found.mean[at], "low": band.low[at], "high": band.high[at], "allowed": found.allowed[at]}
        shown = {key: formats.number(float(value), 1) for key, value in hours.items()}
        year = formats.fiscal_year(cat, int(band.periods[at]))
        sentences.append(cat.text("chart.hours-lost.system", system=system, year=year, **shown))
    return {"key": "", "text": _joined(cat, sentences)}


def _sentence(cat: Catalogue, chart: str, centre: str, key: str = "centre", **values: object) -> str:
    return cat.text(f"chart.{chart}.{key}", centre=cat.name("centre", centre), **values)


def _key(months: int) -> str:
    """Which sentence tells in how many months something holds: one without a number where it holds in none."""
    return "centre" if months else "centre_never"


def _none(cat: Catalogue, chart: str, centre: str) -> str:
    return cat.text(f"chart.{chart}.centre_none", centre=cat.name("centre", centre))


def _joined(cat: Catalogue, sentences: list[str]) -> str:
    return cat.text("format.between_sentences").join(sentences)


def _month(cat: Catalogue, band: Band, at: int) -> str:
    return formats.month(cat, band.periods[at])


def _known(band: Band) -> int:
    return int(np.sum(~np.isnan(band.median)))


def _ends(band: Band) -> dict[str, series.Numbers]:
    return dict(zip(_ENDS, (band.median, band.low, band.high), strict=True))


def _counts(cat: Catalogue, band: Band, at: int) -> dict[str, str]:
    return {key: formats.rough(cat, float(ends[at])) for key, ends in _ends(band).items()}


def _numbers(band: Band, at: int, decimals: int) -> dict[str, str]:
    return {key: formats.number(float(ends[at]), decimals) for key, ends in _ends(band).items()}


def _shares(cat: Catalogue, band: Band, at: int, name: str = "", decimals: int = 1) -> dict[str, str]:
    """Keys ``value, low, high``, or ``name, name_low, name_high``."""
    keys = _ENDS if not name else (name, f"{name}_low", f"{name}_high")
    found = zip(keys, _ends(band).values(), strict=True)
    nothing = cat.text("format.nothing")
    return {
        key: nothing if np.isnan(ends[at]) else formats.percent(cat, float(ends[at]), decimals) for key, ends in found
    }
