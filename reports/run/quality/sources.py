"""The data log: every published source that a run rests on or was held against, and what it is used for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from calibration.agreement import load as load_agreements
from calibration.figures import Source
from reports import parameter_texts, source_texts
from reports.document import Name, Period, Table, Value, headings, listing, say
from reports.run.quality.counted import Counted

_USES = "fitted", "held_back", "input"
_MONTH, _DAY = len("2026-06"), len("2026-06-23")


def table(counted: Counted) -> Table:
    """A line a source."""
    rows = tuple(_row(counted, source) for source in counted.sources)
    columns = headings("data_log", "id", "title", "publisher", "date", "place", "values", "used")
    return Table(columns, rows, prose=(1, 2, 4, 6))


def _row(counted: Counted, source: Source) -> tuple[Value, ...]:
    behind = [
        path
        for figure, paths in counted.rests_on.items()
        if source in counted.figures.get(figure, ())
        for path in paths
    ]
    return (
        source.key,
        source_texts.title(source.title),
        Name("publisher", source.publisher) if source.publisher else None,
        _date(source.date),
        source_texts.place(source.locator),
        len(set(behind)),
        listing(_used(counted, source, behind)),
    )


def _used(counted: Counted, source: Source, behind: list[str]) -> Iterator[Value]:
    """Sections whose values rest on it, what it was held against, and the card history."""
    yield from (Name("section", name) for name in dict.fromkeys(map(parameter_texts.section, behind)))
    uses = Counter(one.use for one in load_agreements().values() if source in one.published.sources)
    yield from (say(f"data_log.use.{name}", count=uses[name]) for name in _USES if uses[name])
    if source.key in counted.history:
        yield say("data_log.use.history")


def _date(noted: str) -> Value:
    """A day, a month or a year, as far as it was noted."""
    if len(noted) == _DAY:
        return date.fromisoformat(noted)
    return Period(noted) if len(noted) == _MONTH else noted or None
