"""What a worker of a cluster must have in common with who asks it, and a job done by one that has.

Another version, of cardflow or of what it reckons with, could find other numbers; another folder would leave them where
nobody looks. A worker that joins late is held to the same, since every job is.
"""

from __future__ import annotations

import platform
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from importlib import metadata
from pathlib import Path

from scenarios.experiment.workers import failure
from sim import __version__

FOLDER = "folder"
"""What stands in the mark of a folder; empty where none is seen."""
WORKER = "worker"
"""The address of a worker that has not the same."""
_RECKONING = ("numpy", "scipy", "numba")
"""Libraries that the numbers come from."""

Alike = Mapping[str, str]
"""What must be the same, by name: versions, and the mark of a folder."""


@contextmanager
def marked(folder: Path) -> Iterator[Path]:
    """A file in a folder, there for the time being, by which others know that it is the same one."""
    folder.mkdir(parents=True, exist_ok=True)
    token = uuid.uuid4().hex
    mark = folder / f"mark-{token}"
    mark.write_text(token, encoding="ascii")
    try:
        yield mark
    finally:
        with suppress(OSError):
            mark.unlink(missing_ok=True)


def alike(mark: Path | None = None) -> Alike:
    """What this process has of that."""
    return {**_versions(), FOLDER: "" if mark is None else _token(mark)}


def done(packed: bytes, mark: Path, asked: Alike) -> Alike | Exception | None:
    """Do a job, in a worker that is as ``asked``: what it raised, if anything; of another worker what that has."""
    from distributed import get_worker

    found = alike(mark)
    return failure(packed) if found == asked else {**found, WORKER: get_worker().address}


@cache
def _versions() -> Alike:
    libraries = {name: metadata.version(name) for name in _RECKONING}
    return {"cardflow": __version__, "Python": platform.python_version(), **libraries}


def _token(mark: Path) -> str:
    try:
        return mark.read_text(encoding="ascii")
    except OSError:
        return ""
