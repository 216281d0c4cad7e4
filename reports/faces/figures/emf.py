"""A figure as an enhanced metafile (EMF), the vector format that Word, PowerPoint and Excel take apart and edit.

Letters are outlines. The format knows no transparency: colours are mixed with white as they are drawn. Records and
their numbers are those of [MS-EMF], "Enhanced Metafile Format", Microsoft Open Specifications, sections 2.2 and 2.3.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.path import Path as Outline
from matplotlib.transforms import Affine2D

_A_MM = 20
"""Units of the metafile in a millimetre."""
_DEVICE = 25_400
"""Units of the device that sizes refer to, as wide as it is high."""
_POINT = 25.4 / 72 * _A_MM
"""Units in a point."""
_TILE = 72.0
"""Points in which a hatch repeats."""
_HEADER, _POLY_BEZIER_TO, _EOF, _FILL_MODE = 1, 5, 14, 19
_MOVE_TO, _CLIP_TO, _SAVE, _RESTORE, _SELECT, _BRUSH, _DELETE, _LINE_TO = 27, 30, 33, 34, 37, 39, 40, 54
_BEGIN, _END, _CLOSE, _FILL, _BOTH, _STROKE, _SELECT_CLIP, _PEN = 59, 60, 61, 62, 63, 64, 67, 95
_WINDING, _AND = 2, 1
_GEOMETRIC, _STYLED = 0x10000, 7
_CAPS = {"round": 0, "projecting": 0x100, "butt": 0x200}
_JOINS = {"round": 0, "bevel": 0x1000, "miter": 0x2000}
_PEN_AT, _BRUSH_AT = 1, 2


def emf(figure: Figure, scale: float) -> bytes:
    """The metafile of a figure, so many times as large as it."""
    width, height = (float(inches) * 72 for inches in figure.get_size_inches())
    renderer = _Renderer(width, height, scale)
    dpi = figure.dpi
    try:
        figure.dpi = 72
        figure.draw(renderer)
    finally:
        figure.dpi = dpi
    return renderer.whole()


class _Renderer(RendererBase):
    """Writes what is drawn as records; sizes come in points, with the origin below."""

    def __init__(self, width: float, height: float, scale: float) -> None:
        super().__init__()
        self._width, self._height = width, height
        self._unit = _POINT * scale
        self._records = [_record(_FILL_MODE, "I", _WINDING)]
        self._flip = Affine2D().scale(self._unit, -self._unit).translate(0, height * self._unit)

    def whole(self) -> bytes:
        """The file."""
        across, down = round(self._width * self._unit), round(self._height * self._unit)
        records = [*self._records, _record(_EOF, "III", 0, 0, 20)]
        size = 88 + sum(map(len, records))
        frame = [round(100 * length / _A_MM) for length in (across, down)]
        head = struct.pack(
            "<IIiiiiiiiiIIIIHHIIIiiii", _HEADER, 88, 0, 0, across, down, 0, 0, *frame, 0x464D4520, 0x10000, size,
            len(records) + 1, 3, 0, 0, 0, 0, _DEVICE, _DEVICE, _DEVICE // _A_MM, _DEVICE // _A_MM,
        )  # fmt: skip
        return head + b"".join(records)

    # what matplotlib asks for ---------------------------------------------------------------------------------------

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Points of the figure."""
        return self._width, self._height

    def draw_path(self, gc: Any, path: Outline, transform: Any, rgbFace: Any = None) -> None:  # noqa: N803 - its own name
        """An outline, its inside, and the hatch on it."""
        fill = None if rgbFace is None else _on_white(rgbFace, _alpha(gc, rgbFace))
        width = gc.get_linewidth() if gc.get_rgb()[3] > 0 else 0.0
        with self._clipped(gc):
            if fill is not None or width:
                self._path(path, transform, fill, gc if width else None)
            if gc.get_hatch():
                self._hatch(gc, path, transform)

    def draw_image(self, gc: Any, x: float, y: float, im: Any, transform: Any = None) -> None:
        """No drawing has pictures."""
        raise NotImplementedError

    # records --------------------------------------------------------------------------------------------------------

    @contextmanager
    def _clipped(self, gc: Any) -> Iterator[None]:
        self._records.append(_record(_SAVE))
        if (clip := gc.get_clip_rectangle()) is not None:
            (left, low), (right, high) = self._flip.transform(clip.get_points())
            self._records.append(_record(_CLIP_TO, "iiii", *map(round, (left, high, right, low))))
        yield
        self._records.append(_record(_RESTORE, "i", -1))

    def _path(self, path: Outline, transform: Any, fill: tuple[int, int, int] | None, line: Any) -> None:
        chosen = []
        if fill is not None:
            self._records += [_record(_BRUSH, "II4BI", _BRUSH_AT, 0, *fill, 0, 0), _record(_SELECT, "I", _BRUSH_AT)]
            chosen.append(_BRUSH_AT)
        if line is not None:
            self._records += [self._pen(line), _record(_SELECT, "I", _PEN_AT)]
            chosen.append(_PEN_AT)
        self._outline(path, transform)
        bounds = 0, 0, -1, -1
        self._records.append(_record(_BOTH if len(chosen) > 1 else _FILL if line is None else _STROKE, "iiii", *bounds))
        for stock in (0x80000005, 0x80000008):  # the null brush and the null pen: what is deleted is not in use
            self._records.append(_record(_SELECT, "I", stock))
        self._records += [_record(_DELETE, "I", own) for own in chosen]

    def _outline(self, path: Outline, transform: Any) -> None:
        self._records.append(_record(_BEGIN))
        here: tuple[float, float] = 0.0, 0.0
        whole = transform + self._flip
        for points, code in path.iter_segments(whole, remove_nans=True, simplify=False):
            ends = [(float(x), float(y)) for x, y in zip(points[::2], points[1::2], strict=True)]
            if code == Outline.MOVETO:
                self._records.append(_record(_MOVE_TO, "ii", *map(round, ends[-1])))
            elif code == Outline.LINETO:
                self._records.append(_record(_LINE_TO, "ii", *map(round, ends[-1])))
            elif code == Outline.CLOSEPOLY:
                self._records.append(_record(_CLOSE))
                continue
            else:
                if code == Outline.CURVE3:
                    ends = _cubic(here, *ends)
                flat = [round(number) for end in ends for number in end]
                self._records.append(_record(_POLY_BEZIER_TO, "iiiiI6i", 0, 0, -1, -1, 3, *flat))
            here = ends[-1]
        self._records.append(_record(_END))

    def _hatch(self, gc: Any, path: Outline, transform: Any) -> None:
        """The signs of a hatch, tile by tile, inside a path."""
        self._outline(path, transform)
        self._records.append(_record(_SELECT_CLIP, "I", _AND))
        box = path.get_extents(transform)
        sign, color = gc.get_hatch_path(), gc.get_hatch_color()
        line = self.new_gc()
        line.set_foreground(color)
        line.set_linewidth(gc.get_hatch_linewidth())
        for column in range(int(box.x0 // _TILE), int(box.x1 // _TILE) + 1):
            for row in range(int(box.y0 // _TILE), int(box.y1 // _TILE) + 1):
                tile = Affine2D().scale(_TILE).translate(column * _TILE, row * _TILE)
                self._path(sign, tile, _on_white(color, 1.0), line)

    def _pen(self, gc: Any) -> bytes:
        _, dashes = gc.get_dashes()
        lengths = [max(round(length * self._unit), 1) for length in dashes or ()]
        style = _GEOMETRIC | _CAPS[gc.get_capstyle()] | _JOINS[gc.get_joinstyle()] | (_STYLED if lengths else 0)
        width = max(round(gc.get_linewidth() * self._unit), 1)
        color = _on_white(gc.get_rgb(), _alpha(gc, gc.get_rgb()))
        shape = f"5I3I4BII{len(lengths)}I"
        none = 0, 0, 0, 0
        return _record(_PEN, shape, _PEN_AT, *none, style, width, 0, *color, 0, 0, len(lengths), *lengths)


def _record(kind: int, shape: str = "", *numbers: int) -> bytes:
    content = struct.pack(f"<{shape}", *numbers)
    return struct.pack("<II", kind, 8 + len(content)) + content


def _alpha(gc: Any, color: Any) -> float:
    return float(gc.get_alpha() if gc.get_forced_alpha() else to_rgba(color)[3])


def _on_white(color: Any, alpha: float) -> tuple[int, int, int]:
    """Red, green and blue of a colour on white."""
    red, green, blue = (round(255 * (1 - alpha * (1 - part))) for part in to_rgba(color)[:3])
    return red, green, blue


def _cubic(start: tuple[float, float], by: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """The two points that pull a cubic curve along a quadratic one, and its end."""
    pulls = [(one[0] + 2 / 3 * (by[0] - one[0]), one[1] + 2 / 3 * (by[1] - one[1])) for one in (start, end)]
    return [*pulls, end]
