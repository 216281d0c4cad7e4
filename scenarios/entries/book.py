"""Entries read from a workbook: the same keys and values as a file of text has, each with its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from scenarios.entries.layout import CHOICES, ENTRY, MEANING, NO, YES, Heading, Layout
from scenarios.entries.source import Source
from scenarios.errors import Mistake, UserError, nearest
from scenarios.files.percent import NO_SHARE
from scenarios.files.scenario_file import written
from scenarios.workbook.cell import Cell, Rows
from scenarios.workbook.columns import plain, split_unit
from scenarios.workbook.file import workbook_cells
from scenarios.workbook.headings import refuse_unheaded
from scenarios.workbook.mistakes import Mistakes, refuse_stray
from scenarios.workbook.values import is_number
from sim.message import Message


def read_book(path: Path, raw: bytes, layout: Layout) -> Source:
    """What a workbook says, as its text in TOML would.

    Raises:
        UserError: if it is no workbook, or its sheets and headings are not those of the layout; what is wrong with a
            value is for the rules of the entries.
    """
    optional = {"more": layout.more_sheet} if layout.more_sheet else {}
    sheets = workbook_cells(path.name, raw, {"own": layout.sheet}, optional)
    reading = _Reading(layout)
    reading.entries_of(sheets["own"])
    if "more" in sheets:
        reading.more(sheets["more"])
    if reading.mistakes:
        raise UserError(path.name, [Mistake(line) for line in reading.mistakes.lines()])
    text = _as_toml(reading.head, reading.entries)
    return Source(path.name, reading.head, reading.entries, text, reading.places)


class _Reading:
    """What has been read so far: own keys, entries, the cell of each, and what is wrong."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.head: dict[str, Any] = {}
        self.entries: dict[str, dict[str, Any]] = {}
        self.places: dict[str, Cell] = {}
        self.mistakes = Mistakes()
        self._percent: set[Heading] = set()

    def entries_of(self, rows: Rows) -> None:
        """Own keys above the headings, then a row an entry."""
        for name, at, row in self._table(rows, self._layout.fields, self._layout.own):
            if name in self.entries:
                there = self.places[name].place
                self.mistakes.at(at, Message("stands twice, in {place} too: keep one of them", place=there))
                continue
            self.places[name] = at
            self.entries[name] = {}
            for heading, cell in row:
                self._put(f"{name}.{heading.name}", cell, self.entries[name], heading)

    def more(self, rows: Rows) -> None:
        """Rows that add to a list of an entry, in their order."""
        for name, at, row in self._table(rows, self._layout.more_fields, ()):
            if name not in self.entries:
                self.mistakes.at(at, Message("has no row of its own{near}", near=nearest(name, self.entries)))
                continue
            listed: dict[str, Any] = {}
            for heading, cell in row:
                self._put(f"{name}.{self._layout.more_name}.{heading.name}", cell, listed, heading)
            self.entries[name].setdefault(self._layout.more_name, []).append(listed)

    def _above(self, row: Sequence[Cell], known: Sequence[Heading]) -> None:
        """A row above the headings: the name of an own key of the file, and its value."""
        label, value = row[0], row[1] if len(row) > 1 else Cell(row[0].sheet, 1, row[0].row)
        heading = next((own for own in known if own.is_called(str(label.value))), None)
        if label.wrong is not None:
            self._wrong(label)
        elif label.empty:
            refuse_stray(row[1:], self.mistakes)
        elif heading is None:
            names = [getattr(own, lang) for own in known for lang in ("ja", "en")]
            self.mistakes.at(label, Message("unknown name{near}", near=nearest(str(label.value), names)))
        elif heading.name in self.head and not value.empty:
            there = self.places[heading.name].place
            self.mistakes.at(label, Message("stands twice, in {place} too: keep one of them", place=there))
        else:
            refuse_stray(row[2:], self.mistakes)
            if not value.empty:
                self._put(heading.name, value, self.head, heading)

    def _table(
        self, rows: Rows, fields: Sequence[Heading], own: Sequence[Heading]
    ) -> Iterator[tuple[str, Cell, list[tuple[Heading, Cell]]]]:
        """The rows below the headings: name, its cell, and the cells that are not empty under known headings.

        Above the headings stand the ``own`` keys of the file.
        """
        columns: dict[int, Heading] | None = None
        for row in rows:
            if all(cell.empty for cell in row):
                continue
            if columns is None:
                if any(isinstance(cell.value, str) and ENTRY.is_called(cell.value) for cell in row):
                    columns = self._columns(row, fields)
                    self._percent |= _in_percent(row, columns)
                    refuse_unheaded(row, rows, self.mistakes)
                else:
                    self._above(row, own)
                continue
            at = next(row[index] for index, heading in columns.items() if heading is ENTRY)
            named = [(heading, row[index]) for index, heading in columns.items() if heading not in (ENTRY, MEANING)]
            there = [(heading, cell) for heading, cell in named if not cell.empty]
            if at.wrong:
                self._wrong(at)
            elif at.value is not None:
                yield str(at.value), at, there
            elif there:
                self.mistakes.at(at, Message("has no name ({ja}), but values beside it", ja=ENTRY.ja))
        if columns is None:
            missing = Message("has no heading {ja} ({en}): keep the headings of the template", ja=ENTRY.ja, en=ENTRY.en)
            self.mistakes.add(missing)

    def _columns(self, row: Sequence[Cell], fields: Sequence[Heading]) -> dict[int, Heading]:
        columns: dict[int, Heading] = {}
        for cell in row:
            if cell.empty:
                continue
            known = (ENTRY, MEANING, *fields)
            heading = next((heading for heading in known if heading.is_called(str(cell.value))), None)
            if heading is None:
                names = [getattr(own, lang) for own in known for lang in ("ja", "en")]
                self.mistakes.at(cell, Message("unknown heading{near}", near=nearest(str(cell.value), names)))
            elif heading in columns.values():
                self.mistakes.at(cell, Message("stands twice among the headings: keep one of the columns"))
            else:
                columns[cell.column] = heading
        return columns

    def _wrong(self, cell: Cell) -> None:
        """Tell why a cell cannot be read, unless that is told at another."""
        if cell.wrong:
            self.mistakes.at(cell, cell.wrong)

    def _put(self, key: str, cell: Cell, values: dict[str, Any], heading: Heading) -> None:
        if cell.wrong is not None:
            self._wrong(cell)
        elif heading.kind == "number" and cell.percent and is_number(cell.value):
            self.mistakes.at(cell, NO_SHARE)
        else:
            self.places.setdefault(key, cell)
            value = _value(cell.value, heading)
            # Under a heading in percent, a plain 2 is 2 %, and so is 0.02 that Excel shows as 2 %.
            in_percent = heading in self._percent and not cell.percent and is_number(value)
            values[heading.name] = round(value / 100, 12) if in_percent else value


def _in_percent(top: Sequence[Cell], columns: Mapping[int, Heading]) -> set[Heading]:
    """Shares whose heading says percent."""
    named = {heading: split_unit(str(top[index].value))[1] for index, heading in columns.items()}
    return {heading for heading, unit in named.items() if heading.kind == "share" and unit == "%"}


def _value(value: Any, heading: Heading) -> Any:
    """A cell's value as the text file would have it; what cannot be read is left as it stands, for the rules."""
    if heading.kind == "yes_no" and isinstance(value, str):
        return {**dict.fromkeys(map(plain, YES), True), **dict.fromkeys(map(plain, NO), False)}.get(plain(value), value)
    if heading.kind == "choice" and isinstance(value, str):
        return next((own for own, words in CHOICES.items() if plain(value) in map(plain, (own, *words))), value)
    if heading.kind in ("text", "month_day"):
        return _text(value, heading)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**15:
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _text(value: Any, heading: Heading) -> str:
    """A text as it was meant: Excel makes a date of a month and day such as 08-31."""
    if isinstance(value, date):
        return f"{value:%m-%d}" if heading.kind == "month_day" else value.isoformat().removesuffix("T00:00:00")
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _as_toml(head: dict[str, Any], entries: dict[str, dict[str, Any]]) -> str:
    """The same as a file of text."""
    lines = [f"{key} = {written(_plain(value))}" for key, value in head.items()]
    for name, fields in entries.items():
        lines += ["", f"[{_key(name)}]", *(f"{key} = {written(_plain(value))}" for key, value in fields.items())]
    return "\n".join(lines).lstrip("\n") + "\n"


def _key(name: str) -> str:
    return name if name.replace(".", "").replace("_", "").isalnum() and name.isascii() else written(name)


def _plain(value: Any) -> Any:
    """What TOML can hold; anything else is refused by the rules before the text is used."""
    if isinstance(value, list):
        return [{key: _plain(inner) for key, inner in entry.items()} for entry in value]
    return value if isinstance(value, bool | int | float | str) else str(value)
