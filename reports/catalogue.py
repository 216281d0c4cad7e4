"""One catalogue of text a language: everything that the terminal, the charts and the page say.

Keys are dotted, such as ``verdict.holds``; the files are ``text/en.toml`` and ``text/ja.toml``. An id without
a name is shown as it stands, so that a run of a later model still makes a report.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from sim.message import singular

LANGUAGES = ("en", "ja")

Span = tuple[date, date]
"""The first day and the last."""

Mark = Callable[[object, str], str]
"""What is made of a number or date and its text."""


@dataclass(frozen=True)
class Catalogue:
    """The texts of one language by dotted key.

    ``parts``: what a result reports of those fiscal years of which it reports only a part (``reports.part_years``).
    ``mark`` puts signs around each number, date and period, for ``reports.values.pieces``; none is put without it.
    """

    lang: str
    texts: Mapping[str, str]
    parts: Mapping[int, Span] = field(default_factory=dict)
    mark: Mark | None = None

    def text(self, key: str, **values: object) -> str:
        """The text of ``key`` with ``values`` filled in; raises ``KeyError`` for an unknown key."""
        return singular(self.texts[key], values).format(**values)

    def has(self, key: str) -> bool:
        """Whether this catalogue has a text for ``key``."""
        return key in self.texts

    def name(self, group: str, identifier: str) -> str:
        """The name of an id in a group such as ``station``; the id itself where it has none."""
        return self.texts.get(f"{group}.{identifier}", identifier)

    def join(self, parts: Iterable[str]) -> str:
        """The parts as a list in this language."""
        return self.texts["format.list"].join(parts)


@cache
def load(lang: str) -> Catalogue:
    """The catalogue of ``lang``; raises ``ValueError`` for a language there is none of."""
    if lang not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, not {lang!r}")
    source = resources.files("reports").joinpath("text", f"{lang}.toml").read_text(encoding="utf-8")
    return Catalogue(lang, dict(_flat(tomllib.loads(source))))


def known(key: str) -> bool:
    """Whether the catalogues have a text for a key: all languages have the same ones."""
    return load(LANGUAGES[0]).has(key)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield prefix + key, value
