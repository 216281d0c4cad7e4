"""The chapters of a comparison's page in their order, from the targets to how to make it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reports import phrases
from reports.catalogue import Catalogue
from reports.differences import cells, tables
from reports.differences.answer import answer
from reports.differences.data import Comparison, Pair, claimed, outcome
from reports.document import Table
from reports.parted import Block, Document, Part
from reports.picture import Picture
from scenarios.compared import Compared
from scenarios.row import EVERY_YEAR

Pictures = Mapping[str, Picture]
MONTHLY = (
    "comparison-applications",
    "comparison-dispatched",
    "comparison-backlog",
    "comparison-answered",
    "comparison-certificates",
)
"""Charts with the scenarios over each other by month, in the order of the page."""


def document(cat: Catalogue, data: Comparison, pictures: Pictures) -> Document:
    """The whole page."""
    names = {"scenario": cat.join(data.names[1:]), "against": data.names[0]}
    told = {"version": data.version, "seed": data.seed, "replications": data.replications}
    spread = cat.text("page.chance_only" if data.chance_only else "page.not_knowing")
    return Document(
        title=cat.text("comparison.title", **names),
        origin=cat.text("comparison.origin", names=_named(cat, data), spread=spread, **told),
        answer=answer(cat, data),
        parts=(
            _targets(cat, data),
            _measures(cat, data, pictures),
            _figures(cat, data, pictures),
            _inputs(cat, data),
            _months(cat, data, pictures),
            _words(cat, data),
            _again(cat, data),
        ),
    )


def _named(cat: Catalogue, data: Comparison) -> str:
    """Which scenario is which: the names that the page uses, with their titles."""
    titles = {scenario["name"]: phrases.title(cat, scenario) for scenario in data.scenarios}
    named = (cat.text("comparison.named", name=name, title=title) for name, title in titles.items())
    return cat.text("format.entries").join(named)


def _part(cat: Catalogue, name: str, **content: Any) -> Part:
    words = (cat.text(f"comparison.{name}.note"), *content.pop("words", ()))
    return Part(name, cat.text(f"comparison.{name}.heading"), words, **content)


def _blocks(
    cat: Catalogue, data: Comparison, kind: str, table: Callable[[Catalogue, Pair, Sequence[Compared]], Table]
) -> tuple[Block, ...]:
    """Of each pair a table of what differs in some year, and a folded one of what is exactly equal in all."""
    blocks = []
    for pair in data.pairs:
        rows = [row for row in data.of(pair, kind) if claimed(row)]
        moving = {row.id for row in rows if outcome(row) != "equal"}
        name = pair_name(cat, pair)
        for moves, heading in ((True, name), (False, cat.text("comparison.equal_lines", pair=name))):
            chosen = [row for row in rows if (row.id in moving) is moves]
            if chosen:
                blocks.append(Block(table(cat, pair, chosen), heading, judged=True, folded=not moves))
    return tuple(blocks)


def pair_name(cat: Catalogue, pair: Pair) -> str:
    """A pair as a heading."""
    return cat.text("comparison.pair", scenario=pair.scenario, against=pair.against)


def _targets(cat: Catalogue, data: Comparison) -> Part:
    lacking = [
        cat.text("comparison.lacking", pair=pair_name(cat, pair), periods=cells.periods(cat, pair.not_common))
        for pair in data.pairs
        if pair.not_common
    ]
    blocks = _decides(cat, data)
    return _part(cat, "targets", words=lacking, blocks=blocks)


def _decides(cat: Catalogue, data: Comparison) -> tuple[Block, ...]:
    """Of each pair how likely each target is met over the whole period: what decides."""
    found = ((pair, data.of(pair, "probability")) for pair in data.pairs)
    return tuple(
        Block(tables.probabilities(cat, pair, rows), pair_name(cat, pair), judged=True) for pair, rows in found if rows
    )


def _measures(cat: Catalogue, data: Comparison, pictures: Pictures) -> Part:
    blocks = _blocks(cat, data, "target", tables.targets)
    return _part(cat, "measures", blocks=blocks, pictures=_shown(pictures, "comparison-targets"))


def _figures(cat: Catalogue, data: Comparison, pictures: Pictures) -> Part:
    blocks = _blocks(cat, data, "key_figure", tables.figures)
    return _part(cat, "figures", blocks=blocks, pictures=_shown(pictures, "comparison-figures"))


def _inputs(cat: Catalogue, data: Comparison) -> Part:
    blocks = tuple(Block(tables.inputs(cat, data, pair), pair_name(cat, pair)) for pair in data.pairs if pair.inputs)
    return _part(cat, "inputs", words=() if blocks else (cat.text("comparison.inputs.none"),), blocks=blocks)


def _months(cat: Catalogue, data: Comparison, pictures: Pictures) -> Part:
    blocks = []
    for pair in data.pairs:
        rows = [row for row in data.of(pair, "target") if outcome(row) == "unclaimed" and row.period != EVERY_YEAR]
        if rows:
            heading = cat.text("comparison.months.table", pair=pair_name(cat, pair))
            blocks.append(Block(tables.months(cat, pair, rows), heading, folded=True))
    return _part(cat, "months", blocks=tuple(blocks), pictures=_shown(pictures, *MONTHLY))


def _words(cat: Catalogue, data: Comparison) -> Part:
    names = ("better", "worse", "more", "fewer", "chance", "too_few", "alike", "equal", "one_sided", "not_tested")
    few = max(pair.fewest for pair in data.pairs)
    named = ((cat.text(f"comparison.result.{name}"), cat.text(f"comparison.rule.{name}", fewest=few)) for name in names)
    return _part(cat, "words", named=tuple(named))


def _again(cat: Catalogue, data: Comparison) -> Part:
    command = cat.text(
        "comparison.again.command",
        files=" ".join(str(scenario["file"]) for scenario in data.scenarios),
        seed=data.seed,
        replications=data.replications,
        flags=" --chance-only" if data.chance_only else "",
        lang=cat.lang,
    )
    return _part(cat, "again", blocks=(Block(tables.scenarios(cat, data)),), commands=(command,))


def _shown(pictures: Pictures, *names: str) -> tuple[Picture, ...]:
    return tuple(pictures[name] for name in names if name in pictures)
