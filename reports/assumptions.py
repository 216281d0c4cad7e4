"""The assumptions of a run: what the planner changed, what is not known for certain, the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from reports import actuals, entries, evidence, parameter_texts, source_texts
from reports.document import Code, Figures, Joined, Marked, Name, Number, Ranged, Table, Value, headings, listing, say
from reports.evidence import Evidence

if TYPE_CHECKING:  # values of a scenario need none of the tables of a run
    from reports.run_data import RunData

ASSUMED = say("page.assumed")
"""The mark of a value that is an assumption (仮定値)."""


@dataclass(frozen=True)
class Assumption:
    """One line: a parameter's value (of one dated step), its range, unit, meaning and evidence."""

    path: str
    section: Name
    value: Value
    low: Value
    high: Value
    unit: Value
    meaning: Value
    assumed: bool
    evidence: Value
    source: Value
    first: bool


@dataclass(frozen=True)
class Change:
    """A value that differs from the library scenario."""

    path: str
    base: Value
    value: Value
    unit: Value
    meaning: Value
    assumed: bool


def changes(data: RunData) -> tuple[Change, ...]:
    """What the planner changed."""
    return tuple(
        Change(
            path=entry.path,
            base=written(entry.base),
            value=written(entry.value),
            unit=parameter_texts.unit_of(entry.path),
            meaning=parameter_texts.meaning_of(entry.path),
            assumed=data.assumed(entry.path),
        )
        for entry in data.run.changes
    )


def uncertain(data: RunData) -> list[Assumption]:
    """Every value that a replication draws from a range, one line a dated step."""
    return [line for line in _lines(data) if line.low]


def certain(data: RunData) -> list[Assumption]:
    """Every value that is the same in all replications."""
    return [line for line in _lines(data) if not line.low]


def changes_table(found: tuple[Change, ...]) -> Table:
    """A line a change."""
    rows = tuple((Code(one.path), one.meaning, _marked(one.base, one.assumed), one.value, one.unit) for one in found)
    columns = headings("run", "parameter", "meaning", "base", "changed", "unit")
    return Table(columns, rows, prose=(1, 2, 3))


def table(lines: list[Assumption]) -> Table:
    """A line a value under the heading of its section; what is alike in steps of one value stands once."""
    rows: list[tuple[Value, ...]] = []
    for place, line in enumerate(lines):
        if place == 0 or line.section != lines[place - 1].section:
            rows.append((line.section,))
        rows.append(_row(line))
    names = ("parameter", "meaning", "value", "low", "high", "unit", "evidence", "source")
    return Table(headings("run", *names), tuple(rows), prose=(1, 2, 5, 6, 7))


def _row(line: Assumption) -> tuple[Value, ...]:
    meaning, known, source = (line.meaning, line.evidence, line.source) if line.first else ("", "", "")
    value = _marked(line.value, line.assumed)
    return Code(line.path), meaning, value, line.low, line.high, line.unit, known, source


def _marked(value: Value, assumed: bool) -> Value:
    return Marked(value, ASSUMED) if assumed else value


def _lines(data: RunData) -> Iterator[Assumption]:
    for path, value in leaves(data.scenario):
        if path in ("title", "why", "extends"):
            continue
        entry = evidence.of(path, data.known)
        shared: dict[str, Any] = {
            "path": path,
            "section": Name("section", parameter_texts.section(path)),
            "unit": parameter_texts.unit_of(path),
            "meaning": parameter_texts.meaning_of(path),
            "evidence": evidence_of(entry),
            "source": source_of(entry),
            "assumed": data.assumed(path),
        }
        words, own = actuals.listed(data, path, value)
        if words:
            plain = shared | {"assumed": False, "evidence": "", "source": ""}
            yield Assumption(value=words, low="", high="", first=True, **plain)
        for place, (shown, low, high) in enumerate(_steps(own) if own is not None or not words else ()):
            yield Assumption(value=shown, low=low, high=high, first=place == 0, **shared)


def evidence_of(entry: Evidence | None) -> Value:
    """What kind of value it is, and how good what stands behind it."""
    if entry is None:
        return say("page.evidence_unknown")
    return say("page.evidence", kind=say(f"page.{entry.kind}"), grade=Name("grade", entry.grade))


def source_of(entry: Evidence | None) -> Value:
    """Where it comes from; of an assumption a hint."""
    if entry is None or not entry.source:
        return ""
    source = source_texts.resolved(entry.source)
    return say("page.hint", source=source) if entry.kind == "assumption" else source


def leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of a scenario by its dotted path."""
    for name, value in table.items():
        if isinstance(value, Mapping) and not _is_quantity(value):
            yield from leaves(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _is_quantity(value: object) -> bool:
    return isinstance(value, Mapping) and "value" in value and set(value) <= {"value", "low", "high", "from", "with"}


def _steps(value: Any) -> Iterator[tuple[Value, Value, Value]]:
    parts = value if isinstance(value, list) and value and all(map(_is_quantity, value)) else [value]
    for part in parts:
        if not _is_quantity(part):
            yield written(part), "", ""
            continue
        low, high = part.get("low", part["value"]), part.get("high", part["value"])
        ends = (Number(low, "plain"), Number(high, "plain")) if low != high else ("", "")
        yield _dated(part), *ends


def _dated(step: Mapping[str, Any]) -> Value:
    shown = Number(step["value"], "plain")
    if step.get("from") is None:
        return shown
    return Figures("format.steps_from", {"value": shown, "date": entries.moment(step["from"])})


def written(value: Any) -> Value:
    """A value of a scenario as a reader sees it."""
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, bool):
        return say("format.yes" if value else "format.no")
    if isinstance(value, list | tuple) and any(isinstance(part, Mapping) for part in value):
        return listing(map(written, value))
    if isinstance(value, list | tuple):
        return Joined(tuple(written(part) for part in value)) if value else None
    if _is_quantity(value):
        return _with_range(value)
    if isinstance(value, Mapping) and (entry := entries.entry(value)) is not None:
        return entry
    if isinstance(value, Mapping):
        fields = ((Name("field", name), written(part)) for name, part in value.items())
        return Joined(tuple(Joined(field, "format.space") for field in fields))
    if isinstance(value, str):
        moment = entries.moment(value)
        return Name("value", moment) if isinstance(moment, str) else moment
    return Number(value, "plain")


Step = tuple[Value, Value]
"""From when a value of a scenario holds, None for ever, and the value, with its range where it has one."""


def by_step(value: Any) -> list[Step]:
    """A value of a scenario as a sheet has it: a row a dated step, numbers as numbers."""
    parts = value if isinstance(value, list) and value and all(map(_is_quantity, value)) else [value]
    return [_step(part) for part in parts]


def _step(part: Any) -> Step:
    if not _is_quantity(part):
        return None, written(part)
    start = None if part.get("from") is None else entries.moment(part["from"])
    shown, low, high = (Number(part.get(end, part["value"]), "plain") for end in ("value", "low", "high"))
    return start, shown if low == high else Ranged(shown, low, high, "format.value_range")


def _with_range(step: Mapping[str, Any]) -> Value:
    shown = _dated(step)
    if "low" not in step and "high" not in step:
        return shown
    low, high = (Number(step.get(end, step["value"]), "plain") for end in ("low", "high"))
    return say("format.value_range", value=shown, low=low, high=high)
