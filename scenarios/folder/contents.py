"""The list of what was written in a folder: which question it answers, and each file's size and digest.

A file is ours if it is listed and still has that size and digest: what anybody edited since is theirs.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from scenarios.durable import put
from sim import __version__
from sim.message import Message

HOME = ".cardflow"
"""The folder in a folder that holds what is not for people: the list, the lock, drafts."""
LIST = "contents.json"
_LARGEST = 5_000_000
"""Bytes of a list; a sweep with a thousand charts has a tenth of that."""


class ListError(Exception):
    """A list that cannot be read; the message says why, to stand behind the folder's name."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


def _safe(name: str) -> str:
    """A path inside the folder, or a markdown page beside it: a list from elsewhere leads nowhere else."""
    name.encode()
    inner = name.removeprefix("../") if name.endswith(".md") and name.count("/") == 1 else name
    parts = PurePosixPath(inner).parts
    if not parts or inner.startswith("/") or {"..", HOME} & set(parts) or any(each in inner for each in "\\:\0"):
        raise ValueError("no path inside the folder")
    return name


Stamp = tuple[int, str]
"""Bytes, and digest."""
Files = dict[Annotated[str, AfterValidator(_safe)], Stamp]
"""Stamps by path inside the folder, with slashes."""


class Contents(BaseModel):
    """What stands in the list.

    ``finished``: whether all of ``answer`` is there; ``provisional``: that it is one on the way to that. ``page`` is
    what was drawn of it. While files are being replaced, those that stood there before are ``earlier``, so that they
    can be told whenever that ends.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format: Literal[1] = 1
    version: str = __version__
    kind: str
    question: str
    finished: bool = False
    provisional: bool = False
    answer: Files = {}
    page: Files = {}
    earlier: Files = {}

    @property
    def listed(self) -> Iterator[tuple[str, Stamp]]:
        """Every path with every stamp that it may have."""
        for files in (self.answer, self.page, self.earlier):
            yield from files.items()

    def there(self, folder: Path) -> dict[str, Stamp]:
        """The files in a folder that are as listed."""
        return {name: listed for name, listed in self.listed if is_as_listed(place(folder, name), listed)}


def place(folder: Path, name: str) -> Path:
    """Where a listed path is; a page beside the folder stands beside what the user named, even if that is a link."""
    return Path(os.path.normpath(folder / name))


def stamp(path: Path) -> Stamp | None:
    """Size and digest of a regular file; None for anything else, and where there is nothing."""
    size = _size(path)
    return None if size is None else (size, _digest(path))


def is_as_listed(path: Path, listed: Stamp) -> bool:
    """Whether a regular file has that size and digest; it is not opened if the size differs."""
    size, digest = listed
    return _size(path) == size and _digest(path) == digest


def _size(path: Path) -> int | None:
    try:
        found = os.lstat(path)
    except OSError:
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def read_list(folder: Path) -> Contents | None:
    """The list of a folder; None where there is none.

    Raises:
        ListError: if it is no list of this program, or of another format.
        OSError: if it may not be read.
    """
    path = folder / HOME / LIST
    if not os.path.lexists(path):
        return None
    size = _size(path)
    if size is None or size > _LARGEST:
        raise ListError(Message("its list of files ({file}) is damaged", file=f"{HOME}/{LIST}"))
    try:
        return Contents.model_validate_json(path.read_bytes())
    except ValidationError as error:
        if any(each["loc"] == ("format",) for each in error.errors()):
            raise ListError(Message("its list of files is of another version of cardflow")) from None
        raise ListError(Message("its list of files ({file}) is damaged", file=f"{HOME}/{LIST}")) from None


def write_list(folder: Path, contents: Contents) -> None:
    """Replace the list, as one."""
    path = folder / HOME / LIST
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)  # it may be a link that leads elsewhere
    put(path, f"{contents.model_dump_json(indent=1, exclude=_untold(contents))}\n".encode(), unfinished)


def _untold(contents: Contents) -> set[str]:
    """Versions before know nothing of what is provisional; a list without says the same to them."""
    return set() if contents.provisional else {"provisional"}
