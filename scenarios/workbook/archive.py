"""The parts of an Excel workbook, each looked over before anything is built from it.

A workbook is a zip archive of XML files. Nothing in the format bounds what a small archive unpacks to, how many cells
it has or how deep they nest; here a part is measured as a stream when it is opened, in little memory, and refused
where no table of months could be of its size.
"""

from __future__ import annotations

import io
import zipfile
from typing import IO, Any
from xml.parsers import expat

from sim.message import Message

MOST_UNPACKED = 30_000_000
"""Bytes of a part."""
MOST_PIECES, MOST_IN_TREES = 300_000, 100_000
"""Elements and attributes of a part that is read as a stream (a cell has four or five), or as a whole tree."""
_DEEPEST, _LONGEST_TAG, _CHUNK, _MOST_PARTS = 100, 1_000_000, 65_536, 5_000
_PART = b"PK\x01\x02"
"""Begins the line of a part in the archive's list."""
_STRICT = "http://purl.oclc.org/ooxml/"


class ArchiveError(Exception):
    """A workbook that is not read; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


class Parts(zipfile.ZipFile):
    """A workbook's archive that measures a part the first time it is opened.

    Raises:
        ArchiveError: if there are too many parts, or one is too large, too deep or too long, or declares entities.
    """

    def __init__(self, raw: bytes) -> None:
        if raw.count(_PART) > _MOST_PARTS:
            raise ArchiveError(_too_large())
        super().__init__(io.BytesIO(raw))
        self._measured: dict[str, int] = {}

    def open(self, name: Any, mode: Any = "r", pwd: bytes | None = None, *, force_zip64: bool = False) -> IO[bytes]:
        """Measure a part, then open it."""
        part = name.filename if isinstance(name, zipfile.ZipInfo) else name
        self._refuse(part, MOST_IN_TREES)
        return super().open(name, mode, pwd, force_zip64=force_zip64)

    def stream(self, part: str) -> IO[bytes]:
        """Measure a part that is read as a stream, then open it."""
        self._refuse(part, MOST_PIECES)
        return super().open(part)

    def _refuse(self, part: str, most: int) -> None:
        if part not in self._measured:
            if self.getinfo(part).file_size > MOST_UNPACKED:
                raise ArchiveError(_too_large())
            with super().open(part) as stream:
                self._measured[part] = _pieces(stream)
        if self._measured[part] > most:
            raise ArchiveError(_too_large())


def measured(raw: bytes) -> None:
    """Look over every part of a file of Word or Excel before anything is built from it.

    Raises:
        ArchiveError: as ``Parts``.
        zipfile.BadZipFile: if it is no archive.
    """
    with Parts(raw) as parts:
        for part in parts.infolist():
            if part.file_size > MOST_UNPACKED:
                raise ArchiveError(_too_large())
            if part.filename.endswith((".xml", ".rels")):
                parts.stream(part.filename).close()


def _pieces(stream: IO[bytes]) -> int:
    """How many elements and attributes a part of XML has, read once and not kept."""
    parser, counts = expat.ParserCreate(namespace_separator=" "), _Counts()
    parser.StartElementHandler, parser.EndElementHandler = counts.start, counts.end
    parser.StartDoctypeDeclHandler = _refuse_declarations
    fed = 0
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk, False)
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > _LONGEST_TAG:
            raise ArchiveError(_too_large())
    parser.Parse(b"", True)
    return counts.pieces


class _Counts:
    """How many elements and attributes there have been, and how deep the present element stands."""

    def __init__(self) -> None:
        self.pieces = self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        first = not self.pieces
        self.pieces += 1 + len(attributes)
        self.depth += 1
        if self.pieces > MOST_PIECES or self.depth > _DEEPEST:
            raise ArchiveError(_too_large())
        if first and name.startswith(_STRICT):
            raise ArchiveError(
                Message("is saved as a Strict Open XML workbook: save it as an ordinary Excel workbook (.xlsx)")
            )

    def end(self, name: str) -> None:
        self.depth -= 1


def _refuse_declarations(*_: Any) -> None:
    """No spreadsheet program writes a document type; entities in one could grow without bound."""
    raise ArchiveError(Message("is not an Excel workbook (.xlsx), or is damaged"))


def _too_large() -> Message:
    return Message("is too large for a table of months: copy the filled sheets into a new workbook")
