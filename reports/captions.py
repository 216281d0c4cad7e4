"""One sentence under each chart: what to see in it, computed from the same data, with its range."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from reports import contact_captions, formats, series, values
from reports.capacity_fields import STATION_FIELDS
from reports.catalogue import Catalogue
from reports.charts import capacity
from reports.ledgers import answer
from reports.ledgers.data import entries
from reports.run_data import RunData
from reports.series import Band
from sim.facts import CENTRES, CLASSES, STATIONS


def caption(chart: str, data: RunData, cat: Catalogue) -> str:
    """The sentence of a chart, or that there is nothing to see; empty for a chart without one."""
    values = _VALUES[chart](data, cat) if chart in _VALUES else {}
    if values is None:
        return cat.text("chart.no_data")
    key = values.pop("key", "caption")
    if not key:
        return str(values["text"])
    return cat.text(f"chart.{chart}.{key}", **values) if values else ""


def _count_at(cat: Catalogue, band: Band, at: int, suffix: str = "") -> dict[str, Any]:
    numbers = {"value": band.median[at], "low": band.low[at], "high": band.high[at]}
    values = {key + suffix: formats.rough(cat, float(number)) for key, number in numbers.items()}
    return {"month" + suffix: formats.month(cat, band.periods[at]), **values}


def _days_at(band: Band, at: int, prefix: str = "") -> dict[str, Any]:
    numbers = {"value": band.median[at], "low": band.low[at], "high": band.high[at]}
    return {prefix + key: formats.number(float(number), 1) for key, number in numbers.items()}


def _percent_at(cat: Catalogue, band: Band, at: int) -> dict[str, Any]:
    numbers = {"percent": band.median[at], "percent_low": band.low[at], "percent_high": band.high[at]}
    nothing = cat.text("format.nothing")
    return {
        key: nothing if np.isnan(number) else formats.percent(cat, float(number), 0) for key, number in numbers.items()
    }


def _wave(data: RunData, cat: Catalogue) -> dict[str, Any] | None:
    applications = series.flow(data, "applications")
    band = series.band(applications)
    if band.empty:
        return None
    full = series.band(series.ratio(applications, capacity.passable(data)))
    return _count_at(cat, band, band.peak()) | _percent_at(cat, full, band.peak())


def _renewals(data: RunData, cat: Catalogue) -> dict[str, Any] | None:
    cards, certificates = (series.band(series.flow(data, name)) for name in ("cards_expiring", "certificates_expiring"))
    if cards.empty and certificates.empty:
        return None
    values = _count_at(cat, cards, cards.peak())
    return values | _count_at(cat, certificates, certificates.peak(), "_certificates")


def _lead(kind: str, measure: str, limit_path: str) -> Callable[[RunData, Catalogue], dict[str, Any] | None]:
    def values(data: RunData, cat: Catalogue) -> dict[str, Any] | None:
        limit = float(data.at(limit_path))
        cards = series.judged(data, kind, measure, limit)
        cards = cards[~cards["touches_closure"]]
        if cards.empty or not cards["cards"].any():
            return None
        mean = series.band(series.card_mean(cards, data))
        slow = series.band(series.card_quantile(cards, 0.9, data)).median
        months = int(np.sum(~np.isnan(mean.median)))
        over = int(np.sum(np.nan_to_num(slow) > limit))
        month = formats.month(cat, mean.periods[mean.peak()])
        return _days_at(mean, mean.peak()) | {
            "month": month,
            "over": over,
            "key": "caption" if over else "caption_never",
            "months": months,
            "threshold": f"{limit:g}",
        }

    return values


def _dispatch(data: RunData, cat: Catalogue) -> dict[str, Any] | None:
    out = series.flow(data, "dispatched_standard", "dispatched_express")
    band = series.band(out)
    if band.empty:
        return None
    full = series.band(series.ratio(out, series.flow(data, "capacity_production")))
    return _count_at(cat, band, band.peak()) | _percent_at(cat, full, band.peak())


def _waiting(data: RunData, cat: Catalogue) -> dict[str, Any] | None:
    bands = {name: series.band(series.stock(data, f"waiting_{name}")) for name in STATIONS}
    station, band = max(bands.items(), key=lambda item: float(np.nan_to_num(item[1].median).max(initial=0.0)))
    if band.empty:
        return None
    return _count_at(cat, band, band.peak()) | {"station": cat.name("station", station)}


def _utilisation(data: RunData, cat: Catalogue) -> dict[str, Any] | None:
    bands = {name: capacity.utilisation(data, name) for name in STATIONS}
    station, band = max(bands.items(), key=lambda item: float(np.nan_to_num(item[1].median).max(initial=0.0)))
    if band.empty:
        return None
    guessed = [name for name in STATIONS if data.assumed(STATION_FIELDS[name])]
    names = cat.join(cat.name("station", name) for name in guessed) or cat.text("format.nothing")
    where = {"station": cat.name("station", station), "month": formats.month(cat, band.periods[band.peak()])}
    return _percent_at(cat, band, band.peak()) | where | {"assumed": names}


def _ledger(data: RunData, cat: Catalogue) -> dict[str, Any] | None:
    days = _days_of_a_card(data, cat)
    if days is None:
        return None
    key = days.pop("key", "caption")
    found = entries(data.summary)
    late = [values.text(cat, answer.late(found, kind)) for kind in CLASSES] if found else []
    said = [cat.text(f"chart.delay-ledger.{key}", **days), *late]
    return {"key": "", "text": cat.text("format.between_sentences").join(said)}


def _lost_calls(data: RunData, cat: Catalogue) -> dict[str, Any] | None:
    found = entries(data.summary)
    said = [values.text(cat, answer.lost(found, centre)) for centre in CENTRES]
    return {"key": "", "text": cat.text("format.between_sentences").join(said)} if found else None


def _days_of_a_card(data: RunData, cat: Catalogue) -> dict[str, Any] | None:
    causes = series.days_by_cause(data, "standard")
    if not causes:
        return None
    total = series.band(_sum(list(causes.values())))
    if total.empty:
        return None
    at = total.peak()
    year = {"year": formats.fiscal_year(cat, int(total.periods[at]))}
    lost = {name: series.band(table) for name, table in causes.items() if name not in _PLAN}
    most = max(lost, key=lambda name: float(np.nan_to_num(lost[name].median[at])), default=None)
    if most is None or not lost[most].median[at] >= 0.05:
        return {"key": "caption_plan"} | year | _days_at(total, at)
    return year | _days_at(total, at) | {"cause": cat.name("cause", most)} | _days_at(lost[most], at, "cause_")


def _sum(tables: list[pd.DataFrame]) -> pd.DataFrame:
    total = tables[0].fillna(0.0)
    for table in tables[1:]:
        total = total.add(table.fillna(0.0), fill_value=0.0)
    return total


_PLAN = ("planned_step", "closed_day")
_VALUES: dict[str, Callable[[RunData, Catalogue], dict[str, Any] | None]] = {
    "wave": _wave,
    "renewals": _renewals,
    "lead-standard": _lead("standard", "dispatch", "targets.issue_days"),
    "lead-express": _lead("express", "delivery", "targets.express_days"),
    "dispatch": _dispatch,
    "waiting": _waiting,
    "utilisation": _utilisation,
    "delay-ledger": _ledger,
    "lost-calls": _lost_calls,
    "answer-rate": contact_captions.answer_rate,
    "calls-by-cause": contact_captions.calls_by_cause,
    "call-waiting": contact_captions.call_waiting,
    "seats": contact_captions.seats,
    "certificates": contact_captions.certificates_at_counters,
    "certificates-lost": contact_captions.certificates_lost,
    "hours-lost": contact_captions.hours_lost,
}
