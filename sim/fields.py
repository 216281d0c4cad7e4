"""What the parts' parameters are made of: fields with unit and meaning, and windows of days."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from sim.schedule import Frozen

YesNo = Annotated[bool, Field(strict=True)]


def parameter(unit: str, meaning: str, **bounds: Any) -> Any:
    """A field of a scenario: its unit, its meaning, and bounds as in pydantic's ``Field``; no default."""
    return Field(description=meaning, json_schema_extra={"unit": unit}, **bounds)


class Window(Frozen):
    """Days from a date to a date, both included."""

    from_: date = Field(alias="from")
    to: date

    @model_validator(mode="after")
    def _ordered(self) -> Window:
        if self.to < self.from_:
            raise ValueError(f"`to` ({self.to}) must not come before `from` ({self.from_})")
        return self


class YearlyWindow(Frozen):
    """Days of every year, as month and day, both included; may run over the year's end."""

    from_: tuple[int, int] = Field(alias="from")
    to: tuple[int, int]

    @field_validator("from_", "to", mode="before")
    @classmethod
    def _month_and_day(cls, value: Any) -> Any:
        text = value if isinstance(value, str) else ""
        try:
            parsed = date.fromisoformat(f"2000-{text}")
        except ValueError:
            if isinstance(value, tuple | list) and len(value) == 2:
                return value
            raise ValueError('must be a month and day such as "12-29"') from None
        return parsed.month, parsed.day
