"""Where places and values of a panel lie on matplotlib's axes, in the step in which counts are shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from reports import formats, values
from reports.catalogue import Catalogue
from reports.document import Value
from reports.drawing import Axis, Panel, Scale


def squeezed(cat: Catalogue, value: Value) -> str:
    """A text in which something, such as the name of a step of 1, is empty: without the gap that it leaves."""
    return re.sub(" {2,}", " ", values.text(cat, value)).strip(" ")


@dataclass(frozen=True)
class Room:
    """Where the axes of a panel stand, in inches from the lower left corner of a sheet.

    Above them is a ``key``, then the panel's heading, which may be so wide.
    """

    left: float
    bottom: float
    width: float
    height: float
    key: float = 0.0
    heading: float = 10.0


@dataclass(frozen=True)
class Plane:
    """Axes with the language of what stands on them; ``step`` divides values, ``across`` turns places into rows."""

    cat: Catalogue
    ax: Axes
    step: float
    across: bool

    @classmethod
    def of(cls, cat: Catalogue, ax: Axes, panel: Panel) -> Plane:
        """The plane of a panel."""
        return cls(cat, ax, _step(cat, panel.values), panel.across)

    def values(self, numbers: Iterable[float]) -> NDArray[np.float64]:
        """Values as they are drawn; what is infinite is not."""
        found = np.asarray(tuple(numbers), dtype=np.float64) / self.step
        return np.where(np.isfinite(found), found, np.nan)

    def xy(self, places: Any, drawn: Any) -> tuple[Any, Any]:
        """Places and values as x and y."""
        return (drawn, places) if self.across else (places, drawn)

    def inches(self, along: float) -> float:
        """Inches of so much of the axis that runs from left to right."""
        left, right = self.ax.get_xlim()
        return float(self.width * along / (right - left))

    @cached_property
    def height(self) -> float:
        """Inches of the axes, which stay where they are."""
        return float(self.ax.get_position().height * self._sheet[1])

    @cached_property
    def width(self) -> float:
        """Inches of the axes."""
        return float(self.ax.get_position().width * self._sheet[0])

    @property
    def margins(self) -> tuple[float, float]:
        """Inches left and right of the axes."""
        place = self.ax.get_position()
        return float(place.x0 * self._sheet[0]), float((1 - place.x1) * self._sheet[0])

    @property
    def _sheet(self) -> tuple[float, float]:
        figure: Any = self.ax.figure
        wide, high = figure.get_size_inches()
        return wide, high


def _step(cat: Catalogue, axis: Axis) -> float:
    return formats.magnitude(cat, axis.counts)[0] if isinstance(axis, Scale) else 1.0
