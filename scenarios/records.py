"""Answers as JSON and back: one codec for the record of every question.

A record is a tree of frozen dataclasses (``scenarios/QUESTION/record.py``). Its fields are the keys of its file, in
their order. The docstring below a field, or below several, says what stands there; ``docs/formats.md`` is made of them.
What a version before did not write takes the field's default; what one to come adds is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeVar

from pydantic import TypeAdapter, model_validator

Kind = TypeVar("Kind")


class Record(Protocol):
    """The answer to a question, whole."""

    FILE: ClassVar[str]
    """The name of its file."""


class Reported(Protocol):
    """What reports days."""

    @property
    def first_day(self) -> date:
        """The first of them."""

    @property
    def last_day(self) -> date:
        """The last of them."""


class Replicated(Protocol):
    """What rests on replications."""

    @property
    def version(self) -> str:
        """Of the program."""

    @property
    def seed(self) -> int:
        """Of the random streams."""

    @property
    def replications(self) -> int:
        """How many, of each of what is held against each other."""


Answer = TypeVar("Answer", bound=Record)

WHERE_ANY = {"where any": True}
"""Metadata of a field that has no key in the file where it is None."""
AMONG = {"among": "the others"}
"""Metadata of a field, a mapping or a record, whose keys stand in the file among those of the record that has it."""


def as_json(value: Any) -> Any:
    """A record, or a part of one, as JSON has it: mappings, lists, numbers and texts, dates as ``2026-04-01``."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {key: as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(each) for each in value]
    if is_dataclass(value):
        return _fields_as_json(value)
    return value.isoformat() if isinstance(value, date) else value


def _fields_as_json(record: Any) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, metadata in _metadata(record.__class__).items():
        own = getattr(record, name)
        if metadata == AMONG:
            told |= as_json(own)
        elif own is not None or metadata != WHERE_ANY:
            told[name.rstrip("_")] = as_json(own)
    return told


@cache
def _metadata(kind: Any) -> dict[str, dict[str, Any]]:
    """That of the fields of a record by their names."""
    return {field.name: dict(field.metadata) for field in fields(kind)}


class Gathering:
    """A record with a field ``AMONG``: what stands in its file under a key of no field of its own is of that one."""

    @model_validator(mode="before")
    @classmethod
    def _gather(cls: Any, content: Any) -> Any:
        told = _metadata(cls)
        (into,) = (name for name, metadata in told.items() if metadata == AMONG)
        if not isinstance(content, Mapping) or into in content:
            return content
        others = {key: own for key, own in content.items() if key not in told}
        return {key: own for key, own in content.items() if key in told} | {into: others}


def from_json(kind: type[Kind], content: Any) -> Kind:
    """A record of a kind, or a part of one, from what JSON has of it; raises ``ValueError`` where it is none."""
    made: Any = kind  # a kind is hashable, whatever a type of a type variable seems to be
    record: Kind = _adapter(made).validate_python(content)
    return record


def read(kind: type[Answer], folder: Path) -> Answer:
    """The record of a kind that a folder holds.

    Raises ``FileNotFoundError`` where there is no file of it, ``ValueError`` where that holds something else.
    """
    record: Answer = _adapter(kind).validate_json((folder / kind.FILE).read_bytes())
    return record


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """What reads a kind of record; making it takes longer than reading a small one."""
    return TypeAdapter(kind)
