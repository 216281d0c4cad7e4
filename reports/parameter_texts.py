"""What each parameter and each daily fact means: English from the model, Japanese from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from reports import values
from reports.catalogue import Catalogue
from reports.document import Name, Translated, Value, say
from sim.facts import CENTRES, CHANNELS, SYSTEMS
from sim.parameters import SECTIONS, Parameters
from sim.parts import FACTS
from sim.schedule import Quantity


@dataclass(frozen=True)
class Described:
    """Unit and meaning of a parameter, in the model's English."""

    unit: str
    meaning: str


@cache
def described() -> Mapping[str, Described]:
    """Every parameter path with its unit and meaning, in the order of the model."""
    return dict(_walk(Parameters, ""))


def _walk(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, Described]]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel) and not issubclass(kind, Quantity):
            yield from _walk(kind, f"{prefix}{name}.")
            continue
        extra: Any = field.json_schema_extra or {}
        yield f"{prefix}{name}", Described(str(extra.get("unit", "")), field.description or name)


def text_key(path: str) -> str:
    """The catalogue key of a path; the channels share theirs."""
    for channel in CHANNELS:
        path = path.replace(f"demand.channels.{channel}.", "demand.channels.")
    return f"parameter.{path}"


def meaning_of(path: str) -> Value:
    """What a parameter means; the path itself for one that the model does not know."""
    known = described().get(path)
    told = Translated(text_key(path), known.meaning if known else path)
    channel = next((name for name in CHANNELS if path.startswith(f"demand.channels.{name}.")), None)
    return say("format.parenthesis", text=told, inside=Name("channel", channel)) if channel else told


def meaning(cat: Catalogue, path: str) -> str:
    """What a parameter means in a language."""
    return values.text(cat, meaning_of(path))


def placed(path: str) -> Value:
    """What it means, with the centre or system that it is of where there are several alike."""
    told = meaning_of(path)
    for group, section, names in (("centre", "contact", CENTRES), ("part", "systems", SYSTEMS)):
        name = next((name for name in names if path.startswith(f"{section}.{name}.")), None)
        if name is not None:
            return say("format.parenthesis", text=told, inside=Name(group, name))
    return told


def meaning_in_place(cat: Catalogue, path: str) -> str:
    """The same in a language."""
    return values.text(cat, placed(path))


def unit_of(path: str) -> Value:
    """The unit of a parameter; empty for one that the model does not know."""
    known = described().get(path)
    return Name("unit", known.unit) if known else ""


def unit(cat: Catalogue, path: str) -> str:
    """The same in a language."""
    return values.text(cat, unit_of(path))


def fact(name: str) -> tuple[Value, Value]:
    """Unit and meaning of a column of ``daily.parquet``."""
    known = FACTS[name]
    return Name("unit", known.unit), Translated(f"fact.{name}", known.meaning)


def section(path: str) -> str:
    """The section that a path stands in; ``run`` for the dates of the run."""
    first = path.partition(".")[0]
    return first if first in SECTIONS else "run"
