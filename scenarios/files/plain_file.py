"""Files that a user names: regular ones of a bounded size, so that no device or pipe is read for ever."""

from __future__ import annotations

import stat
from pathlib import Path

from scenarios.errors import UserError
from scenarios.system_words import reason
from sim.message import Message


def read_plain(path: Path, most: int) -> bytes:
    """The bytes of a regular file of at most ``most`` bytes.

    Raises:
        UserError: if it is not there, is no regular file (a folder, a device, a pipe), is larger, or cannot be read.
    """
    try:
        told = path.stat()
        if stat.S_ISDIR(told.st_mode):
            raise UserError(str(path), [Message("cannot be read: it is a folder")])
        if not stat.S_ISREG(told.st_mode):
            raise UserError(str(path), [Message("cannot be read: it is a device or a pipe, not an ordinary file")])
        if told.st_size > most:
            raise UserError(path.name, [Message("is larger than {most} MB", most=f"{most / 1e6:g}")])
        with path.open("rb") as file:
            return file.read(most + 1)[:most]
    except FileNotFoundError:
        raise UserError(str(path), [Message("cannot be read: there is no such file")]) from None
    except PermissionError:
        raise UserError(str(path), [Message("cannot be read: reading it is not permitted")]) from None
    except (OSError, ValueError) as error:
        # A ValueError comes of a name with a null character.
        why = reason(error)
        raise UserError(str(path), [Message("cannot be read: {why}", why=why)]) from None
