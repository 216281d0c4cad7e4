"""From the cells of a planner's file to its figures: every rule, and every mistake with its cell.

Rows with a known name in the first column (``基準日``, the work inside) stand above the headings of the monthly table,
or, in templates of earlier versions, in a sheet of their own; the rows below the headings are months. Nothing may be
stated twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from scenarios.errors import UserError
from scenarios.files.actuals import Actuals, Month, month_end, next_month
from scenarios.files.percent import NO_SHARE
from scenarios.workbook import columns as known
from scenarios.workbook.cell import ERRORS, Cell, Rows
from scenarios.workbook.columns import AS_OF, ITEM, MONTH, MONTHLY, SHEETS, STATE, Column
from scenarios.workbook.contradictions import contradictions
from scenarios.workbook.dates import day_of, month_of, no_day
from scenarios.workbook.file import read_cells
from scenarios.workbook.headings import Headings, is_figure, is_month, near
from scenarios.workbook.mistakes import Mistakes, refuse_stray
from scenarios.workbook.values import is_number, mistake, number_of, unit_of
from sim.message import NOTHING, Message

FIRST_MONTH, LAST_MONTH = date(2016, 1, 1), date(2046, 3, 1)
"""The first cards were handed over in January 2016; no run goes beyond FY2045."""


def read_actuals(path: Path) -> Actuals:
    """The figures of a workbook made from the template, or of its monthly sheet saved as CSV.

    Raises:
        UserError: with all that is wrong, each with sheet, cell, rule and value.
    """
    cells = read_cells(path, {"monthly": SHEETS["monthly"]}, {"state": SHEETS["state"]})
    reading = _Reading()
    for key, rows in cells.items():
        reading.sheet(key, rows)
    reading.close()
    if reading.mistakes or reading.as_of is None:
        raise UserError(path.name, reading.mistakes.lines())
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


@dataclass
class _Reading:
    """What has been read so far, and what is wrong with it."""

    mistakes: Mistakes = field(default_factory=Mistakes)
    as_of: date | None = None
    undated: bool = True
    state: dict[str, int] = field(default_factory=dict)
    named: dict[Column, Cell] = field(default_factory=dict)
    state_at: list[Cell] = field(default_factory=list)
    months: list[_Row] = field(default_factory=list)

    def sheet(self, key: str, rows: Rows) -> None:
        """Read a sheet: named rows, and below the headings the months."""
        told = len(self.mistakes)
        filled = [row for row in rows if not all(cell.empty for cell in row)]
        top = next((place for place, row in enumerate(filled) if any(map(is_month, row))), len(filled))
        for row in filled[:top]:
            self._named(row)
            if top == len(filled) and any(map(is_figure, row)):
                break  # the headings without that of the months: what is wrong with them is told
        if top < len(filled):
            headings = Headings(filled[top], filled[top + 1 :], self.mistakes)
            for row in filled[top + 1 :]:
                self._month(row, headings)
        elif key == "monthly" and len(self.mistakes) == told:
            missing = Message("has no heading 年月 (month): keep the headings of the template")
            self.mistakes.add(missing)

    def _named(self, row: Sequence[Cell]) -> None:
        """A row such as ``基準日 | 2026-09-30``; what stands right of the value is explanation."""
        label = row[0]
        value = row[1] if len(row) > 1 else Cell(label.sheet, 1, label.row)
        if label.empty or known.plain(str(label.value)) in ITEM:
            refuse_stray(filter(_is_figure, row[1:]), self.mistakes)
            return
        if not self._readable(label):
            return
        _, unit = known.split_unit(str(label.value))
        column = _named_by(label)
        if column is None:
            hint = near(str(label.value), (MONTH, AS_OF, *STATE))
            self.mistakes.at(label, Message("unknown name{near}", near=hint))
        elif not known.unit_fits(column, unit):
            self.mistakes.at(
                label, Message("wrong unit in the name: the figure is read in {unit}", unit=unit_of(column))
            )
        elif column in self.named:
            there = self.named[column].place
            self.as_of = None if column is AS_OF else self.as_of
            self.mistakes.at(label, Message("stands twice, in {place} too: keep one of them", place=there))
        else:
            self.named[column] = label
            refuse_stray(filter(_is_figure if value.empty else _named_by, row[2:]), self.mistakes)
            self._as_of(value) if column is AS_OF else self._work_inside(value, column)

    def _work_inside(self, cell: Cell, column: Column) -> None:
        if not cell.empty:
            self.state_at.append(cell)
            if (number := self._number(cell, column)) is not None:
                self.state[column.name] = round(number)

    def _as_of(self, cell: Cell) -> None:
        self.undated = cell.empty
        if cell.empty:
            missing = Message("the as-of date (基準日) is missing: the last day of the last month with figures")
            self.mistakes.at(cell, missing)
        elif not self._readable(cell):
            return
        elif (day := day_of(cell.value)) is None:
            rule = Message("is not a day: write it as 2026-09-30, 2026/9/30, 令和8年9月30日 or an Excel date")
            self.mistakes.at(cell, _plain_number(cell) or _impossible(cell) or rule)
        elif not FIRST_MONTH <= day <= month_end(LAST_MONTH):
            span = {"first": FIRST_MONTH, "last": month_end(LAST_MONTH)}
            self.mistakes.at(cell, Message("is not a day that can be: it must lie between {first} and {last}", **span))
        elif day != month_end(day):
            self.mistakes.at(cell, Message("must be the last day of a month, such as {day}", day=month_end(day)))
        else:
            self.as_of = day

    def _month(self, row: Sequence[Cell], headings: Headings) -> None:
        by_column = headings.by_column(row)
        at = by_column.pop(MONTH, Cell(row[0].sheet, 0, row[0].row))
        cells = {column.name: cell for column, cell in by_column.items()}
        values = {
            column.name: self._number(cell, column, headings.in_percent(column)) for column, cell in by_column.items()
        }
        if at.empty:
            if not all(cell.empty for cell in cells.values()):
                self.mistakes.at(at, Message("has no month (年月), but figures beside it"))
        elif not self._readable(at):
            return
        elif (month := month_of(at.value)) is None:
            rule = Message("is not a month: write it as 2026-04, 2026/4, 令和8年4月 or an Excel date")
            self.mistakes.at(at, _plain_number(at) or rule)
        elif not FIRST_MONTH <= month <= LAST_MONTH:
            span = {"first": f"{FIRST_MONTH:%Y-%m}", "last": f"{LAST_MONTH:%Y-%m}"}
            self.mistakes.at(at, Message("must lie between {first} and {last}", **span))
        else:
            self.months.append(_Row(month, at, cells, values))

    def _readable(self, cell: Cell) -> bool:
        """Whether something stands in a cell that can be read; tells why not, once."""
        if cell.wrong:
            self.mistakes.at(cell, cell.wrong)
        return cell.value is not None and cell.wrong is None

    def _number(self, cell: Cell, column: Column, percent: bool = False) -> int | float | None:
        """The figure in a cell; tells why it is none, or none of this column."""
        if not self._readable(cell):
            return None
        if cell.percent and is_number(cell.value) and not column.share:
            self.mistakes.at(cell, NO_SHARE)
            return None
        value = round(cell.value / 100, 12) if percent and is_number(cell.value) else cell.value
        if (rule := mistake(value, column)) is not None:
            self.mistakes.at(cell, rule)
            return None
        return float(value) if column.share else round(value)

    def close(self) -> None:
        """Rules between cells: months in a whole, none after the as-of date, the work inside on a date."""
        filled = [row for row in self._in_order() if row.filled]
        self._dated(filled)
        self._months_follow(filled)
        for column in MONTHLY:
            self._no_gap(column, filled)
        if not self.mistakes:
            self._fit_together()
        if not filled and not self.state_at and not self.mistakes:
            self.mistakes.add(Message("holds no figures: fill in a month, or the work inside on the as-of date"))

    def _in_order(self) -> list[_Row]:
        return sorted(self.months, key=lambda row: row.month)

    def _dated(self, filled: Sequence[_Row]) -> None:
        if self.as_of is not None:
            for row in filled:
                if month_end(row.month) > self.as_of:
                    rule = Message("lies after the as-of date (基準日) {day}: leave its figures empty", day=self.as_of)
                    self.mistakes.at(row.at, rule)
        if AS_OF not in self.named:
            self.mistakes.add(
                Message(
                    "has no as-of date: a row 基準日 above the headings, "
                    "with the last day of the last month with figures"
                )
            )
        for cell in self.state_at if self.undated else ():
            self.mistakes.at(cell, Message("work inside is stated, but not on which day (基準日)"))

    def _months_follow(self, filled: Sequence[_Row]) -> None:
        there = {row.month for row in self.months}
        for before, row in pairwise(filled):
            if before.month == row.month:
                told = {"month": f"{row.month:%Y-%m}", "place": before.at.place}
                self.mistakes.at(row.at, Message("{month} stands twice, in {place} too", **told))
            missing, month = [], next_month(before.month)
            while month < row.month:
                missing += [f"{month:%Y-%m}"] if month not in there else []
                month = next_month(month)
            if missing:
                told = {"before": f"{before.month:%Y-%m}", "missing": _listed(missing)}
                self.mistakes.at(row.at, Message("comes after {before}: {missing} missing", **told))

    def _no_gap(self, column: Column, filled: Sequence[_Row]) -> None:
        """An empty cell between filled ones of its column, rows without any figure included."""
        stated = [row.month for row in filled if column.name in row.cells and not row.cells[column.name].empty]
        for row in self._in_order() if stated else ():
            if stated[0] < row.month < stated[-1] and row.month not in stated:
                told = {"name": column.ja, "month": f"{row.month:%Y-%m}"}
                rule = Message("{name} of {month} is empty between stated months", **told)
                self.mistakes.at(row.cells.get(column.name, row.at), rule)

    def _fit_together(self) -> None:
        """What is right for itself and contradicts something else, at its cell."""
        cells = {row.month: row.cells for row in self.months}
        state = {column.name: cell for column, cell in self.named.items()}
        for month, name, rule in contradictions(self.rows(), self.state):
            self.mistakes.at(state[name] if month is None else cells[month][name], rule)

    def rows(self) -> tuple[Month, ...]:
        """The months with any figure, in order."""
        return tuple(Month(row.month, **row.values) for row in self._in_order() if row.filled)


def _named_by(cell: Cell) -> Column | None:
    """What a name above the headings means; none if it means nothing."""
    name = known.split_unit(cell.value)[0] if isinstance(cell.value, str) else ""
    return next((column for column in (AS_OF, *STATE) if name in known.names(column)), None)


def _is_figure(cell: Cell) -> bool:
    """Whether a cell holds a figure, a date or the name of one, and no words that explain."""
    value = cell.value
    if not isinstance(value, str):
        return value is not None or bool(cell.wrong)
    read = number_of(value), day_of(value), month_of(value), _named_by(cell)
    return value in ERRORS or any(found is not None for found in read)


def _impossible(cell: Cell) -> Message | None:
    """Why a day that is written there does not exist."""
    return no_day(cell.value) if isinstance(cell.value, str) else None


def _plain_number(cell: Cell) -> Message:
    """What is said of a number in place of a date: Excel shows one where a date has lost its format."""
    if not is_number(cell.value):
        return NOTHING
    return Message("is a number, not a date: give the cell the format of a date, or write it as in 2026-04-30")


def _listed(names: Sequence[str]) -> Message:
    if len(names) == 1:
        return Message("{first} is", first=names[0])
    return Message("{first} to {last} are", first=names[0], last=names[-1])
