"""All charts of a validation in the order of its page, and how they are drawn into its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matplotlib.figure import Figure

from reports.catalogue import Catalogue
from reports.charts import fitted, published, style
from reports.charts.save import save_figure
from reports.validation.data import Validation

CHARTS: dict[str, Callable[[Validation, Catalogue], Figure | None]] = {
    "validation-rows": fitted.draw_rows,
    "validation-handed-over": published.draw_handed_over,
    "validation-held": published.draw_held,
    "validation-notices": published.draw_notices,
    "validation-fits": fitted.draw_fits,
    "validation-calendars": fitted.draw_calendars,
    "validation-trade-off": fitted.draw_trade_off,
}
"""Id (file name and key of its texts) and the function that draws it; ``None`` where there is nothing to draw."""


def save_charts(data: Validation, cat: Catalogue, folder: Path) -> dict[str, Path]:
    """Draw every chart that has data into a folder, as PNG and SVG; returns the PNG of each chart id."""
    folder.mkdir(parents=True, exist_ok=True)
    saved = {}
    with style.drawing(cat.lang):
        for name, draw in CHARTS.items():
            figure = draw(data, cat)
            if figure is not None:
                saved[name] = save_figure(figure, folder, name)
    return saved
