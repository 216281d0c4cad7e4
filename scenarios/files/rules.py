"""The rules of a scenario: its own keys, every field's type and bounds, and the days that the data cover.

All mistakes are told at once, each with its line where that can be had and the nearest right name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from datetime import date
from functools import cache
from typing import Any

from pydantic import ValidationError

from scenarios.errors import Mistake, Place, UserError, nearest
from scenarios.files.find import LIBRARY
from scenarios.files.levers import meant
from scenarios.files.places import Places
from scenarios.files.toml_file import read_toml
from scenarios.files.tree import field_at, fields_of, model_of, put
from scenarios.files.wording import rule, sentence, unknown
from scenarios.limits import MISTAKES, excesses, shown, shown_name
from sim.message import NOTHING, Message
from sim.parameters import SECTIONS, Parameters
from sim.schedule import Quantity

OWN_KEYS = ("title", "why", "extends", "start", "end")
FIRST_DAY = date(2016, 1, 1)
"""The card history starts here: no run can start before it, run-in included."""
LAST_DAY = date(2046, 3, 31)
"""Holders are not forecast beyond the end of this fiscal year."""


def check_file(data: dict[str, Any], label: str, where: str, places: Places) -> Parameters:
    """The parameters in the data of a file; raises UserError with all that is wrong, its own keys included."""
    own = [*_unknown_keys(data, places), *_texts(data, places)]
    if "start" not in data or "end" not in data:
        raise UserError(where, [*own, Mistake(is_a_part(label))])
    return check_values(data, where, places, own)


def is_a_part(name: str) -> Message:
    """What to say of a scenario that has no dates."""
    return Message("has no start and end: it is a part; run it with a scenario, as in renewal-wave+{name}", name=name)


def _unknown_keys(data: Mapping[str, Any], places: Places) -> Iterator[Mistake]:
    known = (*OWN_KEYS, *SECTIONS)
    unknown = [key for key in data if key not in known]
    for number, key in enumerate(unknown):
        home = _home_of(key, known) if number < MISTAKES else NOTHING
        yield Mistake(Message("{key}   unknown key{hint}", key=shown_name(key), hint=home), places.get(key))


def _home_of(key: str, known: Sequence[str]) -> Message:
    section = next((section for section in SECTIONS if key in fields_of(section)), None)
    if section:
        return Message("; it belongs under [{section}]", section=section)
    right = meant(key)
    return Message("; did you mean {name}?", name=right) if right else nearest(key, known)


def _texts(data: Mapping[str, Any], places: Places) -> Iterator[Mistake]:
    for key in ("title", "why"):
        if not isinstance(text := data.get(key, ""), str):
            message = Message("{key} = {value}   must be text in quotes", key=key, value=shown(text))
            yield Mistake(message, places.get(key))


def check_values(data: dict[str, Any], where: str, places: Places, found: Sequence[Mistake] = ()) -> Parameters:
    """The parameters in the data, if every rule holds.

    Rules between fields wait for right fields, so wrong ones are mended and all is checked again.

    Raises:
        UserError: with all that is wrong, after what was ``found`` before.
    """
    wanted = {key: value for key, value in data.items() if key in ("start", "end", *SECTIONS)}
    mistakes = [*found, *_too_much(wanted, places)]
    if len(mistakes) > len(found):
        raise UserError(where, mistakes)
    mended: set[str] = set()
    for _ in range(_PASSES):
        try:
            parameters = Parameters.model_validate(wanted)
        except ValidationError as error:
            details = [detail for detail in error.errors(include_url=False) if not _rests_on(detail["loc"], mended)]
            mistakes += _mistakes(details, places)
            wanted = deepcopy(wanted)
            for detail in details:
                mended |= _mend(wanted, detail["loc"])
        else:
            mistakes += [] if _rests_on((), mended) else _beyond_the_data(parameters, places)
            break
    if mistakes:
        raise UserError(where, mistakes)
    return parameters


def check_alone(values: Mapping[str, Any]) -> list[Mistake]:
    """What is wrong with values by dotted path whatever scenario they are set in: by the rules of their own fields."""
    mistakes: list[Mistake] = []
    for path, value in values.items():
        data = deepcopy(_baseline())
        if not put(data, path, value):
            mistakes += [] if _inside_a_value(path) else [Mistake(unknown(path))]
            continue
        wanted = {key: value for key, value in data.items() if key in ("start", "end", *SECTIONS)}
        mistakes += list(_too_much(wanted, Places())) or _of_field(path, wanted)
    return mistakes


def _of_field(path: str, data: dict[str, Any]) -> list[Mistake]:
    """What breaks a rule of the field at a path, not one between fields."""
    try:
        Parameters.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return _mistakes(
            [detail for detail in details if _steps(detail)[: path.count(".") + 1] == path.split(".")], Places()
        )
    return []


def _inside_a_value(path: str) -> bool:
    """Whether a path ends in a part of a value, such as its range, which a scenario may have or not."""
    above = field_at(path.rpartition(".")[0])
    return above is not None and above.annotation is Quantity


_PASSES = 4
"""Fields, then rules within a section, then rules of the whole run, then what the data cover."""
_DATES = ("start", "end", "opening")


def _too_much(data: Mapping[str, Any], places: Places) -> Iterator[Mistake]:
    """What came in another way than by a file, and is larger than a file may hold."""
    for path, message in excesses(data):
        dotted = ".".join(step for step in path if isinstance(step, str))
        said = Message("{path}   {rule}", path=shown_name(dotted), rule=message)
        yield Mistake(said, places.nearest([str(step) for step in path]))


def _rests_on(location: tuple[int | str, ...], mended: set[str]) -> bool:
    """Whether a rule at a location looks at values that were mended: those of its own table and of tables inside it."""
    if not mended:
        return False
    if not location:
        return not mended.isdisjoint(_DATES)
    table = _table_of(location)
    return any(path == table or path.startswith(f"{table}.") for path in mended)


def _table_of(location: tuple[int | str, ...]) -> str:
    """The dotted path of the table that a location belongs to; a date's own name."""
    table = str(location[0])
    for step in map(str, location[1:]):
        if model_of(f"{table}.{step}") is None:
            break
        table = f"{table}.{step}"
    return table


def _mend(data: dict[str, Any], location: tuple[int | str, ...]) -> set[str]:
    """Put the baseline's value in place of a wrong one, or take out what is unknown; its table if a value is new."""
    if not location:
        return set(_DATES)
    mended = _table_of(location)
    table, right = data, _baseline()
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
    table[step] = deepcopy(right[step])
    return {mended}


@cache
def _baseline() -> dict[str, Any]:
    """A right value for everything."""
    return read_toml(LIBRARY / "baseline-fy2025.toml")[0]


def _beyond_the_data(parameters: Parameters, places: Places) -> list[Mistake]:
    mistakes = []
    if parameters.start < FIRST_DAY or parameters.first_simulated_day < FIRST_DAY:
        early = {"day": parameters.start, "first": FIRST_DAY}
        message = Message("start = {day}   the run-in must not begin before the card history ({first})", **early)
        mistakes.append(Mistake(message, places.get("start")))
    if parameters.end > LAST_DAY:
        late = {"day": parameters.end, "last": LAST_DAY}
        message = Message("end = {day}   must be {last} or earlier: holders are not forecast beyond it", **late)
        mistakes.append(Mistake(message, places.get("end")))
    return mistakes


def _mistakes(details: Sequence[Any], places: Places) -> list[Mistake]:
    """What pydantic found; the same thing on the same line once."""
    told: dict[tuple[str, str, Place | None], Mistake] = {}
    for number, detail in enumerate(_one_of(details)):
        steps = _steps(detail)
        path = ".".join(step for step in steps if not step.isdigit())
        place = places.nearest(steps or _named_in(detail)) or (None if steps else places.get("end"))
        key = (path, detail["msg"], place)
        if key not in told:
            said = sentence(path, detail) if number < _HINTED else _plain_sentence(path, detail)
            told[key] = Mistake(said, place)
    return list(told.values())


_HINTED = 2 * MISTAKES
"""Mistakes for which the nearest name is looked up: more are not shown."""


def _plain_sentence(path: str, detail: Any) -> Message:
    return Message("{path}   {rule}", path=shown_name(path), rule=rule(detail))


def _one_of(details: Sequence[Any]) -> list[Any]:
    """The same with one mistake, not one for each kind of word, where a word of a list is wanted."""
    words: dict[str, list[str]] = {}
    for detail in details:
        if detail["type"] == "literal_error":
            words.setdefault(".".join(_steps(detail)), []).append(detail["ctx"]["expected"])
    return [
        {**detail, "msg": "", "ctx": {"expected": " ".join(words[".".join(_steps(detail))])}}
        if detail["type"] == "literal_error"
        else detail
        for detail in details
    ]


def _steps(detail: Any) -> list[str]:
    """Where a mistake is, without what pydantic adds for its own types."""
    return [str(step) for step in detail["loc"] if step != "steps" and not str(step).startswith("literal[")]


def _named_in(detail: Any) -> list[str]:
    """The field that a rule of the whole run names first."""
    return str(rule(detail)).partition(":")[0].partition(" =")[0].split(".")
