"""What the parts' parameters are made of: fields with unit and meaning, and windows of days."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from sim.message import Message
from sim.schedule import Day, Frozen

YesNo = Annotated[bool, Field(strict=True)]


def parameter(unit: str, meaning: str, **bounds: Any) -> Any:
    """A field of a scenario: its unit, its meaning, and bounds as in pydantic's ``Field``; no default."""
    return Field(description=meaning, json_schema_extra={"unit": unit}, **bounds)


def dated(unit: str, meaning: str, *same: str, **bounds: Any) -> Any:
    """A field for a list of things on dates: those of scenarios that are joined add up.

    Entries that are alike in the names ``same`` are one thing, of which the last scenario says the rest; dates by
    themselves have no names.
    """
    return Field(description=meaning, json_schema_extra={"unit": unit, "same": list(same)}, **bounds)


class Window(Frozen):
    """Days from a date to a date, both included."""

    from_: Day = Field(alias="from")
    to: Day

    @model_validator(mode="after")
    def _ordered(self) -> Window:
        if self.to < self.from_:
            told = {"first": self.from_, "last": self.to}
            raise ValueError(Message("`to` ({last}) must not come before `from` ({first})", **told))
        return self


_LEAST_WEIGHT = 1e-9
"""What shares are worked out from: less cannot be divided by, and is no weight that a person would write."""


def refuse_no_weight(model: Frozen, *names: str) -> None:
    """Refuse weights that say nothing of how something is spread: it would come to nothing.

    Raises:
        ValueError: with a message, if all weights of a field are 0, or add up to next to nothing.
    """
    for name in names:
        weights = getattr(model, name)
        if not any(weights):
            raise ValueError(Message("{name} must not all be 0", name=name))
        if sum(weights) < _LEAST_WEIGHT:
            raise ValueError(Message("{name} must add up to {least:g} or more", name=name, least=_LEAST_WEIGHT))


_MONTH_AND_DAY = re.compile(r"(\d{2})-(\d{2})", re.ASCII)


def month_and_day(value: Any) -> tuple[int, int]:
    """A month and a day as written: ``"12-29"``, or ``[12, 29]``. 29 February is one.

    Raises:
        ValueError: with a message, for any other form and for a day that no year has.
    """
    written = _MONTH_AND_DAY.fullmatch(value) if isinstance(value, str) else None
    if written is not None:
        month, day = int(written[1]), int(written[2])
    elif isinstance(value, tuple | list) and len(value) == 2 and all(type(part) is int for part in value):
        month, day = value
    else:
        raise ValueError(Message('must be a month and day such as "12-29"'))
    try:
        date(2000, month, day)
    except (ValueError, OverflowError):
        raise ValueError(Message('no such month and day: must be the month, then the day, such as "12-29"')) from None
    return month, day


class YearlyWindow(Frozen):
    """Days of every year, as month and day, both included; may run over the year's end."""

    from_: tuple[int, int] = Field(alias="from")
    to: tuple[int, int]

    @field_validator("from_", "to", mode="before")
    @classmethod
    def _month_and_day(cls, value: Any) -> Any:
        return month_and_day(value)
