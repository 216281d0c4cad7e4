"""Several runs side by side: what each says of every target."""

from __future__ import annotations

from collections.abc import Sequence

from reports import names
from reports.document import Block, Bracketed, Chapter, Document, Table, Title, Value, headings, say
from reports.run import cells
from reports.run.verdicts import Headline, headlines
from reports.run_data import RunData


def beside(runs: Sequence[RunData]) -> Document:
    """A line a target, a column a run."""
    told = [{(own.worst.id, own.worst.part): own for own in headlines(data.summary)} for data in runs]
    every = {key: own for one in reversed(told) for key, own in one.items()}
    ordered = [key for key in every if key in told[0]] + [key for key in every if key not in told[0]]
    titles = tuple(Title(data.run.title) for data in runs)
    rows = tuple(
        (cells.target(every[key]), *(_cell(one.get(key), data) for one, data in zip(told, runs, strict=True)))
        for key in ordered
    )
    table = Table((*headings("run", "target"), *titles), rows)
    chapter = Chapter("targets", say("memo.beside"), (say("memo.beside_note"),), (Block(table),), role="reasons")
    return Document(title=say("memo.beside"), origin="", answer=(), chapters=(chapter,))


def _cell(headline: Headline | None, data: RunData) -> Value:
    if headline is None:
        return None
    return Bracketed(names.verdict(headline.verdict), cells.met(headline.decides, data.run))
