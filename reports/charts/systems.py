"""The systems: hours lost by fiscal year against what 99.9 % allows, planned stops apart; a panel a system."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats, series
from reports.catalogue import Catalogue
from reports.charts import margin, style
from reports.charts.margin import Label
from reports.run_data import RunData
from reports.series import Numbers
from sim.facts import SYSTEMS

_LEAST_BARS = 5
_ALLOWED = (0, (6, 2))
_PLANNED = ("#ffffff", "////")


@dataclass(frozen=True)
class Lost:
    """Hours of a system by fiscal year: lost (a table with a column a replication), allowed, planned stops."""

    lost: pd.DataFrame
    allowed: Numbers
    planned: Numbers
    serves: bool

    @property
    def mean(self) -> Numbers:
        """Hours lost, mean over replications."""
        return self.lost.mean(axis=1).to_numpy(dtype=np.float64)

    @property
    def top(self) -> float:
        """The highest thing to draw."""
        return style.largest(series.band(self.lost).high, self.mean, self.allowed, self.planned)


def hours(data: RunData, system: str) -> Lost:
    """What a system lost by fiscal year, and what the target allows it to lose."""
    lost, service, planned = (
        series.by_year(series.flow(data, f"{name}_minutes_{system}")) / 60 for name in ("outage", "service", "planned")
    )
    served = service.mean(axis=1).fillna(0.0).to_numpy(dtype=np.float64)
    return Lost(
        lost=lost,
        allowed=served * (1 - _share(data, lost.index)),
        planned=planned.mean(axis=1).to_numpy(dtype=np.float64),
        serves=bool(served.any()),
    )


def _share(data: RunData, years: pd.Index) -> Numbers:
    value = data.at("targets.availability")
    if value is None:
        return np.full(len(years), np.nan)
    return series.steps(value, [f"{year}-04" for year in years])


def draw_hours_lost(data: RunData, cat: Catalogue) -> Figure:
    """Bars of hours lost with their range, the allowance over them, a panel a system on one scale."""
    found = {name: hours(data, name) for name in SYSTEMS}
    top = max(system.top for system in found.values())
    sheet = style.sheet(data, cat, "hours-lost", rows=len(SYSTEMS), height=7.6)
    for (name, system), ax in zip(found.items(), sheet.axes, strict=True):
        years = [int(year) for year in system.lost.index]
        ax.set_title(formats.opening(cat.name("part", name)), loc="left", fontsize=10, color=style.INK, pad=4)
        ax.set_xlim(-0.6, max(len(years), _LEAST_BARS) - 0.4)
        ax.set_xticks(range(len(years)), [formats.fiscal_year_axis(cat, year) for year in years])
        if not system.serves:
            style.no_data(sheet, ax)
            continue
        style.grid(ax)
        ax.set_ylim(0, 1.22 * max(top, 0.1))
        _bars(ax, system)
    if any(system.serves for system in found.values()):
        _key(sheet, planned=any(system.planned.any() for system in found.values()))
    return sheet.figure


def _bars(ax: Axes, system: Lost) -> None:
    band, mean = series.band(system.lost), system.mean
    x = np.arange(len(mean))
    shift = 0.12 if system.planned.any() else 0.0
    ax.bar(x - shift, mean, 0.44, color="#9cc3de", edgecolor=style.QUIET, linewidth=0.4)
    ax.vlines(x - shift, band.low, band.high, color=style.DARK, linewidth=1.6)
    ax.plot(np.tile(x - shift, 2), [*band.low, *band.high], linestyle="none", marker="_", color=style.DARK)
    color, hatch = _PLANNED
    ax.bar(x + 0.24, system.planned, 0.2, color=color, hatch=hatch, edgecolor=style.QUIET, linewidth=0.4)
    ax.hlines(system.allowed, x - 0.42, x + 0.42, color=style.INK, linewidth=1.3, linestyle=_ALLOWED)
    for place, value, high, allowed in zip(x, mean, band.high, system.allowed, strict=True):
        text = formats.number(float(value), 1)
        style.value_label(ax, place - shift, max(float(value), float(high)), text, [float(allowed)])


def _key(sheet: style.Sheet, planned: bool) -> None:
    labels = [
        Label(0.0, sheet.text("lost"), face="#9cc3de"),
        Label(0.0, sheet.text("range"), style.DARK, "-"),
        Label(0.0, sheet.text("allowed"), line=_ALLOWED),
    ]
    if planned:
        labels.append(Label(0.0, sheet.text("planned"), face=_PLANNED[0], hatch=_PLANNED[1]))
    margin.key(sheet.axes[0], labels)
    if not planned:
        sheet.axes[-1].text(
            1.012, 0.0, sheet.text("none_planned"), transform=sheet.axes[-1].transAxes, fontsize=8, color=style.QUIET
        )
