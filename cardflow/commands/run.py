"""``cardflow run``: one scenario simulated, its targets judged."""

from __future__ import annotations

from pathlib import Path

from cardflow.life import SIMULATING, Life, command


@command(*SIMULATING)
def run(
    life: Life,
    scenario: str,
    *,
    settings: list[str] | None = None,
    actuals: Path | None = None,
    chance_only: bool = False,
    no_margin: bool = False,
    replications: int = 20,
    precision: float | None = None,
    until_decided: bool = False,
    most: int = 200,
) -> None:
    """Simulate a scenario and judge its targets."""
    from reports import catalogue, library_texts
    from reports.run import provisional
    from reports.run.screen import screen_lines
    from scenarios.files.from_actuals import apply
    from scenarios.run.options import Options
    from scenarios.run.record import Run, Summary
    from scenarios.run.run import refuse, run
    from scenarios.workbook.rules import read_actuals

    options = life.options(Options, margin=not no_margin)
    with life.judging() as wrong:
        chosen = wrong.tried(life.load, scenario)
        figures = wrong.tried(read_actuals, actuals) if actuals else None
        if chosen and figures:
            chosen = wrong.tried(apply, chosen, figures)
        wrong.tried(refuse, options)
    assert chosen is not None
    with life.progress(library_texts.title(catalogue.load(life.lang), chosen.title)) as progress:

        def grown(found: Summary, record: Run) -> None:
            progress.beside(provisional.lines(found, record, life.lang))
            if life.paged and not life.folder.whole:
                from reports.pages import provisional_page  # what draws takes a second to load

                provisional_page(life.folder, found, record, life.lang)

        summary = run(chosen, life.folder, options, progress, grown)
    page = life.draw()
    life.show(lambda: summary, lambda: screen_lines(life.folder.path, life.lang, page, life.seconds, life.encoding))
