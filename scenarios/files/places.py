"""Where the names of scenario files stand, by dotted name; entries of lists have their number in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cached_property

from scenarios.errors import Place


class Places:
    """Finds the place that is nearest to a name: its own, that of what holds it, or of the first thing in it."""

    def __init__(self, known: Mapping[str, Place] | None = None) -> None:
        self._known = known or {}

    def get(self, name: str) -> Place | None:
        """The place of a dotted name itself."""
        return self._known.get(name)

    def nearest(self, steps: Sequence[str]) -> Place | None:
        """The place of the innermost step that has one, with or without the numbers of entries."""
        for end in range(len(steps), 0, -1):
            upper = steps[:end]
            for names in (upper, [step for step in upper if not step.isdigit()]):
                if (place := self._known.get(".".join(names))) is not None:
                    return place
        return self._first_inside(".".join(steps)) if steps else None

    def _first_inside(self, name: str) -> Place | None:
        begin, end = (bisect_left(self._names, name + mark) for mark in "./")  # "/" is the letter after "."
        inside = [self._known[path] for path in self._names[begin:end]]
        return min(inside, key=lambda place: place.line, default=None)

    @cached_property
    def _names(self) -> list[str]:
        return sorted(self._known)
