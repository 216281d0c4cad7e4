"""A lock on a file that the system lets go of when its process ends, however it ends: no lock is ever left behind."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import BinaryIO

_NO_LOCKS_HERE = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)


def lock(path: Path) -> BinaryIO:
    """Open a file and lock it; closing it lets go. Where a file system knows no locks, it is only opened.

    Raises:
        BlockingIOError: if somebody else has it.
        OSError: if it cannot be opened.
    """
    if os.path.lexists(path) and not path.is_file():
        raise OSError(errno.EINVAL, "its lock is no file")
    file = path.open("ab")
    try:
        _take(file.fileno())
    except OSError as error:
        if error.errno in _NO_LOCKS_HERE:
            return file
        file.close()
        raise BlockingIOError(error.errno, "locked") from None
    return file


def is_locked(path: Path) -> bool:
    """Whether somebody has the lock on a file. To find out, it is taken for a moment where nobody has."""
    if path.is_symlink() or not path.is_file():
        return False
    try:
        lock(path).close()
    except OSError as error:
        return isinstance(error, BlockingIOError)
    return False


if sys.platform == "win32":
    import msvcrt

    def _take(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
