"""A figure of a sweep in the making: title, small print, rows of panels, values of inputs along an axis."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator

from reports import names, values
from reports.catalogue import Catalogue
from reports.charts import style
from reports.document import Number, say
from reports.sweep import words
from reports.sweep.data import Line, Sweep, Varied
from scenarios.sweep.responses import Doubt

_SHORT = {"en": 52, "ja": 34}
"""Characters of a meaning, where two stand beside each other."""
Panels = list[list[Axes]]
"""Axes by row, then column."""


def sheet(
    data: Sweep,
    cat: Catalogue,
    title: str,
    unit: str,
    reading: str,
    heights: Sequence[float],
    columns: int,
    left: float = style.LEFT,
    right: float = 0.3,
    bottom: float = 0.95,
    gap: float = 0.32,
    replications: int | None = None,
) -> tuple[Figure, Panels]:
    """A figure with rows of panels of these ``heights``; they, ``left``, ``right``, ``bottom``, ``gap`` in inches."""
    height = sum(heights) + style.TOP + 0.2 + bottom + gap * (len(heights) - 1)
    figure = Figure(figsize=(style.WIDTH, height), facecolor="white")
    axes = figure.subplots(
        len(heights), columns, squeeze=False, gridspec_kw={"height_ratios": list(heights)}, sharey="row"
    )
    figure.subplots_adjust(
        left=left / style.WIDTH,
        right=1 - right / style.WIDTH,
        top=1 - (style.TOP + 0.2) / height,
        bottom=bottom / height,
        hspace=gap * len(heights) / sum(heights),
        wspace=0.14,
    )
    names = {key: data.head[key] for key in ("version", "scenario", "seed")}
    names["replications"] = replications or data.replications
    style.lettering(figure, title, unit, cat.text("chart.small_print", reading=reading, **names))
    return figure, [list(row) for row in axes]


def reading(cat: Catalogue, kind: str, doubt: Doubt) -> str:
    """How to read a chart of probabilities: counted in replications, or computed."""
    return cat.text(f"sweep.chart.{kind}_reading" + ("" if doubt.computed is None else "_computed"))


def input_axis(cat: Catalogue, ax: Axes, own: Varied, bins: int = 4) -> None:
    """Values of an input along the axis: few ticks, at simulated values where those are few; short numbers."""
    few = own.values is not None and len(own.values) <= bins + 2
    ax.xaxis.set_major_locator(FixedLocator(own.values or ()) if few else _locator(bins))
    ax.xaxis.set_major_formatter(lambda value, _: tick(cat, float(value)))
    ax.tick_params(axis="x", labelsize=8)


def value_axis(cat: Catalogue, ax: Axes) -> None:
    """The same for an input that stands upwards."""
    ax.yaxis.set_major_locator(_locator(6))
    ax.yaxis.set_major_formatter(lambda value, _: tick(cat, float(value)))
    ax.tick_params(axis="y", labelsize=8)


def tick(cat: Catalogue, value: float) -> str:
    """A value of an input on an axis: short."""
    return values.text(cat, Number(value, "rough") if abs(value) >= 10_000 else words.number(value))


def _locator(bins: int) -> MaxNLocator:
    return MaxNLocator(nbins=bins, steps=[1, 2, 2.5, 5, 10])


def probability_axis(cat: Catalogue, ax: Axes) -> None:
    """0 to 100 % upwards."""
    ax.set_ylim(-0.04, 1.04)
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    ax.set_yticks(ticks, [cat.text("format.percent", number=f"{100 * tick:.0f}") for tick in ticks])
    ax.tick_params(axis="y", labelsize=8)
    style.grid(ax)


def name_of(cat: Catalogue, own: Varied) -> str:
    """An input under its axis: meaning, unit and path."""
    unit = values.text(cat, words.unit(own))
    inside = f"{own.path}, {unit}" if unit else own.path
    return cat.text("format.parenthesis", text=values.text(cat, names.meaning(own.path)), inside=inside)


def short_name(cat: Catalogue, own: Varied) -> str:
    """The same for two beside each other whose paths stand at the axes: meaning and unit, cut where it is too long."""
    named = f"prices.item.{own.path}"  # says whose seats they are
    told = cut(values.text(cat, say(named) if cat.has(named) else names.meaning(own.path)), _SHORT[cat.lang])
    return cat.text("format.parenthesis", text=told, inside=values.text(cat, words.unit(own)) or own.path)


def cut(text: str, most: int) -> str:
    """A text of so many characters at most."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def along(rows: Sequence[Line], path: str) -> list[Line]:
    """Rows in rising order of an input."""
    return sorted(rows, key=lambda row: float(row[path]))


def mark_today(ax: Axes, today: float, ends: tuple[float, float]) -> None:
    """A dashed line at what the scenario has, where the axis reaches it."""
    if ends[0] <= today <= ends[1]:
        ax.axvline(today, color=style.WARM, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1)
