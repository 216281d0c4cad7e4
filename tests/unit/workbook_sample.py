"""Workbooks for tests: a template with cells filled in, and its parts changed as other programs write them.

The template is as earlier versions wrote it, the as-of date in a sheet of its own: planners go on with their files.
"""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl

SHEET, STATE, STYLES, BOOK = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/styles.xml", "xl/workbook.xml"
"""Parts of the template: monthly sheet, as-of sheet, formats, list of sheets."""


@cache
def empty(lang="ja") -> bytes:
    return Path(__file__).with_name("earlier").joinpath(f"actuals-{lang}.xlsx").read_bytes()


def filled(path: Path, cells, lang="ja", book=None) -> Path:
    """The template with cells such as ``月次!B2`` filled in; a value may be a pair of value and number format."""
    workbook = openpyxl.load_workbook(io.BytesIO(book or empty(lang)))
    for place, told in cells.items():
        sheet, _, name = place.partition("!")
        value, number_format = told if isinstance(told, tuple) else (told, None)
        workbook[sheet][name] = value
        if number_format:
            workbook[sheet][name].number_format = number_format
    workbook.save(path)
    return path


def part(raw: bytes, name: str) -> str:
    """The text of a part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name).decode()


def added(raw: bytes, name: str, text: str) -> bytes:
    """A workbook with one part more."""
    stream = io.BytesIO(raw)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return stream.getvalue()


def changed(raw: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook with the text of a part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()).encode() if name == part else text)
    return stream.getvalue()
