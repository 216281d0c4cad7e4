"""What the terminal shows around ``cardflow sweep``: the time it takes, a question, then the answer and the page."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue, formats, part_years
from reports.catalogue import Catalogue
from reports.columns import aligned
from reports.durations import duration
from reports.messages import said
from reports.sweeping import words
from reports.sweeping.answer import answer
from reports.sweeping.data import Sweep, read
from reports.terminal import for_encoding
from scenarios.sweeping.sweep import Estimate

_LINES = 24
"""So many points are listed for a target; of more, the page tells."""


def estimate_line(lang: str, estimate: Estimate) -> str:
    """How long it will take, about, and why."""
    return catalogue.load(lang).text(
        "sweep.terminal.estimate",
        time=said(duration(estimate.total), lang),
        count=f"{estimate.left:,}",
        seconds=formats.number(estimate.seconds, 1 if estimate.seconds < 10 else 0),
        workers=estimate.workers,
    )


def sweep_lines(folder: Path, lang: str, page: Path, encoding: str) -> list[str]:
    """The sweep as a console of ``encoding`` can show it.

    Raises ``FileNotFoundError`` where the folder holds no sweep.
    """
    cat = catalogue.load(lang)
    data = read(folder)
    cat = part_years.over(cat, data.head)
    key = "terminal.provenance_chance_only" if data.head["chance_only"] else "terminal.provenance"
    said = [cat.text(key, seed=data.head["seed"], replications=data.replications)]
    if len(data.varied) == 1 and not data.screens:
        said += ["", *_table(cat, data)]
    for sentence in answer(cat, data):
        said += ["", sentence]
    said += ["", cat.text("terminal.forecast"), f"{cat.text('terminal.report')}  {page}"]
    return for_encoding(said, encoding)


def _table(cat: Catalogue, data: Sweep) -> list[str]:
    """Of one varied path a line a value, a column a target that moves: how often it was met in the year in doubt."""
    (own,) = data.varied
    moving = data.moving
    if not moving:
        return []
    heading = [own.path, *(f"{words.target(cat, doubt)} {formats.period(cat, doubt.period)}" for doubt in moving)]
    columns = [{row[own.path]: words.met(cat, row) for row in data.at(doubt.id, doubt.period)} for doubt in moving]
    values = sorted({value for column in columns for value in column})[:_LINES]
    nothing = cat.text("format.nothing")
    return aligned(
        [heading, *([words.number(value), *(column.get(value, nothing) for column in columns)] for value in values)]
    )
