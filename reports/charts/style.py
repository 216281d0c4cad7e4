"""The look that all charts share: sheet, small print, months on the axis, direct labels, fonts.

Charts are plain ``Figure`` objects; nothing touches pyplot. Everything is told apart by lightness and by line
style or hatching, so that a chart reads in grey. Titles, names and small print are never read as mathematics.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reports import formats
from reports.catalogue import Catalogue
from reports.run_data import RunData
from reports.series import Band, Numbers, steps
from sim.calendar import fiscal_year_of_month

INK, QUIET, FAINT, DARK, WARM = "#1a1a1a", "#5f5f5f", "#d9d9d9", "#0b3c5d", "#b34700"
WIDTH, LEFT, RIGHT, TOP, BOTTOM = 10.0, 0.75, 2.3, 0.85, 0.92
SHORT = 18
"""Runs of up to this many months show every month on their axis."""
_JAPANESE = "IPAexGothic"
_SEEN = 0.01
"""Part of a panel's height below which a line cannot be told from its foot."""


Data = TypeVar("Data")


@dataclass(frozen=True)
class Chart(Generic[Data]):
    """One figure in the making: its data, language, chart id and axes from top to bottom."""

    figure: Figure
    axes: tuple[Axes, ...]
    data: Data
    cat: Catalogue
    chart: str

    def text(self, key: str, **values: object) -> str:
        """A text of this chart; where a value is empty, such as a scale of 1, no gap is left."""
        return re.sub(" {2,}", " ", self.cat.text(f"chart.{self.chart}.{key}", **values)).strip(" ")


Sheet = Chart[RunData]
"""A figure of a run."""


@contextmanager
def drawing(lang: str) -> Iterator[None]:
    """Matplotlib's settings while a chart is drawn or saved; as before afterwards."""
    _register_japanese()
    families = [_JAPANESE, "DejaVu Sans"] if lang == "ja" else ["DejaVu Sans", _JAPANESE]
    settings: Any = {
        "font.family": families,
        "font.size": 9,
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": QUIET,
        "hatch.linewidth": 0.6,
        "svg.hashsalt": "cardflow",
        "svg.fonttype": "path",
        "text.parse_math": False,
    }
    with mpl.rc_context(settings):
        yield


def _register_japanese() -> None:
    known = {entry.name for entry in font_manager.fontManager.ttflist}
    spec = importlib.util.find_spec("matplotlib_fontja")
    if _JAPANESE in known or spec is None or not spec.submodule_search_locations:
        return
    font_manager.fontManager.addfont(Path(spec.submodule_search_locations[0]) / "fonts" / "ipaexg.ttf")


def sheet(data: RunData, cat: Catalogue, chart: str, rows: int = 1, height: float = 4.9, **unit: object) -> Sheet:
    """A figure with title, unit and small print, and ``rows`` axes over each other that share the months."""
    figure = Figure(figsize=(WIDTH, height), facecolor="white")
    grid = figure.subplots(rows, 1, sharex=True, squeeze=False)
    figure.subplots_adjust(
        left=LEFT / WIDTH,
        right=1 - RIGHT / WIDTH,
        top=1 - (TOP + 0.2 * (rows > 1)) / height,
        bottom=BOTTOM / height,
        hspace=0.32,
    )
    done = Sheet(figure, tuple(grid[:, 0]), data, cat, chart)
    title = done.text("title", **title_values(data, cat))
    lettering(figure, title, done.text("unit", **unit), _small_print(done))
    return done


def lettering(figure: Figure, title: str, unit: str, small_print: str) -> None:
    """Title and unit at the top of a figure, small print at its foot."""
    height = figure.get_size_inches()[1]
    _at(figure, height - 0.28, title, size=13, color=INK)
    _at(figure, height - 0.56, unit, size=9, color=QUIET)
    _at(figure, 0.1, small_print, size=7, color=QUIET, va="bottom", linespacing=1.4)


def title_values(data: RunData, cat: Catalogue) -> dict[str, str]:
    """What titles of charts may name: the share of hours in which systems are to be available."""
    value = data.at("targets.availability")
    share = "" if value is None else formats.percent(cat, float(steps(value, data.months)[0]))
    return {"share": share}


def _at(figure: Figure, inches: float, text: str, **look: Any) -> None:
    figure.text(0.2 / WIDTH, inches / figure.get_size_inches()[1], text, ha="left", **{"va": "baseline", **look})


def _small_print(sheet: Sheet) -> str:
    run, own = sheet.data.run, f"chart.{sheet.chart}.reading"
    reading = sheet.cat.text(own if sheet.cat.has(own) else "chart.line_and_band")
    names = {key: getattr(run, key) for key in ("version", "scenario", "seed", "replications")}
    return sheet.cat.text("chart.small_print", reading=reading, **names)


def month_axis(sheet: Sheet, ax: Axes) -> None:
    """Months along the axis: fiscal years for long runs, months for short ones."""
    months = sheet.data.months
    ax.set_xlim(-0.5, len(months) - 0.5)
    if len(months) <= SHORT:
        ax.set_xticks(range(len(months)), [_month_tick(sheet.cat, months, i) for i in range(len(months))])
        return
    starts = [i for i, month in enumerate(months) if month.endswith("-04") or i == 0]
    ends = [*starts[1:], len(months)]
    ax.set_xticks([i - 0.5 for i in starts], [""] * len(starts))
    ax.tick_params(axis="x", which="major", length=5, color=QUIET)
    centres = [(start + end - 1) / 2 for start, end in zip(starts, ends, strict=True)]
    labels = [formats.fiscal_year_axis(sheet.cat, fiscal_year_of_month(months[i])) for i in starts]
    ax.set_xticks(centres, labels, minor=True)
    ax.tick_params(axis="x", which="minor", length=0)


def _month_tick(cat: Catalogue, months: Sequence[str], index: int) -> str:
    year, month = months[index].split("-")
    name = cat.text(f"chart.month_name.m{int(month)}")
    first = index == 0 or month == "01"
    return cat.text("format.month_axis", name=name, year=year) if first else name


def scale(cat: Catalogue, top: float) -> tuple[float, str]:
    """The step in which counts up to ``top`` are drawn, with its name: 万 or 億 in Japanese, million in English."""
    if cat.lang == "ja":
        large = (1e8, "億") if top >= 1e8 else (1e4, "万")
        return large if top >= 2e4 else (1.0, "")
    if top >= 2e6:
        return 1e6, cat.text("chart.million")
    return (1e3, cat.text("chart.thousand")) if top >= 2e3 else (1.0, cat.text("chart.plain"))


def largest(*series: Numbers) -> float:
    """The largest number of all series; 0 where there is none."""
    return max((float(np.max(np.nan_to_num(values), initial=0.0)) for values in series), default=0.0)


def draw_band(ax: Axes, band: Band, step: float, color: str, style: str = "-", alpha: float = 0.22) -> None:
    """Median as a line, 10-90 % of replications as an area; a broken line lies over a solid one and lets it show."""
    x = np.arange(len(band.periods))
    ax.fill_between(x, band.low / step, band.high / step, color=color, alpha=alpha, linewidth=0)
    look: dict[str, Any] = {"marker": "o" if len(x) <= 2 else None, "markersize": 4, "linewidth": 1.6}
    ax.plot(x, band.median / step, color=color, linestyle=style, zorder=2.0 if style == "-" else 2.2, **look)


def value_label(ax: Axes, x: float, y: float, text: str, lines: Sequence[float] = ()) -> None:
    """A number just above a point, lifted over horizontal ``lines`` that would strike it, on a white ground.

    Needs the final height of the axes.
    """
    bottom, top = ax.get_ylim()
    inch = (top - bottom) / (ax.get_position().height * ax.figure.get_size_inches()[1])  # type: ignore[union-attr]
    for line in sorted(lines):
        if y - 0.03 * inch <= line <= y + 0.19 * inch:
            y = line
    look: dict[str, Any] = {"textcoords": "offset points", "ha": "center", "va": "bottom", "fontsize": 8}
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
    ax.annotate(text, (x, y), (0, 3), bbox=ground, zorder=5, **look)


def halo(width: float) -> list[Any]:
    """A white edge that keeps a line apart from dark areas below it."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=width, foreground="white")]


def last(values: Numbers) -> float:
    """The last number that is known; 0 where there is none."""
    known = values[np.isfinite(values)]
    return float(known[-1]) if len(known) else 0.0


def percent_axis(sheet: Sheet, ax: Axes) -> None:
    """Shares on the axis as percentages."""
    low, high = ax.get_ylim()
    step = next(size for size in (0.01, 0.02, 0.05, 0.1, 0.2) if (high - low) / size <= 7 or size == 0.2)
    ticks = np.arange(np.ceil(low / step - 1e-9), np.floor(min(high, 1.0) / step + 1e-9) + 1) * step
    ax.set_yticks(ticks, [formats.percent(sheet.cat, min(round(float(tick), 4), 1.0), 0) for tick in ticks])


def note(sheet: Sheet, ax: Axes, text: str) -> None:
    """A quiet word in the middle of a chart that has its axes but no line to see."""
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", color=QUIET)


def note_if_flat(sheet: Sheet, ax: Axes, top: float, text: str) -> None:
    """The note where the largest value, as drawn, is too small for its line to be told from the foot of the axes."""
    if top < _SEEN * ax.get_ylim()[1]:
        note(sheet, ax, text)


def no_data(sheet: Sheet, ax: Axes, text: str = "") -> None:
    """Say in an empty chart that it is empty, or what that means."""
    ax.set_ylim(0, 1)
    ax.set_yticks([])
    note(sheet, ax, text or sheet.cat.text("chart.no_data"))


def grid(ax: Axes) -> None:
    """Faint lines across, behind the data."""
    ax.set_axisbelow(True)
    ax.grid(axis="y", color=FAINT, linewidth=0.6)
