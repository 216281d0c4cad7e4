"""The page of a comparison: what is better, by how much, how sure, and what chance explains."""

from __future__ import annotations

import os
from pathlib import Path

from reports import catalogue
from reports.charts.comparison import save_charts
from reports.differences.captions import caption
from reports.differences.data import read
from reports.differences.parts import document
from reports.html import render
from reports.picture import picture


def write_comparison(folder: Path, lang: str) -> Path:
    """Draw the charts of a comparison and write its ``comparison.html``; returns the path of the page.

    Reads ``comparison.json`` of the folder. Charts go into ``charts/`` as PNG and SVG. Every file appears whole or not
    at all. Raises ``FileNotFoundError`` where the folder holds no comparison, ``ValueError`` for an unknown language.
    """
    cat = catalogue.load(lang)
    data = read(folder)
    pictures = {
        name: picture(cat, name, cat.text(f"chart.{name}.title"), caption(cat, data, name), png)
        for name, png in save_charts(data, cat, folder / "charts").items()
    }
    page = folder / "comparison.html"
    part = page.with_name(f".{page.name}.{os.getpid()}.part")
    html = render("validation.html.j2", t=cat.text, lang=cat.lang, page=document(cat, data, pictures))
    part.write_text(html, encoding="utf-8", newline="\n")
    part.replace(page)
    return page
