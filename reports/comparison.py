"""The page of a comparison: what is better, by how much, how sure, and what chance explains."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue, part_years
from reports.charts.comparison import save_charts
from reports.differences.captions import caption
from reports.differences.data import read
from reports.differences.parts import document
from reports.faces.page import Reader
from reports.html import render
from reports.picture import picture


def write_comparison(folder: Path, lang: str, into: Path | None = None) -> Path:
    """Draw the charts of a comparison and write its ``comparison.html``; returns the path of the page.

    Reads ``comparison.json`` of the folder. Charts go into ``charts/`` as PNG and SVG. All of it goes into another
    folder if one is given. Raises ``FileNotFoundError`` where the folder holds no comparison, ``ValueError`` for an
    unknown language.
    """
    into = into or folder
    cat = catalogue.load(lang)
    data = read(folder)
    cat = part_years.over(cat, *data.scenarios)
    pictures = {
        name: picture(cat, name, cat.text(f"chart.{name}.title"), caption(cat, data, name), png)
        for name, png in save_charts(data, cat, into / "charts").items()
    }
    page = into / "comparison.html"
    html = render("validation.html.j2", read=Reader(cat), t=cat.text, lang=cat.lang, page=document(cat, data, pictures))
    page.write_text(html, encoding="utf-8", newline="\n")
    return page
