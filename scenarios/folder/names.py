"""Names of folders that every system takes, and names that are not alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import count
from pathlib import Path

RUNS = Path("runs")
"""Where commands put their answers and keep replications, unless a folder is named."""
_LONGEST = 100
"""Bytes of a folder's name: systems allow 255, and paths as a whole may have no more than 260 characters."""
_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))}
"""Devices of Windows, with any suffix."""


def safe_name(name: str) -> str:
    """A name as that of one folder below another, on any system: ``..``, ``a/b`` and ``CON`` would be none."""
    readable = name.encode("utf-8", "replace").decode()
    plain = "".join("_" if unicodedata.category(letter).startswith("C") else letter for letter in readable)
    plain = _UNSAFE.sub("_", plain).strip(" .").encode()[:_LONGEST].decode("utf-8", "ignore").rstrip(" .")
    if plain.partition(".")[0].strip().lower() in _RESERVED:
        plain = f"_{plain}"
    return plain or "_"


def distinct(names: Sequence[str]) -> list[str]:
    """The names in their order, no two alike: the second ``a`` is ``a (2)``, or the next that nobody has."""
    taken, found = set(names), list[str]()
    for name in names:
        own = name
        if name in found:
            own = next(other for number in count(2) if (other := f"{name} ({number})") not in taken)
            taken.add(own)
        found.append(own)
    return found
