"""The same number has the same digits on the page, in Markdown, in a memo and in a workbook, which holds it in full."""

import html as markup
import io
import re
from dataclasses import replace
from math import isclose

import openpyxl
import pytest
from memo_sample import answers, made, opened

from reports import values
from reports.document import Computed, Figures, Marked, Number, Range, Ranged
from reports.faces import page
from reports.faces.markdown import markdown
from reports.faces.memo.controls import controls
from reports.faces.workbook import sheets, workbook
from reports.values import UNITS, pieces

KINDS = ("run", "size", "compare", "ledger", "clock")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where answers are made once for all languages."""
    return tmp_path_factory.mktemp("answers")


def plain(text):
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def numbers(value):
    """The numbers of a value by their names in a sheet."""
    match value:
        case Number():
            return {"value": value}
        case Computed(number):
            return {"value": number}
        case Ranged(middle, low, high):
            return {"value": middle, "low": low, "high": high}
        case Range(low, high):
            return {"low": low, "high": high}
        case Marked(inner):
            return numbers(inner)
    return {}


def again(value, held):
    """A value with the numbers that a sheet holds."""
    match value:
        case Number():
            return replace(value, amount=held["value"])
        case Computed(number):
            return replace(value, number=replace(number, amount=held["value"]))
        case Ranged(middle, low, high):
            parts = {"value": middle, "low": low, "high": high}
            return replace(value, **{name: replace(own, amount=held[name]) for name, own in parts.items()})
        case Range(low, high):
            return replace(value, low=replace(low, amount=held["low"]), high=replace(high, amount=held["high"]))
        case Marked(inner):
            return replace(value, value=again(inner, held))
    raise AssertionError(value)


def amount(number, content):
    """What a number is, of what its cell holds."""
    unit = UNITS.get(number.unit)
    if unit is None or unit.share:
        return float(content)
    return float(content) / 1000.0**unit.thousands / unit.scale


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_holds_the_numbers_that_are_read_elsewhere(kind, lang, folder):
    told = answers(folder / kind, kind, lang=lang)
    (own,) = told.answered
    cat, document = own.cat, own.document
    book = openpyxl.load_workbook(io.BytesIO(workbook(cat, document)))
    on_page, in_markdown = plain(markup.unescape(page.html(cat, document, {}))), markdown(cat, document, {})
    laid, compared = sheets(cat, document), 0
    for chapter in document.chapters:
        for block in chapter.laid:
            for row in block.table.rows:
                for column, value in enumerate(row):
                    parts = numbers(value)
                    if not parts or block.sheet or block.page:
                        continue
                    text = values.text(cat, value)
                    held = {name: find(laid, book, column, name, value, number) for name, number in parts.items()}
                    assert values.text(cat, again(value, held)) == text
                    for piece in pieces(cat, value):
                        assert piece.number is None or (plain(piece.text) in on_page and piece.text in in_markdown)
                    compared += 1
    assert compared > 2


def find(laid, book, column, name, value, number):
    """What the workbook's file holds of a number, read back from where the face has put it."""
    for title, columns in laid.items():
        for place, own in enumerate(columns):
            if own.of != column or own.part != name:
                continue
            for row, cell in enumerate(own.cells):
                if cell.content is not None and not isinstance(cell.content, str) and _is(number, cell.content):
                    return amount(number, _read(book[title], row, place, len(own.cells)))
    raise AssertionError((value, name))


def _is(number, content):
    return isinstance(content, int | float) and isclose(
        amount(number, content), number.amount, rel_tol=1e-12, abs_tol=1e-12
    )


def _read(sheet, row, place, rows):
    top = sheet.auto_filter.ref.split(":")[0]
    first = int(re.sub(r"[A-Z]+", "", top)) + 1
    return sheet.cell(first + row, place + 1).value


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_memo_says_what_the_page_says(lang, folder):
    told = answers(folder / "together", *KINDS, lang=lang)
    content = opened(made(folder, told))
    pages = {shown.name: plain(markup.unescape(page.html(shown.cat, shown.document, {}))) for shown in told.shown}
    found = list(controls(content))
    assert len(found) > 300
    for tag, text in found:
        assert plain(text) in pages[tag.partition("/")[0]], tag


def test_figures_of_several_numbers_are_told_apart(folder):
    """A memo's controls and the pieces of a value are one to one, in order."""
    told = answers(folder / "run", "run")
    (own,) = told.shown
    tags = dict(controls(opened(made(folder, told))))
    table = own.document.chapters[0].blocks[0].table
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells):
            shown = [piece.text for piece in pieces(own.cat, cell) if piece.number is not None]
            held = [text for tag, text in tags.items() if tag.startswith(f"1/verdicts.0.{row}.{column}.")]
            assert held == shown
            assert shown or not isinstance(cell, Figures)
