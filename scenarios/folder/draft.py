"""Files on their way into a folder: written where nobody looks, then moved as one."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.folder.contents import Stamp, stamp
from scenarios.records import Record, as_json


@dataclass(frozen=True)
class Draft:
    """A folder that only one command knows, in the shape that the real one is to have.

    ``path`` has the real folder's name, so that what is to stand beside the real folder can be written beside it.
    """

    path: Path

    def write_text(self, name: str, text: str) -> None:
        """Write a text file."""
        (self.path / name).write_text(text, encoding="utf-8", newline="\n")

    def write(self, record: Record) -> None:
        """Write the answer of a question as its file."""
        self.write_json(record.FILE, record)

    def write_json(self, name: str, data: Any) -> None:
        """Write a record, or what JSON can hold, as a JSON file, keys in their order."""
        self.write_text(name, json.dumps(as_json(data), ensure_ascii=False, indent=1, allow_nan=False) + "\n")

    def stamps(self) -> dict[str, Stamp]:
        """Size and digest of every file, by its path from the folder."""
        found = {}
        for path in sorted(self.path.parent.rglob("*")):
            if (own := stamp(path)) is not None:
                found[Path(os.path.relpath(path, self.path)).as_posix()] = own
        return found
