"""Titles and whys of library scenarios in the reader's language.

Their English stands in the scenario files, other languages in the catalogues (``library.NAME.title``, ``.why``). A text
is known by its English, so that a run's text is put into the reader's language wherever it is the library's own, by
whatever name it was run, and stays as its planner wrote it where it is not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from reports.catalogue import Catalogue
from scenarios.files.find import library

BESIDE = " / "
"""Between the titles of scenarios that are held against each other."""
_BETWEEN = re.compile(f"( \\+ |{BESIDE})")
"""Between the titles of several scenarios, joined (``scenarios.files.load``) or beside each other."""


def title(cat: Catalogue, own: str) -> str:
    """The title of a scenario, or of several: each that is the library's own in the catalogue's language."""
    known = _named(cat, "title")
    return "".join(known.get(part, part) for part in _BETWEEN.split(own))


def why(cat: Catalogue, own: str) -> str:
    """The same for the reason of a scenario, or of several joined."""
    for written, text in _named(cat, "why").items():
        own = own.replace(written, text)
    return own


def listed(cat: Catalogue) -> list[dict[str, str]]:
    """Name, kind (``scenario``, or ``part`` of one), title and why of every scenario of the library."""
    return [
        {"name": name, "kind": _kind(data), "title": title(cat, data["title"]), "why": why(cat, data["why"])}
        for name, data in _files().items()
    ]


def _kind(data: Mapping[str, Any]) -> str:
    return "scenario" if "extends" in data or "start" in data else "part"


@cache
def english() -> Mapping[str, Mapping[str, str]]:
    """``title`` and ``why`` of every scenario of the library by its name, as its file has them."""
    return {name: {key: str(data[key]) for key in ("title", "why")} for name, data in _files().items()}


@cache
def _files() -> Mapping[str, Mapping[str, Any]]:
    return {name: tomllib.loads(path.read_text(encoding="utf-8")) for name, path in library().items()}


def _named(cat: Catalogue, key: str) -> dict[str, str]:
    """What the catalogue has for the library's texts of one kind, by their English."""
    texts = {f"library.{name}.{key}": own[key] for name, own in english().items()}
    return {own: cat.text(path) for path, own in texts.items() if cat.has(path)}
