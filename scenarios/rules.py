"""The rules of a scenario: its own keys, every field's type and bounds, and the days that the data cover.

All mistakes are told at once, each with its line where that can be had and the nearest right name.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from scenarios.errors import Mistake, Place, UserError, nearest
from scenarios.find import LIBRARY
from scenarios.toml_file import read_toml
from sim.parameters import SECTIONS, Parameters
from sim.schedule import Quantity

OWN_KEYS = ("title", "why", "extends", "start", "end")
FIRST_DAY = date(2016, 1, 1)
"""The card history starts here: no run can start before it, run-in included."""
LAST_DAY = date(2046, 3, 31)
"""Holders are not forecast beyond the end of this fiscal year."""

Places = Mapping[str, Place]


def check_file(data: dict[str, Any], label: str, where: str, places: Places) -> Parameters:
    """The parameters in the data of a file; raises UserError with all that is wrong, its own keys included."""
    known = (*OWN_KEYS, *SECTIONS)
    own = [Mistake(f"{key}   unknown key{_home_of(key, known)}", places.get(key)) for key in data if key not in known]
    own += [
        Mistake(f"{key} = {_short(data[key])}   must be text in quotes", places.get(key))
        for key in ("title", "why")
        if not isinstance(data.get(key, ""), str)
    ]
    if "start" not in data or "end" not in data:
        part = f"has no start and end: it is a part; run it with a scenario, as in renewal-wave+{label}"
        raise UserError(where, [*own, Mistake(part)])
    return check_values(data, where, places, own)


def _home_of(key: str, known: Sequence[str]) -> str:
    section = next((section for section in SECTIONS if key in fields_of(section)), None)
    return f"; it belongs under [{section}]" if section else nearest(key, known)


def check_values(data: dict[str, Any], where: str, places: Places, found: Sequence[Mistake] = ()) -> Parameters:
    """The parameters in the data, if every rule holds.

    Rules between fields wait for right fields, so wrong ones are mended and all is checked again.

    Raises:
        UserError: with all that is wrong, after what was ``found`` before.
    """
    wanted = deepcopy({key: value for key, value in data.items() if key in ("start", "end", *SECTIONS)})
    mistakes = list(found)
    mended: set[str] = set()
    for _ in range(_PASSES):
        try:
            parameters = Parameters.model_validate(wanted)
        except ValidationError as error:
            details = [detail for detail in error.errors() if not _rests_on(detail["loc"], mended)]
            mistakes += _mistakes(details, places)
            for detail in details:
                mended |= _mend(wanted, detail["loc"])
        else:
            mistakes += [] if _rests_on((), mended) else _beyond_the_data(parameters, places)
            break
    if mistakes:
        raise UserError(where, mistakes)
    return parameters


_PASSES = 4
"""Fields, then rules within a section, then rules of the whole run, then what the data cover."""
_DATES = ("start", "end", "opening")


def _rests_on(location: tuple[int | str, ...], mended: set[str]) -> bool:
    """Whether a rule at a location looks at values that were mended: those of its own table and of tables inside it."""
    if not location:
        return not mended.isdisjoint(_DATES)
    table = _table_of(location)
    return any(path == table or path.startswith(f"{table}.") for path in mended)


def _table_of(location: tuple[int | str, ...]) -> str:
    """The dotted path of the table that a location belongs to; a date's own name."""
    table = str(location[0])
    for step in map(str, location[1:]):
        if _model_of(f"{table}.{step}") is None:
            break
        table = f"{table}.{step}"
    return table


def _mend(data: dict[str, Any], location: tuple[int | str, ...]) -> set[str]:
    """Put the baseline's value in place of a wrong one, or take out what is unknown; its table if a value is new."""
    if not location:
        return set(_DATES)
    mended = _table_of(location)
    table, right = data, read_toml(LIBRARY / "baseline-fy2025.toml")[0]
    for step in map(str, location[:-1]):
        inner, known = table.get(step), right.get(step)
        if not isinstance(inner, dict) or not isinstance(known, dict) or "value" in known:
            break
        table, right = inner, known
    else:
        step = str(location[-1])
    if step not in right:
        table.pop(step, None)
        return set()
    table[step] = right[step]
    return {mended}


def _beyond_the_data(parameters: Parameters, places: Places) -> list[Mistake]:
    mistakes = []
    if parameters.start < FIRST_DAY or parameters.first_simulated_day < FIRST_DAY:
        message = f"start = {parameters.start}   the run-in must not begin before the card history ({FIRST_DAY})"
        mistakes.append(Mistake(message, places.get("start")))
    if parameters.end > LAST_DAY:
        message = f"end = {parameters.end}   must be {LAST_DAY} or earlier: holders are not forecast beyond it"
        mistakes.append(Mistake(message, places.get("end")))
    return mistakes


def _mistakes(details: Sequence[Any], places: Places) -> list[Mistake]:
    found: dict[str, Mistake] = {}
    for detail in _one_of(details):
        steps = _steps(detail)
        path = ".".join(step for step in steps if not step.isdigit())
        place = _place(steps or _named_in(detail["msg"]), places) or (None if steps else places.get("end"))
        found.setdefault(f"{path} {detail['msg']}", Mistake(_sentence(path, detail), place))
    return list(found.values())


def _one_of(details: Sequence[Any]) -> list[Any]:
    """The same with one mistake, not one for each kind of word, where a word of a list is wanted."""
    words: dict[str, list[str]] = {}
    for detail in details:
        if detail["type"] == "literal_error":
            words.setdefault(".".join(_steps(detail)), []).append(detail["ctx"]["expected"])
    return [
        {**detail, "msg": "must be " + " or ".join(words[".".join(_steps(detail))])}
        if detail["type"] == "literal_error"
        else detail
        for detail in details
    ]


def _steps(detail: Any) -> list[str]:
    """Where a mistake is, without what pydantic adds for its own types."""
    return [str(step) for step in detail["loc"] if step != "steps" and not str(step).startswith("literal[")]


def _named_in(message: str) -> list[str]:
    """The field that a rule of the whole run names first."""
    return message.removeprefix("Value error, ").partition(":")[0].partition(" =")[0].split(".")


def _place(steps: list[str], places: Places) -> Place | None:
    for end in range(len(steps), 0, -1):
        if (place := places.get(".".join(steps[:end]))) is not None:
            return place
    inside = [place for path, place in places.items() if steps and path.startswith(".".join(steps) + ".")]
    return min(inside, key=lambda place: place.line, default=None)


def _sentence(path: str, detail: Any) -> str:
    kind, value = detail["type"], detail.get("input")
    if kind == "extra_forbidden":
        section, _, name = path.rpartition(".")
        near = difflib.get_close_matches(name, fields_of(section), n=1, cutoff=0.5)
        hint = f"; did you mean {section}.{near[0]}?" if near else ""
        return f"{path}   unknown field{hint}"
    if kind == "missing":
        return f"{path}   is missing{_meaning(path)}"
    message = detail["msg"].removeprefix("Value error, ")
    if kind.startswith("date_"):
        message = "must be a date such as 2026-04-01"
    if kind in ("too_short", "too_long"):
        wanted = detail["ctx"]["min_length" if kind == "too_short" else "max_length"]
        message = f"must have {'at least' if kind == 'too_short' else 'at most'} {wanted} entries, not {len(value)}"
    message = message.replace("Input should be", "must be").replace("a valid tuple", "a list")
    message = message.replace("a valid dictionary or instance of", "a table:")
    shown = f" = {_short(value)}" if not isinstance(value, dict | BaseModel) else ""
    return f"{path}{shown}   {message[:1].lower()}{message[1:]}{_meaning(path)}" if path else message


def _short(value: Any) -> str:
    if isinstance(value, Quantity):
        value = value.model_dump()
    text = value.isoformat() if isinstance(value, date) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _meaning(path: str) -> str:
    section, _, name = path.rpartition(".")
    field = _model_of(section).model_fields.get(name) if _model_of(section) else None
    return f" ({field.description})" if field is not None and field.description else ""


def fields_of(section: str) -> list[str]:
    """The fields of a section by its dotted path."""
    model = _model_of(section)
    return [info.alias or name for name, info in model.model_fields.items()] if model else []


def _model_of(section: str) -> Any:
    model: Any = Parameters
    for step in section.split(".") if section else []:
        field = model.model_fields.get(step)
        inner = field.annotation if field is not None else None
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)) or issubclass(inner, Quantity):
            return None
        model = inner
    return model


def unknown_path(path: str) -> str:
    """What to say of a dotted path that is no field."""
    known = [*_paths(SECTIONS), "start", "end"]
    return f"{path}   unknown field{nearest(path, known)}"


def _paths(tables: Sequence[str]) -> Iterator[str]:
    for table in tables:
        names = [f"{table}.{name}" for name in fields_of(table)]
        yield from (path for path in names if _model_of(path) is None)
        yield from _paths([path for path in names if _model_of(path) is not None])
