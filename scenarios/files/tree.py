"""The tables and values of a scenario by dotted path, such as ``contact`` and ``contact.resident.seats``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.parameters import SECTIONS, Parameters
from sim.schedule import Quantity


@cache
def values() -> tuple[str, ...]:
    """Every value's path, in the order of a complete file."""
    return tuple(path for path in _walk("") if model_of(path) is None)


@cache
def tables() -> tuple[str, ...]:
    """Every table's path, sections first."""
    return (*SECTIONS, *(path for path in _walk("") if model_of(path) is not None and "." in path))


def _walk(table: str) -> Iterator[str]:
    for name in fields_of(table):
        path = f"{table}.{name}" if table else name
        yield path
        yield from _walk(path)


def fields_of(table: str) -> list[str]:
    """The fields of a table by its dotted path; none of what is no table."""
    model = model_of(table)
    return [info.alias or name for name, info in model.model_fields.items()] if model else []


def field_at(path: str) -> FieldInfo | None:
    """The field of a value or a table: its unit, bounds and meaning."""
    table, _, name = path.rpartition(".")
    model = model_of(table)
    return model.model_fields.get(name) if model else None


def model_of(table: str) -> type[BaseModel] | None:
    """The model of a table by its dotted path; ``None`` for what is no table."""
    model: Any = Parameters
    for step in table.split(".") if table else []:
        field = model.model_fields.get(step)
        inner = field.annotation if field is not None else None
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)) or issubclass(inner, Quantity):
            return None
        model = inner
    return model  # type: ignore[no-any-return]


def put(data: dict[str, Any], path: str, value: Any) -> bool:
    """Set a value that stands in the nested data of a complete file; whether it did."""
    *sections, name = path.split(".")
    table: Any = data
    for step in sections:
        table = table.get(step) if isinstance(table, dict) else None
    if not isinstance(table, dict) or name not in table or (not sections and name not in ("start", "end")):
        return False
    table[name] = value
    return True
