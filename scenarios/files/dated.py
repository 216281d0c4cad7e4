"""A value that changes on dates, written on one line as ``--set`` takes it: ``[{ from = 2028-04-01, value = 8 }]``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from scenarios.errors import Mistake, UserError
from scenarios.files.as_written import date_of
from scenarios.files.settings import parse_setting
from scenarios.limits import shown
from sim.message import Message

Step = tuple[date, Any]
"""From when a value holds, and the value: a number, or a range as a mapping."""


def read_steps(path: str, written: Sequence[tuple[str, str]]) -> list[Step]:
    """Dates and values as they were typed, in order of dates; pairs of which both are empty are none.

    Raises:
        UserError: with every date that is none, every value that is missing, and every date that comes twice.
    """
    asked = [(day.strip(), value.strip()) for day, value in written if day.strip() or value.strip()]
    days = [date_of(day) for day, _ in asked]
    wrong = [_no_date(path, day) for (day, _), read in zip(asked, days, strict=True) if read is None]
    wrong += [Message("{path}   needs a value from {day} on", path=path, day=day) for day, value in asked if not value]
    known = [day for day in days if day is not None]
    wrong += [Message("{path}   has two values from {day} on", path=path, day=str(day)) for day in _twice(known)]
    if wrong:
        raise UserError("--set", [Mistake(message) for message in wrong])
    values = [parse_setting(f"{path}={value}")[1] for _, value in asked]
    return sorted(zip(known, values, strict=True), key=lambda step: step[0])


def _no_date(path: str, day: str) -> Message:
    return Message("{path}   {day} must be a date such as 2026-04-01", path=path, day=shown(day))


def _twice(days: Sequence[date]) -> list[date]:
    return sorted({day for day in days if days.count(day) > 1})


def with_steps(value: Any, steps: Sequence[Step]) -> list[dict[str, Any]]:
    """A value of a scenario up to the first of the steps, and these from their dates on."""
    first = steps[0][0]
    before = value if isinstance(value, list | tuple) else [_from(first - timedelta(days=1), value)]
    kept = [dict(step) for step in before if step["from"] < first]
    return [*kept, *(_from(day, own) for day, own in steps)]


def _from(day: date, value: Any) -> dict[str, Any]:
    return {"from": day, **value} if isinstance(value, Mapping) else {"from": day, "value": value}
