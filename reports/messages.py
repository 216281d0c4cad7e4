"""Messages (``sim.message``: errors, progress) in the reader's language.

They stand in English where they are made. ``text/messages-ja.toml`` has each template in Japanese, in a table for each
corner of the program; the tables are for the eye alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache, partial
from importlib import resources
from typing import TYPE_CHECKING, Any

from sim.message import Meaning, Message

if TYPE_CHECKING:
    from scenarios.errors import UserError

_BETWEEN = {"en": ", ", "ja": "、"}


def said(text: str, lang: str) -> str:
    """A message in a language; any other text, and a message that has no translation, as it stands."""
    if lang == "en" or not isinstance(text, Message):
        return str(text)
    template = translations(lang).get(text.template, text.template)
    return template.format(**{name: _value(value, lang) for name, value in text.values.items()})


def mistakes(error: UserError, undone: Message, lang: str) -> tuple[str, ...]:
    """The lines that tell what is wrong, and that something was not done for it."""
    return tuple(said(line, lang) for line in error.told(undone))


def in_language(text: str, lang: str) -> str:
    """A text that nothing is filled in, such as a field's meaning; one that has no translation, as it stands."""
    return text if lang == "en" else translations(lang).get(text, text)


@cache
def translations(lang: str) -> Mapping[str, str]:
    """The templates in a language other than English, by their English."""
    source = resources.files("reports").joinpath("text", f"messages-{lang}.toml").read_text(encoding="utf-8")
    return {english: own for table in tomllib.loads(source).values() for english, own in table.items()}


def _value(value: Any, lang: str) -> Any:
    if isinstance(value, list | tuple):
        return _BETWEEN[lang].join(said(each, lang) for each in value)
    if isinstance(value, Meaning):
        return _meanings(lang)(value.path)
    return said(value, lang) if isinstance(value, str) else value


@cache
def _meanings(lang: str) -> Callable[[str], str]:
    """What parameters mean by their paths, from the reports' catalogue."""
    from reports import catalogue, parameter_texts  # large, and few messages need it

    return partial(parameter_texts.meaning, catalogue.load(lang))
