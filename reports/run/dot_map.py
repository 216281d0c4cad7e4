"""All municipalities as dots at the places of their offices: which of them miss the target, by colour.

The map is equirectangular: one along is as long as a degree of latitude, which a degree of longitude is not. What lies
far off or close together stands in windows on the sea.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians

import numpy as np
import pandas as pd

from reports.charting import amounts, drawing
from reports.document import Number, Period, Value, say
from reports.drawing import Cells, Drawing, Label, Mark, Panel, Scale, Series, Words
from reports.looks import QUIET, Look, line, point, shade
from reports.run.municipalities import at_risk, missed_by_prefecture, named, spread, worst_year
from reports.run.tile_map import SHADES, deepest, untold
from reports.run_data import RunData
from scenarios.history import load_municipalities, load_offices
from sim.streams import Floats

_MIDDLE, _WEST = 38.0, 128.0
"""Latitude at which one along is a degree of latitude; longitude at which places begin."""
_WIDE, _HIGH = (-0.3, 14.7), (30.0, 45.9)
"""What is shown along and up: from Goto to Nemuro, from Yakushima to Wakkanai."""
_MILLION, _SMALL = 0.36, 50_000
"""Degrees across the dot of a million residents; below so many residents all dots are alike, so that they are seen."""
_SAMPLES = (1_000_000, 200_000, _SMALL)
_SAMPLES_AT, _SAMPLES_APART = (11.9, 39.4), 0.7
"""Residents of the dots that show what sizes mean, where the first stands, and how far apart they do."""
_NAMED = 12
"""So many of the worst are named, as far as there is room."""


@dataclass(frozen=True)
class _Window:
    """A part of the country, from west to east and south to north, that is drawn at another place.

    ``at`` is where its lower left corner stands, ``times`` how much larger it is than the map around it.
    """

    name: str
    ends: tuple[float, float, float, float]
    at: tuple[float, float]
    times: float = 1.0

    def holds(self, offices: Floats) -> Floats:
        """Which offices (latitude, longitude) lie in it."""
        west, east, south, north = self.ends
        lat, lng = offices.T
        return np.asarray((west <= lng) & (lng <= east) & (south <= lat) & (lat <= north))

    def moved(self, points: Floats) -> Floats:
        """Where points of the map stand in it."""
        west, _, south, _ = self.ends
        return np.asarray((points - _on_map(np.array([[south, west]]))) * self.times + np.array(self.at))

    def edge(self) -> Floats:
        """Its corners on the map, all around."""
        west, east, south, north = self.ends
        return _on_map(np.array([(south, west), (south, east), (north, east), (north, west), (south, west)]))

    def frame(self) -> Series:
        """Its edge where it stands."""
        return _path(self.moved(self.edge()))

    def title(self) -> Words:
        """Its name above its upper edge."""
        west, east, _, north = self.ends
        (place, value), *_ = self.moved(_on_map(np.array([[north, (west + east) / 2]])))
        name = say(f"chart.municipalities.{self.name}", times=Number(self.times, "plain"))
        return Words(name, float(place), float(value), "above", color=QUIET, size=7)


WINDOWS = (
    _Window("okinawa", (122.6, 131.7, 24.0, 28.8), (0.0, 40.2)),
    _Window("ogasawara", (141.6, 142.8, 26.5, 27.7), (8.2, 30.2)),
    _Window("tokyo", (139.15, 140.25, 35.2, 36.1), (10.5, 30.2), 4.5),
)
"""The islands of the south-west, those in the Pacific, and the offices around Tokyo, which stand on the map as well."""
_LARGER = WINDOWS[-1]


def municipalities(data: RunData) -> Drawing:
    """Share of replications in which a municipality misses the target, in the year that is worst."""
    if not spread(data):
        return untold("municipalities", data)
    year = worst_year(data)
    most, table = deepest(missed_by_prefecture(data, year)), with_places(at_risk(data, year))
    short = table["chance"] > 0
    quiet, worst = _dots(table[~short], most, None), _dots(table[short], most, say("municipalities.column.chance"))
    panel = Panel(
        Scale(*_WIDE, ()),
        Scale(*_HIGH, ()),
        (*_twice(table, most), quiet, worst, *_furniture()),
        key=tuple(_key(most)),
        above=(say("chart.municipalities.never", count=Number(int((~short).sum())), all=Number(len(table))),),
        even=True,
    )
    unit = {"year": Period.of_year(year, whole=True)}
    return drawing("municipalities", data.run, [panel], unit, height=8.6, left=0.3, right=1.8)


def with_places(table: pd.DataFrame) -> pd.DataFrame:
    """Municipalities by code with ``along`` and ``up``, where each stands, and ``width``, that of its dot.

    ``near`` is true of those that stand in the window that shows a part of the map larger; ``along_there`` and
    ``up_there`` are where the map around it has them.
    """
    offices = load_offices()
    there = _on_map(offices)
    here = there.copy()
    for window in WINDOWS:
        own = window.holds(offices)
        here[own] = window.moved(there[own])
    columns = {
        "along": here[:, 0],
        "up": here[:, 1],
        "along_there": there[:, 0],
        "up_there": there[:, 1],
        "near": _LARGER.holds(offices),
    }
    width = _MILLION * np.sqrt(np.maximum(table["residents"], _SMALL) / 1e6)
    return table.join(pd.DataFrame(columns, index=load_municipalities().codes)).assign(width=width)


def _on_map(offices: Floats) -> Floats:
    """Latitudes and longitudes as places and values."""
    return np.column_stack([(offices[:, 1] - _WEST) * cos(radians(_MIDDLE)), offices[:, 0]])


def _dots(table: pd.DataFrame, most: float, called: Value) -> Cells:
    """A dot each, the worst named; without what it is ``called``, on the picture alone."""
    told = zip(table["name"].tolist(), table["prefecture"].tolist(), strict=True)
    return Cells(
        amounts(table["along"]),
        amounts(table["up"]),
        amounts(table["chance"]),
        SHADES,
        most,
        called=called,
        names=() if called is None else tuple(named(*each) for each in told),
        dots=amounts(table["width"]),
        beside=() if called is None else tuple(range(min(len(table), _NAMED))),
    )


def _twice(table: pd.DataFrame, most: float) -> Iterator[Mark]:
    """What the larger window shows, at its place on the map around it."""
    near = table[table["near"]].sort_values("chance", kind="stable")
    yield _dots(near.assign(along=near["along_there"], up=near["up_there"]), most, None)
    yield _path(_LARGER.edge())


def _furniture() -> Iterator[Mark]:
    """Edges and names of windows, and what sizes mean."""
    for window in WINDOWS:
        yield from (window.frame(), window.title())
    place, value = _SAMPLES_AT
    for number, residents in enumerate(_SAMPLES):
        width, at = _MILLION * (residents / 1e6) ** 0.5, value - _SAMPLES_APART * number
        yield Cells((place,), (at,), (0.0,), SHADES, called=None, dots=(width,))
        yield Words(Number(residents, "rough"), place + 0.25, at, "after", color=QUIET, size=7)
    yield Words(say("municipalities.column.residents"), place - 0.3, value + 0.8, "after", color=QUIET, size=7)


def _key(most: float) -> Iterator[Label]:
    """What colours mean: none, half of what the darkest begins at, and that."""
    for part, name in ((0.0, "none"), (0.5, "half"), (1.0, "most")):
        look: Look = point("circle", QUIET, shade(SHADES, part), 6)
        yield Label(say(f"chart.municipalities.{name}", chance=Number(part * most, "percent", 1)), look)


def _path(points: Floats) -> Series:
    return Series(amounts(points[:, 1]), amounts(points[:, 0]), look=line(QUIET, width=0.6))
