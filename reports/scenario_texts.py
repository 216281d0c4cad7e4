"""The comments of a new scenario file, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from reports import catalogue
from reports.parameter_texts import described, meaning, unit


def comments(lang: str, paths: Iterable[str]) -> dict[str, str]:
    """The comments of a new scenario file: its parts, and the meaning and unit of each path."""
    cat = catalogue.load(lang)
    known = described()
    texts = {key: cat.text(f"new.{key}") for key in ("head", "why", "extends", "dates", "changes", "examples")}
    texts["next"] = cat.texts["new.next"]
    for path in paths:
        texts[path] = cat.text("format.parenthesis", text=meaning(cat, path, known), inside=unit(cat, path, known))
    return texts
