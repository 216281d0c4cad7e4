"""Where the days go: card-days of the delay ledger per received card, by cause and fiscal year."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats, series
from reports.catalogue import Catalogue
from reports.charts import style
from reports.run_data import RunData, fiscal_year
from sim.facts import CAUSES, CLASSES

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
_OTHER = ("#ffffff", "oo")
_LEAST_BARS = 5
_VISIBLE = 0.02
"""Days a card from which a cause can be seen in a bar."""


def draw_ledger(data: RunData, cat: Catalogue) -> Figure:
    """Days a card by cause, stacked, a panel a class."""
    sheet = style.sheet(data, cat, "delay-ledger", rows=len(CLASSES), height=6.6)
    years = sorted({fiscal_year(month) for month in data.months})
    shown: list[str] = []
    for kind, ax in zip(CLASSES, sheet.axes, strict=True):
        causes = {name: table.mean(axis=1) for name, table in series.days_by_cause(data, kind).items()}
        ax.set_title(cat.name("part", kind), loc="left", fontsize=10, color=style.INK)
        ax.set_xlim(-0.6, max(len(years), _LEAST_BARS) - 0.4)
        ax.set_xticks(range(len(years)), [formats.fiscal_year_axis(cat, year) for year in years])
        if not any(values.fillna(0.0).any() for values in causes.values()):
            style.no_data(sheet, ax)
            continue
        shown += [name for name in _stacked(sheet, ax, causes) if name not in shown]
    _key(sheet, sorted(shown, key=_order))
    return sheet.figure


def _stacked(sheet: style.Sheet, ax: Axes, causes: dict[str, pd.Series]) -> list[str]:
    style.grid(ax)
    names = [name for name in sorted(causes, key=_order) if causes[name].max() >= _VISIBLE]
    length = len(next(iter(causes.values())))
    below = np.zeros(length)
    for name in names:
        days = causes[name].fillna(0.0).to_numpy(dtype=np.float64)
        color, hatch = _LOOKS.get(name, _OTHER)
        edge = "white" if name == "cap" else style.QUIET
        ax.bar(range(length), days, 0.62, bottom=below, color=color, hatch=hatch, edgecolor=edge, linewidth=0.4)
        below += days
    for place, total in enumerate(below):
        if total > 0:
            ax.text(place, total, formats.number(total, 1), ha="center", va="bottom", fontsize=8)
    ax.set_ylim(0, 1.14 * float(below.max()))
    return names


def _key(sheet: style.Sheet, names: list[str]) -> None:
    from matplotlib.patches import Patch

    handles = []
    for name in reversed(names):
        color, hatch = _LOOKS.get(name, _OTHER)
        edge = "white" if name == "cap" else style.QUIET
        label = sheet.cat.name("cause", name)
        handles.append(Patch(facecolor=color, hatch=hatch, edgecolor=edge, linewidth=0.4, label=label))
    if handles:
        sheet.axes[0].legend(
            handles=handles, loc="upper left", bbox_to_anchor=(1.01, 1.02), frameon=False, fontsize=8.5,
            handleheight=1.3, labelspacing=0.7,
        )  # fmt: skip


def _order(name: str) -> int:
    order = [*_LOOKS, *CAUSES]
    return order.index(name) if name in order else len(order)
