"""Points of the planner's own figures (実績) on a chart of the same series, in the middle of each stated month."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from reports.charts import style
from reports.charts.margin import Label
from reports.charts.style import Sheet
from reports.series import Numbers

_MARKER = "D"


def draw_points(sheet: Sheet, ax: Axes, values: Numbers, step: float = 1.0) -> list[Label]:
    """Draw the stated values (NaN where none is) in units of ``step``; their label, or none if nothing is stated."""
    known = np.isfinite(values)
    if not known.any():
        return []
    x = np.arange(len(values))
    look: dict[str, Any] = {"marker": _MARKER, "markersize": 4, "markeredgewidth": 1.1, "zorder": 4}
    ax.plot(
        x[known],
        values[known] / step,
        linestyle="none",
        color=style.INK,
        markerfacecolor="white",
        path_effects=style.halo(2.4),
        **look,
    )
    return [Label(style.last(values) / step, sheet.cat.text("actuals.point"), style.INK, marker=_MARKER)]
