"""What the data say of uncertain values: calendars ruled out, seats against load, fitted within assumed ranges."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import values
from reports.catalogue import Catalogue
from reports.charts import style
from reports.charts.canvas import LOOKS, canvas, key, panel, row_names, used
from reports.charts.margin import Label
from reports.validation import fit_tables, tables
from reports.validation.data import Row, Validation

_MAXIMA = {"standard": "JLIS-007", "express": "JLIS-009"}
"""The published maximum of each class."""
_WORDS = {"well": style.DARK, "partly": "#6d9fc4", "not": style.WARM}
_CLIP = 3.0
"""Differences beyond so many tolerances are drawn here."""
_PITCH = 0.34
"""From the line of a figure to the next, where a group with few figures is 1 high."""
_WITHIN = "#e9eef2"


def _calendar(cat: Catalogue, entry: Mapping[str, Any]) -> str:
    return values.text(cat, fit_tables.calendar(entry))


def draw_calendars(data: Validation, cat: Catalogue) -> Figure | None:
    """The longest lead time that each calendar gives, a dot a plan, against the published maximum."""
    entries = data.fitted("calendars")
    classes = [name for name in _MAXIMA if any(entry["class"] == name for entry in entries)]
    if not classes:
        return None
    names = list(dict.fromkeys(_calendar(cat, entry) for entry in entries))
    drawn = canvas(data, cat, "validation-calendars", 2.2 + 0.42 * len(names) * len(classes), [1] * len(classes), 3.0)
    for ax, kind in zip(drawn.axes, classes, strict=True):
        panel(ax, cat.name("part", kind))
        row_names(ax, names)
        own = [entry for entry in entries if entry["class"] == kind]
        for entry in own:
            _plan(ax, names.index(_calendar(cat, entry)), entry)
        reach = [float(entry["max"]) for entry in own]
        labels = [
            Label(0, drawn.text("open"), style.DARK, marker="o", fill=style.DARK),
            Label(0, drawn.text("out"), style.QUIET, marker="o"),
        ]
        published = next((row.published for row in data.rows if row.id == _MAXIMA[kind]), None)
        if published is not None:
            ax.axvline(published, color=style.WARM, linewidth=1.4, linestyle=(0, (6, 2)), zorder=1)
            labels.append(Label(0, drawn.text("published", days=f"{published:g}"), style.WARM, (0, (6, 2))))
            reach.append(published)
        ax.set_xlim(min(reach) - 1.5, max(reach) + 1.5)
        key(ax, labels)
    return drawn.figure


def _plan(ax: Axes, y: int, entry: Mapping[str, Any]) -> None:
    """A dot with the days of the plan in it: filled if left open, hollow if ruled out."""
    look: dict[str, Any] = {"marker": "o", "markersize": 12, "markeredgewidth": 1.2, "linestyle": "none", "zorder": 3}
    color, inside, text = (style.DARK, style.DARK, "white") if entry["open"] else (style.QUIET, "white", style.QUIET)
    ax.plot([entry["max"]], [y], color=color, markerfacecolor=inside, **look)
    ax.text(entry["max"], y, f"{entry['plan_days']}", ha="center", va="center", fontsize=7.5, color=text, zorder=4)


def draw_trade_off(data: Validation, cat: Catalogue) -> Figure | None:
    """Seats that give the published answer rate, by how many calls there are; the band is the rounding of the rate."""
    entries = data.fitted("trade_off")
    centres = list(dict.fromkeys(entry["centre"] for entry in entries))
    if not centres:
        return None
    drawn = canvas(data, cat, "validation-trade-off", 1.4 + 2.2 * len(centres), [1] * len(centres))
    for ax, centre in zip(drawn.axes, centres, strict=True):
        own = sorted((entry for entry in entries if entry["centre"] == centre), key=lambda entry: entry["load"])
        load, seats, low, high = (np.array([entry[key] for entry in own]) for key in ("load", "seats", "low", "high"))
        panel(ax, drawn.text("panel", centre=cat.name("centre", centre)))
        style.grid(ax)
        ax.fill_between(load, low, high, color=style.DARK, alpha=0.22, linewidth=0)
        ax.plot(load, seats, color=style.DARK, linewidth=1.6, marker="o", markersize=4)
        ax.axvline(1.0, color=style.QUIET, linewidth=1.0, linestyle=(0, (1, 2)))
        ax.set_ylim(0, 1.1 * float(max(high)))
        ax.set_xticks(load, [cat.text("cell.factor", factor=f"{value:g}") for value in load])
        labels = [
            Label(0, drawn.text("seats"), style.DARK, "-"),
            Label(0, drawn.text("rounding"), face="#ced8df"),
            Label(0, drawn.text("assumed"), style.QUIET, (0, (1, 2))),
        ]
        key(ax, labels)
    return drawn.figure


def draw_fits(data: Validation, cat: Catalogue) -> Figure | None:
    """Each fitted value with its interval inside its assumed range, all ranges drawn alike."""
    entries = data.fitted("fits")
    if not entries:
        return None
    drawn = canvas(data, cat, "validation-fits", 2.05 + 0.42 * len(entries), left=3.1, right=3.3)
    ax = drawn.axes[0]
    row_names(ax, [values.text(cat, fit_tables.parameter_from(entry)) for entry in entries])
    for y, entry in enumerate(entries):
        _dumbbell(ax, y, entry)
        shown = values.text(cat, fit_tables.ranged(entry["value"], entry["low"], entry["high"]))
        if entry["unit"] != "share":
            shown = cat.text("validation.with_unit", number=shown, unit=cat.name("unit", entry["unit"]))
        text = f"{cat.name('validation.word', entry['word'])}\n{shown}"
        ax.text(1.03, y, text, transform=ax.get_yaxis_transform(), va="center", fontsize=7.5, color=style.INK)
    ax.set_xlim(-0.12, 1.12)
    ax.set_xticks([0, 1], [drawn.text("low"), drawn.text("high")])
    ax.spines["bottom"].set_visible(False)
    return drawn.figure


def _dumbbell(ax: Axes, y: int, entry: Mapping[str, Any]) -> None:
    bottom, width = entry["assumed_low"], (entry["assumed_high"] - entry["assumed_low"]) or 1.0
    color = _WORDS[entry["word"]]
    low, value, high, middle = (
        min(max((entry[key] - bottom) / width, -0.1), 1.1) for key in ("low", "value", "high", "assumed_value")
    )
    ax.plot([0, 1], [y, y], color=style.FAINT, linewidth=7, solid_capstyle="butt", zorder=2)
    ax.plot([low, high], [y, y], color=color, linewidth=2.6, solid_capstyle="butt", zorder=3)
    ax.plot([value], [y], marker="o", color=color, markersize=6, markerfacecolor="white", markeredgewidth=1.6, zorder=4)
    ax.plot([middle], [y], marker="|", color=style.INK, markersize=10, markeredgewidth=1.2, zorder=3)


def draw_rows(data: Validation, cat: Catalogue) -> Figure | None:
    """Every figure at a glance: its difference in tolerances, by group and use; those further off are named."""
    groups = {group: [row for row in data.of(group) if scaled(row) is not None] for group in data.groups}
    groups = {group: rows for group, rows in groups.items() if rows}
    if not groups:
        return None
    heights = np.array([max(1.0, _PITCH * (len(rows) + 1)) for rows in groups.values()])
    drawn = canvas(data, cat, "validation-rows", 2.0 + 0.42 * float(heights.sum()), left=2.1)
    ax = drawn.axes[0]
    ax.axvspan(-1, 1, color=_WITHIN, linewidth=0, zorder=0)
    ax.axvline(0, color=style.QUIET, linewidth=0.8, zorder=1)
    edges = np.concatenate([[0.0], heights.cumsum()])
    for edge in edges[1:-1]:
        ax.axhline(edge, color=style.FAINT, linewidth=0.6, zorder=0)
    for middle, rows in zip((edges[:-1] + edges[1:]) / 2, groups.values(), strict=True):
        _group(ax, float(middle), rows)
    ax.set_ylim(float(edges[-1]), 0)
    ax.set_yticks(
        (edges[:-1] + edges[1:]) / 2, [values.text(cat, tables.group_name(group)) for group in groups], fontsize=8.5
    )
    ax.tick_params(axis="y", length=0)
    ax.set_xlim(-_CLIP - 0.35, _CLIP + 0.35)
    ticks = np.arange(-_CLIP, _CLIP + 1)
    ends = drawn.text("below", number=f"{-_CLIP:+g}"), drawn.text("above", number=f"{_CLIP:+g}")
    ax.set_xticks(ticks, [ends[0], *(f"{tick:+g}" if tick else "0" for tick in ticks[1:-1]), ends[1]])
    shown = [row for rows in groups.values() for row in rows]
    key(ax, [*used(cat, shown), Label(0, drawn.text("within"), face=_WITHIN)])
    return drawn.figure


def scaled(row: Row) -> float | None:
    """The difference in tolerances; ``None`` where there is none to draw."""
    if row.difference is None or not row.tolerance:
        return None
    return row.difference / row.tolerance


def _group(ax: Axes, middle: float, rows: Sequence[Row]) -> None:
    """The points of a group, each on a line of its own so that none hides another."""
    for place, row in enumerate(rows):
        off = scaled(row) or 0.0
        x, y = min(max(off, -_CLIP), _CLIP), middle + _PITCH * (place - (len(rows) - 1) / 2)
        ax.plot([x], [y], linestyle="none", markersize=4.5, zorder=3, **LOOKS[row.use])
        if abs(off) > 1:
            side = -1 if x > 2 else 1
            look: dict[str, Any] = {"fontsize": 7, "va": "center", "ha": "right" if side < 0 else "left"}
            ax.text(x + 0.08 * side, y, row.id, color=style.INK, **look)
