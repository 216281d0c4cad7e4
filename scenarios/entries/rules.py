"""The rules of an entry that are broken, in words: field, value, rule, meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from scenarios.entries.source import Source
from scenarios.errors import Mistake, nearest
from scenarios.files.wording import rule, value_shown, written_hint
from scenarios.limits import shown_name
from sim.message import NOTHING, Message

_MOST_OF_ONE = 50
"""Mistakes told of one entry."""
Entry = TypeVar("Entry", bound=BaseModel)


def checked(source: Source, name: str, table: Any, kind: type[Entry]) -> Entry | list[Mistake]:
    """The entry in a table, or all that is wrong with it."""
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        return list(_mistakes(source, name, error, kind))


def short(value: Any) -> str:
    """A value as it was written, no longer than a line can take."""
    return str(value) if isinstance(value, Decimal) else value_shown(value)


def _mistakes(source: Source, name: str, error: ValidationError, kind: type[BaseModel]) -> Iterator[Mistake]:
    known = {info.alias or field: info for field, info in kind.model_fields.items()}
    for detail in error.errors()[:_MOST_OF_ONE]:
        message = rule(detail)
        steps = [str(step) for step in detail["loc"] if not isinstance(step, int)]
        field = ".".join(steps) or str(getattr(message, "values", {}).get("field", ""))
        path = f"{name}.{field}" if field else name
        sentence = _sentence(field, message, detail, known)
        told = Message("{path}{sentence}", path=shown_name(path), sentence=sentence)
        yield source.mistake(told, path, f"{name}.{field.partition('.')[0]}", name)


def _sentence(field: str, broken: Message, detail: Mapping[str, Any], known: Mapping[str, FieldInfo]) -> Message:
    value = detail.get("input")
    info = known.get(field)
    meaning = Message(" ({meaning})", meaning=info.description) if info and info.description else NOTHING
    if detail["type"] == "extra_forbidden":
        return Message("   unknown field{near}", near=nearest(field, known))
    if detail["type"] == "missing":
        return Message("   is missing{meaning}", meaning=meaning)
    hint = written_hint(value, broken, info)
    if isinstance(value, dict | list | tuple):
        return Message("   {rule}{meaning}", rule=broken, meaning=meaning)
    return Message(" = {value}   {rule}{hint}{meaning}", value=short(value), rule=broken, hint=hint, meaning=meaning)
