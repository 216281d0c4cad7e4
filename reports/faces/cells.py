"""Tables laid out for a spreadsheet: a column for every number, whatever a reader finds together in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from math import isfinite
from typing import TypeAlias

from reports import formats, statistics, values
from reports.catalogue import Catalogue, known
from reports.document import Block, Computed, Figures, Marked, Number, Period, Range, Ranged, Value
from reports.sheets import letters

Content: TypeAlias = str | int | float | datetime | None
_DATES = {"en": "yyyy-mm-dd", "ja": '[$-411]ggge"年"m"月"d"日"'}
"""Dates in the calendar of a language: 令和8年4月1日."""
_MONTHS = {"en": "yyyy-mm", "ja": 'yyyy"年"m"月"'}
_LIKE_A_FORMULA = re.compile(r"[=@\t\r]|[+-].")
_NARROWEST, _WIDEST, _ON_ONE_LINE = 9.0, 44.0, 66.0
_LARGE = '0\\.0,"{}"'
_FULL = {"en": "#,##0,", "ja": "0\\.0,"}
"""Full thousands, in the unit of each language. A format divides by thousands alone: see ``_large``."""
_IN_FULL = re.compile(r"#,##0(?:\.(0+))?(,*)(%?)")
_SUFFIX = re.compile(r"^(.*?)\{number\}(.*)$")


@dataclass(frozen=True)
class Cell:
    """What a cell holds, in which number format (``shape``), and how it is read (``shown``).

    ``formula`` is what recalculates it, where there is one, as ``document.Computed`` has it.
    """

    content: Content
    shown: str
    shape: str = "General"
    formula: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    ``of`` is the place of the table's column that it was made of, -1 for the names of tables that stand in one sheet.
    ``part`` is the name of the number that the column has of each cell, ``main`` whether it is the cell's first.
    ``numbers`` is false of words, and of years and months, which stay in sight like words.
    """

    heading: str
    cells: tuple[Cell, ...]
    of: int
    main: bool = True
    numbers: bool = False
    part: str = "value"

    @cached_property
    def width(self) -> float:
        """As wide as what it holds and as the longest word of its heading, in digits; longer texts take lines."""
        longest = max((letters(cell.shown) for cell in self.cells), default=0)
        words = max(letters(word) for word in (*re.split(r"[\s（(]", self.heading), ""))
        width = max(1.1 * max(longest, min(words, 18)) + 2.5, _NARROWEST)
        return width if width <= _ON_ONE_LINE else _WIDEST


def columns(cat: Catalogue, blocks: Sequence[Block]) -> list[Column]:
    """The columns of tables with the same headings under each other; several have their names in a first column."""
    rows = [block.table.columns(row) for block in blocks for row in block.table.rows]
    laid = [] if len(blocks) == 1 else [_named(cat, blocks)]
    for place, heading in enumerate(blocks[0].table.headings):
        laid += _parted(cat, place, values.text(cat, heading), [row[place] for row in rows])
    return laid


def _named(cat: Catalogue, blocks: Sequence[Block]) -> Column:
    names = [values.text(cat, block.heading) or "-" for block in blocks for _ in block.table.rows]
    return Column(cat.text("workbook.column.table"), tuple(Cell(name, name) for name in names), -1)


def _parted(cat: Catalogue, place: int, heading: str, cells: Sequence[Value]) -> list[Column]:
    """A column of a table as one column a number that its cells hold; words stand in the first of them."""
    found = [_numbers(cell) for cell in cells]
    names = sorted(dict.fromkeys(name for numbers in found for name in numbers), key=lambda name: name != "value")
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
            any(isinstance(numbers.get(name), Number | int) for numbers in found),
            name,
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
        case Period(name) if _is_dated(name):
            return {"value": cell}
        case Marked(inner, mark) if numbers := _numbers(inner):
            return {**numbers, "mark": mark}
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


def _is_dated(period: str) -> bool:
    """Whether a period is a fiscal year or a month."""
    return bool(re.fullmatch(r"FY\d{4}|\d{4}-\d\d", period))


def _words(cat: Catalogue, cell: Value) -> Cell:
    shown = "" if cell is None else values.text(cat, cell)
    return Cell(shown or None, shown)


def _instead(cat: Catalogue, cell: Value, numbers: dict[str, Value], first: bool) -> Cell:
    """What stands where a cell has no number of this name: its words, once."""
    return _words(cat, cell) if first and not numbers else Cell(None, "")


def _number(cat: Catalogue, number: Value, cell: Value) -> Cell:
    formula = cell.formula if isinstance(cell, Computed) else ""
    shown = values.text(cat, number)
    if isinstance(number, Period) and _is_dated(number.name):
        return _dated(cat, number.name, shown)
    if isinstance(number, Number) and isfinite(number.amount):
        content, shape = _shaped(cat, number)
        return Cell(content, _read(content, shape) or _as_shown(cat, number, shown), shape, formula)
    if isinstance(number, date):
        return Cell(datetime(number.year, number.month, number.day), shown, _DATES[cat.lang])
    return Cell(number, shown, "#,##0") if isinstance(number, int) else Cell(shown, shown)


def _dated(cat: Catalogue, period: str, shown: str) -> Cell:
    """A fiscal year as its number and a month as its first day, to filter and reckon by, read as everywhere else."""
    if period.startswith("FY"):
        before, _, behind = shown.partition(period[2:])
        return Cell(int(period[2:]), shown, f"{_quoted(before)}0{_quoted(behind)}")
    year, month = map(int, period.split("-"))
    part = shown.removeprefix(cat.text("format.month", year=year, month=month))
    return Cell(datetime(year, month, 1), shown, f"{_MONTHS[cat.lang]}{_quoted(part)}")


def _read(content: float, shape: str) -> str:
    """What a sheet shows of a number in its format; nothing where digits hang on the amount (``_LARGE``)."""
    found = _IN_FULL.search(shape)
    if found is None or "[" in shape:
        return ""
    decimals, thousands, share = (part or "" for part in found.groups())
    digits = formats.number(content / 1000 ** len(thousands) * (100 if share else 1), len(decimals)) + share
    return _IN_FULL.sub(lambda _: digits, shape.split(";")[0], count=1).replace('"', "")


def _as_shown(cat: Catalogue, number: Number, shown: str) -> str:
    """What is read of a number, with what its format alone puts around it."""
    around = values.UNITS[number.unit].shown if number.unit in values.UNITS else ""
    return cat.text(around, number=shown) if around else shown


def _shaped(cat: Catalogue, number: Number) -> tuple[float, str]:
    """A number as a sheet holds it, and the format in which it is read like the text of every other face."""
    if number.unit not in values.UNITS:
        return number.amount, _of_statistic(cat, number.unit)
    unit = values.UNITS[number.unit]
    if unit.full:
        return number.amount, _FULL[cat.lang]
    signed = number.signed or unit.change
    if unit.share:
        decimals = min(_needed(100 * number.amount), 4) if unit.free else number.decimals
        return number.amount, _signed(f"{_digits(decimals)}%", signed)
    amount = number.amount * unit.scale
    decimals = _needed(amount) if unit.free else number.decimals
    if unit.thousands:
        held, digits = 1000.0**unit.thousands, _digits(decimals) + "," * unit.thousands
        return float(round(amount * held)), _signed(_with(cat, unit.shown, digits), signed)
    shape = _with(cat, unit.around, _digits(decimals))
    return amount, _signed(shape, signed) if signed else _large(cat, unit, shape)


def _large(cat: Catalogue, unit: values.Unit, shape: str) -> str:
    """The format of a count: in Japanese in 万 (10,000) with one decimal from ten of these on.

    A format can divide by thousands alone, so it divides by one and sets a point before the last digit.
    """
    if not unit.large or not (name := cat.text("workbook.ten_thousand")):
        return shape
    return f"[>=100000]{_with(cat, unit.around, _LARGE.format(name))};{shape}".replace('""', "")


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
    before, behind = map(_quoted, parts.groups())
    return f"{before}{digits}{behind}"


def _quoted(words: str) -> str:
    """Words as a format has them beside its digits."""
    return f'"{words}"' if words.strip() else words


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
