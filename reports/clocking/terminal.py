"""What the terminal shows after ``cardflow clock``: a line a target and year that may break, the answer, the page."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue, formats, part_years, phrases
from reports.catalogue import Catalogue
from reports.clocking import cells
from reports.clocking.answer import answer
from reports.clocking.data import Clock, Entry, read
from reports.columns import aligned
from reports.terminal import for_encoding


def clock_lines(folder: Path, lang: str, page: Path, encoding: str) -> list[str]:
    """The clock as a console of ``encoding`` can show it.

    Raises ``FileNotFoundError`` where the folder holds no clock.
    """
    cat = catalogue.load(lang)
    data = read(folder)
    cat = part_years.over(cat, data.content)
    told = {"seed": data.content["seed"], "replications": data.content["replications"]}
    heading = [cat.text(f"clock.terminal.{name}") for name in ("target", "period", "breaks", "lost", "act")]
    table = [_line(cat, data, event) for event in data.breaking]
    title = cat.text("clock.title", scenario=phrases.title(cat, data.content))
    said = [
        f"{title}   {cat.text('terminal.provenance', **told)}",
        *(["", *aligned([heading, *table])] if table else []),
    ]
    for paragraph in answer(cat, data):
        said += ["", paragraph]
    said += ["", cat.text("terminal.forecast"), f"{cat.text('terminal.report')}  {page}"]
    return for_encoding(said, encoding)


def _line(cat: Catalogue, data: Clock, event: Entry) -> list[str]:
    first = next(iter(event["resources"]), None)
    return [
        cells.target(cat, event, short=True),
        formats.period(cat, event["period"]),
        cells.breaks(cat, event),
        cells.months(cat, event["lost"]),
        cells.day(cat, data, first["last_date_to_act"]) if first else cat.text("format.nothing"),
    ]
