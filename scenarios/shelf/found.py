"""Which folders below a folder hold answers, and what one of them holds, read from its files alone."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from scenarios.folder.contents import HOME, LIST, Contents, ListError, is_as_listed, place, read_list
from scenarios.folder.lock import is_locked
from scenarios.folder.strangers import WORK
from scenarios.limits import NAME_LETTERS
from scenarios.shelf.entry import LABEL, Entry, Facts, State, plain, read_label
from scenarios.track.record import JAPAN

Read = Callable[[str, Path], Facts]
"""What the answer of a kind in a folder says of itself; raises ValueError or OSError where that cannot be read."""
_DEEPEST = 8
"""Folders inside each other that are looked through; ours stand 3 deep."""
TOP = "."
"""The path of the folder of the shelf itself."""


def answers(shelf: Path) -> Iterator[str]:
    """The paths of folders with a list of ours, from the shelf on; no link is followed.

    What stands inside an answer is part of it, unless it is the folder of the shelf itself.
    """
    yield from _below(shelf, "", _DEEPEST)


def _below(shelf: Path, at: str, deep: int) -> Iterator[str]:
    try:
        with os.scandir(shelf / at) as entries:
            inner = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:
        return
    if HOME in inner and os.path.lexists(shelf / at / HOME / LIST):
        yield at or TOP
        if at:
            return
    for name in inner if deep else ():
        if name != HOME and name not in WORK and name.isprintable():
            yield from _below(shelf, f"{at}/{name}" if at else name, deep - 1)


def stamp(folder: Path) -> str:
    """What changes when a file of an answer, its list or its label does."""
    with os.scandir(folder) as files, os.scandir(folder / HOME) as ours:
        both = [each for each in files if each.name != HOME] + [each for each in ours if each.name in (LIST, LABEL)]
        found = [(each.name, each.stat(follow_symlinks=False)) for each in both]
    told = sorted((name, of.st_size, of.st_mtime_ns, of.st_ino) for name, of in found)
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()


def entry(shelf: Path, path: str, read: Read) -> Entry | None:
    """The answer at a path, of an unknown kind where its list is damaged; None where that may not be read."""
    folder = shelf / path
    try:
        contents = read_list(folder)
    except ListError:
        return Entry(path, kind="unknown", question="", state="changed", version="", bytes=_bytes(folder), finished="")
    except OSError:
        return None
    if contents is None:
        return None
    label = read_label(folder, contents.question)
    found = Entry(
        path=path,
        kind=plain(contents.kind, NAME_LETTERS),
        question=plain(contents.question, NAME_LETTERS),
        state=_state(folder, contents),
        version=plain(contents.version, NAME_LETTERS),
        bytes=_bytes(folder),
        finished=_finished(folder, contents),
        name=label.name,
        note=label.note,
        pinned=label.pinned,
    )
    if found.state != "finished":
        return found
    try:
        return replace(found, facts=read(contents.kind, folder))
    except (ValueError, OSError, LookupError, TypeError, RecursionError):
        return replace(found, state="changed")


def _state(folder: Path, contents: Contents) -> State:
    if not contents.finished:
        return "running" if is_locked(folder / HOME / "lock") else "unfinished"
    own = contents.answer.items()
    return "finished" if all(is_as_listed(place(folder, name), listed) for name, listed in own) else "changed"


def _finished(folder: Path, contents: Contents) -> str:
    """When the last file of the answer was written: a page drawn later makes it no younger."""
    if not contents.finished:
        return ""
    times = []
    for name in contents.answer:
        try:
            times.append(os.lstat(place(folder, name)).st_mtime)
        except OSError:
            continue
    return datetime.fromtimestamp(max(times), JAPAN).isoformat(timespec="seconds") if times else ""


def _bytes(folder: Path) -> int:
    """Of all files in a folder; no link is followed."""
    total, left = 0, [os.fspath(folder)]
    while left:
        try:
            with os.scandir(left.pop()) as entries:
                for each in entries:
                    if each.is_dir(follow_symlinks=False):
                        left.append(each.path)
                    else:
                        total += each.stat(follow_symlinks=False).st_size
        except OSError:
            continue
    return total
