"""Values that change on dates and that may be uncertain.

A quantity is written in a scenario as a number, as a range ``{value, low, high}``, or as dated steps, each of them
a number or a range. A replication draws one position in the range and keeps it for all steps: what is not known in
one year is not known in the next.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import pairwise
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic_core import CoreSchema

from sim.message import Message


class Frozen(BaseModel):
    """A record that refuses unknown fields and cannot be changed in place."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def _plain_number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(Message("must be a number"))
    if (isinstance(value, int) and abs(value) > 10**300) or not math.isfinite(value):
        raise ValueError(Message("must be a finite number"))
    return value


def _plain_day(value: Any) -> date:
    if isinstance(value, datetime) and value.tzinfo is None and value.time() == time.min:
        return value.date()
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    written = _DAY.fullmatch(value) if isinstance(value, str) else None
    if written is None:
        raise ValueError(Message("must be a date such as 2026-04-01"))
    try:
        return date(*(int(part) for part in written.groups()))
    except ValueError:
        raise ValueError(Message("is a day that does not exist: must be a date such as 2026-04-01")) from None


_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
Number = Annotated[float, BeforeValidator(_plain_number)]
"""A finite number; text and yes/no are none."""
Day = Annotated[date, BeforeValidator(_plain_day)]
"""A date, or one in text such as ``2026-04-01``; a number is none."""


class Step(Frozen):
    """A value from a date on, with the range it is drawn from."""

    from_: Day | None = Field(default=None, alias="from")
    value: float
    low: float | None = None
    high: float | None = None

    _numbers = field_validator("value", mode="before")(_plain_number)

    @field_validator("low", "high", mode="before")
    @classmethod
    def _bounds_are_numbers(cls, value: Any) -> Any:
        return value if value is None else _plain_number(value)

    @model_validator(mode="after")
    def _ordered(self) -> Step:
        low, high = self.bounds
        if not low <= self.value <= high:
            told = {"low": low, "value": self.value, "high": high}
            raise ValueError(Message("must have low <= value <= high, not {low:g}, {value:g}, {high:g}", **told))
        return self

    @property
    def bounds(self) -> tuple[float, float]:
        """Low and high; the value itself where no range was given."""
        low = self.value if self.low is None else self.low
        return low, self.value if self.high is None else self.high

    def draw(self, u: float | None) -> float:
        """The triangular quantile at ``u`` in [0, 1]; the middle value for ``None``."""
        low, high = self.bounds
        if u is None or high == low:
            return self.value
        rise = (self.value - low) / (high - low)
        if u < rise:
            return low + math.sqrt(u * (high - low) * (self.value - low))
        return high - math.sqrt((1 - u) * (high - low) * (high - self.value))

    @model_serializer(mode="plain")
    def _as_written(self) -> Any:
        parts: dict[str, Any] = {} if self.from_ is None else {"from": self.from_}
        parts["value"] = self.value
        if self.low is not None:
            parts["low"] = self.low
        if self.high is not None:
            parts["high"] = self.high
        return parts


class Quantity(Frozen):
    """A number, possibly uncertain, possibly in dated steps; the first step holds before its date too."""

    steps: tuple[Step, ...]

    @model_validator(mode="before")
    @classmethod
    def _accept_short_forms(cls, data: Any) -> Any:
        if isinstance(data, Quantity):
            return {"steps": data.steps}
        if isinstance(data, dict) and set(data) == {"steps"}:
            return data
        if isinstance(data, dict):
            return {"steps": [data]}
        if isinstance(data, list):
            return {"steps": data}
        return {"steps": [{"value": _plain_number(data)}]}

    @field_validator("steps")
    @classmethod
    def _dates_rise(cls, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        if not steps:
            raise ValueError(Message("must have at least one step"))
        if len(steps) > 1:
            dates = [step.from_ for step in steps]
            if any(day is None for day in dates):
                raise ValueError(Message("every dated step needs a `from` date"))
            ordered = [day for day in dates if day is not None]
            if any(later <= earlier for earlier, later in pairwise(ordered)):
                raise ValueError(
                    Message("dated steps must be in order of their `from` dates, each later than the one before")
                )
        return steps

    @model_serializer(mode="plain")
    def _as_written(self) -> Any:
        if len(self.steps) > 1 or self.steps[0].from_ is not None:
            return [step.model_dump() for step in self.steps]
        only = self.steps[0]
        return only.value if only.low is None and only.high is None else only.model_dump()

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        ranged = {"value": {"type": "number"}, "low": {"type": "number"}, "high": {"type": "number"}}
        step = {"type": "object", "properties": ranged, "required": ["value"], "additionalProperties": False}
        dated = {
            **step,
            "properties": {"from": {"type": "string", "format": "date"}, **ranged},
            "required": ["from", "value"],
        }
        return {"anyOf": [{"type": "number"}, step, {"type": "array", "items": dated, "minItems": 1}]}

    def at(self, day: date, u: float | None = None) -> float:
        """The value that holds on ``day``, drawn at ``u`` (``None``: the middle value)."""
        chosen = self.steps[0]
        for step in self.steps[1:]:
            if step.from_ is not None and step.from_ <= day:
                chosen = step
        return chosen.draw(u)

    @property
    def uncertain(self) -> bool:
        """Whether any step has a range."""
        return any(low < high for low, high in (step.bounds for step in self.steps))

    def numbers(self) -> Iterator[float]:
        """Every number in it, bounds included."""
        for step in self.steps:
            yield from (step.value, *step.bounds)


def _bounded(low: float, high: float, rule: Message) -> Callable[[Quantity], Quantity]:
    def check(quantity: Quantity) -> Quantity:
        for number in quantity.numbers():
            if not low <= number <= high:
                raise ValueError(rule)
        return quantity

    return check


Share = Annotated[Quantity, AfterValidator(_bounded(0, 1, Message("must be between 0 and 1")))]
Amount = Annotated[Quantity, AfterValidator(_bounded(0, math.inf, Message("must be 0 or more")))]
Rate = Annotated[Quantity, AfterValidator(_bounded(1e-9, math.inf, Message("must be more than 0")))]
Signed = Annotated[Quantity, AfterValidator(_bounded(-math.inf, math.inf, Message("must be a number")))]
