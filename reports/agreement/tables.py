"""The figures of a validation as tables, cell by cell as text: each figure, and the counts by group."""

from __future__ import annotations

from collections.abc import Sequence

from reports import source_texts
from reports.agreement import cells
from reports.agreement.data import Row, Validation, count
from reports.catalogue import Catalogue
from reports.document import Table

_MARKS = {"agrees": "holds", "differs": "fails", "missed": "at_risk", "input": "not_tested", "missing": "not_tested"}
"""How a line is set off for the eye, in the marks of the report's verdicts."""


def figures(cat: Catalogue, rows: Sequence[Row]) -> Table:
    """A line a published figure."""
    values = ("published", "unit", "prior", "simulated", "difference")
    names = ("result", "figure", "period", *values, "use", "tolerance", "source")
    lines = tuple(_figure(cat, row) for row in rows)
    return Table(headings(cat, *names), lines, tuple(_MARKS.get(cells.outcome(row), "") for row in rows), 2)


def _figure(cat: Catalogue, row: Row) -> tuple[str, ...]:
    own = cat.text("validation.figure", id=row.id, subject=cells.subject(cat, row))
    note = row.note and cat.texts.get(f"tolerance_why.{row.note}", row.note)
    return (
        cells.result(cat, row),
        cat.text("validation.reason", text=own, reason=note) if note else own,
        cells.period(cat, row) or cat.text("format.nothing"),
        cells.published(cat, row),
        cells.unit(cat, row),
        cells.prior(cat, row),
        cells.simulated(cat, row),
        cells.difference(cat, row),
        cat.name("validation.use", row.use),
        cells.tolerance(cat, row),
        cells.source(cat, row),
    )


def reasons(cat: Catalogue, rows: Sequence[Row]) -> tuple[str, ...]:
    """Why the tolerances are so much: a sentence a reason, with its figures where a table has several reasons."""
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(cells.reason(cat, row), []).append(row.id)
    found.pop("", None)
    if len(found) == 1:
        return tuple(cat.text("validation.why", reason=reason) for reason in found)
    return tuple(cat.text("validation.why_of", figures=cat.join(ids), reason=reason) for reason, ids in found.items())


def sources(cat: Catalogue, data: Validation) -> Table:
    """A line a source: its title, where it is to be found, and the figures that stand in it."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in data.rows:
        for entry in row.sources:
            own = source_texts.title(cat, entry["title"]), source_texts.place(cat, entry["locator"])
            found.setdefault(own, []).append(row.id)
    lines = tuple((title, place, cat.join(ids)) for (title, place), ids in found.items())
    return Table(headings(cat, "source", "place", "figures"), lines, text_columns=3)


def by_group(cat: Catalogue, data: Validation) -> Table:
    """How many figures of each group agree, were fitted, went in; the last line adds up."""
    lines = [_counts(cat, group_name(cat, group), data.of(group)) for group in data.groups]
    lines.append(_counts(cat, cat.text("validation.all"), data.rows))
    names = ("group", "held_back", "agree", "fitted", "fitted_met", "inputs", "missing")
    return Table(headings(cat, *names), tuple(lines))


def group_name(cat: Catalogue, group: str) -> str:
    """The name of a group of figures."""
    return cat.name("validation.group", group)


def _counts(cat: Catalogue, name: str, rows: Sequence[Row]) -> tuple[str, ...]:
    found = count(rows)
    agree = cat.text("format.nothing") if not found.held_back else str(found.agree)
    met = cat.text("format.nothing") if not found.fitted else str(found.fitted_met)
    return name, str(found.held_back), agree, str(found.fitted), met, str(found.inputs), str(found.missing)


def headings(cat: Catalogue, *names: str) -> tuple[str, ...]:
    """The headings of these columns: of a validation, or those that all tables share."""
    own = (f"validation.column.{name}" for name in names)
    return tuple(
        cat.text(key) if cat.has(key) else cat.text(f"column.{name}") for key, name in zip(own, names, strict=True)
    )
