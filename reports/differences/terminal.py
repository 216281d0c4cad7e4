"""What the terminal shows after ``cardflow compare``: differing inputs, a line a target or key figure, answer, page."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue, formats, part_years
from reports.catalogue import Catalogue
from reports.columns import aligned
from reports.differences import cells
from reports.differences.answer import of_pair
from reports.differences.data import KINDS, Comparison, Line, Pair, lines, read
from reports.differences.parts import pair_name
from reports.terminal import for_encoding

_PATHS = 6
"""So many inputs that differ are named; of more, the page tells."""


def comparison_lines(folder: Path, lang: str, page: Path, encoding: str) -> list[str]:
    """The comparison as a console of ``encoding`` can show it.

    Raises ``FileNotFoundError`` where the folder holds no comparison.
    """
    cat = catalogue.load(lang)
    data = read(folder)
    cat = part_years.over(cat, *data.scenarios)
    key = "terminal.provenance_chance_only" if data.chance_only else "terminal.provenance"
    said = [cat.text(key, seed=data.seed, replications=data.replications)]
    for pair in data.pairs:
        said += ["", *_pair(cat, data, pair)]
    said += ["", *part_years.note(cat), cat.text("terminal.forecast"), f"{cat.text('terminal.report')}  {page}"]
    return for_encoding(said, encoding)


def _pair(cat: Catalogue, data: Comparison, pair: Pair) -> list[str]:
    found = [line for kind in KINDS for line in lines(data.of(pair, kind))]
    names = "result", "target", "period"
    heading = [*(cat.text(f"comparison.terminal.{name}") for name in names), pair.against, pair.scenario]
    heading.append(cat.text("comparison.terminal.difference"))
    told = [_line(cat, line) for line in found if line.outcome != "equal"]
    table = aligned([heading, *told]) if told and pair.inputs else []
    return [pair_name(cat, pair), *_inputs(cat, pair), *table, "", *of_pair(cat, data, pair)]


def _inputs(cat: Catalogue, pair: Pair) -> list[str]:
    paths = [str(entry["path"]) for entry in pair.inputs]
    if not paths:
        return []
    more = len(paths) - _PATHS
    named = [*paths[:_PATHS], *([cat.text("comparison.answer.more", more=more)] if more > 0 else [])]
    return [cat.text("comparison.terminal.inputs", paths=cat.join(named))]


def _line(cat: Catalogue, line: Line) -> list[str]:
    row = line.shown
    return [
        cells.result(cat, row),
        cells.line_name(cat, row),
        formats.period(cat, row.period),
        cells.value(cat, row, row.against_value),
        cells.value(cat, row, row.value),
        cells.with_interval(cat, row),
    ]
