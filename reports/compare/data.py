"""Views of a comparison: years of a target or key figure that came out alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.compare.record import Compared

_UNCLEAR = ("too_few", "chance", "alike", "hardly", "equal", "one_sided", "not_tested")
KINDS = ("probability", "target", "key_figure")
"""What decides, the figures by which targets are judged, key figures."""
CLEAR = ("better", "worse", "more", "fewer")
"""Outcomes that chance does not explain: of targets and their figures; of key figures, neither good nor bad."""


@dataclass(frozen=True)
class Line:
    """Years of one target or key figure that came out alike: the one that differs most, how many, and of how many."""

    outcome: str
    shown: Compared
    years: int
    of: int


def lines(rows: Sequence[Compared]) -> list[Line]:
    """One line for each id and clear outcome; where nothing is clear, one for the id: not known, equal, none."""
    found = []
    for identifier in dict.fromkeys(row.id for row in rows):
        own = [row for row in rows if row.id == identifier and row.claimed]
        by_outcome: dict[str, list[Compared]] = {}
        for row in own:
            by_outcome.setdefault(row.outcome, []).append(row)
        clear = [name for name in CLEAR if name in by_outcome]
        rest = [name for name in _UNCLEAR if name in by_outcome][:1]
        for name in clear or rest:
            alike = by_outcome[name]
            found.append(Line(name, max(alike, key=lambda row: abs(row.difference or 0.0)), len(alike), len(own)))
    return found
