"""The figures of a validation as tables: each figure, and the counts by group."""

from __future__ import annotations

from collections.abc import Sequence

from calibration.record import Row, Validation
from reports import source_texts
from reports.document import Columns, Joined, Name, Table, Value, headings, say, table_of
from reports.validation import cells
from reports.validation.counts import count

_MARKS = {"agrees": "holds", "differs": "fails", "missed": "at_risk", "input": "not_tested", "missing": "not_tested"}
"""How a line is set off for the eye, in the marks of the report's verdicts."""


def figures(rows: Sequence[Row]) -> Table:
    """A line a published figure."""
    columns: Columns[Row] = {
        "result": cells.result,
        "figure": _figure,
        "period": lambda row: cells.moment(row.period),
        "published": cells.published,
        "unit": lambda row: Name("unit", row.unit),
        "prior": cells.prior,
        "simulated": cells.simulated,
        "difference": cells.difference,
        "use": lambda row: Name("validation.use", row.use),
        "tolerance": cells.tolerance,
        "source": cells.source,
    }
    return table_of("validation", rows, columns, lambda row: _MARKS.get(cells.outcome(row), ""))


def _figure(row: Row) -> Value:
    own = cells.figure(row)
    return say("validation.reason", text=own, reason=cells.reason(row.note)) if row.note else own


def reasons(rows: Sequence[Row]) -> tuple[Value, ...]:
    """Why the tolerances are so much: a sentence a reason, with its figures where a table has several reasons."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.tolerance_why, []).append(row.id)
    found.pop("", None)
    key = "validation.why" if len(found) == 1 else "validation.why_of"
    return tuple(say(key, figures=Joined(tuple(ids)), reason=cells.reason(why)) for why, ids in found.items())


def sources(data: Validation) -> Table:
    """A line a source: its title, where it is to be found, and the figures that stand in it."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in data.rows:
        for entry in row.sources:
            found.setdefault((entry.title, entry.locator), []).append(row.id)
    lines = tuple(
        (source_texts.title(title), source_texts.place(place), Joined(tuple(ids)))
        for (title, place), ids in found.items()
    )
    return Table(headings("validation", "source", "place", "figures"), lines)


def by_group(data: Validation) -> Table:
    """How many figures of each group agree, were fitted, went in; the last line adds up."""
    lines = [_counts(group_name(group), data.of(group)) for group in data.groups]
    lines.append(_counts(say("validation.all"), data.rows))
    names = ("group", "held_back", "agree", "fitted", "fitted_met", "inputs", "missing")
    return Table(headings("validation", *names), tuple(lines))


def group_name(group: str) -> Name:
    """The name of a group of figures."""
    return Name("validation.group", group)


def _counts(name: Value, rows: Sequence[Row]) -> tuple[Value, ...]:
    found = count(rows)
    agree = found.agree if found.held_back else None
    met = found.fitted_met if found.fitted else None
    return name, found.held_back, agree, found.fitted, met, found.inputs, found.missing
