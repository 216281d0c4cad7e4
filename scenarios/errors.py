"""The user's mistakes, all at once: file, line where it can be had, field, rule, value, nearest right name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong."""

    message: str
    line: int | None = None

    def __str__(self) -> str:
        where = "" if self.line is None else f"line {self.line}"
        return f"  {where:<8} {self.message}" if where else f"  {self.message}"


class UserError(Exception):
    """Something the user can mend. ``str`` of it is what the user reads."""

    def __init__(self, where: str, mistakes: Sequence[Mistake | str]) -> None:
        self.where = where
        self.mistakes = [m if isinstance(m, Mistake) else Mistake(m) for m in mistakes]
        super().__init__(str(self))

    def __str__(self) -> str:
        count = len(self.mistakes)
        head = f"{self.where}: {count} error{'s' if count > 1 else ''}, nothing was run"
        return "\n".join([head, *(str(mistake) for mistake in self.mistakes)])
