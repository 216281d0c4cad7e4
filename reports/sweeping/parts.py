"""The chapters of a sweep's page in their order, from the targets to how to make it again."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reports import formats, phrases
from reports.catalogue import Catalogue
from reports.document import Table
from reports.parted import Block, Document, Part
from reports.picture import Picture
from reports.sweeping import tables, words
from reports.sweeping.answer import answer
from reports.sweeping.data import Line, Sweep
from scenarios.sweeping.responses import Doubt

Pictures = Mapping[tuple[str, str], Picture]
"""By kind of chart and target."""
_MOST_ROWS = 300
"""Of a table of points; files have all."""
_UNFOLDED = 12
"""Lines of a table that need not be folded."""
_Table = Callable[[Catalogue, Sweep, Sequence[Line]], Table]


def document(cat: Catalogue, data: Sweep, pictures: Pictures) -> Document:
    """The whole page."""
    head = data.head
    told = {"version": head["version"], "seed": head["seed"], "replications": data.replications}
    fixed = "sweep.fixed" if data.screens else "page.chance_only"
    spread = cat.text(fixed if head["chance_only"] else "page.not_knowing")
    kind = "title_screened" if data.screens or data.draws else "title"
    return Document(
        title=cat.text(f"sweep.{kind}", scenario=head["scenario"]),
        origin=cat.text("sweep.origin", title=phrases.title(cat, head), spread=spread, points=head["points"], **told),
        answer=answer(cat, data),
        parts=tuple(part for part in _parts(cat, data, pictures) if part is not None),
    )


def _parts(cat: Catalogue, data: Sweep, pictures: Pictures) -> tuple[Part | None, ...]:
    results: list[Part | None] = []
    if data.screens:
        results.append(_drivers(cat, data, pictures, "swings", tables.swings))
        results.append(_drivers(cat, data, pictures, "effects", tables.effects))
        results.append(_drivers(cat, data, pictures, "shares", tables.shares) if data.shares else None)
    elif data.draws:
        results.append(_drivers(cat, data, pictures, "correlations", tables.correlations))
    else:
        results.append(_responses(cat, data, pictures))
    names = ["mu_star", "sigma", "swing"] if data.screens else ["probability", "value"]
    names = ["rho", "rho_share", "clear", "tied_to"] if data.draws else names
    names += ["crossing"] if data.crossings else []
    names += ["s1", "st"] if data.shares else ["pooled"] if len(data.varied) > 2 and not data.screens else []
    named = tuple((cat.text(f"sweep.word.{name}"), cat.text(f"sweep.rule.{name}")) for name in names)
    return (
        *results,
        _part(cat, "varied", blocks=(Block(tables.varied(cat, data)),)),
        _part(cat, "words", named=named),
        _part(cat, "again", commands=(_command(cat, data),)),
    )


def _part(cat: Catalogue, name: str, **content: Any) -> Part:
    return Part(name, cat.text(f"sweep.{name}.heading"), (cat.text(f"sweep.{name}.note"),), **content)


def _heading(cat: Catalogue, doubt: Doubt) -> str:
    year = formats.period(cat, doubt.period)
    return cat.text("format.parenthesis", text=formats.opening(words.target(cat, doubt)), inside=year)


def _responses(cat: Catalogue, data: Sweep, pictures: Pictures) -> Part:
    blocks = []
    for doubt in data.moving:
        crossed = [row for period in data.years(doubt.id) for row in data.crosses(doubt.id, period)]
        if crossed:
            heading = cat.text("sweep.crossing.heading", target=formats.opening(words.target(cat, doubt)))
            folded = len(crossed) > _UNFOLDED
            blocks.append(Block(tables.crossings(cat, data, crossed[:_MOST_ROWS]), heading, folded=folded))
        rows = [row for row in data.rows if row["id"] == doubt.id and row["period"] in data.years(doubt.id)]
        notes = (cat.text("sweep.responses.more", shown=_MOST_ROWS, rows=len(rows)),) if len(rows) > _MOST_ROWS else ()
        heading = formats.opening(words.target(cat, doubt))
        blocks.append(Block(tables.answers(cat, data, rows[:_MOST_ROWS]), heading, folded=True, notes=notes))
    shown = tuple(pictures["response", doubt.id] for doubt in data.moving if ("response", doubt.id) in pictures)
    return _part(cat, "responses", blocks=tuple(blocks), pictures=shown)


def _drivers(cat: Catalogue, data: Sweep, pictures: Pictures, kind: str, table: _Table) -> Part:
    found = [(doubt, data.found(kind, doubt)) for doubt in data.moving]
    blocks: list[Block] = []
    for doubt, rows in found:
        if rows:
            blocks.append(Block(table(cat, data, rows), _heading(cat, doubt), folded=True))
    shown = tuple(pictures[kind, doubt.id] for doubt in data.moving if (kind, doubt.id) in pictures)
    return _part(cat, kind, blocks=tuple(blocks), pictures=shown)


def _command(cat: Catalogue, data: Sweep) -> str:
    head = data.head
    command = ["cardflow", "sweep", str(head["file"])]
    command += [part for text in head["vary"] for part in ("--vary", text)]
    if data.draws:
        return shlex.join(
            [*command, "--draws", str(data.replications), "--seed", str(head["seed"]), "--lang", cat.lang]
        )
    command += ["--lhs", str(head["lhs"])] if head["lhs"] else []
    if data.screens:
        command += ["--sobol" if head["sobol"] else "--screen", "--trajectories", str(head["trajectories"])]
    command += ["--seed", str(head["seed"]), "--replications", str(data.replications)]
    command += ["--chance-only"] if head["chance_only"] and not data.screens else []
    return shlex.join([*command, "--lang", cat.lang])
