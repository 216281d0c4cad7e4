"""The page of a sweep: where targets hold, or which assumptions drive them, how much and how sure."""

from __future__ import annotations

import os
from pathlib import Path

from reports import catalogue
from reports.charts.sweep import save_charts
from reports.html import render
from reports.picture import picture
from reports.sweeping.captions import caption
from reports.sweeping.data import read
from reports.sweeping.parts import document


def write_sweep(folder: Path, lang: str) -> Path:
    """Draw the charts of a sweep and write its ``sweep.html``; returns the path of the page.

    Reads ``sweep.json`` of the folder. Charts go into ``charts/`` as PNG and SVG. Every file appears whole or not at
    all. Raises ``FileNotFoundError`` where the folder holds no sweep, ``ValueError`` for an unknown language.
    """
    cat = catalogue.load(lang)
    data = read(folder)
    pictures = {
        (chart.kind, chart.doubt.id): picture(
            cat, chart.name, chart.title(cat), caption(cat, data, chart.doubt, chart.kind), png
        )
        for chart, png in save_charts(data, cat, folder / "charts")
    }
    page = folder / "sweep.html"
    part = page.with_name(f".{page.name}.{os.getpid()}.part")
    html = render("validation.html.j2", t=cat.text, lang=cat.lang, page=document(cat, data, pictures))
    part.write_text(html, encoding="utf-8", newline="\n")
    part.replace(page)
    return page
