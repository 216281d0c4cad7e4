"""Where published figures are from, by name: titles of sources in the reader's language, ids of figures behind them.

The English stands in ``calibration/published/sources.csv``, other languages in the catalogues
(``published_source.KEY``, ``published_place``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from calibration.figures import load_figures, load_sources
from reports import values
from reports.catalogue import Catalogue
from reports.document import Name, Value, translated


def title(english: str) -> Value:
    """The title of a source, known by its English; as it stands where there is none in a language."""
    key = _keys().get(english)
    return english if key is None else translated(f"published_source.{key}", english)


def place(english: str) -> Name:
    """Where in a source something stands, such as its section; addresses as they are."""
    return Name("published_place", english)


def resolved(cat: Catalogue, ids: Sequence[str]) -> str:
    """The sources of figures, each with the ids of the figures that it gives; an unknown id as it stands."""
    found: dict[str, list[str]] = {}
    for identifier in ids:
        found.setdefault(_of(cat, identifier), []).append(identifier)
    return cat.text("format.entries").join(_with_ids(cat, named, given) for named, given in found.items())


def _with_ids(cat: Catalogue, named: str, ids: Sequence[str]) -> str:
    inside = cat.join(ids)
    return cat.text("format.parenthesis", text=named, inside=inside) if named else inside


def _of(cat: Catalogue, identifier: str) -> str:
    """The first source of a figure, and how many more there are; empty for an unknown figure."""
    figure = load_figures().get(identifier)
    if figure is None:
        return ""
    first, *others = dict.fromkeys(values.text(cat, title(source.title)) for source in figure.sources)
    return cat.text("page.source_more", source=first, more=len(others)) if others else first


@cache
def _keys() -> dict[str, str]:
    return {source.title: key for key, source in load_sources().items()}
