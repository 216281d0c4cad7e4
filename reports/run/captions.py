"""One sentence under each chart: what to see in it, computed from the same data, with its range."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from reports import series
from reports.capacity_fields import STATION_FIELDS
from reports.document import Joined, Name, Number, Period, Value, say, sentences
from reports.ledger import answer
from reports.run import contact_captions, flow, municipalities
from reports.run.card_charts import passable, utilisation
from reports.run_data import RunData
from reports.series import Band
from sim.facts import CENTRES, CLASSES, STATIONS


def caption(chart: str, data: RunData) -> Value:
    """The sentence of a chart, or that there is nothing to see."""
    return _CAPTIONS[chart](data) or say("chart.no_data")


def _count_at(band: Band, at: int, suffix: str = "") -> dict[str, Value]:
    numbers = {"value": band.median[at], "low": band.low[at], "high": band.high[at]}
    values = {key + suffix: Number(float(number), "rough") for key, number in numbers.items()}
    return {"month" + suffix: Period(band.periods[at]), **values}


def _days_at(band: Band, at: int, prefix: str = "") -> dict[str, Value]:
    numbers = {"value": band.median[at], "low": band.low[at], "high": band.high[at]}
    return {prefix + key: Number(float(number), decimals=1) for key, number in numbers.items()}


def _percent_at(band: Band, at: int) -> dict[str, Value]:
    numbers = {"percent": band.median[at], "percent_low": band.low[at], "percent_high": band.high[at]}
    return {key: None if np.isnan(number) else Number(float(number), "probability") for key, number in numbers.items()}


def _wave(data: RunData) -> Value:
    applications = series.flow(data, "applications")
    band = series.band(applications)
    if band.empty:
        return None
    full = series.band(series.ratio(applications, passable(data)))
    return say("chart.wave.caption", **_count_at(band, band.peak()), **_percent_at(full, band.peak()))


def _renewals(data: RunData) -> Value:
    cards, certificates = (series.band(series.flow(data, name)) for name in ("cards_expiring", "certificates_expiring"))
    if cards.empty and certificates.empty:
        return None
    counts = _count_at(cards, cards.peak()) | _count_at(certificates, certificates.peak(), "_certificates")
    return say("chart.renewals.caption", **counts)


def _lead(kind: str, measure: str, limit_path: str) -> Callable[[RunData], Value]:
    def told(data: RunData) -> Value:
        limit = float(data.at(limit_path))
        cards = series.judged(data, kind, measure, limit)
        cards = cards[~cards["touches_closure"]]
        if cards.empty or not cards["cards"].any():
            return None
        mean = series.band(series.card_mean(cards, data))
        slow = series.band(series.card_quantile(cards, 0.9, data)).median
        months = int(np.sum(~np.isnan(mean.median)))
        over = int(np.sum(np.nan_to_num(slow) > limit))
        return say(
            f"chart.lead-{kind}.{'caption' if over else 'caption_never'}",
            month=Period(mean.periods[mean.peak()]),
            over=over,
            months=months,
            threshold=Number(limit, "plain"),
            **_days_at(mean, mean.peak()),
        )

    return told


def _dispatch(data: RunData) -> Value:
    out = series.flow(data, "dispatched_standard", "dispatched_express")
    band = series.band(out)
    if band.empty:
        return None
    full = series.band(series.ratio(out, series.flow(data, "capacity_production")))
    return say("chart.dispatch.caption", **_count_at(band, band.peak()), **_percent_at(full, band.peak()))


def _waiting(data: RunData) -> Value:
    bands = {name: series.band(series.stock(data, f"waiting_{name}")) for name in STATIONS}
    station, band = max(bands.items(), key=lambda item: float(np.nan_to_num(item[1].median).max(initial=0.0)))
    if band.empty:
        return None
    return say("chart.waiting.caption", station=Name("station", station), **_count_at(band, band.peak()))


def _utilisation(data: RunData) -> Value:
    bands = {name: utilisation(data, name) for name in STATIONS}
    station, band = max(bands.items(), key=lambda item: float(np.nan_to_num(item[1].median).max(initial=0.0)))
    if band.empty:
        return None
    guessed = tuple(Name("station", name) for name in STATIONS if data.assumed(STATION_FIELDS[name]))
    return say(
        "chart.utilisation.caption",
        station=Name("station", station),
        month=Period(band.periods[band.peak()]),
        assumed=Joined(guessed) if guessed else None,
        **_percent_at(band, band.peak()),
    )


def _ledger(data: RunData) -> Value:
    days, found = _days_of_a_card(data), data.summary.ledger
    late = [answer.late(found, kind) for kind in CLASSES] if found else []
    return sentences(days, *late) if days else None


def _lost_calls(data: RunData) -> Value:
    found = data.summary.ledger
    return sentences(*(answer.lost(found, centre) for centre in CENTRES)) if found else None


def _days_of_a_card(data: RunData) -> Value:
    causes = series.days_by_cause(data, "standard")
    if not causes:
        return None
    total = series.band(_sum(list(causes.values())))
    if total.empty:
        return None
    at = total.peak()
    told = {"year": Period.of_year(int(total.periods[at])), **_days_at(total, at)}
    lost = {name: series.band(table) for name, table in causes.items() if name not in _PLAN}
    most = max(lost, key=lambda name: float(np.nan_to_num(lost[name].median[at])), default=None)
    if most is None or not lost[most].median[at] >= 0.05:
        return say("chart.delay-ledger.caption_plan", **told)
    return say("chart.delay-ledger.caption", cause=Name("cause", most), **told, **_days_at(lost[most], at, "cause_"))


def _sum(tables: list[pd.DataFrame]) -> pd.DataFrame:
    total = tables[0].fillna(0.0)
    for table in tables[1:]:
        total = total.add(table.fillna(0.0), fill_value=0.0)
    return total


_PLAN = ("planned_step", "closed_day")
_CAPTIONS: dict[str, Callable[[RunData], Value]] = {
    "wave": _wave,
    "flow": flow.caption,
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
    "prefectures": municipalities.caption,
    "municipalities": municipalities.caption_of_places,
    "hours-lost": contact_captions.hours_lost,
}
