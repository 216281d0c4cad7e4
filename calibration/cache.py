"""What a long search has found so far, kept in files: going on after an interruption is a look-up."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.experiment.sealed import keep, kept, nobody
from sim.message import Message


@dataclass(frozen=True)
class Kept:
    """A folder of JSON values, each whole or not there at all.

    ``context`` stands for all that the values depend on beside their key. ``tell`` hears of values that are damaged.
    """

    folder: Path
    context: str
    tell: Callable[[Message], None] = nobody

    def has(self, key: str) -> bool:
        """Whether the value of a key is there, as it was written; one that is damaged is told when it is wanted."""
        try:
            kept(self._path(key))
        except LookupError:
            return False
        return True

    def get(self, key: str, compute: Callable[[], Any]) -> Any:
        """The value of a key, computed if it is not there yet or not as it was written."""
        path = self._path(key)
        try:
            return kept(path, self.tell)
        except LookupError:
            keep(path, compute())
        return kept(path)

    def _path(self, key: str) -> Path:
        return self.folder / f"{hashlib.blake2b(f'{self.context}/{key}'.encode(), digest_size=10).hexdigest()}.json"
