"""What certainty costs: the curve of each period with its interval and the plans on it; yen for each further point."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats, values
from reports.catalogue import Catalogue
from reports.charts import margin, style
from reports.charts.margin import Label
from reports.run_data import as_run
from reports.size import cells, tables
from reports.size.budget import Money, money
from reports.size.data import CurvePoint, Sizing, Step
from sim.calendar import RUN, Period

_TICKS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


def draw_cost(data: Sizing, cat: Catalogue, chart: str) -> Figure:
    """Cost with tax against certainty, a panel a period: line and band from the curve, points for the plans."""
    unit = money(data)
    years = sorted({line.fiscal_year for plan in data.priced for line in plan.lines or ()})
    periods = list(dict.fromkeys([*(Period.of_year(year) for year in years), *(point.period for point in data.curve)]))
    height = 2.2 + 1.75 * len(periods)
    named = {"money": values.text(cat, unit.name), "prices": _mark(data, cat)}
    sheet = style.sheet(as_run(data), cat, chart, rows=len(periods), height=height, **named)
    for period, ax in zip(periods, sheet.axes, strict=True):
        _period(sheet, ax, data, unit, period)
    _certainties(sheet, data)
    labels = [Label(0, sheet.text("curve"), style.DARK, "-")] if data.curve else []
    labels.append(Label(0, sheet.text("plans"), style.DARK, marker="o", fill=style.DARK))
    if any(not plan.shown for plan in data.priced):
        labels.append(Label(0, sheet.text("not_shown"), style.DARK, marker="o"))
    margin.key(sheet.axes[0], labels)
    return sheet.figure


def _period(sheet: style.Sheet, ax: Axes, data: Sizing, unit: Money, period: str) -> None:
    points = sorted((point for point in data.curve if point.period == period), key=lambda point: point.certainty)
    x = [point.certainty for point in points]
    low, high, middle = (_yen(points, name, unit) for name in ("low", "high", "yen"))
    ax.fill_between(x, low, high, color=style.DARK, alpha=0.2, linewidth=0, zorder=1)
    ax.plot(x, middle, color=style.DARK, linewidth=1.8, zorder=2)
    for plan in data.priced:
        own = [line.yen_incl_tax for line in plan.lines or () if period in (RUN, Period.of_year(line.fiscal_year))]
        fill = style.DARK if plan.shown else "white"
        look: dict[str, Any] = {"marker": "o", "markersize": 6, "markerfacecolor": fill, "zorder": 4}
        ax.plot([plan.certainty], [sum(own) / unit.step], color=style.DARK, **look)
    ax.set_title(formats.period(sheet.cat, period), loc="left", fontsize=10, color=style.INK, pad=4)
    style.grid(ax)
    ax.margins(y=0.15)
    ax.locator_params(axis="y", nbins=5)
    ax.yaxis.set_major_formatter(lambda value, _: formats.number(value, 0 if value == round(value) else 1))


def _yen(points: Sequence[CurvePoint], name: str, unit: Money) -> list[float]:
    """One of the numbers of a point in the unit; not a number where the data do not reach."""
    known = (getattr(point, name) for point in points)
    return [nan if yen is None else yen / unit.step for yen in known]


def _certainties(sheet: style.Sheet, data: Sizing) -> None:
    """The certainties along the lowest axes, which all share."""
    known = sorted({point.certainty for point in data.curve} | {plan.certainty for plan in data.priced})
    low, high = known[0], known[-1]
    ticks = [tick for tick in _TICKS if low - 1e-9 <= tick <= high + 1e-9] or known
    sheet.axes[-1].set_xlim(low - 0.02, min(high + 0.02, 1.005))
    sheet.axes[-1].set_xticks(ticks, [values.text(sheet.cat, cells.certainty(tick)) for tick in ticks])


def draw_further(data: Sizing, cat: Catalogue, chart: str) -> Figure:
    """Yen for each further point of certainty: a group of bars a step, one a fiscal year, with intervals."""
    unit, found = money(data), [step for step in data.steps if step.period != RUN]
    sheet = style.sheet(
        as_run(data), cat, chart, height=4.3, money=values.text(cat, unit.name), prices=_mark(data, cat)
    )
    ax = sheet.axes[0]
    if not found:
        style.no_data(sheet, ax)
        ax.set_xticks([])
        return sheet.figure
    style.grid(ax)
    periods = list(dict.fromkeys(step.period for step in found))
    ends = list(dict.fromkeys((step.lower, step.upper) for step in found))
    for place, period in enumerate(periods):
        _bars(ax, unit, [step for step in found if step.period == period], ends, place, len(periods))
    ax.set_xticks(range(len(ends)), [values.text(cat, tables.between(*each)) for each in ends])
    ax.axhline(0, color=style.QUIET, linewidth=0.8)
    ax.yaxis.set_major_formatter(lambda value, _: formats.number(value))
    margin.key(ax, [Label(0, formats.period(cat, period), face=_face(place)) for place, period in enumerate(periods)])
    return sheet.figure


def _bars(
    ax: Axes, unit: Money, found: Sequence[Step], ends: Sequence[tuple[float, float]], place: int, count: int
) -> None:
    width = 0.7 / count
    for step in found:
        x = ends.index((step.lower, step.upper)) + (place - (count - 1) / 2) * width
        ax.bar(x, step.yen / unit.step, width=width * 0.9, color=_face(place), edgecolor=style.QUIET)
        ax.plot([x, x], [step.low / unit.step, step.high / unit.step], color=style.WARM, linewidth=1.6, zorder=4)


def _face(place: int) -> str:
    return (style.DARK, "#9dbbd0", "#5b8aa9", "#d5dfe6", "#2a5f80")[place % 5]


def _mark(data: Sizing, cat: Catalogue) -> str:
    assumed = [line.assumed for plan in data.priced for line in plan.lines or ()]
    return values.text(cat, cells.price_mark(assumed))
