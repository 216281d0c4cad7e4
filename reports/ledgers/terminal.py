"""What the terminal shows after ``cardflow ledger``: a line a resource and what it saves, the answer, the page."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue, formats, part_years, phrases, price_texts
from reports.catalogue import Catalogue
from reports.columns import aligned
from reports.ledgers import cells
from reports.ledgers.answer import answer
from reports.ledgers.data import Line, lines, read
from reports.terminal import for_encoding


def ledger_lines(folder: Path, lang: str, page: Path, encoding: str) -> list[str]:
    """The ledger as a console of ``encoding`` can show it.

    Raises ``FileNotFoundError`` where the folder holds no ledger.
    """
    cat = catalogue.load(lang)
    data = read(folder)
    cat = part_years.over(cat, data.identity)
    key = "terminal.provenance_chance_only" if data.identity["chance_only"] else "terminal.provenance"
    provenance = cat.text(key, seed=data.identity["seed"], replications=data.replications)
    said = [f"{cat.text('ledger.title', scenario=phrases.title(cat, data.identity))}   {provenance}"]
    found = [line for line in lines(data.prices) if line.outcome != "none"]
    if found:
        names = ("result", "resource", "unit", "saves", "year", "difference")
        heading = [cat.text(f"ledger.terminal.{name}") for name in names]
        said += aligned([heading, *(_line(cat, line) for line in found)])
    said += ["", *answer(cat, data), "", cat.text("terminal.forecast"), f"{cat.text('terminal.report')}  {page}"]
    return for_encoding(said, encoding)


def _line(cat: Catalogue, line: Line) -> list[str]:
    price = line.shown
    return [
        cells.result(cat, price),
        price_texts.name(cat, price.resource),
        cells.unit(cat, price),
        cells.saved(cat, price),
        formats.period(cat, price.period),
        cells.with_interval(cat, price),
    ]
