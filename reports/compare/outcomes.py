"""Views of a comparison: years of a target or key figure that came out alike."""

from __future__ import annotations

from collections.abc import Sequence

from reports import alike
from reports.alike import Line
from scenarios.compare.record import Compared

_UNCLEAR = ("too_few", "chance", "alike", "hardly", "equal", "one_sided", "not_tested")
KINDS = ("probability", "target", "key_figure")
"""What decides, the figures by which targets are judged, key figures."""
CLEAR = ("better", "worse", "more", "fewer")
"""Outcomes that chance does not explain: of targets and their figures; of key figures, neither good nor bad."""


def lines(rows: Sequence[Compared]) -> list[Line[Compared]]:
    """One line for each id and clear outcome; where nothing is clear, one for the id: not known, equal, none."""
    return alike.lines((row for row in rows if row.claimed), lambda row: row.id, CLEAR, _UNCLEAR)
