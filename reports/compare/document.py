"""A comparison as a document: its chapters in their order, from the targets to how to make it again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from reports import names
from reports.alike import Line
from reports.compare import cells, tables
from reports.compare.answer import answer
from reports.compare.captions import caption
from reports.compare.charts import CHARTS, MONTHLY
from reports.compare.outcomes import KINDS, lines
from reports.document import (
    Block,
    Chapter,
    Document,
    Joined,
    PartYears,
    Period,
    Say,
    Table,
    Title,
    Value,
    chapter,
    charts,
    explained,
    listing,
    provenance,
    say,
    up_to,
)
from reports.presentation import Presentation
from reports.remade import again, drawn
from scenarios.compare.record import Compared, Comparison, Pair
from scenarios.records import read
from scenarios.run.monthly import SERIES
from scenarios.run.statistic import EVERY_YEAR

_PATHS = 6
"""So many inputs that differ are named on a screen; of more, the page tells."""
_COLUMNS = ("result", "target", "period", "difference")
"""Of the table on a screen, beside the scenarios."""
_WORDS = ("better", "worse", "more", "fewer", "chance", "too_few", "alike", "equal", "one_sided", "not_tested")
"""Outcomes that are explained."""


def document(data: Comparison) -> Document:
    """The whole answer."""
    titles = {own.name: Title(own.title) for own in data.scenarios}
    named = (say("comparison.named", name=name, title=title) for name, title in titles.items())
    return Document(
        title=say("comparison.title", scenario=Joined(data.names[1:]), against=data.names[0]),
        origin=names.origin(
            "comparison.origin",
            data,
            names=listing(named),
            spread=names.spread(data.chance_only),
        ),
        question=say(
            "comparison.question",
            against=titles[data.names[0]],
            others=Joined(tuple(say("comparison.quoted", title=titles[name]) for name in data.names[1:])),
        ),
        answer=(*(sentence for pair in data.pairs for sentence in answer(data, pair)), PartYears()),
        chapters=(
            _targets(data),
            _measures(data),
            _figures(data),
            _inputs(data),
            _months(data),
            explained("comparison", _WORDS, "result", fewest=max(pair.fewest for pair in data.pairs)),
            _again(data),
        ),
        screen=(
            provenance(data),
            *(part for pair in data.pairs for part in _on_screen(data, pair)),
            "",
            PartYears(),
            say("terminal.forecast"),
        ),
    )


def _on_screen(data: Comparison, pair: Pair) -> tuple[Value | Table, ...]:
    """Of a pair the inputs that differ, a line a target or key figure that is not equal, the answer."""
    result, target, period, last = (say(f"comparison.terminal.{name}") for name in _COLUMNS)
    heading = (result, target, period, pair.against, pair.scenario, last)
    found = (line for kind in KINDS for line in lines(data.of(pair, kind)))
    rows = tuple(_line(line) for line in found if line.outcome != "equal") if pair.inputs else ()
    return ("", pair_name(pair), *_paths(pair), Table(heading, rows), "", *answer(data, pair))


def _paths(pair: Pair) -> tuple[Value, ...]:
    paths = up_to(_PATHS, [entry.path for entry in pair.inputs], "comparison.answer.more")
    return (say("comparison.terminal.inputs", paths=Joined(tuple(paths))),) if paths else ()


def _line(line: Line[Compared]) -> tuple[Value, ...]:
    row = line.shown
    return (
        cells.result(row),
        cells.line_name(row),
        Period(row.period),
        cells.value(row, row.against_value),
        cells.value(row, row.value),
        cells.with_interval(row),
    )


def pair_name(pair: Pair) -> Say:
    """A pair as a heading."""
    return say("comparison.pair", scenario=pair.scenario, against=pair.against)


def _tab(name: str, pair: Pair) -> Say:
    """What a workbook calls a sheet of a pair: by what the scenario has beside the name of the other."""
    own = pair.scenario.removeprefix(pair.against).lstrip("+ -_") or pair.scenario
    return say(f"comparison.tab.{name}", scenario=own)


def _blocks(data: Comparison, kind: str, table: Callable[[Pair, Sequence[Compared]], Table]) -> tuple[Block, ...]:
    """Of each pair a table of what differs in some year, and a folded one of what is exactly equal in all."""
    blocks = []
    for pair in data.pairs:
        rows = [row for row in data.of(pair, kind) if row.claimed]
        moving = {row.id for row in rows if row.outcome != "equal"}
        name = pair_name(pair)
        for moves, heading in ((True, name), (False, say("comparison.equal_lines", pair=name))):
            chosen = [row for row in rows if (row.id in moving) is moves]
            if chosen:
                tab = _tab(kind, pair)
                blocks.append(Block(table(pair, chosen), heading, judged=True, folded=not moves, tab=tab))
    return tuple(blocks)


def _targets(data: Comparison) -> Chapter:
    lacking = tuple(
        say("comparison.lacking", pair=pair_name(pair), periods=cells.periods(pair.not_common))
        for pair in data.pairs
        if pair.not_common
    )
    return chapter("comparison", "targets", words=lacking, blocks=_decides(data), role="reasons")


def _decides(data: Comparison) -> tuple[Block, ...]:
    """Of each pair how likely each target is met over the whole period: what decides."""
    found = ((pair, data.of(pair, "probability")) for pair in data.pairs)
    return tuple(
        Block(tables.probabilities(pair, rows), pair_name(pair), judged=True, tab=_tab("probability", pair))
        for pair, rows in found
        if rows
    )


def _measures(data: Comparison) -> Chapter:
    blocks = _blocks(data, "target", tables.targets)
    shown = charts(data, CHARTS, caption, "comparison-targets")
    return chapter("comparison", "measures", blocks=blocks, charts=shown, role="reasons")


def _figures(data: Comparison) -> Chapter:
    blocks = _blocks(data, "key_figure", tables.figures)
    return chapter("comparison", "figures", blocks=blocks, charts=charts(data, CHARTS, caption, "comparison-figures"))


def _inputs(data: Comparison) -> Chapter:
    told = [pair for pair in data.pairs if pair.inputs]
    blocks = tuple(
        block
        for pair in told
        for block in (
            Block(tables.inputs(pair), pair_name(pair), page=True),
            Block(tables.steps(pair), pair_name(pair), sheet=True, tab=_tab("inputs", pair)),
        )
    )
    words = () if blocks else (say("comparison.inputs.none"),)
    return chapter("comparison", "inputs", words=words, blocks=blocks, role="assumptions")


def _months(data: Comparison) -> Chapter:
    blocks = []
    for pair in data.pairs:
        rows = [row for row in data.of(pair, "target") if row.outcome == "unclaimed" and row.period != EVERY_YEAR]
        if rows:
            heading = say("comparison.months.table", pair=pair_name(pair))
            blocks.append(Block(tables.months(pair, rows), heading, folded=True, tab=_tab("months", pair)))
    for name in SERIES:
        table, heading = tables.by_month(data, name), say(f"comparison.series.{name}")
        blocks.append(Block(table, heading, sheet=True, tab=say("comparison.tab.series")))
    return chapter("comparison", "months", blocks=tuple(blocks), charts=charts(data, CHARTS, caption, *MONTHLY))


def _again(data: Comparison) -> Chapter:
    files = [scenario.file for scenario in data.scenarios]
    return chapter(
        "comparison",
        "again",
        blocks=(Block(tables.scenarios(data), tab=say("comparison.tab.scenarios")),),
        commands=(again("compare", files, drawn(data, data.chance_only)),),
    )


COMPARE = Presentation(
    "compare", "comparison", Comparison.FILE, partial(read, Comparison), document, lambda data: data.scenarios
)
