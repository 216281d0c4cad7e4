"""What the terminal shows after ``cardflow update``: a line a target before and after, the answer, the page."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue, part_years, phrases
from reports.catalogue import Catalogue
from reports.columns import aligned
from reports.terminal import for_encoding
from reports.updated import cells
from reports.updated.answer import again, answer
from reports.updated.data import Changed, Update, read


def update_lines(folder: Path, lang: str, page: Path, encoding: str) -> list[str]:
    """The update as a console of ``encoding`` can show it; raises ``FileNotFoundError`` where the folder holds none."""
    cat = catalogue.load(lang)
    data = read(folder)
    cat = part_years.over(cat, data.identity)
    provenance = cat.text("terminal.provenance", seed=data.identity["seed"], replications=data.identity["replications"])
    said = [f"{cat.text('update.title', scenario=phrases.title(cat, data.identity))}   {provenance}"]
    said += _table(cat, data)
    said += ["", *answer(cat, data), "", cat.text("terminal.forecast")]
    if data.weights["word"] != "trusted":
        said.append(f"{cat.text('update.terminal.next')}  {again(cat, data)}")
    return for_encoding([*said, f"{cat.text('terminal.report')}  {page}"], encoding)


def _table(cat: Catalogue, data: Update) -> list[str]:
    names = ("after", "target", "chance_after", "before", "chance_before")
    heading = [cat.text(f"update.column.{name}") for name in names]
    return aligned([heading, *(_line(cat, one) for one in data.headline if one.before.verdict != "not_tested")])


def _line(cat: Catalogue, one: Changed) -> list[str]:
    target = phrases.short_target(cat, one.before, only_part=False)
    after, before = (cells.verdict(cat, row) for row in (one.after, one.before))
    return [after, target, cells.chance(cat, one.after), before, cells.chance(cat, one.before)]
