"""The appendix on quality: a chapter whose parts a page folds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.document import Block, Chapter, say
from reports.run.quality import assumed, checked, decided, sources, stress
from reports.run.quality.counted import Counted
from reports.run_data import RunData

_SHAPE: dict[str, Any] = {"level": 3, "folded": True, "role": "statistics"}


def quality(data: RunData) -> Iterator[Chapter]:
    """The chapter and its parts."""
    counted = Counted(data)
    yield Chapter("quality", say("quality.heading"), (say("quality.note"),), role="statistics")
    yield _part("stress", Block(stress.table(counted)))
    yield _part("assumption-log", Block(assumed.table(counted), notes=assumed.notes(counted)))
    yield _part("decision-log", Block(decided.table(data)))
    yield _part("data-log", *sources.blocks(counted))
    named = tuple(checked.checks(data))
    yield Chapter("checks", say("checks.heading"), (say("checks.note"),), named=named, **_SHAPE)


def _part(name: str, *blocks: Block) -> Chapter:
    key = name.replace("-", "_")
    return Chapter(name, say(f"{key}.heading"), (say(f"{key}.note"),), blocks, **_SHAPE)
