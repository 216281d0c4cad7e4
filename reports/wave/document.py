"""The renewal wave as a document: who comes due in each fiscal year."""

from __future__ import annotations

from functools import partial

from reports.document import Block, Document, Number, Period, Plot, Table, Title, Value, chapter, say
from reports.presentation import Presentation
from reports.remade import again
from reports.typed import Given
from scenarios.records import read
from scenarios.wave.record import Wave

_COUNTS = ("cards_expiring", "certificates_expiring", "notices_due")


def document(wave: Wave) -> Document:
    """The whole answer."""
    table, most = _table(wave), max(wave.rows, key=lambda row: row.notices_due)
    year, persons = Period.of_year(most.fiscal_year), Number(most.notices_due, "rough")
    asked: dict[str, Given] = {"--from": wave.first, "--to": wave.last, "--out": "."}
    years = {"first": wave.first, "last": wave.last}
    return Document(
        title=say("wave.page", scenario=Title(wave.title)),
        origin=say("wave.origin", version=wave.version),
        question=say("wave.question", **{name: Period.of_year(own) for name, own in years.items()}),
        answer=(say("wave.answer", year=year, persons=persons),),
        chapters=(
            chapter("wave", "years", words=(say("wave.title"),), blocks=(Block(table),), role="reasons"),
            chapter("wave", "again", commands=(again("wave", options=asked),)),
        ),
        screen=(say("wave.title"), table),
    )


def _table(wave: Wave) -> Table:
    """A row a fiscal year, in persons."""
    rows: list[tuple[Value, ...]] = [
        (Period.of_year(row.fiscal_year), *(Number(getattr(row, name), "persons_thousands") for name in _COUNTS))
        for row in wave.rows
    ]
    plot = Plot(0, (1, 2, 3), "column", say("wave.unit"), say("wave.years.heading"))
    return Table((say("column.year"), *(say(f"wave.{name}") for name in _COUNTS)), tuple(rows), plots=(plot,))


WAVE = Presentation("wave", "wave", Wave.FILE, partial(read, Wave), document, lambda wave: (), markdown=True)
