"""A validation as a document, from what was found to what is not validated and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from calibration.record import Row, Validation
from reports import names
from reports.document import (
    Block,
    Chapter,
    Columns,
    Document,
    Name,
    Number,
    Table,
    Value,
    chapter,
    charts,
    say,
    table_of,
)
from reports.presentation import Presentation
from reports.remade import again, drawn
from reports.validation import cells, fit_tables, tables
from reports.validation.answer import answer
from reports.validation.captions import caption
from reports.validation.charts import CHARTS
from reports.validation.messages import message
from scenarios.records import read

_LONG = 15
"""Tables with more lines are folded."""
_INFLUENCES = 15
"""So many of the figures that move a forecast most are shown."""


def document(data: Validation) -> Document:
    """The whole answer; a chapter without anything to say is left out."""
    origin = say("validation.origin", version=data.version, seed=data.seed, replications=data.replications)
    return Document(
        title=say("validation.title"),
        origin=origin,
        question=say("validation.question"),
        answer=answer(data),
        chapters=(
            *(_figures(data), _held_back(data), _pinned(data)),
            *(_unknowns(data), *_known_together(data), *_open(data)),
            _again(data),
        ),
        screen=(origin, _screen(data), "", *answer(data)),
    )


def _screen(data: Validation) -> Table:
    """A line a published figure."""
    columns: Columns[Row] = {
        "id": lambda row: row.id,
        "subject": cells.subject,
        "published": cells.published_with_unit,
        "simulated_range": cells.simulated,
        "use": lambda row: Name("validation.use", row.use),
        "result": cells.result,
    }
    return table_of("validation", (row for group in data.groups for row in data.of(group)), columns)


def _figures(data: Validation) -> Chapter:
    blocks = [_compared(data.of(group), tables.group_name(group)) for group in data.groups]
    blocks.append(Block(tables.sources(data), say("validation.figures.sources"), folded=True))
    words, shown = (say("validation.figures.words"),), charts(data, CHARTS, caption, "validation-rows")
    return chapter("validation", "figures", words=words, blocks=tuple(blocks), charts=shown, role="reasons")


def _compared(rows: Sequence[Row], heading: Value) -> Block:
    """Figures beside simulated values, with the reasons of their tolerances below."""
    return Block(tables.figures(rows), heading, judged=True, notes=tables.reasons(rows))


def _held_back(data: Validation) -> Chapter:
    differing = [row for row in data.rows if row.speaks and not row.agrees]
    blocks = [Block(tables.by_group(data), say("validation.held_back.by_group"))]
    if differing:
        blocks.append(_compared(differing, say("validation.held_back.differing")))
    shown = charts(data, CHARTS, caption, "validation-handed-over", "validation-held", "validation-notices")
    return chapter("validation", "held_back", blocks=tuple(blocks), charts=shown, role="reasons")


def _pinned(data: Validation) -> Chapter:
    if data.fits is None:
        return Chapter("pinned", say("validation.pinned.heading"), (say("validation.pinned.none"),))
    entries = data.fits.fits
    blocks = (
        ("known", fit_tables.fits(entry for entry in entries if entry.word != "not"), False),
        ("loose", fit_tables.fits(entry for entry in entries if entry.word == "not"), False),
        ("targets", fit_tables.targets_of_fits(data), True),
        ("confirmed", fit_tables.confirmed(data), True),
    )
    return chapter(
        "validation",
        "pinned",
        words=(say("validation.pinned.words"), *map(message, data.fits.messages)),
        blocks=tuple(
            Block(table, say(f"validation.pinned.{name}"), judged=judged, folded=judged and len(table.rows) > _LONG)
            for name, table, judged in blocks
            if table.rows
        ),
        charts=charts(data, CHARTS, caption, "validation-fits"),
    )


def _unknowns(data: Validation) -> Chapter:
    """What is not known: what published figures narrowed, by which, and what stayed as wide as before."""
    told, rows = data.unknowns, data.unknowns.rows
    kinds = (("narrowed", True), ("as_wide", False))
    blocks = tuple(
        Block(
            fit_tables.unknowns(own),
            say(f"validation.unknowns.{name}", count=len(own)),
            folded=not narrowed,
            tab=say("validation.unknowns.tab"),
        )
        for name, narrowed in kinds
        if (own := [row for row in rows if row.narrowed is narrowed])
    )
    words = say("validation.unknowns.words", draws=Number(told.draws), effective=told.effective, count=len(rows))
    return chapter("validation", "unknowns", words=(words,), blocks=blocks)


def _known_together(data: Validation) -> Iterator[Chapter]:
    """Calendars ruled out and left open; seats and calls, which are known only together."""
    calendars, trades, readings = data.fitted.calendars, data.fitted.trade_off, data.fitted.readings
    if calendars:
        kinds = (("open", True), ("out", False))
        blocks = [
            Block(fit_tables.calendars(own), say(f"validation.calendars.{name}"), judged=True, folded=not left)
            for name, left in kinds
            if (own := [entry for entry in calendars if entry.open is left])
        ]
        if readings:
            blocks.append(Block(fit_tables.readings(readings), say("validation.calendars.readings")))
        yield chapter(
            "validation",
            "calendars",
            blocks=tuple(blocks),
            charts=charts(data, CHARTS, caption, "validation-calendars"),
        )
    if trades:
        block = Block(fit_tables.trade_off(trades))
        yield chapter(
            "validation", "trade_off", blocks=(block,), charts=charts(data, CHARTS, caption, "validation-trade-off")
        )


def _open(data: Validation) -> Iterator[Chapter]:
    """Figures that move the forecast, and what no figure speaks for."""
    table = fit_tables.influence(data, _INFLUENCES)
    if table.rows:
        yield chapter("validation", "influence", blocks=(Block(table),), role="hangs")
    if data.not_validated:
        named = names.not_validated(data.not_validated)
        yield chapter("validation", "not_validated_part", named=named, role="assumptions")


def _again(data: Validation) -> Chapter:
    commands = again("calibrate", options={"--seed": data.seed}), again("validate", options=drawn(data))
    files = "validation.json", "fits.json", "calibrated.toml"
    named = tuple((name, say(f"validation.file.{name.partition('.')[0]}")) for name in files)
    return chapter("validation", "again", commands=commands, named=named)


VALIDATE = Presentation(
    "validation", "validation", Validation.FILE, partial(read, Validation), document, lambda data: (), markdown=True
)
