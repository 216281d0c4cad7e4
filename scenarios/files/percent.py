"""Which values a percent sign may stand behind: shares and their like, of which 5 % is 0.05, and no count or size."""

from __future__ import annotations

from typing import Any

from pydantic.fields import FieldInfo

from scenarios.files.as_written import in_percent
from scenarios.files.tree import field_at
from sim.message import Message

_SHARES = frozenset(
    ("share", "per year", "per year of age", "multiplier", "weight", "correlation", "standard deviation", "-1 to 1")
)
"""Units of plain ratios. What counts from 100, as much as in a reference year, is none: 80 % is 80 there, not 0.8."""
NO_SHARE = Message("is no share, so no percent sign can stand there: write the number itself")


def of_path(path: str) -> FieldInfo | None:
    """The field at a dotted path, or of which the path names a part, such as the low end."""
    return field_at(path) or field_at(path.rpartition(".")[0])


def wrongly_in_percent(text: Any, field: FieldInfo | None) -> bool:
    """Whether a value is written as a number in percent, and its field, where that is known, is no share."""
    if field is None or not isinstance(text, str) or not in_percent(text):
        return False
    extra = field.json_schema_extra
    return isinstance(extra, dict) and extra.get("unit") not in _SHARES
