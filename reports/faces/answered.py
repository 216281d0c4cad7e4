"""An answer on the way to a face: read from its folder, in a language, its charts drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Generic

from reports import catalogue, part_years
from reports.catalogue import Catalogue
from reports.document import Document
from reports.question import Question, Record


class Answered(Generic[Record]):
    """The answer that a folder holds to a question.

    Raises ``FileNotFoundError`` where it holds none, ``ValueError`` for an unknown language.
    """

    def __init__(self, question: Question[Record], folder: Path, lang: str) -> None:
        self.question = question
        self.folder = folder
        self.record = question.read(folder)
        self.cat: Catalogue = part_years.over(catalogue.load(lang), *question.spans(self.record))
        self.document: Document = question.document(self.record)

    def draw(self, folder: Path) -> dict[str, Path]:
        """Draw its charts into a folder; the PNG of each by its id."""
        return dict(self.question.draw(self.record, self.cat, folder))
