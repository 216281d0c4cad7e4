"""The appendix on quality: one chapter with four parts, which a page folds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.document import Block, Chapter, Table, Value, say
from reports.run.quality import assumed, checked, decided, sources, stress
from reports.run.quality.counted import Counted
from reports.run_data import RunData


def quality(data: RunData) -> Iterator[Chapter]:
    """The chapter and its parts."""
    counted = Counted(data)
    yield Chapter("quality", say("quality.heading"), (say("quality.note"),), role="statistics")
    yield _part("stress", stress.table(counted))
    yield _part("assumption-log", assumed.table(counted), assumed.notes(counted))
    yield _part("decision-log", decided.table(data))
    yield _part("data-log", sources.table(counted))
    named = tuple(checked.checks(data))
    yield Chapter("checks", say("checks.heading"), (say("checks.note"),), named=named, **_SHAPE)


_SHAPE: dict[str, Any] = {"level": 3, "folded": True, "role": "statistics"}


def _part(name: str, table: Table, notes: tuple[Value, ...] = ()) -> Chapter:
    key = name.replace("-", "_")
    return Chapter(name, say(f"{key}.heading"), (say(f"{key}.note"),), (Block(table, notes=notes),), **_SHAPE)
