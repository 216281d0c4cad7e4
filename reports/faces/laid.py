"""A document in the order of a page for officers: a summary for one sheet, then chapters by what they are for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any, get_args

from reports.document import Block, Chapter, Chart, Document, Role, Table

_ROLES: tuple[Role, ...] = get_args(Role)
_MAIN: tuple[Role, ...] = ("reasons", "actions", "hangs", "details")
"""Where the chart of a summary is looked for."""
_ROWS, _STEPS, _ACTIONS = 14, 4, 2
"""Rows of the table of reasons, rows of a table of actions, and tables of these, for which a sheet has room."""


@dataclass(frozen=True)
class Brief:
    """What a summary shows of a table, how many rows it leaves out, and the chapter that has all of it."""

    table: Table
    judged: bool
    more: int
    chapter: Chapter


@dataclass(frozen=True)
class Placed:
    """A chapter with the level of its heading, and those of its charts that stand in it."""

    chapter: Chapter
    depth: int
    charts: tuple[Chart[Any], ...]


@dataclass(frozen=True)
class Laid:
    """The table of reasons, the main chart and the tables of actions; then each role's chapters."""

    reasons: Brief | None
    chart: Chart[Any] | None
    actions: tuple[Brief, ...]
    roles: tuple[tuple[Role, tuple[Placed, ...]], ...]


def laid(document: Document, drawn: Collection[str]) -> Laid:
    """A document laid out with the charts that were drawn, by their ids; the main one stands in the summary alone."""
    main = next((chart for role in _MAIN for chart in _charts(document, role) if chart.id in drawn), None)
    below = {name for name in drawn if main is None or name != main.id}
    placed = {role: tuple(_placed(document, role, below)) for role in _ROLES}
    return Laid(
        next(_briefs(document, "reasons", _ROWS), None),
        main,
        tuple(_briefs(document, "actions", _STEPS))[:_ACTIONS],
        tuple((role, chapters) for role, chapters in placed.items() if chapters),
    )


def _charts(document: Document, role: Role) -> Iterator[Chart[Any]]:
    return (chart for chapter in document.chapters if chapter.role == role for chart in chapter.charts)


def _briefs(document: Document, role: Role, most: int) -> Iterator[Brief]:
    """The first table of each chapter of a role, an open one if there is any."""
    for chapter in document.chapters:
        if chapter.role == role and chapter.shown:
            yield _brief(chapter, min(chapter.shown, key=lambda block: block.folded), most)


def _brief(chapter: Chapter, block: Block, most: int) -> Brief:
    table = block.table
    columns = table.brief or tuple(range(len(table.headings)))
    rows = tuple(row if table.opens_group(row) else tuple(row[place] for place in columns) for row in table.rows[:most])
    headings = tuple(table.headings[place] for place in columns)
    prose = tuple(at for at, place in enumerate(columns) if place in table.prose)
    cut = replace(table, headings=headings, rows=rows, marks=table.marks[:most], prose=prose, plots=())
    return Brief(cut, block.judged, len(table.rows) - len(rows), chapter)


def _placed(document: Document, role: Role, drawn: Collection[str]) -> Iterator[Placed]:
    """The chapters of a role that have something to show; parts of one stand below it where it is of their role."""
    parent = False
    for chapter in document.chapters:
        part = chapter.level > 2
        if chapter.role == role:
            charts = tuple(chart for chart in chapter.charts if chart.id in drawn)
            shown = bool(charts or chapter.words or chapter.shown or chapter.named or chapter.commands)
            if shown:
                yield Placed(chapter, 4 if part and parent else 3, charts)
            parent = parent if part else shown
        elif not part:
            parent = False
