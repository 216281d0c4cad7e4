"""What one step of a long search found, as a small file: whole or not there at all, and as it was written.

A file is JSON with a seal on its last line: a digest of the JSON and of the file's own name.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scenarios.durable import put
from sim.message import Message

_LARGEST = 50_000_000
"""Bytes: more than any step finds."""


def nobody(message: Message) -> None:
    """Hear what nobody else wants to."""


def keep(path: Path, value: Any) -> None:
    """Write what a step found."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = json.dumps(value)
    content = f"{told}\n{_seal(path, told)}\n".encode()
    put(path, content, path.with_name(f"{path.name}.{os.getpid()}.unfinished"))


def kept(path: Path, tell: Callable[[Message], None] = nobody) -> Any:
    """Read it back; ``tell`` hears of what is there and not as it was written.

    Raises:
        LookupError: if it is not there, or not as it was written.
    """
    try:
        return _as_written(path)
    except LookupError:
        if os.path.lexists(path):
            tell(Message("{file} is damaged or foreign: worked out again", file=path.name))
        raise


def is_sealed(path: Path) -> bool:
    """Whether a file is what we wrote, by its name and its seal."""
    try:
        _as_written(path)
    except LookupError:
        return False
    return True


def _as_written(path: Path) -> Any:
    try:
        found = os.lstat(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            raise LookupError(path)
        told, _, seal = path.read_text(encoding="utf-8").rstrip("\n").rpartition("\n")
    except (OSError, ValueError):
        raise LookupError(path) from None
    if seal != _seal(path, told):
        raise LookupError(path)
    return json.loads(told)


def _seal(path: Path, told: str) -> str:
    return hashlib.blake2b(f"{path.name}\n{told}".encode(), digest_size=16).hexdigest()
