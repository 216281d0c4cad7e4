"""How well each parameter is known: what ``calibration`` logs, looked up by any path inside it."""

from __future__ import annotations

from collections.abc import Mapping

from calibration.evidence import Evidence, load

__all__ = ["Evidence", "assumed", "load", "of"]


def of(path: str, known: Mapping[str, Evidence]) -> Evidence | None:
    """What is logged of a path, or of what it is a part of (a channel's field); ``None`` without an entry."""
    while path:
        if path in known:
            return known[path]
        path = path.rpartition(".")[0]
    return None


def assumed(path: str, known: Mapping[str, Evidence]) -> bool:
    """Whether the value at a path is an assumption (仮定値)."""
    entry = of(path, known)
    return entry is not None and entry.kind == "assumption"
