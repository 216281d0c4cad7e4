"""The report of a run as one self-contained page: answer first, then pictures, assumptions and provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from reports import (
    actuals,
    answer,
    assumptions,
    captions,
    catalogue,
    formats,
    library_texts,
    margins,
    parameter_texts,
    part_years,
    phrases,
    tables,
    verdicts,
)
from reports.catalogue import Catalogue
from reports.chapters import Section, sections
from reports.charts import CHAPTERS, CHARTS, style
from reports.charts.save import save_charts
from reports.faces.page import Reader
from reports.html import render
from reports.next_steps import next_steps
from reports.picture import Picture, picture
from reports.run_data import RunData, read
from reports.terminal import decided_line, drive_line, precision_line
from sim.facts import FACTS


@dataclass(frozen=True)
class Chapter:
    """A part of the page: its heading, how to read it, its yearly tables and its pictures."""

    id: str
    title: str
    note: str
    sections: tuple[Section, ...]
    pictures: tuple[Picture, ...]


def write_report(run_folder: Path, lang: str, into: Path | None = None) -> Path:
    """Draw the charts of a finished run and write its ``report.html``; returns the path of the page.

    Writes ``charts/*.png``, ``charts/*.svg`` and ``report.html``, into another folder if one is given. Raises
    ``FileNotFoundError`` where the folder is not a finished run, ``ValueError`` for an unknown language.
    """
    into = into or run_folder
    cat = catalogue.load(lang)
    data = read(run_folder)
    cat = part_years.over(cat, data.run)
    pictures = [_picture(cat, data, name, path) for name, path in save_charts(data, cat, into / "charts").items()]
    page = into / "report.html"
    page.write_text(_render(cat, data, pictures), encoding="utf-8", newline="\n")
    return page


def _picture(cat: Catalogue, data: RunData, name: str, path: Path) -> Picture:
    title = cat.text(f"chart.{name}.title", **style.title_values(data, cat))
    return picture(cat, name, title, captions.caption(name, data, cat), path)


def _render(cat: Catalogue, data: RunData, pictures: list[Picture]) -> str:
    context = _verdicts(cat, data) | _assumptions(cat, data) | _provenance(cat, data)
    chapters = [_chapter(cat, data, name, pictures) for name in CHAPTERS]
    own = {"read": Reader(cat), "t": cat.text, "lang": cat.lang, "first": pictures[0], "chapters": chapters}
    return render("page.html.j2", **own, **context)


def _chapter(cat: Catalogue, data: RunData, name: str, pictures: list[Picture]) -> Chapter:
    own = {chart.id for chart in CHARTS if chart.chapter == name}
    return Chapter(
        id=name,
        title=cat.text(f"chapter.{name}.title"),
        note=cat.text(f"chapter.{name}.note"),
        sections=sections(cat, data, name),
        pictures=tuple(picture for picture in pictures if picture.id in own),
    )


def _verdicts(cat: Catalogue, data: RunData) -> dict[str, Any]:
    summary, run = data.summary, data.run
    rows, shown = verdicts.rows(summary), verdicts.headlines(summary)
    years = [row for row in verdicts.deciding(rows) if row.verdict != "not_tested"]
    return {
        "title": phrases.title(cat, run),
        "span": phrases.span(cat, run),
        "why": library_texts.why(cat, data.scenario.get("why", "")),
        "question": answer.question(cat, run),
        "answers": answer.answer(cat, summary, run),
        "undecided": [
            note
            for note in (phrases.too_few(cat, run), phrases.undecided_note(cat, shown), decided_line(cat, run))
            if note
        ],
        "part_years": part_years.note(cat),
        "drive": drive_line(cat, shown, run),
        "precision": precision_line(cat, run),
        "actuals": actuals.used(cat, run),
        "verdicts": tables.verdicts(cat, shown, run),
        "margins": tables.margin(cat, shown, run),
        "margins_note": margins.note(cat, shown),
        "meanings": _meanings(cat, shown),
        "years": tables.by_period(cat, years, run, "year"),
        "months": tables.by_period(cat, verdicts.deciding_months(rows), run, "month"),
        "informing": tables.informing(cat, verdicts.informing(rows)),
        "totals": tables.totals(cat, data),
        "steps": next_steps(cat, summary, run, data.scenario),
        "verdict_names": ("holds", "at_risk", "fails", "undecided", "not_tested"),
    }


def _meanings(cat: Catalogue, shown: list[verdicts.Headline]) -> dict[str, str]:
    """Each target's name and one-line meaning; targets unknown to this catalogue are left out."""
    ids = dict.fromkeys(headline.worst.id for headline in shown)
    known = [name for name in ids if cat.has(f"target.{name}.meaning")]
    return {cat.text(f"target.{name}.name"): cat.text(f"target.{name}.meaning") for name in known}


def _assumptions(cat: Catalogue, data: RunData) -> dict[str, Any]:
    columns = [(name, *parameter_texts.fact(cat, name)) for name in FACTS]
    return {
        "changes": assumptions.changes(cat, data),
        "replaced": actuals.replaced(cat, data.run),
        "uncertain": assumptions.uncertain(cat, data),
        "certain": assumptions.certain(cat, data),
        "columns": columns,
    }


def _provenance(cat: Catalogue, data: RunData) -> dict[str, Any]:
    run = data.run
    days = {key: formats.day(cat, date.fromisoformat(run[key])) for key in ("first_day", "last_day")}
    looked = margins.looked_at(run)
    lines = {
        "scenario": run["scenario"],
        "title": phrases.title(cat, run),
        "seed": run["seed"],
        "replications": run["replications"],
        "version": run["version"],
        "period": formats.between(cat, days["first_day"], days["last_day"]),
        "run_in": formats.day(cat, date.fromisoformat(run["first_simulated_day"])),
        "spread": cat.text("page.chance_only" if run.get("chance_only") else "page.not_knowing"),
        "margin": cat.text("provenance.margin_none")
        if looked is None
        else cat.text("provenance.margin_from", **_ends(looked)),
    }
    flags = (" --chance-only" if run.get("chance_only") else "") + ("" if looked else " --no-margin")
    values = {"seed": run["seed"], "replications": run["replications"], "flags": flags, "lang": cat.lang}
    commands = [cat.text(f"provenance.{name}", **values) for name in ("remake_run", "remake_report")]
    named = {cat.text(f"provenance.{name}"): value for name, value in lines.items()}
    return {"provenance": named, "commands": commands}


def _ends(looked: Mapping[str, float]) -> dict[str, str]:
    return {name: formats.factor(value) for name, value in looked.items()}
