"""What a planner's file of named entries says, and where each word of it stands.

A name is that of a resource or use, such as ``contact.resident.seats``. In TOML it heads a table; in a workbook it
stands in the first column of a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scenarios.errors import Mistake, Place
from scenarios.workbook.cell import Cell
from scenarios.workbook.mistakes import named
from sim.message import NOTHING, Message

_NOWHERE = Cell("", 0, 0)


@dataclass(frozen=True)
class InCell(Mistake):
    """A mistake in a workbook: its cell, and what is said of it."""

    cell: Cell = _NOWHERE
    said: Message = NOTHING

    @property
    def kind(self) -> tuple[str, int, str]:
        """What makes mistakes alike: sheet, column, rule."""
        sentence = self.said.values.get("sentence", self.said)  # see scenarios.entries.rules
        rule = sentence.values.get("rule", sentence)
        return self.cell.sheet, self.cell.column, rule.template


def together(mistakes: Sequence[Mistake]) -> list[Mistake]:
    """The mistakes, like ones in a column of a workbook in one line at the place of the first."""
    alike: dict[object, list[Mistake]] = {}
    for number, mistake in enumerate(mistakes):
        alike.setdefault(mistake.kind if isinstance(mistake, InCell) else number, []).append(mistake)
    return [_one([mistake for mistake in group if isinstance(mistake, InCell)]) or group[0] for group in alike.values()]


def _one(group: Sequence[InCell]) -> Mistake | None:
    """One line for several mistakes; None for fewer."""
    if len(group) < 2:
        return None
    told = {"cells": named([mistake.cell for mistake in group]), "count": len(group), "cell": group[0].cell.name}
    return Mistake(Message("{cells} ({count} cells), as in {cell}   {rule}", rule=group[0].said, **told))


@dataclass(frozen=True)
class Source:
    """A file's own keys and its entries by name, its text as TOML, and the places of keys.

    ``wrong`` are the mistakes that the reading itself found.
    """

    file: str
    head: Mapping[str, Any]
    entries: Mapping[str, Any]
    text: str
    places: Mapping[str, Place | Cell]
    wrong: list[Mistake] = field(default_factory=list)

    def mistake(self, message: Message, *keys: str) -> Mistake:
        """A mistake at the first of the keys whose place is known."""
        place = next((self.places[key] for key in keys if key in self.places), None)
        if isinstance(place, Cell):
            return InCell(Message("{cell}   {mistake}", cell=place.place, mistake=message), None, place, message)
        return Mistake(message, place)
