"""What the terminal shows after ``cardflow size``: a line a resource and year, the answer, page and workbook."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue, formats, part_years
from reports.catalogue import Catalogue
from reports.columns import aligned
from reports.sized import cells
from reports.sized.answer import answer
from reports.sized.data import Level, Sizing, read
from reports.sized.parts import title
from reports.terminal import for_encoding


def size_lines(folder: Path, lang: str, page: Path, encoding: str) -> list[str]:
    """The sizing as a console of ``encoding`` can show it.

    Raises ``FileNotFoundError`` where the folder holds no sizing.
    """
    cat = catalogue.load(lang)
    data = read(folder)
    cat = part_years.over(cat, data.reported)
    names = {"title": title(cat, data), "seed": data.seed, "replications": data.replications}
    said = [cat.text(f"sizing.terminal.{'title' if data.replications else 'title_partial'}", **names)]
    said += ["", *_table(cat, data), "", *answer(cat, data), "", cat.text("terminal.forecast")]
    said.append(f"{cat.text('terminal.report')}  {page}")
    if data.priced:
        said.append(f"{cat.text('sizing.terminal.workbook')}  {page.with_name('budget.xlsx')}")
    return for_encoding(said, encoding)


def _table(cat: Catalogue, data: Sizing) -> list[str]:
    """A line a resource and fiscal year; levels that change by month as a range."""
    groups: dict[tuple[str, str], list[Level]] = {}
    for level in data.levels:
        groups.setdefault((level.resource, level.year), []).append(level)
    names = ("resource", "year", "today", "least" if data.asked.reached else "best", "more")
    heading = [cat.text(f"sizing.terminal.{name}") for name in names]
    return aligned([heading, *(_line(cat, data, own) for own in groups.values())]) if groups else []


def _line(cat: Catalogue, data: Sizing, levels: list[Level]) -> list[str]:
    low, high = (end(level.more for level in levels) for end in (min, max))
    shown = cells.more(high) if low == high else cat.text("format.range", low=cells.more(low), high=cells.more(high))
    return [
        cells.resource(cat, levels[0].resource),
        formats.period(cat, levels[0].year),
        cells.today_range(cat, data, levels),
        cells.level_range(cat, data, levels),
        shown,
    ]
