"""The headings of the monthly table: which column holds what, and in which unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scenarios.errors import nearest
from scenarios.limits import shown_name
from scenarios.workbook import columns as known
from scenarios.workbook.cell import Cell
from scenarios.workbook.columns import MONTH, MONTHLY, Column
from scenarios.workbook.mistakes import Mistakes
from scenarios.workbook.values import is_number, unit_of
from sim.message import NOTHING, Message

_MOST_PERCENT = 200
"""A number in percent may be wrong, as in 100.4, but not by so much."""


class Headings:
    """The columns of a table by their place; what is wrong with a heading is told once, and nothing of its cells."""

    def __init__(self, row: Sequence[Cell], below: Sequence[Sequence[Cell]], mistakes: Mistakes) -> None:
        self._mistakes = mistakes
        self._columns: dict[int, Column | None] = {}
        self._percent: set[Column] = set()
        for cell in row:
            if not cell.empty:
                self._columns[cell.column] = self._column(cell)
        for index, column in self._columns.items():
            percent = known.split_unit(str(row[index].value))[1] == "%"
            if column is not None and percent and all_in_percent(line[index] for line in below if index < len(line)):
                self._percent.add(column)
        refuse_unheaded(row, below, mistakes)

    def by_column(self, row: Sequence[Cell]) -> dict[Column, Cell]:
        """The cells of a row under the headings that are known."""
        return {column: row[index] for index, column in self._columns.items() if column and index < len(row)}

    def in_percent(self, column: Column) -> bool:
        """Whether a column under a heading in percent holds numbers such as 97.9."""
        return column in self._percent

    def _column(self, cell: Cell) -> Column | None:
        if cell.wrong is not None:
            if cell.wrong:
                self._mistakes.at(cell, cell.wrong)
            return None
        name, unit = known.split_unit(str(cell.value))
        column = next((column for column in (MONTH, *MONTHLY) if name in known.names(column)), None)
        if column is None:
            self._mistakes.at(cell, Message("unknown heading{near}", near=near(str(cell.value), MONTHLY)))
        elif column in self._columns.values():
            self._mistakes.at(cell, Message("stands twice among the headings: keep one of the columns"))
            return None
        elif not known.unit_fits(column, unit):
            told = {"unit": unit_of(column), "other": shown_name(unit)}
            self._mistakes.at(
                cell, Message("wrong unit in the heading: give the figures in {unit}, not in {other}", **told)
            )
            return None
        return column


def refuse_unheaded(top: Sequence[Cell], rows: Iterable[Sequence[Cell]], mistakes: Mistakes) -> None:
    """Tell of each cell below the row of the headings, ``top``, that stands in a column without one."""
    headed = {cell.column for cell in top if not cell.empty}
    for row in rows:
        for cell in row:
            if cell.row > top[0].row and cell.column not in headed and not cell.empty:
                mistakes.at(cell, cell.wrong or Message("stands in a column without a heading"))


def is_month(cell: Cell) -> bool:
    """Whether a cell is the heading of the months."""
    return _names(cell, (MONTH,))


def is_figure(cell: Cell) -> bool:
    """Whether a cell is the heading of a monthly figure."""
    return _names(cell, MONTHLY)


def _names(cell: Cell, columns: Iterable[Column]) -> bool:
    text = known.split_unit(cell.value)[0] if isinstance(cell.value, str) else ""
    return any(text in known.names(column) for column in columns)


def near(text: str, columns: Iterable[Column]) -> Message:
    """The nearest right name in the language of the text, as the end of a message."""
    name = known.split_unit(text)[0]
    names = {known.plain(getattr(column, lang)): getattr(column, lang) for column in columns for lang in ("ja", "en")}
    hint = nearest(name, names)
    return Message("; did you mean {name}?", name=names[hint.values["name"]]) if hint else NOTHING


def all_in_percent(cells: Iterable[Cell]) -> bool:
    """Whether every number may be in percent: one of them that is a share makes the others mistakes."""
    numbers = [cell.value for cell in cells if is_number(cell.value)]
    return bool(numbers) and all(1 < value < _MOST_PERCENT for value in numbers)
