"""Where the days and the calls go, by cause and fiscal year: of a card, of late cards, of lost calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats, series, values
from reports.catalogue import Catalogue
from reports.charts import style
from reports.ledger import cells
from reports.ledger.data import causes, of
from reports.run_data import RunData
from reports.series import Numbers
from scenarios.ledger.record import Entry
from sim.calendar import Period, fiscal_year_of_month
from sim.facts import CAUSES, CENTRES, CLASSES, LOST_CAUSES

_LOOKS: dict[str, tuple[str, str]] = {
    "planned_step": ("#e3e9ee", ""),
    "closed_day": ("#aebfcb", ""),
    "queue_checks": ("#ffffff", "////"),
    "queue_data": ("#7d7d7d", ""),
    "queue_production": (style.DARK, ""),
    "queue_inspection": ("#ffffff", "...."),
    "outage": ("#d98a3d", "xxx"),
    "remake": ("#f2dcb3", "\\\\\\\\"),
    "cap": ("#3d3d3d", "++"),
}
_LOST_LOOKS: dict[str, tuple[str, str]] = {
    "seats": ("#8a8a8a", ""),
    "notices": (style.DARK, ""),
    "outage": ("#f2dcb3", "...."),
    "closed": ("#aebfcb", ""),
    "call_back": ("#ffffff", "\\\\\\\\"),
}
_OTHER = ("#ffffff", "oo")
_LEAST_BARS = 5
_VISIBLE = 0.02
"""Days a card from which a cause can be seen in a bar."""


def draw_ledger(data: RunData, cat: Catalogue) -> Figure:
    """Days a card by cause, stacked, a panel a class; below, where the run tells it, the days of late cards."""
    found = data.summary.ledger
    rows = len(CLASSES) * (2 if found else 1)
    sheet = style.sheet(data, cat, "delay-ledger", rows=rows, height=2.1 + 2.25 * rows)
    shown: list[str] = []
    for kind, ax in zip(CLASSES, sheet.axes, strict=False):
        _begin(sheet, ax, cat.text("ledger.chart.all_cards", kind=cat.name("part", kind)))
        means = {name: table.mean(axis=1).fillna(0.0) for name, table in series.days_by_cause(data, kind).items()}
        heights = {name: days.to_numpy(dtype=np.float64) for name, days in means.items() if days.max() >= _VISIBLE}
        if not heights:
            style.no_data(sheet, ax)
            continue
        names = [name for name in (*_LOOKS, *(n for n in heights if n not in _LOOKS)) if name in heights]
        top = _stack(ax, names, heights, _LOOKS)
        _totals(ax, [formats.number(total, 1) for total in top], top)
        shown += names
    for kind, ax in zip(CLASSES, sheet.axes[len(CLASSES) :], strict=False):
        shown += _late(sheet, ax, found, kind)
    _key(sheet, [name for name in (*_LOOKS, *shown) if name in shown], _LOOKS, "late_days")
    return sheet.figure


def draw_late(data: RunData, cat: Catalogue) -> Figure:
    """Days of late cards by cause, a panel a class."""
    sheet = style.sheet(data, cat, "late-cards", rows=len(CLASSES), height=6.6)
    found, shown = data.summary.ledger, list[str]()
    for kind, ax in zip(CLASSES, sheet.axes, strict=True):
        shown += _late(sheet, ax, found, kind)
    _key(sheet, [name for name in (*_LOOKS, *shown) if name in shown], _LOOKS, "late_days")
    return sheet.figure


def draw_lost(data: RunData, cat: Catalogue) -> Figure:
    """Lost calls by cause, a panel a centre."""
    sheet = style.sheet(data, cat, "lost-calls", rows=len(CENTRES), height=6.6)
    found, shown = data.summary.ledger, list[str]()
    for centre, ax in zip(CENTRES, sheet.axes, strict=True):
        own = of(found, "lost_calls", centre)
        nothing = cat.text("ledger.chart.no_lost") if own else ""
        shown += _counted(sheet, ax, own, LOST_CAUSES[centre], cat.name("centre", centre), _LOST_LOOKS, nothing)
    _key(sheet, [name for name in _LOST_LOOKS if name in shown], _LOST_LOOKS, "lost_calls")
    return sheet.figure


def _late(sheet: style.Sheet, ax: Axes, found: Sequence[Entry], kind: str) -> list[str]:
    title = sheet.cat.text("ledger.chart.late_cards", kind=values.text(sheet.cat, cells.late_kind(kind)))
    own, nothing = of(found, "late_days", kind), sheet.cat.text("ledger.chart.no_late")
    return _counted(sheet, ax, own, CAUSES, title, _LOOKS, nothing if own else "")


def _counted(
    sheet: style.Sheet,
    ax: Axes,
    own: Sequence[Entry],
    order: Sequence[str],
    title: str,
    looks: Mapping[str, tuple[str, str]],
    nothing: str,
) -> list[str]:
    """Counts of entries by cause, with the interval of all together; the causes drawn. ``nothing`` says none is."""
    years = _years(sheet)
    totals = {
        year: entry for entry in own if entry.cause is None and (year := Period(entry.period).fiscal_year) in years
    }
    step, unit = style.scale(sheet.cat, max((entry.high or entry.value for entry in totals.values()), default=0.0))
    _begin(sheet, ax, sheet.cat.text("format.parenthesis", text=title, inside=unit) if unit else title)
    if not any(entry.value for entry in totals.values()):
        style.no_data(sheet, ax, nothing)
        return []
    by_cause = {(Period(entry.period).fiscal_year, entry.cause): entry.value / step for entry in own}
    there = causes(own, order)
    names = [name for name in dict.fromkeys((*looks, *there)) if name in there]
    heights = {name: np.array([by_cause.get((year, name), 0.0) for year in years]) for name in names}
    tops = _stack(ax, names, heights, looks)
    for year, entry in totals.items():
        low, high = (entry.value if end is None else end for end in (entry.low, entry.high))
        place, ends = years.index(year), [low / step, high / step]
        ax.plot([place, place], ends, color=style.INK, linewidth=1.1, path_effects=style.halo(2.4))
        tops[place] = max(high, entry.value) / step
    texts = [formats.rough(sheet.cat, totals[year].value) if year in totals else "" for year in years]
    _totals(ax, texts, tops)
    return names


def _begin(sheet: style.Sheet, ax: Axes, title: str) -> None:
    years = _years(sheet)
    ax.set_title(title, loc="left", fontsize=10, color=style.INK)
    ax.set_xlim(-0.6, max(len(years), _LEAST_BARS) - 0.4)
    ax.set_xticks(range(len(years)), [formats.fiscal_year_axis(sheet.cat, year) for year in years])


def _years(sheet: style.Sheet) -> list[int]:
    return sorted({fiscal_year_of_month(month) for month in sheet.data.months})


def _stack(
    ax: Axes, names: Sequence[str], heights: Mapping[str, Numbers], looks: Mapping[str, tuple[str, str]]
) -> Numbers:
    """Bars on each other; their tops."""
    style.grid(ax)
    below: Numbers = np.zeros(len(heights[names[0]]))
    for name in names:
        color, hatch = looks.get(name, _OTHER)
        edge = "white" if name == "cap" else style.QUIET
        places = range(len(below))
        ax.bar(places, heights[name], 0.62, bottom=below, color=color, hatch=hatch, edgecolor=edge, linewidth=0.4)
        below = below + heights[name]
    return below


def _totals(ax: Axes, texts: Sequence[str], tops: Numbers) -> None:
    ax.set_ylim(0, 1.17 * float(tops.max()))
    for place, (text, top) in enumerate(zip(texts, tops, strict=True)):
        if top > 0:
            style.value_label(ax, place, float(top), text)


def _key(sheet: style.Sheet, names: Sequence[str], looks: Mapping[str, tuple[str, str]], kind: str) -> None:
    from matplotlib.patches import Patch

    handles = []
    for name in reversed(list(dict.fromkeys(names))):
        color, hatch = looks.get(name, _OTHER)
        edge = "white" if name == "cap" else style.QUIET
        label = values.text(sheet.cat, cells.cause(kind, name))
        handles.append(Patch(facecolor=color, hatch=hatch, edgecolor=edge, linewidth=0.4, label=label))
    if handles:
        sheet.axes[0].legend(
            handles=handles, loc="upper left", bbox_to_anchor=(1.01, 1.02), frameon=False, fontsize=8.5,
            handleheight=1.3, labelspacing=0.7,
        )  # fmt: skip
