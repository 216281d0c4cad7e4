"""Whether a value may stand in a column of the planner's figures: a number, of the right sign, size and unit."""

from __future__ import annotations

import math
import unicodedata
from typing import Any

from scenarios.workbook.columns import Column, plain
from scenarios.workbook.file import number_in


def mistake(value: Any, column: Column) -> str | None:
    """Why a value is no figure of a column; ``None`` if it is one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _not_a_number(value)
    if not math.isfinite(value):
        return "must be a finite number"
    if value < 0:
        return "must not be negative"
    if column.share:
        return _not_a_share(value, column)
    if not column.low <= value <= column.high:
        single = "whole seats" if column.unit_en == "seats" else "single ones, not thousands (千) or millions (百万)"
        return f"wrong unit? plausible are {column.low:,.0f} to {column.high:,.0f} {unit_of(column)}: write {single}"
    if abs(value - round(value)) > 1e-6:
        return f"must be a whole number of {unit_of(column)}"
    return None


def _not_a_number(value: Any) -> str:
    if not isinstance(value, str):
        return "is not a number: check the format of the cell"
    read = number_in(unicodedata.normalize("NFKC", value).strip())
    if read is None:
        return "is text, not a number: enter the number, or leave the cell empty where it is not known"
    return f"is text, not a number: enter {read:.12g} as a number"


def _not_a_share(value: float, column: Column) -> str | None:
    if 1 < value <= 100:
        return f"wrong unit: looks like percent; write {value:g}% or {value / 100:.6g}"
    if not column.low <= value <= 1:
        return f"wrong unit? plausible are {column.low:.0%} to 100%, written as 97.9% or 0.979"
    return None


def unit_of(column: Column) -> str:
    """A column's unit in both languages."""
    same = plain(column.unit_ja) == plain(column.unit_en)
    return column.unit_en if same else f"{column.unit_en} ({column.unit_ja})"
