"""What stands in a folder that we did not write, or that was changed since."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from scenarios.experiment.sealed import is_sealed
from scenarios.experiment.store import is_stored
from scenarios.folder.contents import HOME, Contents, Stamp, is_as_listed, place

WORK = ("replications", "needs", "kept")
"""Folders of finished work beside an answer: only files of their own names are ever written there."""
RECORD = "track-record.jsonl"
"""A file beside an answer that only grows; its lines prove themselves (``scenarios.track.record``)."""
_OF_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")
"""Left by file managers wherever anybody looks."""


def strangers(folder: Path, contents: Contents | None, beside: Sequence[str] = ()) -> Iterator[str]:
    """The paths of what is not ours, from the folder on; ``beside`` are paths that would be written too.

    A folder without a list is not ours, whatever is in it, but for finished work, which proves itself.
    """
    listed: dict[str, list[Stamp]] = {}
    for name, stamp in contents.listed if contents else ():
        listed.setdefault(name, []).append(stamp)
    for name in beside:
        if os.path.lexists(place(folder, name)) and not _is_ours(place(folder, name), listed.get(name, [])):
            yield name
    if os.path.lexists(folder):
        yield from _below(folder, "", listed, has_list=contents is not None)


def _below(folder: Path, below: str, listed: dict[str, list[Stamp]], has_list: bool) -> Iterator[str]:
    """Those of one folder and the folders in it; ``below`` is its path with a slash, empty for the topmost."""
    for entry in sorted(os.scandir(folder / below), key=lambda entry: entry.name):
        name = below + entry.name
        inner = entry.is_dir(follow_symlinks=False)
        if entry.name in _OF_SYSTEMS or (inner and name == HOME) or (inner and has_list and name in WORK):
            continue
        if name == RECORD and has_list and entry.is_file(follow_symlinks=False):
            continue
        if inner and name in WORK:
            yield from _unproven(Path(entry.path), name)
        elif inner and any(known.startswith(f"{name}/") for known in listed):
            yield from _below(folder, f"{name}/", listed, has_list)
        elif not _is_ours(Path(entry.path), listed.get(name, [])):
            yield f"{name}/" if inner else name


def _unproven(folder: Path, name: str) -> Iterator[str]:
    """Files among finished work that are neither replications of ours nor what a search of ours found."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not (path.is_dir() or is_stored(path) or is_sealed(path)):
            yield f"{name}/{path.relative_to(folder).as_posix()}"


def _is_ours(path: Path, stamps: Sequence[Stamp]) -> bool:
    return any(is_as_listed(path, stamp) for stamp in stamps)
