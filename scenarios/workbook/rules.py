"""From the cells of a planner's file to its figures: every rule, and every mistake with its cell.

Rows with a known name in the first column (``基準日``, the work inside) may stand in a sheet of their own or above the
headings of the monthly table; the rows below the headings are months.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from scenarios.actuals import Actuals, Month, month_end, next_month
from scenarios.errors import UserError, nearest
from scenarios.workbook import columns as known
from scenarios.workbook.columns import AS_OF, ITEM, MONTH, MONTHLY, SHEETS, STATE, Column
from scenarios.workbook.dates import day_of, month_of
from scenarios.workbook.file import Cell, Rows, read_cells
from scenarios.workbook.values import mistake, unit_of

FIRST_MONTH, LAST_MONTH = date(2016, 1, 1), date(2046, 3, 1)
"""The first cards were handed over in January 2016; no run goes beyond FY2045."""


def read_actuals(path: Path) -> Actuals:
    """The figures of a workbook made from the template, or of its monthly sheet saved as CSV.

    Raises:
        UserError: with all that is wrong, each with sheet, cell, rule and value.
    """
    cells = read_cells(path, {key: SHEETS[key] for key in ("monthly", "state")})
    reading = _Reading()
    for key, rows in cells.items():
        reading.sheet(key, rows)
    reading.close()
    if reading.mistakes or reading.as_of is None:
        raise UserError(path.name, reading.mistakes)
    return Actuals(path.name, reading.as_of, reading.rows(), **reading.state)


@dataclass(frozen=True)
class _Row:
    """A row of the monthly table with anything in it; ``values`` holds what could be read."""

    month: date
    at: Cell
    cells: dict[str, Cell]
    values: dict[str, Any]

    @property
    def filled(self) -> bool:
        return any(not cell.empty for cell in self.cells.values())


_Columns = dict[int, Column | None]
"""The column at each place of the monthly table; ``None`` where its heading was told to be wrong."""


@dataclass
class _Reading:
    """What has been read so far, and what is wrong with it."""

    mistakes: list[str] = field(default_factory=list)
    as_of: date | None = None
    as_of_row: bool = False
    undated: bool = True
    state: dict[str, int] = field(default_factory=dict)
    state_at: list[str] = field(default_factory=list)
    months: list[_Row] = field(default_factory=list)

    def tell(self, cell: Cell, rule: str) -> None:
        """Add a mistake: the cell, its value and the rule."""
        shown = "" if cell.value is None else f" = {_shown(cell.value)}"
        self.mistakes.append(f"{cell.place}{shown}   {rule}")

    def sheet(self, key: str, rows: Rows) -> None:
        """Read a sheet: named rows, and below the headings the months."""
        columns: _Columns | None = None
        told = len(self.mistakes)
        for row in rows:
            if all(cell.empty for cell in row):
                continue
            if columns is not None:
                self._month(row, columns)
            elif any(_is(cell, MONTH) for cell in row):
                columns = self._headings(row)
            else:
                self._named(row)
        if key == "monthly" and columns is None and len(self.mistakes) == told:
            self.mistakes.append(f"has no heading {MONTH.ja} ({MONTH.en}): keep the headings of the template")

    def _headings(self, row: Sequence[Cell]) -> _Columns:
        columns: _Columns = {}
        for index, cell in enumerate(row):
            if _is(cell, MONTH):
                columns[index] = MONTH
            elif self._readable(cell):
                columns[index] = column = self._heading(cell)
                if column is not None and list(columns.values()).count(column) > 1:
                    self.tell(cell, "stands twice among the headings: keep one of the columns")
                    columns[index] = None
        return columns

    def _heading(self, cell: Cell) -> Column | None:
        name, unit = known.split_unit(str(cell.value))
        column = next((column for column in MONTHLY if name in known.names(column)), None)
        if column is None:
            self.tell(cell, f"unknown heading{_near(str(cell.value), MONTHLY)}")
        elif not known.unit_fits(column, unit):
            self.tell(cell, f"wrong unit in the heading: give the figures in {unit_of(column)}, not in {unit}")
            return None
        return column

    def _named(self, row: Sequence[Cell]) -> None:
        """A row such as ``基準日 | 2026-09-30``; what stands right of the value is explanation."""
        label, value = row[0], row[1] if len(row) > 1 else Cell(row[0].place)
        if not self._readable(label) or known.plain(str(label.value)) in ITEM:
            return
        name, unit = known.split_unit(str(label.value))
        column = next((column for column in (AS_OF, *STATE) if name in known.names(column)), None)
        if column is None:
            self.tell(label, f"unknown name{_near(str(label.value), (MONTH, AS_OF, *STATE))}")
        elif not known.unit_fits(column, unit):
            self.tell(label, f"wrong unit in the name: the figure is read in {unit_of(column)}")
        elif column is AS_OF:
            self._as_of(value)
        elif not value.empty:
            self.state_at.append(value.place)
            if (number := self._number(value, column)) is not None:
                self.state[column.name] = round(number)

    def _as_of(self, cell: Cell) -> None:
        self.as_of_row, self.undated = True, cell.empty
        if cell.empty:
            self.tell(cell, f"the as-of date ({AS_OF.ja}) is missing: the last day of the last month with figures")
        elif not self._readable(cell):
            return
        elif (day := day_of(cell.value)) is None:
            self.tell(cell, "is not a day: write it as 2026-09-30, 2026/9/30, 令和8年9月30日 or an Excel date")
        elif day != month_end(day):
            self.tell(cell, f"must be the last day of a month, such as {month_end(day)}")
        else:
            self.as_of = day

    def _month(self, row: Sequence[Cell], columns: _Columns) -> None:
        by_column = {column: row[index] for index, column in columns.items() if column and index < len(row)}
        at = by_column.pop(MONTH, Cell(row[0].place))
        for index, cell in enumerate(row):
            if index not in columns and self._readable(cell):
                self.tell(cell, "stands in a column without a heading")
                columns[index] = None
        cells = {column.name: cell for column, cell in by_column.items()}
        values = {column.name: self._number(cell, column) for column, cell in by_column.items()}
        if at.empty:
            if not all(cell.empty for cell in cells.values()):
                self.tell(at, f"has no month ({MONTH.ja}), but figures beside it")
        elif not self._readable(at):
            return
        elif (month := month_of(at.value)) is None:
            self.tell(at, "is not a month: write it as 2026-04, 2026/4, 令和8年4月 or an Excel date")
        elif not FIRST_MONTH <= month <= LAST_MONTH:
            self.tell(at, f"must lie between {FIRST_MONTH:%Y-%m} and {LAST_MONTH:%Y-%m}")
        else:
            self.months.append(_Row(month, at, cells, values))

    def _readable(self, cell: Cell) -> bool:
        """Whether something stands in a cell that can be read; tells why not, once."""
        if cell.wrong:
            self.tell(cell, cell.wrong)
        return cell.value is not None and cell.wrong is None

    def _number(self, cell: Cell, column: Column) -> int | float | None:
        """The figure in a cell; tells why it is none, or none of this column."""
        if not self._readable(cell):
            return None
        if (rule := mistake(cell.value, column)) is not None:
            self.tell(cell, rule)
            return None
        return float(cell.value) if column.share else round(cell.value)

    def close(self) -> None:
        """Rules between cells: months in a whole, none after the as-of date, the work inside on a date."""
        filled = [row for row in self._in_order() if row.filled]
        self._dated(filled)
        self._months_follow(filled)
        for column in MONTHLY:
            self._no_gap(column, filled)
        if not filled and not self.state_at and not self.mistakes:
            self.mistakes.append("holds no figures: fill in a month, or the work inside on the as-of date")

    def _in_order(self) -> list[_Row]:
        return sorted(self.months, key=lambda row: row.month)

    def _dated(self, filled: Sequence[_Row]) -> None:
        if self.as_of is not None:
            for row in filled:
                if month_end(row.month) > self.as_of:
                    self.tell(row.at, f"lies after the as-of date ({AS_OF.ja}) {self.as_of}: leave its figures empty")
        if not self.as_of_row:
            rule = f"has no as-of date: a row {AS_OF.ja} with the last day of the last month with figures"
            self.mistakes.append(f"{rule} (in a CSV file above the headings)")
        for place in self.state_at if self.undated else ():
            self.mistakes.append(f"{place}   work inside is stated, but not on which day ({AS_OF.ja})")

    def _months_follow(self, filled: Sequence[_Row]) -> None:
        there = {row.month for row in self.months}
        for before, row in pairwise(filled):
            if before.month == row.month:
                self.tell(row.at, f"{row.month:%Y-%m} stands twice, in {before.at.place} too")
            missing, month = [], next_month(before.month)
            while month < row.month:
                missing += [f"{month:%Y-%m}"] if month not in there else []
                month = next_month(month)
            if missing:
                self.tell(row.at, f"comes after {before.month:%Y-%m}: {_listed(missing)} missing")

    def _no_gap(self, column: Column, filled: Sequence[_Row]) -> None:
        """An empty cell between filled ones of its column, rows without any figure included."""
        stated = [row.month for row in filled if column.name in row.cells and not row.cells[column.name].empty]
        for row in self._in_order() if stated else ():
            if stated[0] < row.month < stated[-1] and row.month not in stated:
                place = row.cells.get(column.name, row.at).place
                self.mistakes.append(f"{place}   {column.ja} of {row.month:%Y-%m} is empty between stated months")

    def rows(self) -> tuple[Month, ...]:
        """The months with any figure, in order."""
        return tuple(Month(row.month, **row.values) for row in self._in_order() if row.filled)


def _is(cell: Cell, column: Column) -> bool:
    return isinstance(cell.value, str) and known.split_unit(cell.value)[0] in known.names(column)


def _near(text: str, columns: Iterable[Column]) -> str:
    """The nearest right name in the language of the text."""
    name = known.split_unit(text)[0]
    names = {known.plain(getattr(column, lang)): getattr(column, lang) for column in columns for lang in ("ja", "en")}
    hint = nearest(name, names)
    close = next((shown for plain, shown in names.items() if hint.endswith(f" {plain}?")), None)
    return f"; did you mean {close}?" if close else ""


def _listed(names: Sequence[str]) -> str:
    return f"{names[0]} is" if len(names) == 1 else f"{names[0]} to {names[-1]} are"


def _shown(value: Any) -> str:
    text = value.isoformat().removesuffix("T00:00:00") if isinstance(value, date) else repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
