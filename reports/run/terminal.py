"""The verdict table as plain text, aligned for consoles that give Japanese characters two columns."""

from __future__ import annotations

import re

from reports import catalogue, chances, names, part_years, values
from reports.catalogue import Catalogue
from reports.document import Joined, PartYears, Period, Title, Value, opening, say
from reports.names import fiscal_years
from reports.run import cells, certainty, margins
from reports.run.verdicts import Headline, headlines
from scenarios.run.record import Run, Summary

_WIDTH = 140
"""Columns at which the line on the spread is broken."""


def verdict_lines(summary: Summary, run: Run, lang: str) -> list[str]:
    """Title, a line a target (a second, indented, where something breaks), and what drives the spread.

    The title is as its planner wrote it; every character of ours exists in cp932.
    """
    cat = part_years.over(catalogue.load(lang), run)
    shown = headlines(summary)
    every = say("terminal.met_every_note") if any(headline.several_years for headline in shown) else ""
    value = say("terminal.value_note") if any(headline.tested for headline in shown) else ""
    months = cells.months_note(headline for headline in shown if headline.month_breach)
    notes = values.texts(cat, [PartYears(), *(note for note in (every, value, cells.too_few(run), months) if note)])
    long = (
        certainty.drive(shown, run, short=True),
        certainty.precision(run),
        certainty.decided(run),
        margins.note(shown),
    )
    broken = (wrapped(values.text(cat, line), cat.text("format.list")) for line in long if line)
    return [
        values.text(cat, _title(cat, run)),
        *table_lines(cat, shown, run),
        *notes,
        *(line for lines in broken for line in lines),
        cat.text("terminal.forecast"),
    ]


def wrapped(text: str, comma: str) -> list[str]:
    """The text broken after list commas, so that no line is longer than a table's."""
    from rich.cells import cell_len

    lines = [""]
    for place, part in enumerate(text.split(comma)):
        piece = part if place == 0 else comma + part
        if lines[-1] and cell_len(lines[-1] + piece) > _WIDTH:
            lines[-1] += comma.rstrip()
            lines.append("    " + part)
        else:
            lines[-1] += piece
    return lines


def _title(cat: Catalogue, run: Run) -> Value:
    """The title with its years, unless it names them itself, and no others."""
    title: Value = Title(run.title)
    if cat.parts or _years_named(cat, values.text(cat, title)) != set(fiscal_years(run)):
        title = say("terminal.title", title=title, span=names.span(run))
    return opening(title, run)


def _years_named(cat: Catalogue, text: str) -> set[int]:
    """The fiscal years that a text names as such; a month or a date is none."""
    years = (int(year) for year in re.findall(r"\d{4}", text))
    return {year for year in years if values.text(cat, Period.of_year(year)) in text}


def _cells(headline: Headline, run: Run) -> list[Value]:
    """Name, period, value, threshold, how often met, margin; of a target that was not tested why."""
    row = headline.worst
    name = cells.target(headline, short=True)
    if not headline.tested:
        return [say("format.parenthesis", text=name, inside=cells.not_tested(row))]
    threshold = cells.threshold(row)
    return [
        name,
        cells.worst_year(headline),
        names.value(row),
        say("terminal.threshold", value=threshold) if threshold else "",
        _met(headline, run),
        margins.line(headline, run),
    ]


def _met(headline: Headline, run: Run) -> Value:
    row, met = headline.decides, headline.met(run.replications)
    if row.computed and row.probability is not None:
        key = "terminal.met_every_computed" if headline.several_years else "terminal.met_computed"
        return say(key, share=chances.share(row.probability))
    if met is None:
        return ""
    key = "terminal.met_every" if headline.several_years else "terminal.met_in"
    return say(key, met=met, replications=run.replications)


def _breaks(headline: Headline) -> Value:
    """What breaks first, what was short, what would decide; empty where there is nothing to say."""
    breaks = headline.verdict != "holds"
    said = [cells.missed(headline, "terminal.first_missed")] if breaks else []
    if headline.breach is not None and breaks:
        said.append(cells.ranged("terminal.first_breach", headline.breach, "month"))
    if headline.month_breach:
        said.append(say("terminal.month_breach", percent=chances.share(headline.month_breach)))
    if breaks:
        said.append(cells.lacking(headline.short_of, "terminal.short_of", "terminal.because_of"))
    said.append(cells.undecided(headline))
    told = tuple(part for part in said if part)
    return Joined(told) if told else ""


def table_lines(cat: Catalogue, shown: list[Headline], run: Run) -> list[str]:
    """A line a target, and a second where there is more to say."""
    words = [values.text(cat, names.verdict(headline.decides.verdict)).split(" ", 1) for headline in shown]
    own = [[values.text(cat, cell) for cell in _cells(headline, run)] for headline in shown]
    rows = [[*verdict, *row] for verdict, row in zip(words, own, strict=True)]
    widths = _widths(rows)
    lines = []
    for headline, row in zip(shown, rows, strict=True):
        lines.append(_line(row, widths))
        breaks = _breaks(headline) if headline.tested else ""
        if breaks:
            lines.append(_line(["  ", "", values.text(cat, breaks)], widths))
    return lines


def _widths(cells: list[list[str]]) -> list[int]:
    from rich.cells import cell_len

    tested = [row for row in cells if len(row) > 3]
    columns = max((len(row) for row in cells), default=0)
    return [max((cell_len(row[i]) for row in (cells if i < 2 else tested)), default=0) for i in range(columns)]


def _line(row: list[str], widths: list[int]) -> str:
    from rich.cells import cell_len

    mark, *rest = row
    padded = (cell + " " * max(0, width - cell_len(cell)) for cell, width in zip(rest, widths[1:], strict=False))
    return f"  {mark} {'  '.join(padded)}".rstrip()
