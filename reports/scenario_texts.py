"""Scenario files in the reader's language: comments of a new one, and meanings of its values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reports import catalogue
from reports.catalogue import Catalogue
from reports.parameter_texts import Described, described, meaning_in_place, unit


def comments(lang: str, paths: Iterable[str]) -> dict[str, str]:
    """The comments of a new scenario file: its parts, and the meaning and unit of each path."""
    cat = catalogue.load(lang)
    known = described()
    texts = {key: cat.text(f"new.{key}") for key in ("head", "why", "extends", "dates", "changes", "examples")}
    texts["next"] = cat.texts["new.next"]
    return texts | {path: _described(cat, path, known) for path in paths}


def meanings(lang: str, paths: Iterable[str]) -> Mapping[str, str]:
    """The meaning and unit of each path in a language other than English, in which the paths speak for themselves."""
    cat, known = catalogue.load(lang), described()
    return {} if lang == "en" else {path: _described(cat, path, known) for path in paths if path in known}


def _described(cat: Catalogue, path: str, known: Mapping[str, Described]) -> str:
    means = meaning_in_place(cat, path, known)
    if known[path].unit == "date":
        return means
    return cat.text("format.parenthesis", text=means, inside=unit(cat, path, known))
