"""What pydantic finds wrong, as messages: the field, the value, the rule, how to write it, what the field means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scenarios.files.as_written import date_of, half_hour_of, impossible_day, month_and_day_of, number_of, truth_of
from scenarios.files.levers import meant
from scenarios.files.percent import NO_SHARE, of_path, wrongly_in_percent
from scenarios.files.tree import field_at
from scenarios.limits import shown, shown_name
from sim.message import NOTHING, Meaning, Message
from sim.schedule import Quantity


def sentence(path: str, detail: Any) -> Message:
    """What to say of one thing that pydantic found (an entry of its ``errors()``) at a dotted path."""
    kind, value = detail["type"], detail.get("input")
    if kind == "extra_forbidden":
        return unknown(path)
    if kind == "missing":
        return Message("{path}   is missing{meaning}", path=shown_name(path), meaning=meaning(path))
    said = rule(detail)
    if not path:
        return said
    told = {
        "path": shown_name(path),
        "rule": said,
        "hint": written_hint(value, said, of_path(path)),
        "meaning": meaning(path),
    }
    if isinstance(value, dict | BaseModel) and not isinstance(value, Quantity):
        return Message("{path}   {rule}{hint}{meaning}", **told)
    return Message("{path} = {value}   {rule}{hint}{meaning}", value=value_shown(value), **told)


def unknown(path: str) -> Message:
    """What to say of a dotted path that is no field."""
    return Message("{path}   unknown field{hint}", path=shown_name(path), hint=path_hint(path))


def path_hint(path: str) -> Message:
    """The field that a wrong path means, as the end of a message."""
    above = field_at(path.rpartition(".")[0])
    if above is not None and above.annotation is Quantity:
        return Message("; inside a value stand from, value, low and high")
    right = meant(path)
    return Message("; did you mean {name}?", name=right) if right else NOTHING


def meaning(path: str) -> Message:
    """What a field means, in brackets."""
    field = field_at(path)
    if field is None or not field.description:
        return NOTHING
    return Message(" ({meaning})", meaning=Meaning(field.description, path))


def value_shown(value: Any) -> str:
    """A value as a person would write it, short."""
    if isinstance(value, Quantity):
        value = value.model_dump()
    return value.isoformat() if isinstance(value, date) else shown(value)


def rule(detail: Any) -> Message:
    """The rule that is broken."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        said = context["error"].args[:1]
        return said[0] if said and isinstance(said[0], Message) else _UNFORESEEN
    if kind == "literal_error":
        *words, last = _WORDS.findall(context["expected"])
        one = Message("must be {last}", last=last)
        return Message("must be {words} or {last}", words=words, last=last) if words else one
    if kind in _COMPARED:
        (limit,) = context.values()
        return _COMPARED[kind](f"{limit:.12g}" if isinstance(limit, float) else str(limit))
    if kind in ("too_short", "too_long"):
        return _of_length(kind, context, detail.get("input"))
    return _RULES.get(kind, _UNFORESEEN)


def _of_length(kind: str, context: Mapping[str, Any], value: Any) -> Message:
    count = context["actual_length"] if context.get("actual_length") is not None else len(value)
    if kind == "too_short":
        return Message("must have at least {wanted} entries, not {count}", wanted=context["min_length"], count=count)
    return Message("must have at most {wanted} entries, not {count}", wanted=context["max_length"], count=count)


_WORDS = re.compile(r"'[^']*'")
_UNFORESEEN = Message("is not what is wanted there")
_WHOLE = Message("must be a valid integer")
_NUMBER = Message("must be a number")
_TEXT = Message("must be text in quotes")
_TABLE = Message("must be a table")
_LIST = Message("must be a list")
_RULES: Mapping[str, Message] = {
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": Message("must be a finite number"),
    "bool_type": Message("must be a valid boolean: true or false"),
    "bool_parsing": Message("must be a valid boolean: true or false"),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_short": Message("must not be empty"),
    "model_type": _TABLE,
    "model_attributes_type": _TABLE,
    "dict_type": _TABLE,
    "tuple_type": _LIST,
    "list_type": _LIST,
}
_COMPARED: Mapping[str, Callable[[str], Message]] = {
    "greater_than": lambda limit: Message("must be greater than {limit}", limit=limit),
    "greater_than_equal": lambda limit: Message("must be greater than or equal to {limit}", limit=limit),
    "less_than": lambda limit: Message("must be less than {limit}", limit=limit),
    "less_than_equal": lambda limit: Message("must be less than or equal to {limit}", limit=limit),
}


def written_hint(value: Any, broken: Message, field: FieldInfo | None = None) -> Message:
    """How a value in quotes is written, where it says one that the rule would take; as the end of a message.

    A number in percent is none where the ``field`` is no share.
    """
    if wrongly_in_percent(value, field):
        return Message("; {rule}", rule=NO_SHARE)
    if isinstance(value, str) and broken.template.startswith("must be a date") and (none := impossible_day(value)):
        return Message("; {rule}", rule=none)
    found = _read_for(broken)(value) if isinstance(value, str) else None
    return NOTHING if found is None else Message("; write {value}", value=found)


def _read_for(broken: Message) -> Callable[[str], str | None]:
    """How to read a text for a rule."""
    return next((read for begin, read in _READINGS if broken.template.startswith(begin)), lambda text: None)


def _number(text: str) -> str | None:
    found = number_of(text)
    return None if found is None else str(found)


def _whole(text: str) -> str | None:
    found = number_of(text)
    return str(found) if isinstance(found, int) else None


def _day(text: str) -> str | None:
    found = date_of(text)
    return found.isoformat() if found else None


def _month_and_day(text: str) -> str | None:
    found = month_and_day_of(text)
    return f'"{found[0]:02d}-{found[1]:02d}"' if found else None


def _half_hour(text: str) -> str | None:
    found = half_hour_of(text)
    return f'"{found}"' if found else None


def _truth(text: str) -> str | None:
    found = truth_of(text)
    return None if found is None else str(found).lower()


_READINGS: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("must be a number", _number),
    ("must be a valid integer", _whole),
    ("must be a date", _day),
    ("must be a month and day", _month_and_day),
    ("must be a half-hour", _half_hour),
    ("must be a valid boolean", _truth),
)
