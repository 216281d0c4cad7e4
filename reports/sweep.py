"""The page of a sweep: where targets hold, or which assumptions drive them, how much and how sure."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue, part_years
from reports.charts.sweep import save_charts
from reports.faces.page import Reader
from reports.html import render
from reports.picture import picture
from reports.sweeping.captions import caption
from reports.sweeping.data import read
from reports.sweeping.parts import document


def write_sweep(folder: Path, lang: str, into: Path | None = None) -> Path:
    """Draw the charts of a sweep and write its ``sweep.html``; returns the path of the page.

    Reads ``sweep.json`` of the folder. Charts go into ``charts/`` as PNG and SVG. All of it goes into another
    folder if one is given. Raises ``FileNotFoundError`` where the folder holds no sweep, ``ValueError`` for an unknown
    language.
    """
    into = into or folder
    cat = catalogue.load(lang)
    data = read(folder)
    cat = part_years.over(cat, data.head)
    pictures = {
        (chart.kind, chart.doubt.id): picture(
            cat, chart.name, chart.title(cat), caption(cat, data, chart.doubt, chart.kind), png
        )
        for chart, png in save_charts(data, cat, into / "charts")
    }
    page = into / "sweep.html"
    html = render("validation.html.j2", read=Reader(cat), t=cat.text, lang=cat.lang, page=document(cat, data, pictures))
    page.write_text(html, encoding="utf-8", newline="\n")
    return page
