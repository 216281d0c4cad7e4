"""Values set on the command line, such as ``plant.cards_per_day=200000``, also as planners write them: 20万."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from scenarios.errors import Mistake, UserError
from scenarios.files.as_written import date_of, number_of, truth_of, unquoted
from scenarios.files.percent import NO_SHARE, of_path, wrongly_in_percent
from scenarios.limits import DIGITS, shown, shown_name, too_long_a_number
from sim.message import Message

_NUMERAL = re.compile(r"[-+]?[\d_.]+", re.ASCII)


def parse_setting(text: str) -> tuple[str, Any]:
    """``plant.cards_per_day=200000`` as path and value.

    The value is TOML; or what a planner writes, where that says one thing (``80,000``, ``8万``, ``令和8年4月1日``);
    or else a word.

    Raises:
        UserError: if there is no ``=`` or no path, a number has too many digits, or one of no share is in percent.
    """
    path, equals, value = text.replace("＝", "=", "=" not in text).partition("=")
    path = path.strip()
    if not equals or not path:
        rule = Message("{text}   must look like plant.cards_per_day=200000", text=shown_name(text))
        raise UserError("--set", [rule])
    if len(value) > DIGITS and _NUMERAL.fullmatch(value.strip()):
        raise UserError("--set", [Message("{path}   {rule}", path=shown_name(path), rule=too_long_a_number())])
    if wrongly_in_percent(value, of_path(path)):
        said = shown_name(f"{path} = {value.strip()}")
        raise UserError("--set", [Message("{path}   {rule}", path=said, rule=NO_SHARE)])
    return path, _value(value)


def understood(settings: Sequence[str]) -> list[tuple[str, str, Any]]:
    """Path, text and value of each setting that is not written as a file has it, but was understood.

    Raises:
        UserError: as ``parse_setting``.
    """
    found = []
    for setting in settings:
        path, value = parse_setting(setting)
        typed = setting.replace("＝", "=", "=" not in setting).partition("=")[2].strip()
        if not isinstance(value, str) and not _is_toml(typed):
            found.append((path, typed, value))
    return found


def _is_toml(text: str) -> bool:
    try:
        return len(tomllib.loads(f"value = {text}")) == 1
    except (ValueError, RecursionError):
        return False


def _value(text: str) -> Any:
    try:
        found = tomllib.loads(f"value = {text}")
    except (ValueError, RecursionError):
        return _as_written(text.strip())
    return found["value"] if len(found) == 1 else text.strip()


def _as_written(word: str) -> Any:
    for read in (number_of, date_of, truth_of):
        if (found := read(word)) is not None:
            return found
    return unquoted(word)


def parse_settings(settings: Sequence[str]) -> dict[str, Any]:
    """Paths and values of several settings; raises UserError with all that cannot be read."""
    values, mistakes = read_settings(settings)
    if mistakes:
        raise UserError("--set", mistakes)
    return values


def read_settings(settings: Sequence[str]) -> tuple[dict[str, Any], list[Mistake]]:
    """Paths and values of the settings that can be read, and what is wrong with the others; a path is set once."""
    values: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for setting in settings:
        try:
            path, value = parse_setting(setting)
        except UserError as error:
            mistakes += error.mistakes
            continue
        if path in values:
            told = {"path": shown_name(path), "first": shown(values[path]), "second": shown(value)}
            mistakes.append(Mistake(Message("{path}   is set twice, to {first} and {second}: give one value", **told)))
        values.setdefault(path, value)
    return values, mistakes
