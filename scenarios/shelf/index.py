"""What was read of folders, kept in an SQLite file so that it need not be read again: a cache and nothing else.

Names and notes stand beside their answers. So whatever is wrong with the file (missing, damaged, of another version,
on a disk that cannot be written to), the folders are read, and the file is made anew where that is possible.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sim import __version__

_FORMAT = f"1 {__version__}"
"""Of what is kept; rows of another are not found."""
_PATIENCE = 1.0
"""Seconds to wait for another process that writes it."""

Row = tuple[str, str]
"""The stamp of a folder (``scenarios.shelf.found``), and what was read of it then, as JSON."""


@dataclass(frozen=True)
class Index:
    """The file at a path; None where there is to be none."""

    path: Path | None

    def rows(self) -> Mapping[str, Row]:
        """What is kept, by path; nothing where that cannot be read."""
        if self.path is None or self.path.is_symlink() or not self.path.is_file():
            return {}
        try:
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as base:
                found = base.execute("SELECT path, stamp, entry FROM kept WHERE format = ?", (_FORMAT,)).fetchall()
            return {row[0]: row[1:] for row in found if all(isinstance(text, str) for text in row)}
        except (sqlite3.Error, ValueError):
            return {}

    def keep(self, rows: Mapping[str, Row]) -> None:
        """Keep these instead of what was kept; nothing is kept where that cannot be written."""
        if self.path is None or self.path.is_symlink():
            return
        told = [(path, *row, _FORMAT) for path, row in rows.items()]
        try:
            self._write(self.path, told)
        except sqlite3.DatabaseError:
            with suppress(OSError, sqlite3.Error):
                self.path.unlink()
                self._write(self.path, told)
        except OSError:
            return

    def _write(self, path: Path, rows: list[tuple[str, str, str, str]]) -> None:
        path.parent.mkdir(exist_ok=True)
        with closing(sqlite3.connect(path, timeout=_PATIENCE)) as base, base:
            base.execute("DROP TABLE IF EXISTS kept")
            base.execute("CREATE TABLE kept (path TEXT PRIMARY KEY, stamp TEXT, entry TEXT, format TEXT)")
            base.executemany("INSERT INTO kept VALUES (?, ?, ?, ?)", rows)
