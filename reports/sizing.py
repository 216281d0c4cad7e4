"""The page of a sizing: what to buy by when, how sure that is, what it costs; and the workbook beside it."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue, part_years
from reports.charts.sized import save_charts
from reports.faces.page import Reader
from reports.html import render
from reports.picture import picture
from reports.sized.captions import caption
from reports.sized.data import read
from reports.sized.parts import document
from reports.sized.terminal import size_lines
from reports.sized.workbook import workbook
from scenarios.price_file import Prices, load_prices

__all__ = ["size_lines", "write_sizing"]

PRICES = "prices.toml"
"""The folder's own copy of the price file, where the sizing had prices."""


def write_sizing(folder: Path, lang: str, into: Path | None = None) -> Path:
    """Draw the charts of a sizing, write ``size.html`` and, with prices, ``budget.xlsx``; the path of the page.

    Reads ``size.json`` of the folder and its copy of the price file. Charts go into ``charts/`` as PNG and SVG. All
    of it goes into another folder if one is given. Raises ``FileNotFoundError`` where the folder holds no sizing,
    ``ValueError`` for an unknown language.
    """
    into = into or folder
    cat = catalogue.load(lang)
    data = read(folder)
    cat = part_years.over(cat, data.reported)
    prices = _prices(folder) if data.prices else None
    pictures = {
        name: picture(cat, name, cat.text(f"chart.{name}.title"), caption(cat, data, name), png)
        for name, png in save_charts(data, cat, into / "charts").items()
    }
    if data.priced:
        (into / "budget.xlsx").write_bytes(workbook(cat, data, prices))
    html = render(
        "validation.html.j2", read=Reader(cat), t=cat.text, lang=cat.lang, page=document(cat, data, prices, pictures)
    )
    page = into / "size.html"
    page.write_text(html, encoding="utf-8", newline="\n")
    return page


def _prices(folder: Path) -> Prices | None:
    path = folder / PRICES
    return load_prices(path) if path.exists() else None
