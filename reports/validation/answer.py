"""The answer in plain words: how many held-back figures agree. Fitted figures and inputs are never counted so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from calibration.record import Row, Validated
from reports.document import Joined, Name, Number, Value, listing, say, up_to
from reports.validation import cells
from reports.validation.counts import count

_NAMED = 6
"""So many figures that differ are named; of more, the table tells."""


def answer(data: Validated) -> tuple[Value, ...]:
    """The paragraph at the top of the page and under the terminal's table, sentence by sentence."""
    return tuple(_sentences(data))


def _sentences(data: Validated) -> Iterator[Value]:
    found = count(data.rows)
    if found.held_back:
        share = Number(found.agree / found.held_back, "probability")
        yield say("validation.answer.held_back", agree=found.agree, held_back=found.held_back, percent=share)
        differing = [row for row in data.rows if row.speaks and not row.agrees]
        if differing:
            yield say("validation.answer.differ", figures=_names(differing))
    else:
        yield say("validation.answer.none")
    yield say("validation.answer.fitted", fitted=found.fitted, met=found.fitted_met)
    yield say("validation.answer.inputs", inputs=found.inputs)
    if found.missing:
        yield say("validation.answer.missing", missing=found.missing)
    if data.not_validated:
        names = Joined(tuple(Name("validation.not_validated_name", name) for name in data.not_validated))
        yield say("validation.answer.not_validated", names=names)


def _names(rows: Sequence[Row]) -> Joined:
    named = [say("validation.answer.figure", id=row.id, subject=cells.subject(row)) for row in rows]
    return listing(up_to(_NAMED, named, "validation.answer.more"))
