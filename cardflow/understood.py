"""What was understood of values that are not typed as a file has them: 8万, 令和8年4月1日."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from reports import formats
from reports.messages import said
from scenarios.errors import UserError
from scenarios.files.load import Scenario, load_all, load_with
from scenarios.files.settings import understood
from scenarios.sweep import ranges
from sim.message import Message


def load_told(name: str | None, settings: Sequence[str], lang: str, quiet: bool = False) -> Scenario:
    """A scenario with values set, after saying on stderr what was understood of them.

    Raises:
        UserError: with all that is wrong with the scenario or the settings; where no scenario is named, which is told
            already, with what is wrong with the settings alone.
    """
    if name is None:
        load_all((), settings)
        raise UserError("", [])
    scenario = load_with(name, settings)
    tell_understood(settings, lang, quiet)
    return scenario


def tell_understood(settings: Sequence[str], lang: str, quiet: bool = False) -> None:
    """A line on stderr for each value that was typed in another way than it is read."""
    for line in [] if quiet else understood_lines(settings, lang):
        print(line, file=sys.stderr)


def tell_varied(vary: Sequence[str], lang: str, quiet: bool = False) -> None:
    """The same for the numbers of what is varied."""
    for line in [] if quiet else _lines(ranges.understood(vary), lang):
        print(line, file=sys.stderr)


def understood_lines(settings: Sequence[str], lang: str) -> list[str]:
    """The same lines in a language: ``contact.resident.seats = 8万 read as 80,000 seats``."""
    return _lines(understood(settings), lang)


def _lines(values: Iterable[tuple[str, str, Any]], lang: str) -> list[str]:
    found = []
    for path, typed, value in values:
        if typed not in (formats.plain(value), str(value)):
            shown = _shown(path, value, lang)
            found.append(said(Message("{path} = {typed} read as {value}", path=path, typed=typed, value=shown), lang))
    return found


def _shown(path: str, value: Any, lang: str) -> str:
    """The value as reports write it, with the unit of its parameter."""
    from reports import catalogue, parameter_texts

    cat = catalogue.load(lang)
    if isinstance(value, bool):
        return cat.text("format.yes" if value else "format.no")
    if isinstance(value, date):
        return value.isoformat()
    unit = parameter_texts.unit(cat, path, parameter_texts.described())
    return cat.text("sweep.with_unit", number=formats.plain(value), unit=unit).strip()
