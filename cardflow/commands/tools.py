"""Calculators and reports: commands that draw an answer again, or reckon without a scenario."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from cardflow import markdown_page
from cardflow.console import say
from cardflow.life import Life, command
from scenarios.errors import NOTHING_WRITTEN, UserError
from sim.message import NOTHING, Message


@command("lang", undone=NOTHING_WRITTEN)
def report(life: Life, folder: Path) -> None:
    """Draw charts and page of a finished answer again."""
    from reports.pages import page_of

    with life.finished(folder) as answer:
        say(str(page_of(answer, life.lang, life.processes)))


@command("lang", undone=NOTHING_WRITTEN)
def workbook(life: Life, folder: Path, *, csv: str | None = None) -> None:
    """Write an answer as a workbook for Excel: every table as numbers, with charts to edit."""
    from reports.workbooks import workbook_of

    with life.finished(folder) as answer:
        say(str(workbook_of(answer, life.lang, csv)))


@command("lang", undone=NOTHING_WRITTEN)
def charts(
    life: Life,
    folder: Path,
    *,
    only: list[str] | None = None,
    kind: Literal["png", "svg", "pdf", "emf"] = "png",
    size: Literal["page", "column", "slide"] = "page",
    dpi: int = 300,
    grey: bool = False,
    page: Path | None = None,
) -> None:
    """Draw the charts of a finished answer as files for a memo or slides, in their size, in grey if asked for."""
    from reports.chart_files import Charts
    from reports.faces.figures.sheet import Style

    with markdown_page.charts_beside(page, folder, "gallery", life.lang) as beside, life.finished(folder) as answer:
        with life.judging() as wrong:
            style = Style(size, (kind,), dpi, grey)
            drawn = wrong.tried(Charts, answer, life.lang, style, only or (), paged=page is not None)
            wrong.tried(markdown_page.refuse, page, beside)
        assert drawn is not None
        if beside is None:
            for file in drawn.write():
                say(str(file))
        else:
            markdown_page.begin(beside)
            say(str(drawn.gallery(beside)))


@command("out", "lang", "as_json", undone=NOTHING)
def wave(life: Life, *, first: int = 2024, last: int = 2035) -> None:
    """Cards and certificates reaching expiry, and notices due, by fiscal year, from the cohorts alone."""
    from reports.wave.document import document
    from scenarios.files.find import LIBRARY
    from scenarios.files.load import load
    from scenarios.wave.wave import refuse, wave

    with life.judging() as wrong:
        wrong.tried(refuse, first, last)
    found = wave(load("renewal-wave", LIBRARY), first, last, life.folder if life.folder.named else None)
    if life.folder.named:
        life.answer(lambda: found.rows)
    else:
        life.show(lambda: found.rows, lambda: life.words(document(found).screen))


@command("lang", "as_json")
def queue(
    life: Life,
    *,
    rate: float,
    handle: float,
    seats: int,
    hours: float,
    patience: float | None = None,
    seed: int = 1,
) -> None:
    """A call-centre calculator: a queue simulated call by call, beside the formulas of Erlang."""
    from reports.queue import queue_lines
    from scenarios.experiment.cost import A_QUEUED_CALL, Work
    from scenarios.experiment.progress import Expected
    from sim.contact.steady import calls_of, mistakes, simulate

    with life.judging() as wrong, wrong.noted():
        if found := mistakes(rate, handle, patience, seats, hours):
            raise UserError("queue", [Message("--{name} {rule}", name=name, rule=rule) for name, rule in found])
    calls = calls_of(rate, handle, patience, seats, hours)
    with life.progress(Message("queue")) as progress:
        progress.expect(Expected(Work(1, calls * A_QUEUED_CALL), 1, [Message("calls: {count:,.0f}", count=calls)]))
        told = simulate(rate, handle, patience, seats, hours, seed)
    life.show(lambda: told, lambda: queue_lines(told, patience, life.lang))
