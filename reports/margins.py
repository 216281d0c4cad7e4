"""Margins in words: up to what load, in its own driver, a target holds; what load is forecast; what would use it up.

Loads are multiples of FY2025's. A margin at an end of what was looked at is said to lie beyond it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports import formats, phrases
from reports.catalogue import Catalogue
from reports.verdicts import Headline
from scenarios.row import Row

COLUMNS = ("target", "driver", "driver_forecast", "margin_50", "margin_80", "margin_90", "uses_up")
"""Headings of ``cells``."""


def looked_at(run: Mapping[str, Any]) -> Mapping[str, float] | None:
    """The least and the most load looked at; None where nobody asked for margins."""
    told: Mapping[str, float] | None = run.get("margin")
    return told


def times(cat: Catalogue, value: float, run: Mapping[str, Any]) -> str:
    """A load as a multiple, or that it lies beyond what was looked at."""
    ends = looked_at(run) or {"least": 0.0, "most": float("inf")}
    if value >= ends["most"]:
        return cat.text("margin.more", factor=formats.factor(ends["most"]))
    if value <= ends["least"]:
        return cat.text("margin.less", factor=formats.factor(ends["least"]))
    return cat.text("margin.times", factor=formats.number(value, 2))


def reference(cat: Catalogue, row: Row) -> str:
    """The year that loads are multiples of."""
    months = (row.driver_reference or "").split("/")
    if len(months) == 2:
        return formats.between(cat, *(formats.month(cat, month) for month in months))
    return formats.period(cat, months[0])


def driver(cat: Catalogue, row: Row) -> str:
    """The name of a target's driver."""
    return cat.name("driver", row.driver or "")


def forecast(cat: Catalogue, row: Row) -> str:
    """The load that is forecast, from 5 to 95 % of replications."""
    low, high = (formats.number(end or 0.0, 2) for end in (row.driver_forecast_low, row.driver_forecast_high))
    return cat.text("margin.times", factor=low if low == high else formats.between(cat, low, high))


def cell(cat: Catalogue, headline: Headline, run: Mapping[str, Any]) -> str:
    """A target's margin and its forecast on the terminal; empty where there is none."""
    row = headline.room
    if row is None or row.margin_80 is None:
        return ""
    return cat.text("terminal.margin", **_values(cat, row, run))


def _values(cat: Catalogue, row: Row, run: Mapping[str, Any]) -> dict[str, str]:
    return {
        "margin": times(cat, row.margin_80 or 0.0, run),
        "forecast": forecast(cat, row),
        "driver": driver(cat, row),
        "reference": reference(cat, row),
    }


def sentence(cat: Catalogue, tested: list[Headline], run: Mapping[str, Any]) -> str:
    """The third sentence of a run's answer: the target with the least room, and what load would use it up."""
    found = [headline for headline in tested if headline.room is not None]
    if looked_at(run) is None:
        return cat.text("answer.margin_skipped")
    if not found:
        return cat.text("answer.margin_free")
    tightest = min(found, key=lambda headline: headline.spare)
    row = tightest.room
    assert row is not None
    name = phrases.target(cat, tightest.worst, tightest.only_part)
    said = cat.text(f"answer.{_key(tightest, row, run)}", target=name, **_values(cat, row, run))
    return said + _uses_up(cat, row, "answer.margin_uses_up")


def _key(tightest: Headline, row: Row, run: Mapping[str, Any]) -> str:
    """Which sentence fits: no room, some, or more than was looked at."""
    if tightest.spare <= 1:
        return "margin_short"
    most = (looked_at(run) or {}).get("most", float("inf"))
    return "margin_beyond" if (row.margin_80 or 0.0) >= most else "margin"


def _uses_up(cat: Catalogue, row: Row, key: str) -> str:
    grown = [cause for cause in row.uses_up or () if cause["grows_to"] is not None]
    if not grown:
        return ""
    return cat.text(key, causes=cat.text("margin.or").join(_grown(cat, row, cause) for cause in grown))


def _grown(cat: Catalogue, row: Row, cause: Mapping[str, Any]) -> str:
    name = cat.name(f"driver_cause.{row.driver}", cause["cause"])
    return cat.text("margin.grown", cause=name, factor=formats.number(cause["grows_to"], 1))


def note(cat: Catalogue, shown: list[Headline]) -> str:
    """What a margin is, and how many replications say so; empty where there is none."""
    found = [row for headline in shown if (row := headline.room) is not None]
    if not found:
        return ""
    counts = [row.margin_replications or 0 for row in found]
    return cat.text("margin.note", reference=reference(cat, found[0]), replications=max(counts))


def cells(cat: Catalogue, shown: list[Headline], run: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """A row a target: driver, margins with 50, 80 and 90 %, forecast, what would use the margin up."""
    rows = []
    for headline in shown:
        if (row := headline.room) is None:
            continue
        uses = [_load(cat, row, cause) for cause in row.uses_up or ()]
        rows.append(
            (
                phrases.target(cat, headline.worst, headline.only_part),
                driver(cat, row),
                forecast(cat, row),
                *(_with_interval(cat, row, percent, run) for percent in (50, 80, 90)),
                cat.text("format.entries").join(uses),
            )
        )
    return rows


def _with_interval(cat: Catalogue, row: Row, percent: int, run: Mapping[str, Any]) -> str:
    value, low, high = (getattr(row, f"margin_{percent}{end}") for end in ("", "_low", "_high"))
    if low is None and high is None:
        return cat.text("margin.interval_unknown", value=times(cat, value, run))
    ends = [cat.text("margin.unknown") if end is None else times(cat, end, run) for end in (low, high)]
    return cat.text("margin.interval", value=times(cat, value, run), low=ends[0], high=ends[1])


def _load(cat: Catalogue, row: Row, cause: Mapping[str, Any]) -> str:
    """A cause's load, and what it alone would have to grow to."""
    name = cat.name(f"driver_cause.{row.driver}", cause["cause"])
    values = {"cause": name, "load": formats.number(cause["load"], 2)}
    if cause["grows_to"] is None:
        return cat.text("margin.load", **values)
    return cat.text("margin.load_grown", **values, factor=formats.number(cause["grows_to"], 1))
