"""Files that are there whole or not at all, and stay so if the power fails: what replications cost must not be lost.

A file is written under another name, brought to the disk, and only then takes its own name; so does its folder's list
of names. Systems that cannot bring a folder to the disk, such as Windows, are left to do so in their time.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def put(path: Path, content: bytes, unfinished: Path) -> None:
    """Write a file under the name ``unfinished`` beside it, then give it its own.

    Raises:
        OSError: if the system refuses; nothing half-written is left, and what stood there before still does.
    """
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
