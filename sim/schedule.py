"""Values that change on dates and that may be uncertain.

A quantity is written in a scenario as a number, as a range ``{value, low, high}``, or as dated steps, each of them
a number or a range. A replication draws one position in the range and keeps it for all steps: what is not known in
one year is not known in the next. A range may be drawn together with others, by their names (``with``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    field_validator,
    model_serializer,
    model_validator,
)
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function
from scipy.special import ndtr, ndtri

from sim.message import Message

MOST_STEPS = 1_000
"""Dated steps of a quantity at most: one a week for twenty years."""
_ROUNDED = 1e-3
"""What squares of written weights may add up to beyond 1."""


class Frozen(BaseModel):
    """A record that refuses unknown fields and cannot be changed in place."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


_LARGEST = 10**300


def _plain_number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(Message("must be a number"))
    if (isinstance(value, int) and abs(value) > _LARGEST) or not math.isfinite(value):
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


def is_day(text: str) -> bool:
    """Whether a text is a date that exists, such as ``2026-04-01``."""
    try:
        _plain_day(text)
    except ValueError:
        return False
    return True


_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
Number = Annotated[float, BeforeValidator(_plain_number)]
"""A finite number; text and yes/no are none."""
Day = Annotated[date, BeforeValidator(_plain_day)]
"""A date, or one in text such as ``2026-04-01``; a number is none."""


def _weights(value: Any) -> Any:
    if not isinstance(value, Mapping | tuple):
        raise ValueError(Message("must be a table of names and weights"))
    return tuple(value.items()) if isinstance(value, Mapping) else value


class Step(Frozen):
    """A value from a date on, with the range it is drawn from.

    ``with`` says with what it is drawn: weights, from -1 to 1, of the normal numbers by which other ranges are drawn,
    by name; what their squares leave of 1 is the weight of its own number. With one name the weight is the correlation
    of the two. A name is a path, or a path and a date (``@2025-04-01``) for a number of that name alone.
    """

    from_: Day | None = Field(default=None, alias="from")
    value: float
    low: float | None = None
    high: float | None = None
    with_: Annotated[tuple[tuple[str, Number], ...], BeforeValidator(_weights)] = Field(default=(), alias="with")

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
        if self.with_ and low == high:
            raise ValueError(Message("`with` is for a range: it needs low and high"))
        if (squares := sum(weight**2 for _, weight in self.with_)) > 1 + _ROUNDED:
            told = {"squares": squares}
            raise ValueError(
                Message("the squares of the weights in `with` must add up to 1 or less, not {squares:g}", **told)
            )
        return self

    def with_others(self, own: float, number: Callable[[str], float]) -> float:
        """The position in (0, 1) at which it is drawn, from its own number and the others by name, all in (0, 1)."""
        if not self.with_:
            return own
        left = math.sqrt(max(1 - sum(weight**2 for _, weight in self.with_), 0.0))
        return float(ndtr(left * ndtri(own) + sum(weight * ndtri(number(name)) for name, weight in self.with_)))

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
        if self.with_:
            parts["with"] = dict(self.with_)
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
            if len(data) > MOST_STEPS:
                raise ValueError(
                    Message("must have at most {most:,} dated steps, not {count:,}", most=MOST_STEPS, count=len(data))
                )
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
        return _json_schema({"type": "number"}, {"type": "number"})

    def at(self, day: date, u: float | None = None) -> float:
        """The value that holds on ``day``, drawn at ``u`` (``None``: the middle value)."""
        return self.step_on(day).draw(u)

    def step_on(self, day: date) -> Step:
        """The step that holds on ``day``."""
        chosen = self.steps[0]
        for step in self.steps[1:]:
            if step.from_ is not None and step.from_ <= day:
                chosen = step
        return chosen

    @property
    def uncertain(self) -> bool:
        """Whether any step has a range."""
        return any(low < high for low, high in (step.bounds for step in self.steps))

    def numbers(self) -> Iterator[float]:
        """Every number in it, bounds included."""
        for step in self.steps:
            yield from (step.value, *step.bounds)


@dataclass(frozen=True)
class Within:
    """Bounds of a quantity, as an annotation: every number lies from ``low`` to ``high``, both included.

    ``whole``: the values, not the ends of ranges, are counted in whole numbers. What a program works out from checked
    values, such as a draw from a range, need not be whole.
    """

    low: float
    high: float
    whole: bool = False

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        bounds = {"minimum": self.low, "maximum": self.high}
        return _json_schema({"type": "integer" if self.whole else "number", **bounds}, {"type": "number", **bounds})

    def check(self, quantity: Quantity) -> Quantity:
        """The quantity itself; raises ValueError if a number is out of bounds."""
        for number in quantity.numbers():
            if not self.low <= number <= self.high:
                raise ValueError(self._rule(number))
        if self.whole and not all(step.value.is_integer() for step in quantity.steps):
            raise ValueError(Message("must be a whole number"))
        return quantity

    def _rule(self, number: float) -> Message:
        if (self.low, self.high) == (0, 1):
            return Message("must be between 0 and 1")
        if number > self.high:
            return Message("must be {high:,.12g} or less", high=self.high)
        if number <= 0 < self.low:
            return Message("must be more than 0")
        return Message("must be {low:,.12g} or more", low=self.low)


def _json_schema(value: dict[str, Any], end: dict[str, Any]) -> dict[str, Any]:
    """The three ways to write a quantity, of a ``value`` and the ``end`` of a range."""
    weights = {"type": "object", "additionalProperties": {"type": "number", "minimum": -1, "maximum": 1}}
    ranged = {"value": value, "low": end, "high": end, "with": weights}
    step = {"type": "object", "properties": ranged, "required": ["value"], "additionalProperties": False}
    dated = {
        **step,
        "properties": {"from": {"type": "string", "format": "date"}, **ranged},
        "required": ["from", "value"],
    }
    return {"anyOf": [value, step, {"type": "array", "items": dated, "minItems": 1, "maxItems": MOST_STEPS}]}
