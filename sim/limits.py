"""The bounds of every number that a scenario may set, by path, read from the models that check it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from sim.fields import YearlyWindow
from sim.parameters import Parameters
from sim.schedule import Quantity, Within


@dataclass(frozen=True)
class Limit:
    """Least and most of a number; ``whole`` if it is counted in whole numbers. Infinite where there is no bound."""

    low: float
    high: float
    whole: bool


@cache
def limits() -> Mapping[str, Limit]:
    """Every number of a scenario by its dotted path, such as ``contact.resident.seats``; lists by their own path."""
    return dict(_limits(Parameters, ""))


def _limits(model: type[BaseModel], path: str) -> Iterator[tuple[str, Limit]]:
    for name, field in model.model_fields.items():
        yield from _of(field.annotation, field.metadata, f"{path}.{field.alias or name}".lstrip("."))


def _of(kind: Any, metadata: Iterable[Any], path: str) -> Iterator[tuple[str, Limit]]:
    """The numbers in a type: its own, or those of what it is made of."""
    if get_origin(kind) is Annotated:
        kind, *said = get_args(kind)
        metadata = [*metadata, *(part for own in said for part in getattr(own, "metadata", [own]))]
    if kind is Quantity or kind in (int, float):
        yield path, _limit(kind is int, list(metadata))
    elif kind is YearlyWindow:
        return  # a month and a day, checked as a date
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from _limits(kind, path)
    else:
        for part in get_args(kind):
            yield from _of(part, (), path)


def _limit(whole: bool, metadata: list[Any]) -> Limit:
    within = next((part for part in metadata if isinstance(part, Within)), None)
    if within:
        return Limit(within.low, within.high, within.whole)
    return Limit(max(_said(metadata, "ge", "gt"), default=-inf), min(_said(metadata, "le", "lt"), default=inf), whole)


def _said(metadata: list[Any], *rules: str) -> list[float]:
    return [getattr(part, rule) for part in metadata for rule in rules if hasattr(part, rule)]
