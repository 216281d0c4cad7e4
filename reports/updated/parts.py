"""The chapters of an update's page in their order."""

from __future__ import annotations

from typing import Any

from reports import phrases
from reports.catalogue import Catalogue
from reports.parted import Block, Document, Part
from reports.updated import tables
from reports.updated.answer import again, answer
from reports.updated.data import Update


def document(cat: Catalogue, data: Update) -> Document:
    """The whole page."""
    told = {key: data.identity[key] for key in ("version", "seed", "replications")}
    shown = [_targets(cat, data), _figures(cat, data), _forecast(cat, data), _track(cat, data), _again(cat, data)]
    return Document(
        title=cat.text("update.title", scenario=phrases.title(cat, data.identity)),
        origin=cat.text("update.origin", span=phrases.span(cat, data.identity), **told),
        answer=answer(cat, data),
        parts=tuple(part for part in shown if part.blocks or part.commands or part.id == "track"),
    )


def _part(cat: Catalogue, name: str, **content: Any) -> Part:
    return Part(name, cat.text(f"update.{name}.heading"), (cat.text(f"update.{name}.note"),), **content)


def _targets(cat: Catalogue, data: Update) -> Part:
    return _part(cat, "targets", blocks=(Block(tables.targets(cat, data.tested), judged=True),))


def _figures(cat: Catalogue, data: Update) -> Part:
    blocks = [Block(tables.figures(cat, data))]
    if data.outside:
        blocks.append(Block(tables.outside(cat, data), cat.text("update.figures.outside")))
    return _part(cat, "figures", blocks=tuple(blocks))


def _forecast(cat: Catalogue, data: Update) -> Part:
    return _part(cat, "forecast", blocks=(Block(tables.forecast(cat, data), folded=True),) if data.forecast else ())


def _track(cat: Catalogue, data: Update) -> Part:
    return _part(cat, "track", blocks=(Block(tables.track(cat, data.ahead), folded=True),) if data.ahead else ())


def _again(cat: Catalogue, data: Update) -> Part:
    return _part(cat, "again", commands=(again(cat, data),))
