"""Monthly limits of the plant, and how a chart draws a limit that lies far above its data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from reports import formats, series
from reports.capacity_fields import CAP_FIELD
from reports.charts import style
from reports.charts.margin import Label
from reports.run_data import RunData
from reports.series import Numbers
from sim.facts import STATIONS

_IN_SIGHT = 3.0


@dataclass(frozen=True)
class Limit:
    """A monthly limit with its name and look."""

    name: str
    values: Numbers
    color: str
    line: str
    width: float = 1.8

    def label(self, step: float) -> Label:
        """Its name at the right edge of a chart drawn in ``step``."""
        return Label(float(self.values[-1]) / step, self.name, self.color, self.line)


def cap(data: RunData) -> Numbers:
    """The monthly cap on dispatch; infinite where the scenario has none."""
    value = data.at(CAP_FIELD)
    return np.full(len(data.months), np.inf) if value is None else series.steps(value, data.months)


def passable(data: RunData) -> pd.DataFrame:
    """Cards that could be made and dispatched by month and replication: the least of stations and cap."""
    tables = [series.flow(data, f"capacity_{name}") for name in STATIONS]
    least = tables[0]
    for table in tables[1:]:
        least = least.where(least <= table, table)
    return least.clip(upper=pd.Series(cap(data), index=least.index), axis=0)


def utilisation(data: RunData, station: str) -> series.Band:
    """Work done over capacity of a station by month."""
    return series.band(series.ratio(series.flow(data, f"done_{station}"), series.flow(data, f"capacity_{station}")))


def draw_limits(sheet: style.Sheet, ax: Axes, limits: list[Limit], step: float, data_top: float) -> list[Limit]:
    """Draw the limits in sight; name those far above the data in a note instead. Returns the drawn ones."""
    seen = [limit for limit in limits if 0 < _least(limit) <= _IN_SIGHT * max(data_top, 1.0)]
    x = np.arange(len(sheet.data.months))
    for limit in seen:
        marker = "_" if len(x) <= 2 else None
        look: dict[str, Any] = {"color": limit.color, "linestyle": limit.line, "linewidth": limit.width}
        ax.plot(
            x,
            limit.values / step,
            marker=marker,
            drawstyle="steps-mid",
            path_effects=style.halo(limit.width + 1.6),
            **look,
        )
    far = [limit for limit in limits if limit not in seen and 0 < _least(limit) < np.inf]
    notes = [
        sheet.cat.text("chart.off_chart", name=limit.name, value=formats.rough(sheet.cat, _least(limit)))
        for limit in far
    ]
    ax.text(
        0.995,
        1.01,
        "\n".join(notes),
        transform=ax.transAxes,
        ha="right",
        va="bottom",
        fontsize=8,
        color=style.QUIET,
    )
    return seen


def _least(limit: Limit) -> float:
    finite = limit.values[np.isfinite(limit.values)]
    return float(finite.min()) if len(finite) else np.inf
