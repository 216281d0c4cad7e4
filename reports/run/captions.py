"""One sentence under each chart: what to see in it, computed from the same data, with its range."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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


def _peak(band: Band) -> dict[str, Value]:
    """The largest count with its month."""
    return {"month": band.month(band.peak()), **band.counts(band.peak())}


def _largest(bands: Mapping[str, Band]) -> tuple[str, Band]:
    """The name and band of what reaches furthest."""
    return max(bands.items(), key=lambda item: float(np.nan_to_num(item[1].median).max(initial=0.0)))


def _wave(data: RunData) -> Value:
    applications = series.flow(data, "applications")
    band = series.band(applications)
    if band.empty:
        return None
    full = series.band(series.ratio(applications, passable(data)))
    return say("chart.wave.caption", **_peak(band), **full.shares(band.peak(), "percent", 0))


def _renewals(data: RunData) -> Value:
    cards, certificates = (series.band(series.flow(data, name)) for name in ("cards_expiring", "certificates_expiring"))
    if cards.empty and certificates.empty:
        return None
    others = {f"{key}_certificates": value for key, value in _peak(certificates).items()}
    return say("chart.renewals.caption", **_peak(cards), **others)


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
            month=mean.month(mean.peak()),
            over=over,
            months=months,
            threshold=Number(limit, "plain"),
            **mean.numbers(mean.peak(), 1),
        )

    return told


def _dispatch(data: RunData) -> Value:
    out = series.flow(data, "dispatched_standard", "dispatched_express")
    band = series.band(out)
    if band.empty:
        return None
    full = series.band(series.ratio(out, series.flow(data, "capacity_production")))
    return say("chart.dispatch.caption", **_peak(band), **full.shares(band.peak(), "percent", 0))


def _waiting(data: RunData) -> Value:
    bands = {name: series.band(series.stock(data, f"waiting_{name}")) for name in STATIONS}
    station, band = _largest(bands)
    if band.empty:
        return None
    return say("chart.waiting.caption", station=Name("station", station), **_peak(band))


def _utilisation(data: RunData) -> Value:
    bands = {name: utilisation(data, name) for name in STATIONS}
    station, band = _largest(bands)
    if band.empty:
        return None
    guessed = tuple(Name("station", name) for name in STATIONS if data.assumed(STATION_FIELDS[name]))
    return say(
        "chart.utilisation.caption",
        station=Name("station", station),
        month=band.month(band.peak()),
        assumed=Joined(guessed) if guessed else None,
        **band.shares(band.peak(), "percent", 0),
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
    told = {"year": Period.of_year(int(total.periods[at])), **total.numbers(at, 1)}
    lost = {name: series.band(table) for name, table in causes.items() if name not in _PLAN}
    most = max(lost, key=lambda name: float(np.nan_to_num(lost[name].median[at])), default=None)
    if most is None or not lost[most].median[at] >= 0.05:
        return say("chart.delay-ledger.caption_plan", **told)
    days = {f"cause_{key}": value for key, value in lost[most].numbers(at, 1).items()}
    return say("chart.delay-ledger.caption", cause=Name("cause", most), **told, **days)


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
