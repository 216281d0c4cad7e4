"""The page of a decision clock: what breaks and when, the last dates to act, trip-wires and how good they are."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue, part_years
from reports.charts.clock import save_charts
from reports.clocking.captions import caption
from reports.clocking.data import read
from reports.clocking.parts import document
from reports.faces.page import Reader
from reports.html import render
from reports.picture import picture


def write_clock(folder: Path, lang: str, into: Path | None = None) -> Path:
    """Draw the charts of a clock and write its ``clock.html``; returns the path of the page.

    Reads ``clock.json`` of the folder. Charts go into ``charts/`` as PNG and SVG. All of it goes into another
    folder if one is given. Raises ``FileNotFoundError`` where the folder holds no clock, ``ValueError`` for an unknown
    language.
    """
    into = into or folder
    cat = catalogue.load(lang)
    data = read(folder)
    cat = part_years.over(cat, data.content)
    pictures = {
        name: picture(cat, name, cat.text(f"chart.{name}.title"), caption(cat, data, name), png)
        for name, png in save_charts(data, cat, into / "charts").items()
    }
    page = into / "clock.html"
    html = render("validation.html.j2", read=Reader(cat), t=cat.text, lang=cat.lang, page=document(cat, data, pictures))
    page.write_text(html, encoding="utf-8", newline="\n")
    return page
