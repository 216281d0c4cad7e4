"""Where published figures are from, by name: titles of sources in the reader's language, ids of figures behind them.

The English stands in ``calibration/published/sources.csv``, other languages in the catalogues
(``published_source.KEY``, ``published_place``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from calibration.figures import load_figures, load_sources
from reports.document import InLanguages, Joined, Name, Translated, Value, listing, say, translated


def title(english: str) -> Translated:
    """The title of a source, known by its English; as it stands where there is none in the reader's language."""
    return Translated(f"published_source.{_keys().get(english, '')}", english)


def place(english: str) -> Name:
    """Where in a source something stands, such as its section; addresses as they are."""
    return Name("published_place", english)


def split(text: str) -> list[str]:
    """A text in pieces, every second of them the id of a published figure."""
    return _ids().split(text)


def figure(identifier: str) -> tuple[Value, Value]:
    """What a published figure says, and its sources with where in them it stands."""
    told = load_figures()[identifier]
    sources = (Joined((title(source.title), place(source.locator)), "format.list") for source in told.sources)
    return translated(f"figure.{identifier}", InLanguages(told.subject, "")), listing(sources)


def resolved(ids: Sequence[str]) -> Value:
    """The sources of figures, each with the ids of the figures that it gives; an unknown id as it stands."""
    found: dict[tuple[str, int], list[str]] = {}
    for identifier in ids:
        found.setdefault(_of(identifier), []).append(identifier)
    return listing(_with_ids(*source, given) for source, given in found.items())


def _with_ids(first: str, more: int, ids: Sequence[str]) -> Value:
    inside, source = Joined(tuple(ids)), title(first)
    if not first:
        return inside
    told = say("page.source_more", source=source, more=more) if more else source
    return say("format.parenthesis", text=told, inside=inside)


def _of(identifier: str) -> tuple[str, int]:
    """The first source of a figure, and how many more there are; empty for an unknown figure."""
    figure = load_figures().get(identifier)
    titles = dict.fromkeys(source.title for source in figure.sources) if figure else {}
    return next(iter(titles), ""), max(len(titles) - 1, 0)


@cache
def _ids() -> re.Pattern[str]:
    longest = sorted(load_figures(), key=len, reverse=True)
    return re.compile(f"(?<![A-Za-z0-9-])({'|'.join(map(re.escape, longest))})(?![A-Za-z0-9-])")


@cache
def _keys() -> dict[str, str]:
    return {source.title: key for key, source in load_sources().items()}
