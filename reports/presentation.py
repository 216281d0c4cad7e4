"""How answers to a kind of question are shown: how they are read, and what document is made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from reports.document import Document
from scenarios.records import Reported

Record = TypeVar("Record")


@dataclass(frozen=True)
class Presentation(Generic[Record]):
    """``kind`` is the question's in folders, ``file`` its record's, ``page`` its page's without the ending.

    ``read`` raises ``FileNotFoundError`` where a folder holds no answer to it. ``spans`` are what of the record reports
    days, by which labels of years say that only a part of a year is reported. With
    ``markdown`` the document stands beside the page as Markdown too. ``beside`` is what several answers of the kind say
    side by side, for those kinds that have it.
    """

    kind: str
    page: str
    file: str
    read: Callable[[Path], Record]
    document: Callable[[Record], Document]
    spans: Callable[[Record], tuple[Reported, ...]]
    markdown: bool = False
    beside: Callable[[Sequence[Record]], Document] | None = None
