"""A delay ledger as a document: its chapters in their order, from targets to how to make it again."""

from __future__ import annotations

from functools import partial

from reports import names, price_texts
from reports.alike import Line
from reports.document import (
    Block,
    Chapter,
    Document,
    Name,
    PartYears,
    Period,
    Table,
    Title,
    Value,
    chapter,
    charts,
    explained,
    opening,
    say,
)
from reports.ledger import cells, tables
from reports.ledger.answer import answer
from reports.ledger.captions import caption
from reports.ledger.charts import CHARTS
from reports.ledger.entries import lines
from reports.presentation import Presentation
from reports.remade import again, drawn
from scenarios.ledger.record import Ledger, Price
from scenarios.records import read
from scenarios.resources import RESOURCES
from sim.facts import CENTRES, CLASSES

_WORDS = ("helps", "harms", "saves", "costs", "chance", "too_few", "alike", "none")
"""Outcomes that are explained."""


def document(data: Ledger) -> Document:
    """The whole answer."""
    title = say("ledger.title", scenario=Title(data.title))
    return Document(
        title=title,
        origin=names.origin("ledger.origin", data, spread=names.spread(data.chance_only), span=names.span(data)),
        question=say("ledger.question", title=Title(data.title)),
        answer=(*answer(data), PartYears()),
        chapters=(
            _targets(data),
            _prices(data),
            _late(data),
            _lost(data),
            explained("ledger", _WORDS, "result", fewest=data.fewest),
            _again(data),
        ),
        screen=_screen(data, title),
    )


def _screen(data: Ledger, title: Value) -> tuple[Value | Table, ...]:
    """A line a resource and what it saves, but for what it saves nothing of; then the answer."""
    names = ("result", "resource", "unit", "saves", "year", "difference")
    rows = tuple(_line(line) for line in lines(data.rows) if line.outcome != "none")
    table = Table(tuple(say(f"ledger.terminal.{name}") for name in names), rows)
    return (opening(title, data), table, "", *answer(data), PartYears(), "", say("terminal.forecast"))


def _line(line: Line[Price]) -> tuple[Value, ...]:
    price = line.shown
    return (
        cells.result(price),
        price_texts.name(price.resource),
        cells.unit(price),
        cells.saved(price),
        Period(price.period),
        cells.with_interval(price),
    )


def _targets(data: Ledger) -> Chapter:
    blocks = (Block(tables.targets(data.targets), judged=True, tab=say("ledger.tab.targets")),) if data.targets else ()
    return chapter("ledger", "targets", blocks=blocks, role="reasons")


def _prices(data: Ledger) -> Chapter:
    """What moves in some year first; folded what is exactly none in all years, and what is not claimed."""
    claimed = [price for price in data.rows if price.clear is not None]
    moving = {(price.resource, price.saves) for price in claimed if price.outcome != "none"}
    blocks = []
    for moves, heading in ((True, ""), (False, say("ledger.prices.none"))):
        rows = [price for price in claimed if ((price.resource, price.saves) in moving) is moves]
        if rows:
            blocks.append(
                Block(tables.prices(rows), heading, judged=True, folded=not moves, tab=say("ledger.tab.prices"))
            )
    beside = [price for price in data.rows if price.outcome == "unclaimed"]
    if beside:
        blocks.append(
            Block(
                tables.prices(beside, claimed=False),
                say("ledger.prices.beside"),
                folded=True,
                tab=say("ledger.tab.beside"),
            )
        )
    shown = charts(data, CHARTS, caption, "shadow-prices")
    return chapter("ledger", "prices", blocks=tuple(blocks), charts=shown, role="actions")


def _late(data: Ledger) -> Chapter:
    blocks = tuple(
        Block(tables.late(data.ledger, kind), cells.late_kind(kind), tab=cells.tab("late", kind)) for kind in CLASSES
    )
    return chapter("ledger", "late", blocks=blocks, charts=charts(data, CHARTS, caption, "late-cards"))


def _lost(data: Ledger) -> Chapter:
    blocks = tuple(
        Block(tables.lost(data.ledger, name), Name("centre", name), tab=cells.tab("lost", name)) for name in CENTRES
    )
    return chapter("ledger", "lost", blocks=blocks, charts=charts(data, CHARTS, caption, "lost-calls"))


def _again(data: Ledger) -> Chapter:
    named = [one.path for one in data.resources]
    asked = [] if len(named) == len(RESOURCES) else named
    command = again("ledger", ["scenario.toml"], {"--resource": asked, **drawn(data, data.chance_only)})
    return chapter("ledger", "again", commands=(command,))


LEDGER = Presentation("ledger", "ledger", Ledger.FILE, partial(read, Ledger), document, lambda data: (data,))
