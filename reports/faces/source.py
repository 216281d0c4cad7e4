"""Where a file that was made of an answer has its numbers from, as the file itself says it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.faces.answered import Answered
from sim import __version__


@dataclass(frozen=True)
class Source:
    """An answer that a file was made of.

    ``folder`` is relative to the file, ``kind`` that of the question, ``record`` the file in the folder that holds the
    answer, ``digest`` stands for its content, ``lang`` is the language of the file, ``version`` that of the program.
    """

    folder: str
    kind: str
    record: str
    digest: str
    lang: str
    version: str

    @classmethod
    def of(cls, answered: Answered[Any], folder: Path) -> Source:
        """That of an answer for a file that is to stand in a folder."""
        way = os.path.relpath(answered.folder.resolve(), folder.resolve())
        shown = answered.presentation
        return cls(
            Path(way).as_posix(),
            shown.kind,
            shown.file,
            digest(answered.folder / shown.file),
            answered.cat.lang,
            __version__,
        )


def digest(record: Path) -> str:
    """What stands for the content of a record's file."""
    return hashlib.blake2b(record.read_bytes(), digest_size=8).hexdigest()
