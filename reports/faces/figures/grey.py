"""A drawing without colours, each as light as it was; marks are told apart by lightness, dashes, hatches and shape."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from reports.drawing import Cells, Drawing, Words
from reports.looks import Look

_COLORS: dict[type, tuple[str, ...]] = {Look: ("color", "fill"), Words: ("color", "ground"), Cells: ("shades",)}
"""What is a colour of each kind of thing."""
_LIGHTNESS = 0.2126, 0.7152, 0.0722
"""Of red, green and blue: ITU-R BT.709, the parameters of luma."""
T = TypeVar("T")


def grey(drawing: Drawing) -> Drawing:
    """The drawing in grey."""
    return _grey(drawing)


def _grey(thing: T) -> T:
    """All that has colours inside of something in grey; texts are left as they are."""
    whole: Any = thing
    if isinstance(whole, tuple):
        inner: T = tuple(map(_grey, whole))  # type: ignore[assignment]
        return inner
    if not is_dataclass(whole) or isinstance(whole, type):
        return thing
    colors = _COLORS.get(type(whole), ())
    inside = {own.name: getattr(whole, own.name) for own in fields(whole) if own.name not in colors}
    changed: dict[str, Any] = {name: _grey(value) for name, value in inside.items()}
    for name in colors:
        value = getattr(whole, name)
        changed[name] = tuple(map(_shade, value)) if isinstance(value, tuple) else _shade(value)
    made: T = replace(whole, **changed)  # type: ignore[assignment]
    return made


def _shade(color: str) -> str:
    """The grey of a colour such as ``#0b3c5d``, or of a name of one; what is none stays."""
    if not color.startswith("#"):
        return color
    parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    luma = round(sum(weight * part for weight, part in zip(_LIGHTNESS, parts, strict=True)))
    return f"#{luma:02x}{luma:02x}{luma:02x}"
