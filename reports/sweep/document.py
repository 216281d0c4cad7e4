"""A sweep as a document: its chapters in their order, from the targets to how to make it again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from reports import names
from reports.charts.sweep import charts, save_charts
from reports.document import (
    Block,
    Chapter,
    Chart,
    Document,
    Opening,
    PartYears,
    Period,
    Say,
    Table,
    Title,
    Value,
    chapter,
    provenance,
    say,
)
from reports.part_years import Days
from reports.presentation import Presentation
from reports.sweep import tables, words
from reports.sweep.answer import answer
from reports.sweep.captions import caption
from reports.sweep.data import Sweep, read

_MOST_ROWS = 300
"""Of a table of points; files have all."""
_UNFOLDED = 12
"""Lines of a table that need not be folded."""
_LINES = 24
"""So many points are listed for a target on a screen; of more, the page tells."""


def document(data: Sweep) -> Document:
    """The whole answer."""
    head = data.head
    told = {key: head[key] for key in ("version", "seed", "replications", "points")}
    spread = say("sweep.fixed") if data.screens and head["chance_only"] else names.spread(head["chance_only"])
    kind = "title_screened" if data.screens or data.draws else "title"
    return Document(
        title=say(f"sweep.{kind}", scenario=head["scenario"]),
        origin=say("sweep.origin", title=Title(head["title"]), spread=spread, **told),
        answer=(*answer(data), PartYears()),
        chapters=(
            *_results(data),
            chapter("sweep", "varied", blocks=tuple(_varied(data))),
            _words(data),
            chapter("sweep", "again", commands=(_command(data),)),
        ),
        screen=_screen(data),
    )


def _varied(data: Sweep) -> Iterator[Block]:
    yield Block(tables.varied(data))
    by_year = tables.today(data)
    if by_year.rows:
        yield Block(by_year, say("sweep.tab.today"), sheet=True)


def _screen(data: Sweep) -> tuple[Value | Table, ...]:
    along = len(data.varied) == 1 and not data.screens and data.moving
    table = ("", _table(data)) if along else ()
    sentences = (line for sentence in (*answer(data), PartYears()) for line in ("", sentence))
    return (provenance(data), *table, *sentences, "", say("terminal.forecast"))


def _table(data: Sweep) -> Table:
    """Of one varied path a line a value, a column a target that moves: how often it was met in the year in doubt."""
    (own,) = data.varied
    named = (say("format.beside", first=words.target(doubt), second=Period(doubt.period)) for doubt in data.moving)
    columns = [{row[own.path]: words.met(row) for row in data.at(doubt.id, doubt.period)} for doubt in data.moving]
    values = sorted({value for column in columns for value in column})[:_LINES]
    rows = ((words.number(value), *(column.get(value) for column in columns)) for value in values)
    return Table((own.path, *named), tuple(rows))


def _results(data: Sweep) -> Iterator[Chapter]:
    if data.screens:
        yield from (_drivers(data, kind) for kind in ("swings", "effects", *(("shares",) if data.shares else ())))
    elif data.draws:
        yield _drivers(data, "correlations")
    else:
        yield _responses(data)


def _charts(data: Sweep, kind: str) -> tuple[Chart, ...]:
    """The charts of a kind, by target."""
    own = (each for each in charts(data) if each.kind == kind)
    return tuple(Chart(each.name, each.title, caption(data, each.doubt, kind)) for each in own)


def _responses(data: Sweep) -> Chapter:
    blocks = []
    for doubt in data.moving:
        target, years = Opening(words.target(doubt)), data.years(doubt.id)
        crossed = [row for period in years for row in data.crosses(doubt.id, period)]
        if crossed:
            heading = say("sweep.crossing.heading", target=target)
            table = tables.crossings(data, crossed[:_MOST_ROWS])
            blocks.append(Block(table, heading, folded=len(crossed) > _UNFOLDED, tab=say("sweep.tab.crossings")))
        rows = [row for row in data.rows if row["id"] == doubt.id and row["period"] in years]
        more = say("sweep.responses.more", shown=_MOST_ROWS, rows=len(rows))
        notes = (more,) if len(rows) > _MOST_ROWS else ()
        listed, every = tables.answers(data, rows[:_MOST_ROWS]), tables.answers(data, rows)
        tab = say("sweep.tab.answers")
        blocks.append(Block(listed, target, folded=True, notes=notes, page=bool(notes), tab=tab))
        blocks += [Block(every, target, sheet=True, tab=tab)] if notes else []
        if len(data.varied) == 1:
            blocks.append(Block(tables.response(data, rows), target, sheet=True, tab=say("sweep.tab.response")))
    return chapter("sweep", "responses", blocks=tuple(blocks), charts=_charts(data, "response"))


def _drivers(data: Sweep, kind: str) -> Chapter:
    blocks = []
    for doubt in data.moving:
        rows = data.found(kind, doubt)
        if rows:
            target, year = Opening(words.target(doubt)), Period(doubt.period)
            heading = say("format.parenthesis", text=target, inside=year)
            tab = say(f"sweep.tab.{kind}")
            blocks.append(Block(tables.drivers(data, kind, rows), heading, folded=True, tab=tab))
    return chapter("sweep", kind, blocks=tuple(blocks), charts=_charts(data, kind))


def _words(data: Sweep) -> Chapter:
    names = ["mu_star", "sigma", "swing"] if data.screens else ["probability", "value"]
    names = ["rho", "rho_share", "clear", "tied_to"] if data.draws else names
    names += ["crossing"] if data.crossings else []
    names += ["s1", "st"] if data.shares else ["pooled"] if len(data.varied) > 2 and not data.screens else []
    named = tuple((say(f"sweep.word.{name}"), say(f"sweep.rule.{name}")) for name in names)
    return chapter("sweep", "words", named=named)


def _command(data: Sweep) -> Say:
    head = data.head
    command = ["cardflow", "sweep", str(head["file"])]
    command += [part for text in head["vary"] for part in ("--vary", text)]
    seed, replications = ["--seed", str(head["seed"])], str(data.replications)
    if data.draws:
        return _in_language([*command, "--draws", replications, *seed])
    command += ["--lhs", str(head["lhs"])] if head["lhs"] else []
    if data.screens:
        command += ["--sobol" if head["sobol"] else "--screen", "--trajectories", str(head["trajectories"])]
    command += [*seed, "--replications", replications]
    command += ["--chance-only"] if head["chance_only"] and not data.screens else []
    return _in_language(command)


def _in_language(command: list[str]) -> Say:
    return say("sweep.again.command", command=shlex.join(command))


SWEEP = Presentation("sweep", "sweep", read, document, lambda data: (Days.of(data.head),), save_charts)
