"""Scenario files in the reader's language: those of the library, comments of a new one, what one changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reports import catalogue, library_texts
from reports.catalogue import Catalogue
from reports.messages import said
from reports.parameter_texts import described, meaning_in_place, unit
from scenarios.files.changes import changes
from scenarios.files.load import Scenario
from scenarios.files.scenario_file import written
from sim.message import Message


def library_lines(cat: Catalogue) -> list[str]:
    """A line for every scenario of the library; parts are marked with a +, which the last line explains."""
    marks = {"part": "+", "scenario": ""}
    told = [f"{marks[one['kind']] + one['name']:<32} {one['title']}" for one in library_texts.listed(cat)]
    joined = Message("+ marks a part: joined to a scenario, as in  cardflow run renewal-wave+seat-cut")
    return [*told, said(joined, cat.lang)]


def changed_lines(scenario: Scenario, lang: str) -> list[str]:
    """What a scenario changes in what it starts from."""
    against = scenario.extends if scenario.name == scenario.base and scenario.extends else scenario.base
    if changed := changes(scenario, against):
        means = meanings(lang, [change["path"] for change in changed])
        head = Message("{name}: valid; what differs from {base}:", name=scenario.name, base=against)
        return [said(head, lang), *(_difference(change, means) for change in changed)]
    if against in (None, scenario.name):
        return [said(Message("{name}: valid; it extends nothing, so every value is its own", name=scenario.name), lang)]
    return [said(Message("{name}: valid; it changes nothing in {base}", name=scenario.name, base=against), lang)]


def _difference(change: Mapping[str, Any], means: Mapping[str, str]) -> str:
    line = f"  {change['path']}   {written(change['base'])} -> {written(change['value'])}"
    told = means.get(change["path"])
    return f"{line}   {told}" if told else line


def comments(lang: str, paths: Iterable[str]) -> dict[str, str]:
    """The comments of a new scenario file: its parts, and the meaning and unit of each path."""
    cat = catalogue.load(lang)
    texts = {key: cat.text(f"new.{key}") for key in ("head", "why", "extends", "dates", "changes", "examples")}
    texts["next"] = cat.texts["new.next"]
    return texts | {path: _described(cat, path) for path in paths}


def meanings(lang: str, paths: Iterable[str]) -> Mapping[str, str]:
    """The meaning and unit of each path in a language other than English, in which the paths speak for themselves."""
    cat = catalogue.load(lang)
    return {} if lang == "en" else {path: _described(cat, path) for path in paths if path in described()}


def _described(cat: Catalogue, path: str) -> str:
    means = meaning_in_place(cat, path)
    if described()[path].unit == "date":
        return means
    return cat.text("format.parenthesis", text=means, inside=unit(cat, path))
