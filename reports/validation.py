"""The validation page of a folder: published figures beside simulated ones, and what no published figure speaks for."""

from __future__ import annotations

from pathlib import Path

from reports import catalogue
from reports.agreement.captions import caption
from reports.agreement.data import Validation, read
from reports.agreement.document import Document
from reports.agreement.markdown import markdown
from reports.agreement.parts import document
from reports.catalogue import Catalogue
from reports.charts.validation import save_charts
from reports.faces.page import Reader
from reports.html import render
from reports.picture import picture


def write_validation(folder: Path, lang: str, into: Path | None = None) -> Path:
    """Draw the charts of a validation and write ``validation.html`` and ``validation.md``; returns the HTML page.

    Reads ``validation.json`` of the folder. Charts go into ``charts/`` as PNG and SVG. All of it goes into
    another folder if one is given. Raises ``FileNotFoundError`` where the folder holds no validation, ``ValueError``
    for an unknown language.
    """
    into = into or folder
    cat = catalogue.load(lang)
    data = read(folder)
    page = _page(cat, data, save_charts(data, cat, into / "charts"))
    _write(into / "validation.md", markdown(cat, page, "charts"))
    html = render("validation.html.j2", read=Reader(cat), t=cat.text, lang=cat.lang, page=page)
    return _write(into / "validation.html", html)


def write_markdown(folder: Path, target: Path, lang: str) -> Path:
    """Write a validation as markdown to ``target`` with its charts beside it, in ``validation/`` for ``validation.md``.

    Only PNG charts are written, linked by relative paths. Raises as ``write_validation``.
    """
    cat = catalogue.load(lang)
    data = read(folder)
    charts = target.parent / target.stem
    drawn = save_charts(data, cat, charts)
    for path in drawn.values():
        path.with_suffix(".svg").unlink()
    return _write(target, markdown(cat, _page(cat, data, drawn), charts.name))


def _page(cat: Catalogue, data: Validation, drawn: dict[str, Path]) -> Document:
    pictures = {
        name: picture(cat, name, cat.text(f"chart.{name}.title"), caption(cat, data, name), png)
        for name, png in drawn.items()
    }
    return document(cat, data, pictures)


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
