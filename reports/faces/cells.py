"""Tables laid out for a spreadsheet: a column for every number, whatever a reader finds together in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from math import isfinite
from typing import TypeAlias

from reports import statistics, values
from reports.catalogue import Catalogue, known
from reports.document import Block, Computed, Figures, Number, Range, Ranged, Value
from reports.sheets import letters

Content: TypeAlias = str | int | float | datetime | None
_DATES = {"en": "yyyy-mm-dd", "ja": '[$-411]ggge"年"m"月"d"日"'}
"""Dates in the calendar of a language: 令和8年4月1日."""
_LIKE_A_FORMULA = re.compile(r"[=@\t\r]|[+-].")
_NARROWEST, _WIDEST = 9.0, 44.0
_SUFFIX = re.compile(r"^(.*?)\{number\}(.*)$")


@dataclass(frozen=True)
class Cell:
    """What a cell holds, in which number format (``shape``), and how it is read (``shown``).

    ``formula`` is what recalculates it, where there is one: ``{3}`` in it is the fourth column of the sheet.
    """

    content: Content
    shown: str
    shape: str = "General"
    formula: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    ``of`` is the place of the table's column that it was made of, -1 for the names of tables that stand in one sheet.
    ``main`` is false of the second number of a cell and those behind it.
    """

    heading: str
    cells: tuple[Cell, ...]
    of: int
    main: bool = True
    numbers: bool = False

    @cached_property
    def width(self) -> float:
        """As wide as what it holds and as the longest word of its heading, in letters; long texts take lines."""
        longest = max((letters(cell.shown) for cell in self.cells), default=0)
        words = max(letters(word) for word in (*re.split(r"[\s（(]", self.heading), ""))
        return min(max(1.1 * max(longest, min(words, 18)) + 2.5, _NARROWEST), _WIDEST)


def columns(cat: Catalogue, blocks: Sequence[Block]) -> list[Column]:
    """The columns of tables with the same headings under each other; several have their names in a first column."""
    rows = [block.table.columns(row) for block in blocks for row in block.table.rows]
    laid = [] if len(blocks) == 1 else [_named(cat, blocks)]
    for place, heading in enumerate(blocks[0].table.headings):
        laid += _parted(cat, place, values.text(cat, heading), [row[place] for row in rows])
    places = {column.of: number for number, column in reversed(list(enumerate(laid))) if column.main}
    return [_placed(column, places) for column in laid]


def _named(cat: Catalogue, blocks: Sequence[Block]) -> Column:
    names = [values.text(cat, block.heading) or "-" for block in blocks for _ in block.table.rows]
    return Column(cat.text("workbook.column.table"), tuple(Cell(name, name) for name in names), -1)


def _placed(column: Column, places: dict[int, int]) -> Column:
    """The same with its formulas on columns of the sheet in place of the table's."""
    if not any(cell.formula for cell in column.cells):
        return column
    moved = (
        Cell(c.content, c.shown, c.shape, re.sub(r"\{(\d+)\}", lambda m: f"{{{places[int(m[1])]}}}", c.formula))
        for c in column.cells
    )
    return Column(column.heading, tuple(moved), column.of, column.main, column.numbers)


def _parted(cat: Catalogue, place: int, heading: str, cells: Sequence[Value]) -> list[Column]:
    """A column of a table as one column a number that its cells hold; words stand in the first of them."""
    found = [_numbers(cell) for cell in cells]
    names = list(dict.fromkeys(name for numbers in found for name in numbers))
    if not names:
        return [Column(heading, tuple(_words(cat, cell) for cell in cells), place)]
    return [
        Column(
            heading if name == "value" else cat.text("workbook.part", heading=heading, part=_part(cat, name)),
            tuple(
                _number(cat, numbers[name], cell) if name in numbers else _instead(cat, cell, numbers, first)
                for cell, numbers in zip(cells, found, strict=True)
            ),
            place,
            first,
            True,
        )
        for first, name in ((number == 0, name) for number, name in enumerate(names))
    ]


def _part(cat: Catalogue, name: str) -> str:
    key = f"workbook.column.{name}"
    return cat.text(key) if known(key) else name


def _numbers(cell: Value) -> dict[str, Value]:
    """The numbers of a cell by their names, and the words beside them; none of a cell that has words alone."""
    match cell:
        case int() | date() | Number():
            return {"value": cell}
        case Computed():
            return {"value": cell.number}
        case Ranged():
            return {"value": cell.value, "low": cell.low, "high": cell.high}
        case Range():
            return {"low": cell.low, "high": cell.high}
        case Figures():
            parts = {name: _numbers(each) or {"value": each} for name, each in cell.numbers.items() if each is not None}
            return {name if of == "value" else of: each for name, own in parts.items() for of, each in own.items()}
    return {}


def _words(cat: Catalogue, cell: Value) -> Cell:
    shown = "" if cell is None else values.text(cat, cell)
    return Cell(shown or None, shown)


def _instead(cat: Catalogue, cell: Value, numbers: dict[str, Value], first: bool) -> Cell:
    """What stands where a cell has no number of this name: its words, once."""
    return _words(cat, cell) if first and not numbers else Cell(None, "")


def _number(cat: Catalogue, number: Value, cell: Value) -> Cell:
    formula = cell.formula if isinstance(cell, Computed) else ""
    shown = values.text(cat, number)
    if isinstance(number, Number) and isfinite(number.amount):
        content, shape = _shaped(cat, number)
        return Cell(content, shown, shape, formula)
    if isinstance(number, date):
        return Cell(datetime(number.year, number.month, number.day), shown, _DATES[cat.lang])
    return Cell(number, shown, "#,##0") if isinstance(number, int) else Cell(shown, shown)


def _shaped(cat: Catalogue, number: Number) -> tuple[float, str]:
    """A number as a sheet holds it, and the format in which it is read like the text of every other face."""
    if number.unit not in values.UNITS:
        return number.amount, _of_statistic(cat, number.unit)
    unit = values.UNITS[number.unit]
    signed = number.signed or unit.change
    if unit.share:
        decimals = min(_needed(100 * number.amount), 4) if unit.free else number.decimals
        return number.amount, _signed(f"{_digits(decimals)}%", signed)
    amount = number.amount * unit.scale
    decimals = _needed(amount) if unit.free else number.decimals
    return amount, _signed(_with(cat, unit.around, _digits(decimals)), signed)


def _of_statistic(cat: Catalogue, name: str) -> str:
    match statistics.unit(name):
        case "share":
            return f"{_digits(statistics.share_decimals(name)).removeprefix('#,##')}%"
        case "count" | "cards":
            return "#,##0"
        case unit:
            return _with(cat, f"format.{unit}", "#,##0.0")


def _digits(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals > 0 else "")


def _needed(amount: float) -> int:
    """Decimals of a number that has those it needs."""
    if not isfinite(amount) or amount == int(amount) or abs(amount) >= 1e4:
        return 0
    return min(len(f"{amount:.4g}".partition(".")[2]) if abs(amount) >= 1e-3 else 6, 6)


def _with(cat: Catalogue, key: str, digits: str) -> str:
    """A format with the words that a unit puts around its number."""
    parts = _SUFFIX.match(cat.texts[key]) if key else None
    if parts is None:
        return digits
    before, behind = (f'"{each}"' if each.strip() else each for each in parts.groups())
    return f"{before}{digits}{behind}"


def _signed(shape: str, signed: bool) -> str:
    return f"+{shape};-{shape};{shape}" if signed else shape


def texts(columns: Iterable[Column]) -> list[list[str]]:
    """The sheet as rows of text, headings first, numbers with a point and nothing else: for CSV.

    Words that a spreadsheet would take for a formula begin with an apostrophe, so that they stay words.
    """
    laid = list(columns)
    rows = zip(*(column.cells for column in laid), strict=True)
    return [[_plain(column.heading) for column in laid], *([_plain(cell.content) for cell in row] for row in rows)]


def _plain(content: Content) -> str:
    if content is None:
        return ""
    if isinstance(content, str):
        return f"'{content}" if _LIKE_A_FORMULA.match(content) else content
    return content.date().isoformat() if isinstance(content, datetime) else str(content)
