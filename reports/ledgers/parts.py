"""The chapters of a ledger's page in their order, from late cards to how to make it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports import phrases
from reports.agreement.document import Block, Document, Part
from reports.catalogue import Catalogue
from reports.ledgers import cells, tables
from reports.ledgers.answer import answer
from reports.ledgers.data import Ledger, outcome
from reports.picture import Picture
from scenarios.resources import RESOURCES
from sim.facts import CENTRES, CLASSES

Pictures = Mapping[str, Picture]


def document(cat: Catalogue, data: Ledger, pictures: Pictures) -> Document:
    """The whole page."""
    told = {key: data.identity[key] for key in ("version", "seed", "replications")}
    spread = cat.text("page.chance_only" if data.identity["chance_only"] else "page.not_knowing")
    return Document(
        title=cat.text("ledger.title", scenario=phrases.title(cat, data.identity)),
        origin=cat.text("ledger.origin", spread=spread, span=phrases.span(cat, data.identity), **told),
        answer=answer(cat, data),
        parts=(
            _targets(cat, data),
            _prices(cat, data, pictures),
            _late(cat, data, pictures),
            _lost(cat, data, pictures),
            _words(cat, data),
            _again(cat, data),
        ),
    )


def _part(cat: Catalogue, name: str, **content: Any) -> Part:
    return Part(name, cat.text(f"ledger.{name}.heading"), (cat.text(f"ledger.{name}.note"),), **content)


def _targets(cat: Catalogue, data: Ledger) -> Part:
    blocks = (Block(tables.targets(cat, data.targets), judged=True),) if data.targets else ()
    return _part(cat, "targets", blocks=blocks)


def _prices(cat: Catalogue, data: Ledger, pictures: Pictures) -> Part:
    """What moves in some year first; folded what is exactly none in all years, and what is not claimed."""
    claimed = [price for price in data.prices if price.clear is not None]
    moving = {(price.resource, price.saves) for price in claimed if outcome(price) != "none"}
    blocks = []
    for moves, heading in ((True, ""), (False, cat.text("ledger.prices.none"))):
        rows = [price for price in claimed if ((price.resource, price.saves) in moving) is moves]
        if rows:
            blocks.append(Block(tables.prices(cat, rows), heading, judged=True, folded=not moves))
    beside = [price for price in data.prices if outcome(price) == "unclaimed"]
    if beside:
        heading = cat.text("ledger.prices.beside")
        blocks.append(Block(tables.prices(cat, beside, claimed=False), heading, folded=True))
    return _part(cat, "prices", blocks=tuple(blocks), pictures=_shown(pictures, "shadow-prices"))


def _late(cat: Catalogue, data: Ledger, pictures: Pictures) -> Part:
    blocks = tuple(Block(tables.late(cat, data.entries, kind), cells.late_kind(cat, kind)) for kind in CLASSES)
    return _part(cat, "late", blocks=blocks, pictures=_shown(pictures, "late-cards"))


def _lost(cat: Catalogue, data: Ledger, pictures: Pictures) -> Part:
    blocks = tuple(Block(tables.lost(cat, data.entries, name), cat.name("centre", name)) for name in CENTRES)
    return _part(cat, "lost", blocks=blocks, pictures=_shown(pictures, "lost-calls"))


def _words(cat: Catalogue, data: Ledger) -> Part:
    names = ("helps", "harms", "saves", "costs", "chance", "too_few", "alike", "none")
    few = data.fewest
    named = ((cat.text(f"ledger.result.{name}"), cat.text(f"ledger.rule.{name}", fewest=few)) for name in names)
    return _part(cat, "words", named=tuple(named))


def _again(cat: Catalogue, data: Ledger) -> Part:
    named = [one["path"] for one in data.resources]
    command = cat.text(
        "ledger.again.command",
        resources="" if len(named) == len(RESOURCES) else "".join(f" --resource {path}" for path in named),
        seed=data.identity["seed"],
        replications=data.replications,
        flags=" --chance-only" if data.identity["chance_only"] else "",
        lang=cat.lang,
    )
    return _part(cat, "again", commands=(command,))


def _shown(pictures: Pictures, *names: str) -> tuple[Picture, ...]:
    return tuple(pictures[name] for name in names if name in pictures)
