"""How often targets held on fresh replications: a row a period and target, with intervals, against what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats, names, values
from reports.catalogue import Catalogue
from reports.charts import canvas, style
from reports.charts.margin import Label
from reports.run_data import as_run
from reports.size import cells
from reports.size.data import Evidence, Sizing

_LEFT = 3.5
"""Inches for the names of rows."""


@dataclass(frozen=True)
class _Row:
    """A row: its name, what held with the plan, and with today's levels; ``together`` for all targets at once."""

    name: str
    found: Evidence
    today: Evidence | None
    together: bool


def draw(data: Sizing, cat: Catalogue, chart: str) -> Figure:
    """Every period of the asked plan's evidence."""
    rows = _rows(data, cat)
    sheet = style.sheet(as_run(data), cat, chart, height=2.3 + 0.3 * max(len(rows), 4))
    sheet.figure.subplots_adjust(left=_LEFT / style.WIDTH)
    ax = sheet.axes[0]
    if not rows:
        style.no_data(sheet, ax)
        return sheet.figure
    for place, row in enumerate(rows):
        _draw(ax, place, row)
    canvas.row_names(ax, [f"{row.name}   {row.found.held}/{row.found.of}" for row in rows])
    for place, label in enumerate(ax.get_yticklabels()):
        label.set_color(style.INK if rows[place].together else style.QUIET)
    ax.axvline(data.confidence, color=style.WARM, linewidth=1.3, linestyle="--", zorder=1)
    ax.set_xlim(-0.01, 1.01)
    ticks = [step / 10 for step in range(0, 11, 2)]
    ax.set_xticks(ticks, [formats.percent(cat, tick, 0) for tick in ticks])
    canvas.key(ax, _key(sheet, data, any(row.today is not None for row in rows)))
    return sheet.figure


def _rows(data: Sizing, cat: Catalogue) -> list[_Row]:
    plan = data.asked
    today = {found.period: found for found in plan.today_evidence}
    rows = []
    for found in [*plan.evidence, *([plan.every_year] if plan.every_year else [])]:
        period = formats.period(cat, found.period)
        name = cat.text("sizing.together", period=period)
        rows.append(_Row(name, found, today.get(found.period), True))
        rows += [
            _Row(values.text(cat, names.target(target, short=True)), cells.alone(target, found), None, False)
            for target in data.targets
            if target in found.targets and len(data.targets) > 1
        ]
    return rows


def _draw(ax: Axes, place: int, row: _Row) -> None:
    size, color = (6.5, style.DARK) if row.together else (4.5, style.QUIET)
    if row.today is not None:
        ax.plot([row.today.low, row.today.high], [place + 0.18] * 2, color="#9aa5ad", linewidth=1.3, zorder=2)
        shared: dict[str, Any] = {
            "marker": "s",
            "markersize": 5,
            "color": "#9aa5ad",
            "markerfacecolor": "white",
            "zorder": 3,
        }
        ax.plot([row.today.probability], [place + 0.18], **shared)
    up = place - 0.12 if row.today is not None else place
    ax.plot([row.found.low, row.found.high], [up] * 2, color=color, linewidth=2.2 if row.together else 1.4, zorder=4)
    ax.plot([row.found.probability], [up], marker="o", markersize=size, color=color, zorder=5)


def _key(sheet: style.Sheet, data: Sizing, today: bool) -> list[Label]:
    asked = sheet.text("asked", certainty=values.text(sheet.cat, cells.certainty(data.confidence)))
    return [
        Label(0, sheet.text("together"), style.DARK, marker="o", fill=style.DARK),
        Label(0, sheet.text("alone"), style.QUIET, marker="o", fill=style.QUIET),
        *([Label(0, sheet.text("today"), "#7c8790", marker="s")] if today else []),
        Label(0, asked, style.WARM, "--"),
    ]
