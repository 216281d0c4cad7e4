"""A sweep as a document: its chapters in their order, from the targets to how to make it again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from reports import names
from reports.document import (
    Block,
    Chapter,
    Chart,
    Document,
    Joined,
    Opening,
    PartYears,
    Period,
    Say,
    Table,
    Title,
    Value,
    chapter,
    explained,
    provenance,
    say,
)
from reports.drawing import Drawing
from reports.presentation import Presentation
from reports.remade import again, drawn
from reports.sweep import tables, words
from reports.sweep.answer import answer
from reports.sweep.captions import caption
from reports.sweep.charts import charts
from scenarios.records import read
from scenarios.sweep.record import Drawn, Points, Screened, Sweep

_MOST_ROWS = 300
"""Of a table of points; files have all."""
_UNFOLDED = 12
"""Lines of a table that need not be folded."""
_LINES = 24
"""So many points are listed for a target on a screen; of more, the page tells."""


def document(data: Sweep) -> Document:
    """The whole answer."""
    told = {key: getattr(data, key) for key in ("version", "seed", "replications", "points")}
    spread = say("sweep.fixed") if isinstance(data.found, Screened) else names.spread(data.chance_only)
    kind = "title" if isinstance(data.found, Points) else "title_screened"
    return Document(
        title=say(f"sweep.{kind}", scenario=data.scenario),
        origin=say("sweep.origin", title=Title(data.title), spread=spread, **told),
        question=_question(data),
        answer=(*answer(data), PartYears()),
        chapters=(
            *_results(data),
            chapter("sweep", "varied", blocks=tuple(_varied(data)), role="assumptions"),
            _words(data),
            chapter("sweep", "again", commands=(_command(data),)),
        ),
        screen=_screen(data),
    )


def _question(data: Sweep) -> Say:
    if isinstance(data.found, Points):
        paths = Joined(tuple(own.path for own in data.varied))
        return say("sweep.question", title=Title(data.title), paths=paths)
    return say("sweep.question_screened", title=Title(data.title))


def _varied(data: Sweep) -> Iterator[Block]:
    yield Block(tables.varied(data))
    by_year = tables.today(data)
    if by_year.rows:
        yield Block(by_year, say("sweep.tab.today"), sheet=True)


def _screen(data: Sweep) -> tuple[Value | Table, ...]:
    match data:
        case Sweep(found=Points() as found, varied=[_]) if data.moving:
            table: tuple[Value | Table, ...] = ("", _table(data, found))
        case _:
            table = ()
    sentences = (line for sentence in (*answer(data), PartYears()) for line in ("", sentence))
    return (provenance(data), *table, *sentences, "", say("terminal.forecast"))


def _table(data: Sweep, found: Points) -> Table:
    """Of one varied path a line a value, a column a target that moves: how often it was met in the year in doubt."""
    (own,) = data.varied
    named = (say("format.beside", first=words.target(doubt), second=Period(doubt.period)) for doubt in data.moving)
    columns = [
        {row.varied[own.path]: words.met(row) for row in found.at(doubt.id, doubt.period)} for doubt in data.moving
    ]
    values = sorted({value for column in columns for value in column})[:_LINES]
    rows = ((words.number(value), *(column.get(value) for column in columns)) for value in values)
    return Table((own.path, *named), tuple(rows))


def _results(data: Sweep) -> Iterator[Chapter]:
    match data.found:
        case Points() as found:
            yield _responses(data, found)
        case Drawn() as drawn:
            yield _drivers(data, drawn, "correlations")
        case Screened() as screened:
            kinds = ("swings", "effects", *(("shares",) if screened.shares else ()))
            yield from (_drivers(data, screened, kind) for kind in kinds)


def _charts(data: Sweep, kind: str) -> tuple[Chart[Drawing], ...]:
    """The charts of a kind, by target."""
    own = (each for each in charts(data) if each.kind == kind)
    return tuple(
        Chart(each.name, each.title, caption(data, each.doubt, kind), partial(each.drawing, data)) for each in own
    )


def _responses(data: Sweep, found: Points) -> Chapter:
    blocks = []
    for doubt in data.moving:
        target, years = Opening(words.target(doubt)), found.years(doubt.id)
        crossed = [row for period in years for row in found.crosses(doubt.id, period)]
        if crossed:
            heading = say("sweep.crossing.heading", target=target)
            table = tables.crossings(data, crossed[:_MOST_ROWS])
            blocks.append(Block(table, heading, folded=len(crossed) > _UNFOLDED, tab=say("sweep.tab.crossings")))
        rows = [row for row in found.rows if row.id == doubt.id and row.period in years]
        more = say("sweep.responses.more", shown=_MOST_ROWS, rows=len(rows))
        notes = (more,) if len(rows) > _MOST_ROWS else ()
        listed, every = tables.answers(data, rows[:_MOST_ROWS]), tables.answers(data, rows)
        tab = say("sweep.tab.answers")
        blocks.append(Block(listed, target, folded=True, notes=notes, page=bool(notes), tab=tab))
        blocks += [Block(every, target, sheet=True, tab=tab)] if notes else []
        if len(data.varied) == 1:
            blocks.append(Block(tables.response(data, rows), target, sheet=True, tab=say("sweep.tab.response")))
    return chapter("sweep", "responses", blocks=tuple(blocks), charts=_charts(data, "response"), role="reasons")


def _drivers(data: Sweep, found: Screened | Drawn, kind: str) -> Chapter:
    blocks = []
    for doubt in data.moving:
        rows = found.found(kind, doubt)
        if rows:
            target, year = Opening(words.target(doubt)), Period(doubt.period)
            heading = say("format.parenthesis", text=target, inside=year)
            tab = say(f"sweep.tab.{kind}")
            blocks.append(Block(tables.drivers(data, kind, rows), heading, folded=True, tab=tab))
    return chapter("sweep", kind, blocks=tuple(blocks), charts=_charts(data, kind), role="reasons")


def _words(data: Sweep) -> Chapter:
    match data.found:
        case Points(crossings=crossings):
            names = ["probability", "value", *(["crossing"] if crossings else [])]
            names += ["pooled"] if len(data.varied) > 2 else []
        case Drawn():
            names = ["rho", "rho_share", "clear", "tied_to", *(["pooled"] if len(data.varied) > 2 else [])]
        case Screened(shares=shares):
            names = ["mu_star", "sigma", "swing", *(["s1", "st"] if shares else [])]
    return explained("sweep", names)


def _command(data: Sweep) -> Say:
    """By draws, or by points or trajectories of so many replications; chance alone is asked of points."""
    screened, points = isinstance(data.found, Screened), isinstance(data.found, Points)
    many = drawn(data, data.chance_only and points)
    if isinstance(data.found, Drawn):
        many = {"--draws": data.replications, "--seed": data.seed}
    how = {
        "--lhs": data.lhs or None,
        "--sobol": screened and data.sobol,
        "--screen": screened and not data.sobol,
        "--trajectories": data.trajectories if screened else None,
    }
    return again("sweep", [data.file], {"--vary": data.vary, **how, **many})


SWEEP = Presentation("sweep", "sweep", Sweep.FILE, partial(read, Sweep), document, lambda data: (data,))
