"""The answer in plain words: how many held-back figures agree. Fitted figures and inputs are never counted so."""

from __future__ import annotations

from collections.abc import Sequence

from reports import formats
from reports.agreement import cells
from reports.agreement.data import Row, Validation, count
from reports.catalogue import Catalogue

_NAMED = 6
"""So many figures that differ are named; of more, the table tells."""


def answer(cat: Catalogue, data: Validation) -> tuple[str, ...]:
    """The paragraph at the top of the page and under the terminal's table, sentence by sentence."""
    found = count(data.rows)
    missing = [cat.text("validation.answer.missing", missing=found.missing)] if found.missing else []
    return (
        *_held_back(cat, data),
        cat.text("validation.answer.fitted", fitted=found.fitted, met=found.fitted_met),
        cat.text("validation.answer.inputs", inputs=found.inputs),
        *missing,
        *_not_validated(cat, data),
    )


def _held_back(cat: Catalogue, data: Validation) -> list[str]:
    found = count(data.rows)
    if not found.held_back:
        return [cat.text("validation.answer.none")]
    share = formats.percent(cat, found.agree / found.held_back, 0)
    said = [cat.text("validation.answer.held_back", agree=found.agree, held_back=found.held_back, percent=share)]
    differing = [row for row in data.rows if row.speaks and not row.agrees]
    if differing:
        said.append(cat.text("validation.answer.differ", figures=_names(cat, differing)))
    return said


def _names(cat: Catalogue, rows: Sequence[Row]) -> str:
    named = [cat.text("validation.answer.figure", id=row.id, subject=cells.subject(cat, row)) for row in rows[:_NAMED]]
    more = len(rows) - len(named)
    return cat.text("format.entries").join([*named, *([cat.text("validation.answer.more", more=more)] if more else [])])


def _not_validated(cat: Catalogue, data: Validation) -> list[str]:
    names = [cat.name("validation.not_validated_name", name) for name in data.not_validated]
    return [cat.text("validation.answer.not_validated", names=cat.join(names))] if names else []
