"""A cell of a planner's file: where it stands, what it holds, and why that cannot be read, if so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.message import Message

MOST_COLUMNS, MOST_ROWS = 100, 1_000
"""The extent of a table of months."""
ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!")
"""What Excel shows for a formula that has no result."""


@dataclass(frozen=True)
class Cell:
    """A cell: its sheet (empty in a CSV file), column and row, both counted from 0, its value and what is wrong.

    ``value`` is a number, a text, a date or ``None``. ``wrong`` is an empty message where the reason is told at
    another cell. ``percent``: Excel shows the number in percent, so that 0.02 is 2 %.
    """

    sheet: str
    column: int
    row: int
    value: Any = None
    wrong: Message | None = None
    percent: bool = False

    @property
    def name(self) -> str:
        """Column and row, such as ``C7``."""
        return f"{column_letter(self.column)}{self.row + 1}"

    @property
    def place(self) -> str:
        """Where it stands: ``月次!C7``, in a CSV file ``C7``."""
        return f"{self.sheet}!{self.name}" if self.sheet else self.name

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it, not even something wrong."""
        return self.value is None and self.wrong is None


Rows = list[list[Cell]]
"""Rows of cells, without empty rows at the end."""


def column_letter(index: int) -> str:
    """The letters of a column, counted from 0."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_error() -> Message:
    """What is said of a formula that has no result."""
    return Message("is an error value: mend the formula, or leave the cell empty")
