"""Marks of a panel as matplotlib draws them: areas below, then lines, broken ones over solid ones, points, words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, assert_never

import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from reports import formats, values
from reports.document import Ranged, Value
from reports.drawing import Amount, Arrow, Bars, Box, Cells, Mark, Panel, Rule, Scale, Series, Words
from reports.faces.figures import dots
from reports.faces.figures.breaking import broken
from reports.faces.figures.plane import Plane
from reports.looks import INK, QUIET, Look, shade

MARKERS = {
    "circle": "o", "square": "s", "diamond": "D", "up": "^", "down": "v", "cross": "x", "filled cross": "X",
    "dot": ".", "upright": "|", "level": "_",
}  # fmt: skip
_STROKES, _SMALL = ("cross", "upright", "level"), 4.0
_BAND = 0.2
"""How much of its colour the interval of a line has."""
_AREA, _RULE, _LINE, _POINT = 1.0, 1.5, 2.0, 3.0
"""What lies over what; among alike, the later mark."""
_FEW = 2
"""Lines of up to so many points show them."""
_CHARACTER = 0.62
"""The width of a half-width character for the size of letters."""
_OFF = 5
"""Points between words and what they stand beside."""
_NAME, _TOLD = 8.0, 7.0
"""Points of the name of a box, and of what is told of boxes and arrows."""
_NAME_COLUMN, _TOLD_COLUMN, _PADDING = 0.058, 0.055, 0.06
"""Inches that a half-width character of these takes, and between words and the edge of a box."""
_LEADING, _DROP, _BETWEEN = 1.25, 0.3, " · "
"""Height of a line and what of it lies below its letters, in their size; and what stands between things told."""
_LONG = 2.0
"""Inches of an arrow along which its amount and interval stand in one line."""
_LIFT = 0.19
"""Inches that words above a point take."""


def draw(plane: Plane, panel: Panel) -> None:
    """All marks but those that need the final limits: dots of a size, words, boxes and arrows."""
    for mark in panel.marks:
        _draw(plane, mark)


def letter(plane: Plane, panel: Panel) -> None:
    """Dots of a size, words, boxes and arrows, inside the limits of the panel."""
    for mark in panel.marks:
        match mark:
            case Cells() if mark.dots:
                dots.draw(plane, mark)
            case Words():
                _words(plane, mark)
            case Box():
                _box(plane, mark)
            case Arrow():
                _arrow(plane, mark)
    dots.letter(plane, panel)


def contain(plane: Plane, panel: Panel) -> None:
    """Widen a scale that rows stand on until words before and after their marks stand inside it."""
    if not panel.across or not isinstance(panel.values, Scale) or panel.values.low is not None:
        return
    for mark in panel.marks:
        if isinstance(mark, Words) and mark.where in ("before", "after"):
            text = values.text(plane.cat, mark.text)
            taken = (_CHARACTER * mark.size * formats.width(text) + 2 * _OFF) / 72 / plane.width
            low, high = plane.ax.get_xlim()
            at = mark.value / plane.step
            if mark.where == "before":
                plane.ax.set_xlim(min(low, (at - taken * high) / (1 - taken)), high)
            else:
                plane.ax.set_xlim(low, max(high, (at - taken * low) / (1 - taken)))


def _draw(plane: Plane, mark: Mark) -> None:
    match mark:
        case Series():
            _series(plane, mark)
        case Bars():
            _bars(plane, mark)
        case Rule():
            _rule(plane, mark)
        case Cells() if not mark.dots:
            _cells(plane, mark)
        case Cells() | Words() | Box() | Arrow():
            pass
        case _:
            assert_never(mark)


def inside(look: Look) -> str:
    """The colour inside a marker."""
    return look.fill or look.color


def outline(look: Look) -> dict[str, Any]:
    """How a line is drawn."""
    halo = {"path_effects": [withStroke(linewidth=look.width + 1.6, foreground="white")]} if look.halo else {}
    return {"linestyle": (0, look.dash) if look.dash else "-", "linewidth": look.width, "alpha": look.opacity, **halo}


def marker(look: Look) -> dict[str, Any]:
    """How points are drawn."""
    shown: dict[str, Any] = {"marker": MARKERS[look.marker], "markersize": look.size, "markerfacecolor": inside(look)}
    halo = {"path_effects": [withStroke(linewidth=2.4, foreground="white")]} if look.halo else {}
    edge = 0.0 if look.opacity < 1 else 1.8 if look.marker in _STROKES else 1.3 if look.size > _SMALL else 1.0
    return {**shown, "color": look.color, "markeredgewidth": edge, "alpha": look.opacity, "linestyle": "none", **halo}


def _series(plane: Plane, mark: Series) -> None:
    count = max(len(mark.values), len(mark.low))
    places = np.asarray(mark.places or range(count), dtype=np.float64)
    if mark.low and mark.whiskers:
        lines = plane.ax.hlines if plane.across else plane.ax.vlines
        ends = plane.values(mark.low), plane.values(mark.high)
        lines(places, *ends, color=mark.look.color, zorder=_LINE + 0.5, **outline(mark.look))
    elif mark.low:
        _band(plane, mark, places)
    if not mark.values:
        return
    if mark.look.width and not mark.whiskers:
        _line(plane, mark, places)
    if mark.look.marker:
        at = plane.xy(places, plane.values(mark.values))
        plane.ax.plot(*at, zorder=_POINT, **marker(mark.look))


def _edges(places: Any) -> Any:
    """The ends of steps: halfway between places one after another."""
    return np.append(places - 0.5, places[-1] + 0.5)


def _band(plane: Plane, mark: Series, places: Any) -> None:
    low, high, look = plane.values(mark.low), plane.values(mark.high), mark.look
    shared: dict[str, Any] = {"color": look.fill or look.color, "linewidth": 0, "zorder": _AREA}
    shared["alpha"] = 1.0 if look.fill else _BAND * look.opacity
    if mark.steps:
        plane.ax.stairs(high, _edges(places), baseline=low, fill=True, **shared)
    else:
        plane.ax.fill_between(places, low, high, **shared)


def _line(plane: Plane, mark: Series, places: Any) -> None:
    drawn, over = plane.values(mark.values), _LINE + 0.2 * bool(mark.look.dash)
    look = {"color": mark.look.color, "zorder": over, **outline(mark.look)}
    if mark.steps:
        plane.ax.stairs(drawn, _edges(places), baseline=None, **look)
        return
    few: dict[str, Any] = {"marker": "o", "markersize": 4} if len(places) <= _FEW and not mark.places else {}
    plane.ax.plot(*plane.xy(places, drawn), **look, **few)


def _bars(plane: Plane, mark: Bars) -> None:
    places = np.asarray(mark.places or range(len(mark.values)), dtype=np.float64)
    long, base = plane.values(mark.values), plane.values(mark.base or (0.0,) * len(mark.values))
    look = mark.look
    shared: dict[str, Any] = {"facecolor": look.fill, "edgecolor": look.color, "hatch": look.hatch, "zorder": _AREA}
    shared["linewidth"] = look.width or 0.4
    if mark.width == 1:
        plane.ax.stairs(base + long, _edges(places), baseline=base, fill=True, **shared)
    elif plane.across:
        plane.ax.barh(places, long, mark.width, left=base, **shared)
    else:
        plane.ax.bar(places, long, mark.width, bottom=base, **shared)


def _rule(plane: Plane, mark: Rule) -> None:
    along_x = mark.upright != plane.across
    at = mark.at if mark.upright else mark.at / plane.step
    if mark.to is None:
        through = plane.ax.axvline if along_x else plane.ax.axhline
        through(at, color=mark.look.color, zorder=_RULE, **outline(mark.look))
        return
    to = mark.to if mark.upright else mark.to / plane.step
    span = plane.ax.axvspan if along_x else plane.ax.axhspan
    span(at, to, color=mark.look.fill, linewidth=0, zorder=0)


def _cells(plane: Plane, mark: Cells) -> None:
    x, y = plane.xy(np.asarray(mark.places), plane.values(mark.values))
    shades = [shade(mark.shades, amount / mark.most) for amount in mark.amounts]
    if mark.size is None:
        plane.ax.scatter(x, y, c=shades, s=34, edgecolors=QUIET, linewidths=0.6, zorder=_POINT)
        return
    wide, high = plane.xy(*mark.size)
    plane.ax.bar(x, high, wide, bottom=y - high / 2, color=shades, linewidth=0, antialiased=False, zorder=_AREA)


def _box(plane: Plane, mark: Box) -> None:
    """Its name at the top, or in the middle where nothing is told of it; what is told stands below."""
    x, y = plane.xy(mark.place, mark.value / plane.step)
    wide, high = plane.xy(mark.size[0], mark.size[1] / plane.step)
    field = Rectangle((x - wide / 2, y - high / 2), wide, high, facecolor=mark.look.fill, edgecolor=mark.look.color)
    field.set(linewidth=mark.look.width or 0.8, zorder=_AREA, clip_on=False)
    plane.ax.add_patch(field)
    room = plane.inches(wide) - _PADDING
    name = broken(values.text(plane.cat, mark.name), int(room / _NAME_COLUMN))
    if not mark.told:
        _text(plane, (x, y), (0, 0), name, _NAME)
        return
    told = _filled([_told(plane, *each) for each in mark.told], int(room / _TOLD_COLUMN))
    top, below = y + high / 2, 1.4 * _NAME * (name.count("\n") + 1) + 5
    _text(plane, (x, top), (0, -4), name, _NAME, vertical="top")
    _text(plane, (x, top), (0, -below), told, _TOLD, vertical="top")


def _filled(pieces: list[str], columns: int) -> str:
    """Pieces side by side as far as there is room, each that is wider in several lines."""
    lines: list[str] = []
    for piece in pieces:
        if lines and formats.width(f"{lines[-1]}{_BETWEEN}{piece}") <= columns:
            lines[-1] += f"{_BETWEEN}{piece}"
        else:
            lines.append(broken(piece, columns))
    return "\n".join(lines)


def _arrow(plane: Plane, mark: Arrow) -> None:
    """A line with a head, its name above it and its amount below, or both beside it where it runs up or down."""
    points = [plane.xy(place, value / plane.step) for place, value in mark.path]
    head = 5 + 2.2 * mark.look.width
    line = FancyArrowPatch(path=Path(points), arrowstyle="-|>", mutation_scale=head, shrinkA=0, shrinkB=0)
    line.set(linestyle=outline(mark.look)["linestyle"], linewidth=mark.look.width, color=mark.look.color)
    line.set(joinstyle="miter", capstyle="butt", clip_on=False, zorder=_AREA)
    plane.ax.add_patch(line)
    middle = plane.xy(mark.middle[0], mark.middle[1] / plane.step)
    name, gap = values.text(plane.cat, mark.name), 2.5 + 0.9 * mark.look.width
    amount = "" if mark.amount is None else _told(plane, "", mark.amount)
    if mark.along != plane.across:
        long = plane.inches(abs(mark.stretch[1][0] - mark.stretch[0][0])) > _LONG
        _text(plane, middle, (0, gap), name, vertical="bottom")
        _text(plane, middle, (0, -gap), amount if long else _cut(amount), vertical="top")
    else:
        horizontal, away = ("left", gap + 2) if mark.after else ("right", -gap - 2)
        _text(plane, middle, (away, 0), "\n".join(filter(None, (name, _cut(amount)))), horizontal=horizontal)


def _text(
    plane: Plane,
    at: tuple[float, float],
    away: tuple[float, float],
    text: str,
    size: float = _TOLD,
    horizontal: str = "center",
    vertical: str = "center",
) -> None:
    """Words so many points away from a point, each line by itself, so that other letters in a page keep its place."""
    lines, high = text.split("\n"), _LEADING * size
    top = away[1] + {"top": 0.0, "center": 0.5, "bottom": 1.0}[vertical] * high * len(lines)
    for number, line in enumerate(lines):
        plane.ax.annotate(
            line, at, (away[0], top - high * (number + 1) + _DROP * size), textcoords="offset points", fontsize=size,
            color=INK, ha=horizontal, va="baseline", zorder=_POINT, annotation_clip=False,
        )  # fmt: skip


def _cut(amount: str) -> str:
    """An amount with its interval in a line of its own."""
    return amount.replace(" (", "\n(")


def _told(plane: Plane, what: Value, amount: Amount) -> str:
    """What is told and its amount, in the step in which a language counts."""
    match amount:
        case Ranged(value, low, high):
            value, low, high = (replace(each, unit="in_steps") for each in (value, low, high))
            shown: Value = Ranged(value, low, high)
        case _:
            shown = replace(amount, unit="in_steps")
    return " ".join(filter(None, (values.text(plane.cat, what), values.text(plane.cat, shown))))


def _words(plane: Plane, mark: Words) -> None:
    value, text = mark.value / plane.step, values.text(plane.cat, mark.text)
    horizontal, vertical, offset = {
        "on": ("center", "center", (0, 0)),
        "above": ("center", "bottom", (0, 3)),
        "below": ("center", "top", (0, -2)),
        "before": ("right", "center", (-_OFF, 0)),
        "after": ("left", "center", (_OFF, 0)),
    }[mark.where]
    if mark.where == "above":
        value = _lifted(plane, value, mark.over)
    size = min(mark.size, _fitting(plane, mark.within, text)) if mark.within else mark.size
    ground = {"facecolor": mark.ground, "edgecolor": "none", "pad": 0.6 if mark.ground == "white" else 1.5}
    plane.ax.annotate(
        text, plane.xy(mark.place, value), offset, textcoords="offset points", ha=horizontal, va=vertical,
        fontsize=size, color=mark.color, zorder=_POINT, bbox=ground if mark.ground else None,
    )  # fmt: skip


def _fitting(plane: Plane, within: tuple[float, float], text: str) -> float:
    """The size of letters with which a text takes so much of the places and values."""
    (left, right), (bottom, top) = plane.ax.get_xlim(), plane.ax.get_ylim()
    along, up = plane.xy(*within)
    wide, high = along * plane.width / abs(right - left), up * plane.height / abs(top - bottom)
    lines = text.split("\n")
    return float(72 * min(wide / max(map(formats.width, lines)) / _CHARACTER, high / len(lines)))


def _lifted(plane: Plane, value: float, over: tuple[float, ...]) -> float:
    """A value raised to the lines that would strike words above it."""
    bottom, top = plane.ax.get_ylim()
    inch = (top - bottom) / plane.height
    for at in sorted(plane.values(over)):
        if value - 0.03 * inch <= at <= value + _LIFT * inch:
            value = float(at)
    return value
