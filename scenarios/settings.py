"""Values set on the command line, such as ``plant.cards_per_day=200000``."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from typing import Any

from scenarios.errors import Mistake, UserError


def parse_setting(text: str) -> tuple[str, Any]:
    """``plant.cards_per_day=200000`` as path and value; the value is TOML, or else a word.

    Raises:
        UserError: if there is no ``=`` or no path.
    """
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise UserError("--set", [f"{text}   must look like plant.cards_per_day=200000"])
    try:
        return path.strip(), tomllib.loads(f"value = {value}")["value"]
    except (ValueError, RecursionError):
        return path.strip(), value.strip()


def parse_settings(settings: Sequence[str]) -> dict[str, Any]:
    """Paths and values of several settings; raises UserError with all that cannot be read."""
    values: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for setting in settings:
        try:
            path, value = parse_setting(setting)
            values[path] = value
        except UserError as error:
            mistakes += error.mistakes
    if mistakes:
        raise UserError("--set", mistakes)
    return values
