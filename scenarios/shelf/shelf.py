"""The shelf of a folder: its answers, their names, notes and pins, and what was thrown away and can come back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from scenarios.errors import UserError
from scenarios.folder.contents import HOME, ListError, read_list
from scenarios.folder.held import Held
from scenarios.limits import PATH_LETTERS, TEXT_LETTERS, TITLE_LETTERS, shown_name, unshowable
from scenarios.records import as_json
from scenarios.shelf.entry import Entry, read_label, write_label
from scenarios.shelf.found import TOP, Read, answers, entry, stamp
from scenarios.shelf.index import Index, Row
from scenarios.system_words import reason
from sim.message import Message

_INDEX, _TRASH = "shelf.sqlite", "trash"
_ENTRIES = TypeAdapter(list[Entry])


@dataclass(frozen=True)
class Shelf:
    """The answers below a folder; ``read`` says what an answer says of itself.

    What the shelf keeps for itself stands in the folder's ``.cardflow``: the index, and what was thrown away, each in
    a folder of a number, at the path that it had.
    """

    folder: Path
    read: Read

    # what is there --------------------------------------------------------------------------------------------------

    def entries(self) -> list[Entry]:
        """All answers, those that are pinned first, then the youngest first; raises UserError where no folder is."""
        if not self.folder.is_dir():
            raise UserError(str(self.folder), [Message("is no folder: 'cardflow run' makes one, or name another")])
        try:
            return self._sorted(self._index.rows())
        except ValueError:  # what is kept is none of ours
            return self._sorted({})

    def _sorted(self, kept: Mapping[str, Row]) -> list[Entry]:
        """The answers, of which only those are read that are not kept as they are now."""
        known, fresh = dict[str, Row](), dict[str, Row]()
        unfinished = list[Entry]()
        for path in answers(self.folder):
            with suppress(OSError):
                own = stamp(self.folder / path)
                if path in kept and kept[path][0] == own:
                    known[path] = kept[path]
                elif (found := entry(self.folder, path, self.read)) is None:
                    continue
                elif found.state in ("finished", "changed"):
                    fresh[path] = own, json.dumps(as_json(found))
                else:
                    unfinished.append(found)
        rows = known | fresh
        whole = _ENTRIES.validate_json(f"[{','.join(text for _, text in rows.values())}]")
        if rows != kept:
            self._index.keep(rows)
        return sorted(
            [*whole, *unfinished],
            key=lambda each: (each.pinned, not each.finished, each.finished, each.path),
            reverse=True,
        )

    def path_of(self, named: Path) -> str:
        """The path on the shelf of a folder that somebody names.

        Raises:
            UserError: if it is no answer below the folder of the shelf, or is one by way of a link only.
        """
        way = os.path.relpath(os.path.normpath(named.absolute()), os.path.normpath(self.folder.absolute()))
        path = Path(way).as_posix()
        if path not in set(answers(self.folder)):
            rule = Message("is no answer below {folder}", folder=shown_name(str(self.folder), PATH_LETTERS))
            raise UserError(str(named), [rule])
        return path

    # what people say ------------------------------------------------------------------------------------------------

    def mark(self, path: str, name: str | None = None, note: str | None = None, pinned: bool | None = None) -> None:
        """Give an answer a name, a note or a pin; what is None stays, an empty text takes away.

        Raises:
            UserError: for a text that is too long or cannot be shown, or if the system refuses.
        """
        told: dict[str, Any] = {"name": name, "note": note, "pinned": pinned}
        folder = self.folder / path
        if wrong := [*_wrong("name", name, TITLE_LETTERS), *_wrong("note", note, TEXT_LETTERS)]:
            raise UserError(str(folder), wrong)
        texts = {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in told.items()}
        with self._told(folder):
            label = read_label(folder, self._question(folder))
            write_label(folder, label.model_copy(update={key: own for key, own in texts.items() if own is not None}))

    def _question(self, folder: Path) -> str:
        try:
            contents = read_list(folder)
        except ListError as error:
            raise UserError(str(folder), [error.message]) from None
        return contents.question if contents else ""

    # throwing away --------------------------------------------------------------------------------------------------

    def discard(self, path: str) -> Path:
        """Move an answer into the trash; where it is now.

        Raises:
            UserError: if a command is at work in it, it holds what we did not write, or the system refuses.
        """
        source = self.folder / path
        if path == TOP:
            raise UserError(str(source), [Message("is the folder of the shelf itself, not an answer in it")])
        if self._home.is_symlink() or self._trash.is_symlink():
            raise UserError(str(source), [Message("cannot be moved: {home} is a link", home=HOME)])
        with Held(source, option="") as held:
            held.look()
            if os.name == "nt":
                held.__exit__()  # a folder with an open file does not move there
            with self._told(source):
                target = self._corner(max(self._numbers, default=0) + 1) / path
                target.parent.mkdir(parents=True)
                source.rename(target)
        return target

    @property
    def last_discarded(self) -> str | None:
        """The path that the answer had that was thrown away last; None where the trash is empty."""
        return next((path for _, path in self._discarded), None)

    def restore(self) -> Path:
        """Bring the answer back that was thrown away last; where it is.

        Raises:
            UserError: if there is none, something stands in its place by now, or the system refuses.
        """
        corner, path = next(self._discarded, (None, ""))
        if corner is None:
            raise UserError(str(self.folder), [Message("holds nothing that was thrown away")])
        source, target = corner / path, self.folder / path
        if os.path.lexists(target):
            raise UserError(str(target), [Message("is there again: move it, then bring the other one back")])
        with self._told(target):
            if not target.parent.resolve().is_relative_to(self.folder.resolve()):
                raise UserError(str(target), [Message("would stand outside of the folder by way of a link")])
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
            with suppress(OSError):
                os.removedirs(source.parent)
        return target

    @property
    def _numbers(self) -> list[int]:
        try:
            return sorted(int(each.name) for each in os.scandir(self._trash) if each.name.isdecimal())
        except OSError:
            return []

    def _corner(self, number: int) -> Path:
        return self._trash / f"{number:06}"

    @property
    def _discarded(self) -> Iterator[tuple[Path, str]]:
        """What was thrown away, the last first: its corner of the trash, and the path that it had."""
        for corner in map(self._corner, reversed(self._numbers)):
            yield from ((corner, path) for path in answers(corner) if path != TOP)

    # its own files --------------------------------------------------------------------------------------------------

    @property
    def _home(self) -> Path:
        return self.folder / HOME

    @property
    def _trash(self) -> Path:
        return self._home / _TRASH

    @cached_property
    def _index(self) -> Index:
        return Index(None if self._home.is_symlink() else self._home / _INDEX)

    @contextmanager
    def _told(self, folder: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise UserError(str(folder), [Message("cannot be changed: {reason}", reason=reason(error))]) from None


def _wrong(name: str, text: str | None, most: int) -> Iterator[Message]:
    if text is None:
        return
    if len(text) > most:
        yield Message("--{name} has {count:,} letters: at most {most:,}", name=name, count=len(text), most=most)
    elif rule := unshowable(text):
        yield Message("--{name} {rule}", name=name, rule=rule)
