"""The page of an update: a stored run beside the months that have come."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue, part_years
from reports.faces.page import Reader
from reports.html import render
from reports.updated.data import read
from reports.updated.parts import document


def write_update(folder: Path, lang: str, into: Path | None = None) -> Path:
    """Write ``update.html`` of a folder with ``update.json``, or into another folder; returns the path of the page.

    Raises ``FileNotFoundError`` where the folder holds no update, ``ValueError`` for an unknown language.
    """
    cat = catalogue.load(lang)
    data = read(folder)
    cat = part_years.over(cat, data.identity)
    page = (into or folder) / "update.html"
    html = render("validation.html.j2", read=Reader(cat), t=cat.text, lang=cat.lang, page=document(cat, data))
    page.write_text(html, encoding="utf-8", newline="\n")
    return page
