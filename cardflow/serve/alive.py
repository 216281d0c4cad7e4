"""Processes that are known by what stands in a file: their number, and when they began, since numbers come again."""

from __future__ import annotations

from pathlib import Path

import psutil

from scenarios.folder.contents import HOME
from scenarios.shelf.entry import Small, read_small, write_small

_SERVED = "served.json"


class Served(Small):
    """A server of this computer that is at work in a folder, and the address of its first page."""

    address: str
    process: int
    born: float


def alive(process: int, born: float) -> psutil.Process | None:
    """The process of that number, if it is the one that began then and has not ended."""
    try:
        found = psutil.Process(process)
        same = found.status() != psutil.STATUS_ZOMBIE and abs(found.create_time() - born) < 0.1
    except (psutil.Error, ValueError, OverflowError):
        return None
    return found if same else None


def note_server(folder: Path, address: str) -> None:
    """Note that this process serves a folder; raises OSError."""
    own = psutil.Process()
    (folder / HOME).mkdir(exist_ok=True)
    write_small(folder / HOME / _SERVED, Served(address=address, process=own.pid, born=own.create_time()))


def server_of(folder: Path) -> str | None:
    """The address of the server that is at work in a folder, if one is."""
    known = read_small(Served, folder / HOME / _SERVED)
    return known.address if known and _is_here(known.address) and alive(known.process, known.born) else None


def _is_here(address: str) -> bool:
    """Whether an address is one of this computer: the file may have come from anywhere."""
    return address.startswith(("http://127.0.0.1:", "http://localhost:", "http://[::1]:"))
