"""The cells of the wanted sheets of an Excel workbook; other sheets are not even opened."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import IO, Any
from xml.etree.ElementTree import iterparse

from scenarios.errors import UserError, nearest_name
from scenarios.limits import shown_name
from scenarios.workbook.archive import ArchiveError, Parts
from scenarios.workbook.cell import MOST_COLUMNS, MOST_ROWS, Cell, Rows, is_error
from scenarios.workbook.columns import SHEETS, plain
from scenarios.workbook.formats import MAIN, Styles, styles_of
from sim.message import NOTHING, Message

Found = dict[tuple[int, int], Cell]
"""Cells with anything in them by row and column, both counted from 0."""


_COPY = re.compile(r"(?:copyof)?「?(.*?)」?(?:の?コピー|copy)?(?:\(\d{1,2}\)|\d{1,2})?")
"""Names, as compared, that spreadsheet programs and people give the copy of a sheet; a year is no number of a copy."""
_NEAR, _SLIP = 0.75, 0.9
"""How like a name is to the right one where it is taken for it, and where the right one is there too.

改訂単価 is like 改定単価, Old prices is not like Later prices, and may stand beside Prices.
"""
Sheets = Mapping[str, tuple[str, str]]
"""The names, Japanese and English, by which each wanted sheet may be called."""


def read_workbook(name: str, raw: bytes, sheets: Sheets, optional: Sheets | None = None) -> dict[str, Rows]:
    """The rows of each wanted sheet of a workbook by its key.

    Args:
        name: the file's name, for messages.
        raw: the file.
        sheets: sheets that must be there.
        optional: sheets that may be.

    Raises:
        UserError: if it is no workbook, is damaged or too large, or lacks a wanted sheet or has it or a copy beside it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(name, raw, sheets, optional or {})
    except UserError:
        raise
    except ArchiveError as error:
        raise UserError(name, [error.message]) from None
    except Exception:
        # A damaged or foreign archive fails in many ways inside the library; all mean the same to the planner.
        raise UserError(name, [Message("is not an Excel workbook (.xlsx), or is damaged")]) from None


def _read(name: str, raw: bytes, sheets: Sheets, optional: Sheets) -> dict[str, Rows]:
    from openpyxl.reader.excel import ExcelReader

    parts = Parts(raw)
    reader = ExcelReader(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    reader.archive = parts
    reader.read_manifest()
    reader.read_workbook()
    there = {sheet.name: rel.target for sheet, rel in reader.parser.find_sheets() if "chartsheet" not in rel.Type}
    chosen = _chosen(name, there, sheets, optional)
    reader.shared_strings = _shared_strings(reader, parts)
    styles = _styles(parts)
    return {key: _Sheet(reader, styles, title).rows(parts.stream(there[title])) for key, title in chosen.items()}


def _chosen(name: str, there: Mapping[str, str], sheets: Sheets, optional: Sheets) -> dict[str, str]:
    """The title of each wanted sheet."""
    chosen, mistakes = {}, []
    for key, wanted in {**sheets, **optional}.items():
        names = set(map(plain, wanted))
        own = [title for title in there if plain(title) in names]
        copies = [title for title in there if title not in own and _original(title) in names]
        if len(found := own + copies) > 1:
            mistakes.append(
                Message(
                    "has the sheets {sheets} for the same figures: keep one of them",
                    sheets=list(map(shown_name, found)),
                )
            )
        elif own:
            chosen[key] = own[0]
        elif copies or key in sheets:
            ja, en = wanted
            meant = next(iter(copies), None) or _nearest(wanted, there)
            near = Message("; is it {name}?", name=shown_name(meant)) if meant else NOTHING
            mistakes.append(Message("has no sheet {ja} or {en}{near}", ja=ja, en=en, near=near))
    if mistakes := mistakes or list(_mistyped(there, [*sheets.values(), *optional.values()])):
        raise UserError(name, mistakes)
    return chosen


def _original(title: str) -> str:
    """The name, as compared, of the sheet of which one is a copy: ``月次 (2)``, ``Copy of Prices``; else its own."""
    name = plain(title)
    return found[1] if (found := _COPY.fullmatch(name)) else name


def _mistyped(there: Collection[str], known: Sequence[tuple[str, str]]) -> Iterator[Message]:
    """What to say of each sheet that is passed over, though its name is nearly one that is read."""
    titles = {title: plain(title) for title in there}
    read = {plain(name) for pair in (*known, *SHEETS.values()) for name in pair}
    for ja, en in known:
        names = plain(ja), plain(en)
        missing = not set(names) & set(titles.values())
        for title, name in titles.items():
            if _original(title) not in read and any(_is_near(name, own, missing) for own in names):
                told = {"sheet": shown_name(title), "ja": ja, "en": en}
                yield Message("has a sheet {sheet}, which is not read: call it {ja} ({en}), or otherwise", **told)


def _is_near(name: str, known: str, missing: bool) -> bool:
    """Whether a name is nearly a known one: likelier meant for it where there is no sheet of that name."""
    alike = SequenceMatcher(None, known, name).ratio()
    return alike >= _SLIP or (missing and (alike >= _NEAR or known in name))


def _nearest(wanted: Iterable[str], there: Iterable[str]) -> str | None:
    """The sheet whose name is like one of those wanted, if any is."""
    names = list(there)
    return next((found for known in wanted if (found := nearest_name(known, names))), None)


def _shared_strings(reader: Any, parts: Parts) -> list[str]:
    """The texts that cells refer to by number, without the readings (ふりがな) that Excel keeps beside them."""
    from openpyxl.xml.constants import SHARED_STRINGS

    found = reader.package.find(SHARED_STRINGS)
    texts: list[str] = []
    if found is not None:
        with parts.stream(found.PartName[1:]) as stream:
            for _, element in iterparse(stream):
                if element.tag == f"{MAIN}si":
                    runs = (element, *element.findall(f"{MAIN}r"))
                    texts.append("".join(part.text or "" for run in runs for part in run.findall(f"{MAIN}t")))
                    element.clear()
    return texts


def _styles(parts: Parts) -> Styles:
    """What the cell styles show: dates, spans of time, percent."""
    from openpyxl.xml.constants import ARC_STYLE

    if ARC_STYLE not in parts.namelist():
        return Styles()
    with parts.stream(ARC_STYLE) as stream:
        return styles_of(stream)


class _Sheet:
    """A sheet being read, with what the styles of the workbook's cells show."""

    def __init__(self, reader: Any, styles: Styles, title: str) -> None:
        self._reader, self._styles, self._title = reader, styles, shown_name(title)
        self._merged: list[str] = []

    def rows(self, stream: IO[bytes]) -> Rows:
        """Its rows up to the last cell with anything in it.

        Raises:
            ArchiveError: if anything stands outside the extent of a table, or the sheet is damaged.
        """
        found = {(cell.row, cell.column): cell for cell in self._cells(stream) if not cell.empty}
        if not found:
            return []
        height, width = (1 + max(place[axis] for place in found) for axis in (0, 1))
        self._mark_merged(found, height, width)
        return [
            [found.get((row, column)) or Cell(self._title, column, row) for column in range(width)]
            for row in range(height)
        ]

    def _cells(self, stream: IO[bytes]) -> Iterator[Cell]:
        parser = _parser(self._reader, self._styles, stream)
        for _, element in iterparse(stream):
            if element.tag == f"{MAIN}row":
                for told in parser.parse_row(element)[1]:
                    percent = told["style_id"] in self._styles.percent
                    place = told["column"] - 1, told["row"] - 1
                    cell = Cell(self._title, *place, _value(told["value"]), _wrong(told), percent)
                    self._refuse_outside(cell)
                    yield cell
                element.clear()
            elif element.tag == f"{MAIN}mergeCell":
                self._merged.append(element.get("ref", ""))

    def _refuse_outside(self, cell: Cell) -> None:
        if not cell.empty and not (0 <= cell.row < MOST_ROWS and 0 <= cell.column < MOST_COLUMNS):
            raise ArchiveError(
                Message("{cell}   lies far from the table: delete what lies beside and below", cell=cell.place)
            )

    def _mark_merged(self, found: Found, height: int, width: int) -> None:
        """Tell of merged cells inside the table, each area at its first cell; areas of a workbook never overlap."""
        from openpyxl.utils.cell import range_boundaries

        covered: set[tuple[int, int]] = set()
        for area in self._merged:
            left, top, right, bottom = range_boundaries(area)
            inside = {
                (row, column)
                for row in range(top - 1, min(bottom, height))
                for column in range(left - 1, min(right, width))
            }
            if inside & covered:
                raise ValueError("merged areas overlap")
            covered |= inside
            for row, column in inside:
                first = (row, column) == (top - 1, left - 1)
                told = (
                    Message("is merged ({area}): unmerge it and fill in each cell", area=shown_name(area))
                    if first
                    else NOTHING
                )
                found[row, column] = Cell(self._title, column, row, self._value_at(found, row, column), told)

    @staticmethod
    def _value_at(found: Found, row: int, column: int) -> Any:
        known = found.get((row, column))
        return known and known.value


def _parser(reader: Any, styles: Styles, stream: IO[bytes]) -> Any:
    """openpyxl's parser of rows, which also tells of formulas that were saved without a result."""
    from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

    class Parser(WorkSheetParser):  # type: ignore[misc]
        def parse_cell(self, element: Any) -> Any:
            told = super().parse_cell(element)
            # A text without characters is a result too: Excel saves it with the type `str`.
            if told["value"] is None and told["data_type"] != "str" and element.find(FORMULA_TAG) is not None:
                told["data_type"] = "f"
            return told

    return Parser(stream, reader.shared_strings, True, reader.wb.epoch, styles.times, styles.spans)


def _value(value: Any) -> Any:
    """What stands in a cell: no empty text, and no number longer than a computer counts with."""
    if isinstance(value, int) and abs(value) > 10**15:
        return float(str(value))
    return value.strip() or None if isinstance(value, str) else value


def _wrong(told: Mapping[str, Any]) -> Message | None:
    if told["data_type"] == "f":
        return Message("is a formula without a saved result: open and save the file in Excel, or enter the value")
    return is_error() if told["data_type"] == "e" else None
