"""One sentence under each chart: what to see in it, computed from the same data, with its range."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from reports import series
from reports.capacity_fields import STATION_FIELDS
from reports.document import Joined, Name, Number, Value, say, sentences
from reports.ledger import answer
from reports.run import contact_captions, flow, municipalities
from reports.run.card_charts import passable, utilisation
from reports.run_data import RunData
from reports.series import Extremes
from sim.facts import CENTRES, CLASSES, STATIONS


def caption(chart: str, data: RunData) -> Value:
    """The sentence of a chart, or that there is nothing to see."""
    return _CAPTIONS[chart](data) or say("chart.no_data")


def _counts(peaks: Extremes) -> dict[str, Value]:
    """The largest count of each replication, with the months in which these lie."""
    return {"month": peaks.when(), **peaks.spread.counts()}


def _fullest(cards: pd.DataFrame, capacity: pd.DataFrame) -> dict[str, Value]:
    """The largest share of a month's capacity that cards take in each replication, with the months of these."""
    peaks = series.peaks(series.ratio(cards, capacity))
    return {"month_percent": peaks.when(), **peaks.spread.shares("percent", 0)}


def _largest(tables: Mapping[str, pd.DataFrame]) -> tuple[str, Extremes] | None:
    """The name and peaks of what reaches furthest; None where nothing is anything."""
    found = {name: series.peaks(table) for name, table in tables.items() if not series.nothing(table)}
    return max(found.items(), key=lambda item: item[1].spread.median, default=None)


def _wave(data: RunData) -> Value:
    applications = series.flow(data, "applications")
    if series.nothing(applications):
        return None
    return say("chart.wave.caption", **_counts(series.peaks(applications)), **_fullest(applications, passable(data)))


def _renewals(data: RunData) -> Value:
    cards, certificates = (series.flow(data, name) for name in ("cards_expiring", "certificates_expiring"))
    if series.nothing(cards) and series.nothing(certificates):
        return None
    others = {f"{key}_certificates": value for key, value in _counts(series.peaks(certificates)).items()}
    return say("chart.renewals.caption", **_counts(series.peaks(cards)), **others)


def _lead(kind: str, measure: str, limit_path: str) -> Callable[[RunData], Value]:
    def told(data: RunData) -> Value:
        limit = float(data.at(limit_path))
        cards = series.judged(data, kind, measure, limit)
        cards = cards[~cards["touches_closure"]]
        if cards.empty or not cards["cards"].any():
            return None
        mean = series.card_mean(cards, data)
        over = (series.card_quantile(cards, 0.9, data) > limit).sum()
        peaks = series.peaks(mean)
        return say(
            f"chart.lead-{kind}.{'caption' if over.any() else 'caption_never'}",
            month=peaks.when(),
            months=series.band(mean).known,
            threshold=Number(limit, "plain"),
            **series.spread(over).numbers(name="over"),
            **peaks.spread.numbers(1),
        )

    return told


def _dispatch(data: RunData) -> Value:
    out = series.flow(data, "dispatched_standard", "dispatched_express")
    if series.nothing(out):
        return None
    full = _fullest(out, series.flow(data, "capacity_production"))
    return say("chart.dispatch.caption", **_counts(series.peaks(out)), **full)


def _waiting(data: RunData) -> Value:
    found = _largest({name: series.stock(data, f"waiting_{name}") for name in STATIONS})
    if found is None:
        return None
    station, peaks = found
    return say("chart.waiting.caption", station=Name("station", station), **_counts(peaks))


def _utilisation(data: RunData) -> Value:
    found = _largest({name: utilisation(data, name) for name in STATIONS})
    if found is None:
        return None
    station, peaks = found
    guessed = tuple(Name("station", name) for name in STATIONS if data.assumed(STATION_FIELDS[name]))
    return say(
        "chart.utilisation.caption",
        station=Name("station", station),
        month=peaks.when(),
        assumed=Joined(guessed) if guessed else None,
        **peaks.spread.shares("percent", 0),
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
    total = _sum(list(causes.values()))
    if series.nothing(total):
        return None
    peaks = series.peaks(total)
    told = {"year": peaks.when(), **peaks.spread.numbers(1)}
    lost = {name: peaks.of(table) for name, table in causes.items() if name not in _PLAN}
    most = max(lost, key=lambda name: lost[name].median, default=None)
    if most is None or not lost[most].median >= 0.05:
        return say("chart.delay-ledger.caption_plan", **told)
    days = {f"cause_{key}": value for key, value in lost[most].numbers(1).items()}
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
