"""A chart on a page: its words, and the image as text, so that the page stands alone."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from reports.catalogue import Catalogue


@dataclass(frozen=True)
class Picture:
    """A chart on the page: its title, the sentence on what to see, and the image as text."""

    id: str
    title: str
    caption: str
    image: str
    files: str


def picture(cat: Catalogue, name: str, title: str, caption: str, png: Path) -> Picture:
    """The picture of chart ``name`` from its file, which stands in ``charts/`` with one as SVG beside it."""
    image = base64.b64encode(png.read_bytes()).decode("ascii")
    return Picture(
        id=name,
        title=title,
        caption=caption,
        image=f"data:image/png;base64,{image}",
        files=cat.text("page.file_note", png=f"charts/{name}.png", svg=f"charts/{name}.svg"),
    )
