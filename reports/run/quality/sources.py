"""The data log: every published source that a run rests on or was held against, and what it is used for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import get_args

from calibration.agreement import Use
from calibration.agreement import load as load_agreements
from calibration.figures import Source
from reports import parameter_texts, source_texts
from reports.document import Block, Name, Period, Table, Value, headings, listing, say
from reports.run.quality.counted import Counted

_USES = get_args(Use)
_MONTH, _DAY = len("2026-06"), len("2026-06-23")


def blocks(counted: Counted) -> tuple[Block, Block]:
    """A line a source: for readers, and for a workbook, which has room for addresses."""
    rows = [(source, _row(counted, source)) for source in counted.sources]
    names = ("id", "title", "publisher", "date", "values", "hints", "used")
    shown = Table(headings("data_log", *names), tuple(row for _, row in rows), prose=(1, 2, 6))
    located = tuple((*row, source_texts.place(source.locator)) for source, row in rows)
    return Block(shown, page=True), Block(Table(headings("data_log", *names, "place"), located), sheet=True)


def _row(counted: Counted, source: Source) -> tuple[Value, ...]:
    figures = [figure for figure, sources in counted.figures.items() if source in sources]
    behind = {path: counted.known[path] for figure in figures for path in counted.rests_on.get(figure, ())}
    hints = sum(one is not None and one.kind == "assumption" for one in behind.values())
    return (
        source.key,
        source_texts.title(source.title),
        Name("publisher", source.publisher),
        _date(source.date),
        len(behind) - hints,
        hints,
        listing(_used(counted, source, behind)),
    )


def _used(counted: Counted, source: Source, behind: Iterable[str]) -> Iterator[Value]:
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
    if len(noted) == _MONTH:
        return Period(noted)
    return int(noted) if noted else None
