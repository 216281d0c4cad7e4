"""The mistakes in a table: each with its cell, like ones in a column together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import Any

from scenarios.workbook.cell import Cell, column_letter
from sim.message import NOTHING, Message

_MOST_NAMED = 5
"""So many runs of cells are named; the number of cells says how many there are."""


@dataclass(frozen=True)
class _Told:
    cell: Cell
    rule: Message

    @property
    def kind(self) -> tuple[str, int, str]:
        """What makes mistakes alike: sheet, column, rule."""
        return self.cell.sheet, self.cell.column, self.rule.template


class Mistakes:
    """What is wrong with a table, in the order in which it was found."""

    def __init__(self) -> None:
        self._told: list[_Told | Message] = []

    def __bool__(self) -> bool:
        return bool(self._told)

    def __len__(self) -> int:
        return len(self._told)

    def add(self, message: Message) -> None:
        """Something that has no cell."""
        self._told.append(message)

    def at(self, cell: Cell, rule: Message) -> None:
        """What is wrong with a cell."""
        self._told.append(_Told(cell, rule))

    def lines(self) -> list[Message]:
        """A line for each mistake; like ones in a column stand in one line, at the place of the first."""
        alike: dict[Any, list[_Told]] = {}
        for place, told in enumerate(self._told):
            alike.setdefault(told.kind if isinstance(told, _Told) else place, []).append(told)  # type: ignore[arg-type]
        return [_line(group) if isinstance(group[0], _Told) else group[0] for group in alike.values()]


def refuse_stray(cells: Iterable[Cell], mistakes: Mistakes) -> None:
    """Tell of each cell that is not empty, in a row above the headings, beside the name and its value."""
    for cell in cells:
        # A cell that is covered by a merged one holds nothing: what is wrong is told at the first of them.
        if cell.value is not None or cell.wrong:
            rule = Message("stands where nothing is read: above the headings, names are in column A, values in B")
            mistakes.at(cell, cell.wrong or rule)


def _line(group: Sequence[_Told]) -> Message:
    first = group[0]
    shown = _shown(first.cell.value)
    if len(group) == 1:
        return Message("{cell}{shown}   {rule}", cell=first.cell.place, shown=shown, rule=first.rule)
    cells = named([told.cell for told in group])
    return Message(
        "{cells} ({count} cells), as in {cell}{shown}   {rule}",
        cells=cells,
        count=len(group),
        cell=first.cell.name,
        shown=shown,
        rule=first.rule,
    )


def named(cells: Sequence[Cell]) -> str:
    """Cells of a column as ranges, such as ``月次!C4:C15, C17``."""
    rows = sorted({cell.row for cell in cells})
    letter = column_letter(cells[0].column)
    named = [
        f"{letter}{run[0] + 1}" if len(run) == 1 else f"{letter}{run[0] + 1}:{letter}{run[-1] + 1}"
        for run in _runs(rows)
    ]
    shown = ", ".join([*named[:_MOST_NAMED], *(["..."] if len(named) > _MOST_NAMED else [])])
    return f"{cells[0].sheet}!{shown}" if cells[0].sheet else shown


def _runs(rows: Iterable[int]) -> list[list[int]]:
    """Numbers that follow each other."""
    return [
        [row for _, row in run] for _, run in groupby(enumerate(rows), key=lambda numbered: numbered[1] - numbered[0])
    ]


def _shown(value: Any) -> Message:
    """A cell's value as part of a line; nothing where it is empty."""
    if value is None:
        return NOTHING
    if isinstance(value, date | time):
        text = value.isoformat().removesuffix("T00:00:00")
    else:
        text = f"{value:.15g}" if isinstance(value, float) else repr(value)
    return Message(" = {value}", value=text if len(text) <= 40 else text[:37] + "...")
