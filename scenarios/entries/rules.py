"""The rules of an entry that are broken, in words: field, value, rule, meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from scenarios.entries.source import Source
from scenarios.errors import Mistake, nearest
from sim.message import NOTHING, Message
from sim.plain_text import shortened

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
    if isinstance(value, date | time):
        return value.isoformat()
    try:
        text = str(value) if isinstance(value, Decimal) else repr(value)
    except ValueError:  # a whole number of more digits than Python writes
        return Message("a number of thousands of digits")
    return shortened(text)


def _mistakes(source: Source, name: str, error: ValidationError, kind: type[BaseModel]) -> Iterator[Mistake]:
    known = {info.alias or field: info.description or "" for field, info in kind.model_fields.items()}
    for detail in error.errors()[:_MOST_OF_ONE]:
        message = _rule(detail)
        steps = [str(step) for step in detail["loc"] if not isinstance(step, int)]
        field = ".".join(steps) or str(getattr(message, "values", {}).get("field", ""))
        path = f"{name}.{field}" if field else name
        sentence = _sentence(field, message, detail, known)
        told = Message("{path}{sentence}", path=shortened(path, 90), sentence=sentence)
        yield source.mistake(told, path, f"{name}.{field.partition('.')[0]}", name)


def _sentence(field: str, rule: Message, detail: Mapping[str, Any], known: Mapping[str, str]) -> Message:
    value = detail.get("input")
    meaning = Message(" ({meaning})", meaning=known[field]) if known.get(field) else NOTHING
    if detail["type"] == "extra_forbidden":
        return Message("   unknown field{near}", near=nearest(field, known))
    if detail["type"] == "missing":
        return Message("   is missing{meaning}", meaning=meaning)
    if isinstance(value, dict | list | tuple):
        return Message("   {rule}{meaning}", rule=rule, meaning=meaning)
    return Message(" = {value}   {rule}{meaning}", value=short(value), rule=rule, meaning=meaning)


def _rule(detail: Mapping[str, Any]) -> Message:
    """What must hold."""
    told = detail.get("ctx", {})
    match detail["type"]:
        case "value_error" if isinstance(told.get("error"), ValueError) and isinstance(told["error"].args[0], Message):
            return told["error"].args[0]
        case "greater_than_equal":
            return Message("must be greater than or equal to {bound}", bound=short(told["ge"]))
        case "less_than_equal":
            return Message("must be less than or equal to {bound}", bound=short(told["le"]))
        case "greater_than":
            return Message("must be greater than {bound}", bound=short(told["gt"]))
        case "int_type" | "int_from_float" | "int_parsing":
            return Message("must be a valid integer")
        case "bool_type" | "bool_parsing":
            return Message("must be a valid boolean: true or false")
        case "string_too_short":
            return Message("must not be empty")
        case "string_type":
            return Message("must be text in quotes")
        case "literal_error":
            return Message("must be {choices}", choices=str(told["expected"]).replace(" or ", " / "))
        case "tuple_type" | "list_type":
            return Message("must be a list")
        case "model_type" | "dict_type" | "model_attributes_type":
            return Message("must be a table")
    return Message("cannot be used")
