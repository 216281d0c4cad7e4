"""An answer on the way to a face: read from its folder, in a language, its charts drawn."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic

from reports import catalogue, part_years
from reports.catalogue import Catalogue
from reports.document import Chart, Document
from reports.presentation import Presentation, Record

if TYPE_CHECKING:
    from reports.faces.figures.files import Kind


class Answered(Generic[Record]):
    """The answer that a folder holds, as it is shown.

    Raises ``FileNotFoundError`` where it holds none, ``ValueError`` for an unknown language.
    """

    def __init__(self, presentation: Presentation[Record], folder: Path, lang: str) -> None:
        self.presentation = presentation
        self.folder = folder
        self.record = presentation.read(folder)
        self.cat = self.within(lang)
        self.document: Document = presentation.document(self.record)

    def within(self, lang: str) -> Catalogue:
        """The catalogue of a language for this answer."""
        return part_years.over(catalogue.load(lang), *self.presentation.spans(self.record))

    @property
    def charts(self) -> list[Chart[Any]]:
        """All its charts, in order."""
        return [chart for chapter in self.document.chapters for chart in chapter.charts]

    def draw(self, folder: Path, *kinds: Kind) -> dict[str, Path]:
        """Draw its charts into a folder, as PNG and SVG or in other kinds of files; the first of each by its id."""
        from reports.faces.figures.sheet import Style, save  # matplotlib takes a second to load

        return save(self.cat, self.charts, folder, Style(kinds=kinds or ("png", "svg")))
