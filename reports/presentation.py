"""How answers to a kind of question are shown: how they are read, and what document is made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from reports.document import Document

Record = TypeVar("Record")


@dataclass(frozen=True)
class Presentation(Generic[Record]):
    """``kind`` is the question's in folders; ``page`` is its page's file name without the ending.

    ``read`` raises ``FileNotFoundError`` where a folder holds no answer to it. ``spans`` are what of the record has
    ``first_day`` and ``last_day``, by which labels of years say that only a part of a year is reported. With
    ``markdown`` the document stands beside the page as Markdown too.
    """

    kind: str
    page: str
    read: Callable[[Path], Record]
    document: Callable[[Record], Document]
    spans: Callable[[Record], tuple[Mapping[str, Any], ...]]
    markdown: bool = False
