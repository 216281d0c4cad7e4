"""What the terminal shows after a run: verdicts, the report to open, and what to run next."""

from __future__ import annotations

import tomllib
from pathlib import Path

from reports import actuals, catalogue, part_years, values
from reports.run.next_steps import next_steps
from reports.run.terminal import verdict_lines
from reports.terminal import for_encoding, report_line
from scenarios.records import read
from scenarios.run.record import Run, Summary


def screen_lines(folder: Path, lang: str, page: Path | None, seconds: float, encoding: str) -> list[str]:
    """The lines for a finished run of ``seconds``, as a console of ``encoding`` can show them."""
    summary, run = read(Summary, folder), read(Run, folder)
    cat = part_years.over(catalogue.load(lang), run)
    scenario = tomllib.loads((folder / "scenario.toml").read_text(encoding="utf-8"))
    took = cat.text("terminal.took", minutes=int(seconds // 60), seconds=round(seconds % 60))
    title, *lines = verdict_lines(summary, run, lang)
    lines = [*filter(None, [values.text(cat, actuals.used(run))]), *lines]
    commands = next_steps(summary, run, scenario, str(folder / "scenario.toml"))
    steps = [f"{cat.text('terminal.next')}  {step.command}   ({values.text(cat, step.shows)})" for step in commands]
    found = [f"{title} {took}", *lines, "", *steps, report_line(cat, folder, page)]
    return for_encoding(found, encoding)
