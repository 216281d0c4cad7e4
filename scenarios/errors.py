"""The user's mistakes, all at once: file, line where it can be had, field, rule, value, nearest right name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A line of a file."""

    file: str
    line: int


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong, and where, if that can be had."""

    message: str
    place: Place | None = None

    def shown(self, file: str) -> str:
        """The line in a message about ``file``; another file is named."""
        if self.place is None:
            return f"  {self.message}"
        where = f"line {self.place.line}"
        if self.place.file != file:
            where = f"{self.place.file} {where}"
        return f"  {where:<8} {self.message}"


class UserError(Exception):
    """Something the user can mend. ``str`` of it is what the user reads."""

    def __init__(self, where: str, mistakes: Sequence[Mistake | str]) -> None:
        self.where = where
        self.mistakes = [m if isinstance(m, Mistake) else Mistake(m) for m in mistakes]
        super().__init__(str(self))

    def __str__(self) -> str:
        count = len(self.mistakes)
        head = f"{self.where}: {count} error{'s' if count > 1 else ''}, nothing was run"
        return "\n".join([head, *(mistake.shown(self.where) for mistake in self.mistakes)])


def nearest(name: str, known: Iterable[str]) -> str:
    """The right name that is nearest to a wrong one, as the end of a message."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else ""
