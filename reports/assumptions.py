"""The assumptions of a run as lines: what the planner changed, what is not known for certain, the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports import actuals, entries, evidence, formats, parameter_texts, source_texts
from reports.catalogue import Catalogue
from reports.evidence import Evidence
from reports.run_data import RunData


@dataclass(frozen=True)
class Assumption:
    """One line: a parameter's value (of one dated step), its range, unit, meaning and evidence, as text."""

    path: str
    section: str
    value: str
    low: str
    high: str
    unit: str
    meaning: str
    assumed: bool
    evidence: str
    source: str
    first: bool


@dataclass(frozen=True)
class Change:
    """A value that differs from the library scenario."""

    path: str
    base: str
    value: str
    unit: str
    meaning: str
    assumed: bool


def changes(cat: Catalogue, data: RunData) -> list[Change]:
    """What the planner changed, as text."""
    known = parameter_texts.described()
    return [
        Change(
            path=entry["path"],
            base=written(cat, entry["base"]),
            value=written(cat, entry["value"]),
            unit=parameter_texts.unit(cat, entry["path"], known),
            meaning=parameter_texts.meaning(cat, entry["path"], known),
            assumed=data.assumed(entry["path"]),
        )
        for entry in data.run.get("changes", [])
    ]


def uncertain(cat: Catalogue, data: RunData) -> list[Assumption]:
    """Every value that a replication draws from a range, one line a dated step."""
    return [line for line in _lines(cat, data) if line.low]


def certain(cat: Catalogue, data: RunData) -> list[Assumption]:
    """Every value that is the same in all replications."""
    return [line for line in _lines(cat, data) if not line.low]


def _lines(cat: Catalogue, data: RunData) -> Iterator[Assumption]:
    known = parameter_texts.described()
    for path, value in _leaves(data.scenario):
        if path in ("title", "why", "extends"):
            continue
        entry = evidence.of(path, data.known)
        shared: dict[str, Any] = {
            "path": path,
            "section": cat.name("section", parameter_texts.section(path)),
            "unit": parameter_texts.unit(cat, path, known),
            "meaning": parameter_texts.meaning(cat, path, known),
            "evidence": _evidence(cat, entry),
            "source": _source(cat, entry),
            "assumed": data.assumed(path),
        }
        words, own = actuals.listed(cat, data, path, value)
        if words:
            plain = shared | {"assumed": False, "evidence": "", "source": ""}
            yield Assumption(value=words, low="", high="", first=True, **plain)
        for place, (shown, low, high) in enumerate(_steps(cat, own) if own is not None or not words else ()):
            yield Assumption(value=shown, low=low, high=high, first=place == 0, **shared)


def _evidence(cat: Catalogue, entry: Evidence | None) -> str:
    if entry is None:
        return cat.text("page.evidence_unknown")
    return cat.text("page.evidence", kind=cat.text(f"page.{entry.kind}"), grade=cat.name("grade", entry.grade))


def _source(cat: Catalogue, entry: Evidence | None) -> str:
    if entry is None or not entry.source:
        return ""
    named = source_texts.resolved(cat, entry.source)
    return cat.text("page.hint", source=named) if entry.kind == "assumption" else named


def _leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping) and not _is_quantity(value):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _is_quantity(value: object) -> bool:
    return isinstance(value, Mapping) and "value" in value and set(value) <= {"value", "low", "high", "from", "with"}


def _steps(cat: Catalogue, value: Any) -> Iterator[tuple[str, str, str]]:
    parts = value if isinstance(value, list) and value and all(map(_is_quantity, value)) else [value]
    for part in parts:
        if not _is_quantity(part):
            yield written(cat, part), "", ""
            continue
        low, high = part.get("low", part["value"]), part.get("high", part["value"])
        ends = (formats.plain(low), formats.plain(high)) if low != high else ("", "")
        yield _dated(cat, part), *ends


def _dated(cat: Catalogue, step: Mapping[str, Any]) -> str:
    shown = formats.plain(step["value"])
    if step.get("from") is None:
        return shown
    return cat.text("format.steps_from", date=entries.moment(cat, step["from"]), value=shown)


def written(cat: Catalogue, value: Any) -> str:
    """A value of a scenario as a reader sees it."""
    if value is None:
        return cat.text("format.nothing")
    if isinstance(value, bool):
        return cat.text("format.yes" if value else "format.no")
    if isinstance(value, date):
        return formats.day(cat, value)
    if isinstance(value, list | tuple) and any(isinstance(part, Mapping) for part in value):
        return cat.text("format.entries").join(written(cat, part) for part in value)
    if isinstance(value, list | tuple):
        return cat.join(written(cat, part) for part in value) or cat.text("format.nothing")
    if _is_quantity(value):
        return _with_range(cat, value)
    if isinstance(value, Mapping) and (text := entries.entry(cat, value)) is not None:
        return text
    if isinstance(value, Mapping):
        return cat.join(f"{cat.name('field', name)} {written(cat, part)}" for name, part in value.items())
    return cat.name("value", entries.moment(cat, value)) if isinstance(value, str) else formats.plain(value)


def _with_range(cat: Catalogue, step: Mapping[str, Any]) -> str:
    shown = _dated(cat, step)
    if "low" not in step and "high" not in step:
        return shown
    ends = (formats.plain(step.get(end, step["value"])) for end in ("low", "high"))
    low, high = ends
    return cat.text("format.value_range", value=shown, low=low, high=high)
