"""Scenario files in the reader's language: comments of a new one, meanings of its values, titles of the library."""

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


def in_library(cat: Catalogue, name: str, key: str, own: str) -> str:
    """The ``title`` or ``why`` of a scenario of the library in a language; its file's ``own`` where there is none."""
    text = cat.texts.get(f"library.{name}.{key}", own)
    return cat.texts.get(f"scenario.{name}", text) if key == "title" and text == own else text


def _described(cat: Catalogue, path: str, known: dict[str, Described]) -> str:
    means = meaning_in_place(cat, path, known)
    return cat.text("format.parenthesis", text=means, inside=unit(cat, path, known))
