"""Pieces of work that are done apart from the server (``apart``)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qs

from pydantic import TypeAdapter

from cardflow.serve.questions import PRICES, Clock, Compare, Ledger, Question, Size
from reports import catalogue
from reports.html import render
from reports.messages import mistakes
from scenarios.errors import NOTHING_WRITTEN, Together, UserError
from scenarios.files.load import Scenario, load_all, load_with

Told = dict[str, Any]
_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)
_AROUND, _MOST = 1, 60
"""Rows that are shown before and after one with a mistake; rows of a sheet that are shown."""
_LETTERS = 40
_CELLS = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::[A-Z]{1,3}(\d{1,7}))?")


def beside(lang: str, folders: Sequence[str]) -> Told:
    """The page of answers beside each other; raises UserError."""
    from reports.faces import page
    from reports.faces.figures.inline import inline
    from reports.shelf.beside import beside as document
    from scenarios.folder.folder import Folder

    with ExitStack() as held:
        opened = [held.enter_context(Folder(Path(path), option="")) for path in folders]
        for folder in opened:
            folder.reopen(None)
        made = document(opened, lang)
    charts = [chart for chapter in made.chapters for chart in chapter.charts]
    cat = catalogue.load(lang)
    return {"page": page.html(cat, made, inline(cat, charts))}


def estimate(lang: str, query: str, folder: str) -> Told:
    """What theory expects of a question, beside the scenario without any change, as a piece of a page.

    Raises:
        UserError: with what is wrong with the question.
        LookupError: of a scenario that is none.
    """
    from cardflow.serve.own_scenarios import OwnScenarios
    from cardflow.serve.whatif import Question
    from reports import quick
    from scenarios.quick.quick import expected

    question, cat = Question.of(parse_qs(query), OwnScenarios(Path(folder))), catalogue.load(lang)
    asked = question.asked()
    own, base = expected(asked.parameters), expected(question.base.parameters)
    if own.years != base.years:
        base = own
    told = {
        "years": quick.years(cat, own),
        "rows": list(quick.rows(cat, own, base, asked.parameters)),
        "size": (quick.WIDE, quick.HIGH),
    }
    return {"piece": render("serve_expected.html.j2", t=cat.text, **told)}


# questions ----------------------------------------------------------------------------------------------------------


def judge(lang: str, question: Mapping[str, Any]) -> Told:
    """Nothing, where a question can be worked out; raises UserError with all that is wrong with it, as its command."""
    asked = _QUESTION.validate_python(question, strict=False)
    wrong = Together()
    if isinstance(asked, Compare):
        wrong.tried(load_all, (asked.scenario, *asked.others), asked.settings, "compare")
    elif isinstance(asked, Size | Ledger | Clock):
        chosen = wrong.tried(load_with, asked.scenario, asked.settings)
        wrong.tried(_refuse, asked, chosen)
    wrong.refuse()
    return {}


def _refuse(asked: Size | Ledger | Clock, chosen: Scenario | None) -> None:
    if isinstance(asked, Size):
        _refuse_size(asked, chosen)
    elif isinstance(asked, Ledger):
        from scenarios.ledger import ledger

        ledger.refuse(chosen, ledger.LedgerOptions(asked.resources, asked.replications or 16))
    else:
        from scenarios.clock import clock

        day, many = asked.as_of or date.today(), asked.replications or 120
        clock.refuse(chosen, clock.ClockOptions(day, many, targets=asked.targets))


def _refuse_size(asked: Size, chosen: Scenario | None) -> None:
    from scenarios.prices import load_prices
    from scenarios.size.options import SizeOptions, refuse

    wrong, priced = Together(), None
    if asked.prices:
        with TemporaryDirectory() as home, wrong.noted():
            Path(home, PRICES).write_text(asked.prices, encoding="utf-8")
            priced = load_prices(Path(home, PRICES))
    options = SizeOptions(asked.confidence, asked.by, together=asked.together, replications=asked.replications)
    wrong.tried(refuse, chosen, asked.resources, asked.targets, options, priced)
    wrong.refuse()


# figures ------------------------------------------------------------------------------------------------------------


def figures(lang: str, path: str) -> Told:
    """What stands in a planner's file; or else what is wrong, with the cells around each mistake."""
    from scenarios.workbook.rules import read_actuals

    try:
        found = read_actuals(Path(path))
    except UserError as error:
        return {"wrong": mistakes(error, NOTHING_WRITTEN, lang), "sheets": _sheets(Path(path), error)}
    months = sorted(f"{month.month:%Y-%m}" for month in found.months)
    return {
        "as_of": found.as_of.isoformat(),
        "first": months[0] if months else "",
        "last": months[-1] if months else "",
    }


def _sheets(path: Path, error: UserError) -> list[Told]:
    """The sheets of a file as far as mistakes were found in them; none where it could not be read at all."""
    from scenarios.workbook.columns import SHEETS
    from scenarios.workbook.file import read_cells

    try:
        sheets = read_cells(path, {"monthly": SHEETS["monthly"]}, {"state": SHEETS["state"]})
    except UserError:
        return []
    wrong = set(_wrong_cells(error))
    found = [_table(rows, wrong) for rows in sheets.values() if rows]
    return [table for table in found if any(cell["wrong"] for row in table["rows"] for cell in row["cells"])]


def _wrong_cells(error: UserError) -> Iterator[tuple[str, int, str]]:
    """Sheet, row and column of every cell that is named."""
    for mistake in error.mistakes:
        named = str(mistake.message.values.get("cells") or mistake.message.values.get("cell") or "")
        sheet, _, cells = named.rpartition("!")
        for column, first, last in _CELLS.findall(cells):
            for row in range(int(first), min(int(last or first), int(first) + 1_000) + 1):
                yield sheet, row, column


def _table(rows: Sequence[Sequence[Any]], wrong: set[tuple[str, int, str]]) -> Told:
    """The rows of a sheet up to its headings, and those around mistakes."""
    from scenarios.workbook.cell import column_letter
    from scenarios.workbook.headings import is_month

    sheet = next((cell.sheet for row in rows for cell in row), "")
    top = next((place for place, row in enumerate(rows) if any(map(is_month, row))), 0)
    bad = {number for named, number, _ in wrong if named == sheet}
    near = {number + by for number in bad for by in range(-_AROUND, _AROUND + 1)}
    chosen = [place for place in range(len(rows)) if place <= top or place + 1 in near][:_MOST]
    width = max(len(row) for row in rows)
    letters = [column_letter(column) for column in range(width)]

    def told(place: int, column: int) -> Told:
        value = rows[place][column].value if column < len(rows[place]) else None
        return {"text": _shown(value), "wrong": (sheet, place + 1, letters[column]) in wrong}

    listed = [{"number": place + 1, "cells": [told(place, column) for column in range(width)]} for place in chosen]
    return {"sheet": sheet, "columns": letters, "rows": listed}


def _shown(value: Any) -> str:
    """A cell's value as a short text."""
    text = "" if value is None else str(value).removesuffix(" 00:00:00")
    return text if len(text) <= _LETTERS else f"{text[: _LETTERS - 3]}..."


WORKS: Mapping[str, Callable[..., Told]] = {
    "beside": beside, "estimate": estimate, "judge": judge, "figures": figures,
}  # fmt: skip
