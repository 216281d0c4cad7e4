"""Figures of planners that were handed in: files of the shelf under names of our own, and what is in them in short."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cardflow.serve.pages import is_hex
from scenarios.durable import put, unfinished_name
from scenarios.errors import UserError
from scenarios.folder.contents import HOME
from scenarios.shelf.entry import Small, read_small, write_small
from sim.message import Message

_FOLDER = "figures"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How workbooks begin."""
_SHOWN = 20
"""So many are listed."""


class Content(Small):
    """What stands in figures: the day up to which they go, their first and last month, and when they were handed in."""

    as_of: str
    first: str = ""
    last: str = ""
    came: str = ""


@dataclass(frozen=True)
class Figures:
    """Those of a shelf. A file is named by a digest of what is in it, which is what stands for it in addresses."""

    shelf: Path

    @property
    def _home(self) -> Path:
        return self.shelf.absolute() / HOME / _FOLDER

    def put(self, raw: bytes) -> str:
        """Store a file that nobody has judged yet; its digest.

        Raises:
            UserError: if its folder is a link, which may lead anywhere.
            OSError: if the system refuses.
        """
        if self._home.is_symlink() or self._home.parent.is_symlink():
            raise UserError(str(self.shelf), [Message("cannot be changed: {reason}", reason=HOME)])
        digest = hashlib.blake2b(raw, digest_size=8).hexdigest()
        ending = ".xlsx" if raw.startswith((_ZIP, _OLE)) else ".csv"
        self._home.mkdir(parents=True, exist_ok=True)
        path = self._home / f"actuals-{digest}{ending}"
        put(path, raw, path.with_name(unfinished_name(path.name)))
        return digest

    def drop(self, digest: str) -> None:
        """Take away what turned out unsound, unless it was found sound before; raises OSError."""
        if self.find(digest) is None:
            self.path(digest).unlink(missing_ok=True)

    def keep(self, digest: str, content: Content) -> None:
        """Say what is in a file that is sound; raises OSError."""
        came = datetime.now().astimezone().isoformat(timespec="seconds")
        write_small(self._home / f"actuals-{digest}.json", content.model_copy(update={"came": came}))

    def path(self, digest: str) -> Path:
        """Its file; one that is not there where nothing has the digest."""
        book = self._home / f"actuals-{digest}.xlsx"
        return book if book.is_file() and not book.is_symlink() else book.with_suffix(".csv")

    def find(self, digest: str) -> Content | None:
        """What is in it; None where there is none, which is so of any digest that we did not give."""
        if not is_hex(digest, 16) or not self.path(digest).is_file():
            return None
        return read_small(Content, self._home / f"actuals-{digest}.json")

    def all(self) -> list[tuple[str, Content]]:
        """The last that were handed in, by digest, the youngest first."""
        names = [path.stem.removeprefix("actuals-") for path in self._home.glob("actuals-*.json")]
        found = [(name, content) for name in names if (content := self.find(name))]
        return sorted(found, key=lambda each: each[1].came, reverse=True)[:_SHOWN]
