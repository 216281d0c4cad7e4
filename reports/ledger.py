"""The page of a delay ledger: what delays cards and loses calls, and what one more unit of each resource saves."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue, part_years
from reports.charts.priced import save_charts
from reports.html import render
from reports.ledgers.captions import caption
from reports.ledgers.data import read
from reports.ledgers.parts import document
from reports.picture import picture


def write_ledger(folder: Path, lang: str, into: Path | None = None) -> Path:
    """Draw the charts of a ledger and write its ``ledger.html``; returns the path of the page.

    Reads ``ledger.json`` of the folder. Charts go into ``charts/`` as PNG and SVG. All of it goes into another
    folder if one is given. Raises ``FileNotFoundError`` where the folder holds no ledger, ``ValueError`` for an unknown
    language.
    """
    into = into or folder
    cat = catalogue.load(lang)
    data = read(folder)
    cat = part_years.over(cat, data.identity)
    pictures = {
        name: picture(cat, name, cat.text(f"chart.{name}.title"), caption(cat, data, name), png)
        for name, png in save_charts(data, cat, into / "charts").items()
    }
    page = into / "ledger.html"
    html = render("validation.html.j2", t=cat.text, lang=cat.lang, page=document(cat, data, pictures))
    page.write_text(html, encoding="utf-8", newline="\n")
    return page
