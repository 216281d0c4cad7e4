"""How answers to a kind of question are shown: how they are read, what document and which charts are made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from reports.catalogue import Catalogue
from reports.document import Document
from scenarios.records import Reported

Record = TypeVar("Record")
Draw = Callable[[Record, Catalogue, Path], Mapping[str, Path]]
"""Draws the charts of a record into a folder, as PNG and SVG; the PNG of each chart by its id."""


def _none(record: Any, cat: Catalogue, folder: Path) -> Mapping[str, Path]:
    return {}


@dataclass(frozen=True)
class Presentation(Generic[Record]):
    """``kind`` is the question's in folders; ``page`` is its page's file name without the ending.

    ``read`` raises ``FileNotFoundError`` where a folder holds no answer to it. ``spans`` are what of the record reports
    days, by which labels of years say that only a part of a year is reported. With
    ``markdown`` the document stands beside the page as Markdown too.
    """

    kind: str
    page: str
    read: Callable[[Path], Record]
    document: Callable[[Record], Document]
    spans: Callable[[Record], tuple[Reported, ...]]
    draw: Draw[Record] = _none
    markdown: bool = False
