"""The 47 prefectures as tiles of one size, each about where people expect it: what counters are short of, by colour."""

from __future__ import annotations

from reports.charting import amounts, drawing
from reports.document import Name, Number, Period, say
from reports.drawing import Cells, Drawing, Mark, Panel, Scale, Words
from reports.looks import INK
from reports.run.municipalities import missed_by_prefecture, spread, worst_year
from reports.run_data import RunData
from sim.calendar import fiscal_year_of_month

TILES = """
 .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  1
 .  .  .  .  .  .  .  .  .  .  .  .  .  .  .  2
 .  .  .  .  .  .  .  .  .  .  .  .  .  .  5  3
 .  .  .  .  .  .  .  .  .  .  .  .  .  .  6  4
 .  .  .  .  .  .  .  .  .  . 17 16 15  .  .  7
 .  .  .  .  .  .  .  .  .  . 18 21 20 10  9  8
 .  .  .  .  .  . 32 31 28 26 25 23 19 11 13 12
 .  .  .  .  . 35 34 33 27 29 24 22  .  . 14  .
42 41 40  .  .  .  .  .  . 30  .  .  .  .  .  .
 . 43 44  . 38 37  .  .  .  .  .  .  .  .  .  .
 . 46 45  . 39 36  .  .  .  .  .  .  .  .  .  .
47  .  .  .  .  .  .  .  .  .  .  .  .  .  .  .
"""
"""Numbers of the prefectures by row, from north to south, and column, from west to east."""
SHADES = ("#f1eeea", "#fbe0c8", "#e58a4a", "#b34700", "#5c2400")
_LIGHT_ON_DARK = 0.5
_LEAST = 0.05
"""Up to this share of the residents the scale reaches at least, so that little does not look like much."""
_HALF = 0.92, 0.42
"""Of a tile, for a line of words."""


def tiles() -> dict[int, tuple[int, int]]:
    """Column and row of each prefecture's tile, rows counted from the south."""
    rows = [line.split() for line in TILES.strip().splitlines()]
    return {
        int(number): (column, len(rows) - 1 - row)
        for row, line in enumerate(rows)
        for column, number in enumerate(line)
        if number != "."
    }


def deepest(missed: dict[int, float]) -> float:
    """The share from which on colours are the darkest, on these tiles and wherever else they mean the same."""
    return max(_LEAST, *missed.values())


def untold(chart: str, data: RunData) -> Drawing:
    """The map of a run that does not tell municipalities apart."""
    first = Period.of_year(fiscal_year_of_month(data.months[0]), whole=True)
    return drawing(chart, data.run, [Panel(Scale(), note=say("chart.no_data"))], {"year": first})


def prefectures(data: RunData) -> Drawing:
    """Share of a prefecture's residents whose municipality misses the target, in the year that is worst."""
    if not spread(data):
        return untold("prefectures", data)
    year = worst_year(data)
    missed = missed_by_prefecture(data, year)
    at, most = {key: tiles()[key] for key in missed}, deepest(missed)
    columns, rows = amounts(place for place, _ in at.values()), amounts(row for _, row in at.values())
    names = tuple(Name("prefecture", str(key)) for key in at)
    shares = amounts(missed.values())
    marks: list[Mark] = [Cells(columns, rows, shares, SHADES, most, (0.96, 0.96), names=names)]
    for name, (key, (column, row)) in zip(names, at.items(), strict=True):
        ink = "white" if missed[key] > _LIGHT_ON_DARK * most else INK
        marks.append(Words(name, column, row + 0.2, color=ink, size=6.5, within=_HALF))
        marks.append(Words(Number(missed[key], "percent", 1), column, row - 0.2, color=ink, size=7.5, within=_HALF))
    wide, high = max(column for column, _ in at.values()), max(row for _, row in at.values())
    panel = Panel(Scale(-0.6, wide + 0.6, ()), Scale(-0.6, high + 0.6, ()), tuple(marks), key=())
    unit = {"year": Period.of_year(year, whole=True)}
    return drawing("prefectures", data.run, [panel], unit, height=7.2, left=0.3, right=0.3)
