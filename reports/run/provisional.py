"""What is shown of a run before it comes to its end: what the replications that are there say, and what is open."""

from __future__ import annotations

from collections.abc import Sequence

from reports import catalogue, names, part_years, values
from reports.document import Block, Chapter, Document, Joined, Title, Value, listing, say
from reports.run import answer, cells, tables
from reports.run.terminal import table_lines, wrapped
from reports.run.verdicts import Headline, headlines
from scenarios.run.record import Run, Summary
from scenarios.run.words import FEWEST


def lines(summary: Summary, run: Run, lang: str) -> list[str]:
    """The notice, the table of verdicts and what is undecided, for a terminal."""
    cat, shown = part_years.over(catalogue.load(lang), run), headlines(summary)
    comma = cat.text("format.list")
    told = [wrapped(values.text(cat, line), comma) for line in (notice(run), _undecided(shown, run)) if line]
    return [*told[0], *table_lines(cat, shown, run), *(line for lines in told[1:] for line in lines)]


def document(summary: Summary, run: Run) -> Document:
    """The same as a page: there is nothing to draw and no more to read yet."""
    shown = headlines(summary)
    judged = Block(tables.verdicts(shown, run), judged=True)
    return Document(
        title=Title(run.title),
        origin=Joined((names.span(run), " · ", say("page.forecast")), ""),
        question=answer.question(run),
        answer=tuple(line for line in (notice(run), _undecided(shown, run)) if line),
        chapters=(Chapter("verdicts", say("page.verdicts"), (say("page.verdicts_note"),), (judged,), role="reasons"),),
        banner=notice(run),
    )


def notice(run: Run) -> Value:
    """That it may all change, and how many replications it rests on."""
    of = run.provisional.of if run.provisional else run.replications
    key = "provisional.some" if run.replications < of else "provisional.all"
    return say(key, replications=run.replications, of=of)


def _undecided(shown: Sequence[Headline], run: Run) -> Value:
    """Which targets have no word yet; empty where all have one."""
    if run.replications < FEWEST:
        return say("provisional.few", fewest=FEWEST)
    undecided = [cells.target(headline) for headline in shown if headline.undecided]
    return say("provisional.undecided", targets=listing(undecided)) if undecided else ""
