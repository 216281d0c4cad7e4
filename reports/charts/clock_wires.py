"""The best trip-wires: what is watched, in held-out replications whose year breaks and in those whose year holds."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from datetime import date

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import values
from reports.catalogue import Catalogue
from reports.charts import margin, style
from reports.charts.margin import Label
from reports.clock import cells
from reports.clock.captions import wire_of
from reports.document import say
from reports.run_data import as_run
from reports.series import Numbers
from scenarios.clock.observables import OBSERVABLES
from scenarios.clock.record import Clock, Event, Path, TripWire, Weeks
from sim.calendar import Period

_LOOKS = {"hold": ("#8a8a8a", (0, (3, 1.5)), 1.8), "break": (style.DARK, "-", 2.2)}
"""Colour, line and width of the median of replications that hold and that break."""
_MONTHS = 3
"""Months between ticks."""


def draw(data: Clock, cat: Catalogue, chart: str) -> Figure:
    """A panel a wire; the days of all panels are counted from the start of the fiscal year that is watched."""
    paths = data.paths
    sheet = style.sheet(as_run(data), cat, chart, rows=len(paths), height=2.0 + 2.6 * len(paths))
    for path, ax in zip(paths, sheet.axes, strict=True):
        _panel(sheet, ax, path, *wire_of(data, path))
    _axis(sheet, paths)
    return sheet.figure


def _panel(sheet: style.Sheet, ax: Axes, path: Path, event: Event, wire: TripWire) -> None:
    cat, (step, unit) = sheet.cat, _scale(sheet.cat, path, wire)
    named = say("clock.panel", event=cells.named(event), what=cells.observable(wire.wire))
    title = values.text(cat, say("format.parenthesis", text=named, inside=unit) if unit else named)
    ax.set_title(title, loc="left", fontsize=9.5, color=style.INK, pad=4)
    x = _days(path)
    style.grid(ax)
    for name, (color, line, width) in _LOOKS.items():
        found = _values(path.lines[name], len(x)) / step
        ax.plot(x, found.T, color=color, linewidth=0.5, alpha=0.35, zorder=2)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="All-NaN slice")
            median = np.nanmedian(found, axis=0) if len(found) else np.full(len(x), np.nan)
        ax.plot(x, median, color=color, linestyle=line, linewidth=width, zorder=3)
    ax.axhline(wire.threshold / step, color=style.WARM, linewidth=1.5, linestyle=(0, (6, 2)), zorder=4)
    if wire.fires.middle:
        fires = _since(wire.fires.middle, path)
        ax.plot([fires], [wire.threshold / step], marker="^", color=style.WARM, markersize=8, zorder=5)
    ax.axvline(0, color=style.QUIET, linewidth=0.8, zorder=1)
    _limits(ax, path, wire, step)
    if OBSERVABLES[wire.wire].kind == "share":
        style.percent_axis(sheet, ax)
    margin.key(ax, _key(sheet, path, wire))


def _key(sheet: style.Sheet, path: Path, wire: TripWire) -> list[Label]:
    counts = {name: len(path.lines[name]) for name in _LOOKS}
    labels = [Label(0, sheet.text(name, count=counts[name]), color, line) for name, (color, line, _) in _LOOKS.items()]
    threshold, weeks = (values.text(sheet.cat, told) for told in (cells.threshold(wire), cells.weeks(wire)))
    shown = sheet.text(wire.side, threshold=threshold, weeks=weeks)
    labels.append(Label(0, shown, style.WARM, (0, (6, 2))))
    if wire.fires.middle:
        labels.append(Label(0, sheet.text("fires"), style.WARM, marker="^", fill=style.WARM))
    return labels


def _values(lines: Weeks, weeks: int) -> Numbers:
    """Replications by weeks; NaN where there is no value."""
    numbers = [[np.nan if value is None else value for value in line] for line in lines]
    return np.array(numbers, dtype=np.float64).reshape(len(lines), weeks)


def _since(day: date, path: Path) -> int:
    """Days from the start of the path's fiscal year."""
    return (day - Period(path.period).first_day).days


def _days(path: Path) -> list[int]:
    return [_since(week, path) for week in path.weeks]


def _scale(cat: Catalogue, path: Path, wire: TripWire) -> tuple[float, str]:
    kind = OBSERVABLES[wire.wire].kind
    if kind != "count":
        return 1.0, "" if kind == "share" else cat.text(f"clock.axis.{kind}")
    return style.scale(cat, style.largest(*(_values(path.lines[name], len(path.weeks)) for name in _LOOKS)))


def _limits(ax: Axes, path: Path, wire: TripWire, step: float) -> None:
    """From zero; for answered shares from just below what nearly all weeks reach, the threshold inside."""
    found = np.concatenate([_values(path.lines[name], len(path.weeks)).ravel() for name in _LOOKS])
    known = np.append(found[np.isfinite(found)], wire.threshold)
    if OBSERVABLES[wire.wire].kind == "share" and wire.side == "below":
        bottom = max(0.0, float(np.quantile(known, 0.005)) - 0.02)
        ax.set_ylim(min(bottom, wire.threshold - 0.02), 1.01)
    else:
        ax.set_ylim(0, 1.08 * max(float(known.max()), 1e-9) / step)


def _axis(sheet: style.Sheet, paths: Sequence[Path]) -> None:
    """Quarters before and after the April with which the year begins, the same for all panels."""
    days = [day for path in paths for day in _days(path)]
    first, last = min(days, default=0), max(days, default=1)
    ticks, labels = [], []
    for number in range(-36, 13, _MONTHS):
        month = 3 + number
        day = (date(2001 + month // 12, month % 12 + 1, 1) - date(2001, 4, 1)).days
        if first - 10 <= day <= last + 10:
            name = sheet.cat.text(f"chart.month_name.m{month % 12 + 1}")
            ticks.append(day)
            labels.append(sheet.text("april", name=name) if day == 0 else name)
    sheet.axes[-1].set_xlim(first - 10, last + 10)
    sheet.axes[-1].set_xticks(ticks, labels)
