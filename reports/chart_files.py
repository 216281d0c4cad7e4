"""Charts of an answer as files that fit a page, a column or a slide."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reports.faces.answered import Answered
from reports.pages import presentation_of
from scenarios.errors import UserError
from scenarios.folder.folder import Folder
from sim.message import Message

if TYPE_CHECKING:  # matplotlib takes a second to load
    from reports.faces.figures.sheet import Style

MOST_DPI = 1200
"""More dots an inch than print shows, and as many as memory bears."""


def charts_of(folder: Folder, lang: str, style: Style, only: Sequence[str] = ()) -> list[Path]:
    """Draw the charts of the answer in a folder, or ``only`` those of these ids, into a folder of their own there.

    It is named for size and colour, as ``charts-column-grey``; files drawn there before stay, unless they are drawn
    anew. Returns the files.

    Raises:
        UserError: if answers of its kind have no page, there is no chart of an id or none at all, ``dpi`` is too large,
            or the system refuses.
    """
    from reports.faces.figures.sheet import save

    if style.dpi is not None and style.dpi > MOST_DPI:
        raise UserError(f"--dpi {style.dpi}", [Message("must be at most {most}", most=MOST_DPI)])
    answered = Answered(presentation_of(folder), folder.path, lang)
    drawn = {chart.id: chart for chart in answered.charts if chart.drawing is not None}
    for name in only:
        if name not in drawn:
            raise UserError(f"--only {name}", [Message("no such chart; there are: {names}", names=list(drawn))])
    into = f"charts-{style.size}{'-grey' if style.grey else ''}"
    with folder.page() as draft:
        files = save(answered.cat, [drawn[name] for name in only or drawn], draft / into, style)
    return [folder.path / into / file.name for file in files.values()]
