"""What a long search has found so far, kept in files: going on after an interruption is a look-up."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Kept:
    """A folder of JSON values, each whole or not there at all.

    ``context`` stands for all that the values depend on beside their key.
    """

    folder: Path
    context: str

    def get(self, key: str, compute: Callable[[], Any]) -> Any:
        """The value of a key, computed if it is not there yet or cannot be read."""
        path = self.folder / f"{hashlib.blake2b(f'{self.context}/{key}'.encode(), digest_size=10).hexdigest()}.json"
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            pass
        value = compute()
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
        unfinished.write_text(json.dumps(value), encoding="utf-8")
        unfinished.replace(path)
        return json.loads(path.read_text(encoding="utf-8"))
