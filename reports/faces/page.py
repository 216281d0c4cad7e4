"""A document as one self-contained page: answer first, then chapters with tables and pictures."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports import values
from reports.catalogue import Catalogue
from reports.document import Chapter, Chart, Code, Document, Labelled, Marked, Value
from reports.faces.answered import Answered
from reports.faces.markdown import markdown
from reports.faces.source import Source
from reports.faces.workbook import workbook
from reports.html import render
from reports.presentation import Presentation, Record


@dataclass(frozen=True)
class Picture:
    """A chart on the page: its title, the sentence on what to see, and the image as text."""

    id: str
    title: str
    caption: str
    image: str
    files: str


def write(presentation: Presentation[Record], folder: Path, lang: str, into: Path | None = None) -> Path:
    """Draw the charts of a folder's answer and write its page; returns the path of the page.

    Charts go into ``charts/`` as PNG and SVG; what stands beside the page is written too. All of it goes into another
    folder if one is given. Raises ``FileNotFoundError`` where the folder holds no answer, ``ValueError`` for an unknown
    language.
    """
    into = into or folder
    answered = Answered(presentation, folder, lang)
    drawn = answered.draw(into / "charts")
    for _, name in answered.document.beside:
        (into / name).write_bytes(workbook(answered.cat, answered.document, Source.of(answered, folder)))
    if presentation.markdown:
        text = markdown(answered.cat, answered.document, "charts", drawn)
        (into / f"{presentation.page}.md").write_text(text, encoding="utf-8", newline="\n")
    page = into / f"{presentation.page}.html"
    page.write_text(html(answered.cat, answered.document, drawn), encoding="utf-8", newline="\n")
    return page


def html(cat: Catalogue, document: Document, drawn: Mapping[str, Path]) -> str:
    """The page of a document with the charts that were drawn of it, by their ids."""
    pictures = {name: _image(png) for name, png in drawn.items()}
    return render("document.html.j2", t=cat.text, lang=cat.lang, page=document, read=Reader(cat, pictures))


class Reader:
    """What templates ask of values: their text, and the pictures of charts that were drawn."""

    def __init__(self, cat: Catalogue, pictures: Mapping[str, str] | None = None) -> None:
        self._cat, self._pictures = cat, pictures or {}

    def text(self, value: Value) -> str:
        """A value as it is read."""
        return values.text(self._cat, value)

    def texts(self, lines: Iterable[Value]) -> list[str]:
        """Lines as they are read."""
        return values.texts(self._cat, lines)

    def code(self, value: Value) -> bool:
        """Whether a value is to be typed as it stands."""
        return isinstance(value, Code)

    def marked(self, value: Value) -> bool:
        """Whether a value has a mark behind it."""
        return isinstance(value, Marked)

    def labelled(self, value: Value) -> bool:
        """Whether a value stands behind a word that stands out."""
        return isinstance(value, Labelled)

    def pictures(self, chapter: Chapter) -> list[Picture]:
        """The charts of a chapter that were drawn."""
        return [self._picture(chart) for chart in chapter.charts if chart.id in self._pictures]

    def _picture(self, chart: Chart[Any]) -> Picture:
        return picture(self._cat, chart, self._pictures[chart.id])


def picture(cat: Catalogue, chart: Chart[Any], image: str) -> Picture:
    """A chart with its image, which stands in ``charts/`` as PNG with one as SVG beside it."""
    files = cat.text("page.file_note", png=f"charts/{chart.id}.png", svg=f"charts/{chart.id}.svg")
    return Picture(chart.id, values.text(cat, chart.title), values.text(cat, chart.caption), image, files)


def _image(png: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(png.read_bytes()).decode('ascii')}"
