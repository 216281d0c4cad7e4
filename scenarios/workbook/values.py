"""Whether a value may stand in a column of the planner's figures: a number, of the right sign, size and unit."""

from __future__ import annotations

import math
import unicodedata
from typing import Any

from scenarios.files.percent import NO_SHARE
from scenarios.workbook.columns import Column
from scenarios.workbook.file import number_in
from sim.message import Message

_LEAST_PERCENT = 5
"""A share between 1 and this is more than 100 %, not a number in percent: no answer rate is so low."""

_UNITS = {
    "number": Message("number (件)"),
    "cards": Message("cards (枚)"),
    "seats": Message("seats (席)"),
    "%": Message("%"),
}


def is_number(value: Any) -> bool:
    """Whether a cell holds a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def mistake(value: Any, column: Column) -> Message | None:
    """Why a value is no figure of a column; ``None`` if it is one."""
    if not is_number(value):
        return _not_a_number(value, column)
    if not math.isfinite(value):
        return Message("must be a finite number")
    if value < 0:
        return Message("must not be negative")
    if column.share:
        return _not_a_share(value, column)
    if not column.low <= value <= column.high:
        if column.unit_en == "seats":
            single = Message("whole seats")
        else:
            single = Message("single ones, not thousands (千) or millions (百万)")
        low, high = f"{column.low:,.0f}", f"{column.high:,.0f}"
        told = {"low": low, "high": high, "unit": unit_of(column), "single": single}
        return Message("wrong unit? plausible are {low} to {high} {unit}: write {single}", **told)
    if abs(value - round(value)) > 1e-6:
        return Message("must be a whole number of {unit}", unit=unit_of(column))
    return None


def number_of(text: str) -> int | float | None:
    """The number that a text shows, in full-width digits too; ``None`` for any other."""
    return number_in(unicodedata.normalize("NFKC", text).strip())


def _not_a_number(value: Any, column: Column) -> Message:
    if not isinstance(value, str):
        return Message("is not a number: check the format of the cell")
    read = number_of(value)
    if read is None:
        return Message("is text, not a number: enter the number, or leave the cell empty where it is not known")
    if "%" in unicodedata.normalize("NFKC", value) and not column.share:
        return NO_SHARE
    return Message("is text, not a number: enter {number} as a number", number=f"{read:.12g}")


def _not_a_share(value: float, column: Column) -> Message | None:
    if 1 < value < _LEAST_PERCENT:
        return Message("is {percent} %, more than 100 %: check the figures", percent=f"{100 * value:.6g}")
    if 1 < value <= 100:
        written = {"percent": f"{value:g}%", "share": f"{value / 100:.6g}"}
        return Message("wrong unit: looks like percent; write {percent} or {share}", **written)
    if not column.low <= value <= 1:
        return Message("wrong unit? plausible are {low} to 100%, written as 97.9% or 0.979", low=f"{column.low:.0%}")
    return None


def unit_of(column: Column) -> Message:
    """A column's unit; in English in both languages, as headings may be in either."""
    return _UNITS[column.unit_en]
