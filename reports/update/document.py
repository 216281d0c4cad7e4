"""An update as a document: a stored run beside the months that have come, its chapters in their order."""

from __future__ import annotations

from functools import partial

from reports import names
from reports.document import Block, Chapter, Document, PartYears, Screen, Table, Title, Value, chapter, opening, say
from reports.presentation import Presentation
from reports.update import tables
from reports.update.answer import anew, answer, margins_note
from scenarios.records import read
from scenarios.update.record import Update


def document(data: Update) -> Document:
    """The whole answer."""
    title, said = say("update.title", scenario=Title(data.title)), (*answer(data), PartYears())
    return Document(
        title=title,
        origin=names.origin("update.origin", data, span=names.span(data)),
        question=say("update.question", title=Title(data.title), as_of=data.actuals.as_of),
        answer=said,
        chapters=(
            chapter("update", "targets", blocks=(Block(tables.targets(data.tested), judged=True),), role="reasons"),
            _margins(data),
            _figures(data),
            *([_folded("forecast", tables.forecast(data))] if data.forecast else []),
            _folded("track", tables.track(data.ahead)),
            chapter("update", "again", commands=(anew(data),)),
        ),
        screen=_screen(data, title, said),
    )


def _screen(data: Update, title: Value, said: tuple[Value, ...]) -> Screen:
    """A line a target before and after, the answer, and what to do where the weights cannot be trusted."""
    steps = () if data.weights.word == "trusted" else (say("update.terminal.next", command=anew(data)),)
    table = tables.screen(data.headline)
    margins = (margins_note(data), tables.screen_margins(data.bearing, data.margin), "") if data.bearing else ()
    return (opening(title, data), table, "", *margins, *said, "", say("terminal.forecast"), *steps)


def _margins(data: Update) -> Chapter:
    """The loads up to which targets hold in every fiscal year, before and now."""
    blocks = (Block(tables.margins(data.bearing, data.margin)),) if data.bearing else ()
    return chapter("update", "margins", words=(margins_note(data),), blocks=blocks, role="hangs")


def _figures(data: Update) -> Chapter:
    blocks = [Block(tables.figures(data))]
    if data.outside:
        blocks.append(Block(tables.outside(data), say("update.figures.outside")))
    return chapter("update", "figures", blocks=tuple(blocks))


def _folded(name: str, table: Table) -> Chapter:
    rows = say("page.all_rows", count=len(table.rows))
    return chapter("update", name, blocks=(Block(table, rows, folded=True),) if table.rows else ())


UPDATE = Presentation("update", "update", Update.FILE, partial(read, Update), document, lambda data: (data,))
