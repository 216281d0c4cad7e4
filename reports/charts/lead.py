"""Lead times by month of receipt against the promised days: mean, spread of the cards, longest."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import series
from reports.catalogue import Catalogue
from reports.charts import margin, style
from reports.charts.margin import Label
from reports.run_data import RunData
from reports.series import Numbers

_SPREAD, _TARGET = "#ced8df", (0, (6, 2))


def draw_standard(data: RunData, cat: Catalogue) -> Figure:
    """Standard cards, receipt to dispatch, against the promised 14 days."""
    return _draw(data, cat, "lead-standard", "standard", "dispatch", "targets.issue_days")


def draw_express(data: RunData, cat: Catalogue) -> Figure:
    """Express cards, receipt to the resident, against the promised week."""
    return _draw(data, cat, "lead-express", "express", "delivery", "targets.express_days")


def _draw(data: RunData, cat: Catalogue, chart: str, kind: str, measure: str, limit_path: str) -> Figure:
    limit = float(data.at(limit_path))
    cards = series.judged(data, kind, measure, limit)
    sheet = style.sheet(data, cat, chart)
    ax = sheet.axes[0]
    style.month_axis(sheet, ax)
    if cards.empty or not cards["cards"].any():
        style.no_data(sheet, ax)
        return sheet.figure
    style.grid(ax)
    open_days = cards[~cards["touches_closure"]]
    labels, top = _months(sheet, ax, open_days)
    touched = _closures(sheet, ax, cards[cards["touches_closure"]])
    ax.axhline(limit, color=style.INK, linewidth=1.2, linestyle=_TARGET)
    labels.append(Label(limit, sheet.text("threshold", days=f"{limit:g}"), line=_TARGET))
    ax.set_ylim(0, 1.1 * max(limit * 1.25, top, touched))
    margin.label_ends(ax, labels)
    if touched:
        note = cat.text("chart.lead.closure")
        ax.text(1.012, 1.0, note, transform=ax.transAxes, va="bottom", fontsize=8, color=style.QUIET)
    return sheet.figure


def _months(sheet: style.Sheet, ax: Axes, cards: pd.DataFrame) -> tuple[list[Label], float]:
    data, text = sheet.data, sheet.cat.text
    x = np.arange(len(data.months))
    low, high = (_middle(series.card_quantile(cards, share, data)) for share in (0.1, 0.9))
    mean = _middle(series.card_mean(cards, data))
    planned = _middle(series.card_max(cards[~cards["exception"]], data))
    late = _middle(series.card_max(cards[cards["exception"]], data))
    ax.fill_between(x, low, high, color=_SPREAD, linewidth=0, step="mid" if len(x) > 2 else None)
    marker = "o" if len(x) <= 2 else None
    ax.plot(x, mean, color=style.DARK, linewidth=2.0, marker=marker)
    ax.plot(x, planned, color=style.DARK, linewidth=1.0, linestyle=":", marker=marker, drawstyle="steps-mid")
    ax.plot(x, late, color=style.WARM, linestyle="none", marker="o", markersize=3.5, markerfacecolor="white")
    ends = [
        Label(_last(mean), text("chart.lead.mean"), style.DARK, "-"),
        Label(_last((low + high) / 2), text("chart.lead.spread"), face=_SPREAD),
        Label(_last(planned), text("chart.lead.longest"), style.DARK, ":"),
        Label(_last(late), text("chart.lead.exception"), style.WARM, marker="o"),
    ]
    return [end for end in ends if not np.isnan(end.height)], style.largest(high, planned, late)


def _closures(sheet: style.Sheet, ax: Axes, cards: pd.DataFrame) -> float:
    longest = _middle(series.card_max(cards[~cards["exception"]], sheet.data))
    x = np.arange(len(longest))
    for month in x[~np.isnan(longest)]:
        ax.axvspan(month - 0.5, month + 0.5, color=style.FAINT, alpha=0.6, linewidth=0, zorder=0)
    ax.plot(x, longest, color=style.QUIET, linestyle="none", marker="_", markersize=6, markeredgewidth=1.8)
    return style.largest(longest)


def _middle(table: pd.DataFrame) -> Numbers:
    return series.band(table).median


def _last(values: Numbers) -> float:
    known = values[~np.isnan(values)]
    return float(known[-1]) if len(known) else float("nan")
