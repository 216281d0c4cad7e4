"""Finished replications as files, one each: whole or not there at all, and what stands in them is what was simulated.

A file is a NumPy archive with a seal behind it: a digest of the archive, of what determines the replication and of its
number. A file that was cut, edited, renamed or made by anybody else has no such seal, and its replication is simulated
again.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import numpy as np
import psutil
from numpy.typing import NDArray

from scenarios.durable import put, unfinished_name
from scenarios.experiment.sealed import nobody
from sim.message import Message
from sim.parts import FACTS
from sim.result import COUNTER_COLUMNS, LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result

_TABLES = {"lead_times": len(LEAD_TIME_COLUMNS), "ledger": len(LEDGER_COLUMNS), "counters": len(COUNTER_COLUMNS)}
_SERIES = {
    "fact_": dict.fromkeys(FACTS, 1),
    "along_": {name: len(fact.axis.places) for name, fact in FACTS.items() if fact.axis},
}
_PLACES = {f"{prefix}{name}.npy": places for prefix, facts in _SERIES.items() for name, places in facts.items()}
"""The series of a replication, with the numbers that each has a day."""
_HEADER = 128
"""Bytes before the numbers of an array, as NumPy writes it."""
_LEVEL = 2
"""How hard zlib tries: files are 9 % larger than at its usual 6, and written in less than a third of the time."""
_SEAL = 16
"""Bytes of a seal."""
_LARGEST = 1 << 30
"""Bytes of a file: more than any replication takes."""
_FILE = re.compile(r"(.+)-(\d{4,})\.npz")
_UNFINISHED = re.compile(r".+\.(\d{1,9})\.unfinished")
_SURELY_DEAD = 60.0
"""Seconds after which nobody is still writing a file: it takes far less, on another computer too."""
_BROKEN = (OSError, ValueError, RuntimeError, BadZipFile)


@dataclass(frozen=True)
class Store:
    """A folder of replications; ``tell`` hears of each that is damaged, in this process alone."""

    folder: Path
    tell: Callable[[Message], None] = field(default=nobody, compare=False, repr=False)

    def __reduce__(self) -> tuple[type[Store], tuple[Path]]:
        """Travel to another process without who listens in this one."""
        return Store, (self.folder,)

    def _path(self, digest: str, replication: int) -> Path:
        return self.folder / f"{digest}-{replication:04d}.npz"

    def of_whole_runs(self) -> Store:
        """Where the same replications are kept with every simulated day."""
        return Store(self.folder / "whole", self.tell)

    def has(self, digest: str, replication: int) -> bool:
        """Whether a replication is there, whole and as it was written; one that is damaged is told."""
        path = self._path(digest, replication)
        if not os.path.lexists(path):
            return False
        try:
            _refuse_other_series(_sealed(path, digest, replication))
        except _BROKEN:
            what = {"replication": replication, "file": path.name}
            self.tell(Message("replication {replication} ({file}) is damaged or foreign: simulated again", **what))
            return False
        return True

    def save(self, digest: str, replication: int, result: Result) -> None:
        """Write a replication; a reader sees all of it or nothing, after a power cut too. Raises OSError if refused."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path, archive = self._path(digest, replication), BytesIO()
        tables: dict[str, Any] = {name: getattr(result, name) for name in _TABLES}
        for prefix, series in zip(_SERIES, (result.facts, result.along), strict=True):
            tables |= {f"{prefix}{name}": values for name, values in series.items()}
        with ZipFile(archive, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as packed:
            for name, values in tables.items():
                with packed.open(f"{name}.npy", "w", force_zip64=True) as entry:
                    np.lib.format.write_array(entry, np.asarray(values), allow_pickle=False)
        content = archive.getvalue() + _seal(archive.getvalue(), digest, replication)
        put(path, content, path.with_name(unfinished_name(path.stem)))

    def load(self, digest: str, replication: int) -> Result:
        """Read a replication back.

        Raises:
            ValueError: if it is not as it was written.
            OSError: if it is not there, or may not be read.
        """
        with ZipFile(BytesIO(_sealed(self._path(digest, replication), digest, replication))) as packed:
            arrays = {name.removesuffix(".npy"): _array(packed.read(name)) for name in packed.namelist()}
        facts, along = (
            {name.removeprefix(prefix): values for name, values in arrays.items() if name.startswith(prefix)}
            for prefix in _SERIES
        )
        return Result(facts, along=along, **{name: arrays[name] for name in _TABLES})


def _array(content: bytes) -> NDArray[Any]:
    """An array of an archive."""
    shape, in_columns, kind = _described(content[:_HEADER])
    values = np.frombuffer(content, kind, offset=_HEADER).copy()
    return values.reshape(shape, order="F" if in_columns else "C")


@lru_cache(maxsize=1024)
def _described(header: bytes) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Shape, order and kind of an array; those of a replication are alike, and NumPy reads a header slowly."""
    stream = BytesIO(header)
    if np.lib.format.read_magic(stream) != (1, 0):
        raise ValueError("has an array of another format")
    return np.lib.format.read_array_header_1_0(stream)


def clear_up(folder: Path) -> None:
    """Remove what killed processes left unfinished among finished work."""
    for path in folder.rglob("*.unfinished"):
        named = _UNFINISHED.fullmatch(path.name)
        if named and not psutil.pid_exists(int(named[1])) and time.time() - path.stat().st_mtime > _SURELY_DEAD:
            path.unlink(missing_ok=True)


def is_stored(path: Path) -> bool:
    """Whether a file is a replication that we wrote, by its name and its seal."""
    named = _FILE.fullmatch(path.name)
    try:
        return named is not None and bool(_sealed(path, named[1], int(named[2])))
    except (OSError, ValueError):
        return False


def _seal(archive: bytes, digest: str, replication: int) -> bytes:
    return hashlib.blake2b(f"{digest}-{replication}\n".encode() + archive, digest_size=_SEAL).digest()


def _sealed(path: Path, digest: str, replication: int) -> bytes:
    """The archive of a file; raises ValueError where its seal is another."""
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
        raise ValueError("is no file of a replication")
    content = path.read_bytes()
    archive = content[:-_SEAL]
    if content[-_SEAL:] != _seal(archive, digest, replication):
        raise ValueError("is not as it was written")
    return archive


def _refuse_other_series(archive: bytes) -> None:
    """Raise ValueError where series are missing, unknown or not as long as the others; looks at the directory alone."""
    with ZipFile(BytesIO(archive)) as found:
        sizes = {entry.filename: entry.file_size - _HEADER for entry in found.infolist()}
    tables = {name: sizes.pop(f"{name}.npy", -1) for name in _TABLES}
    if (
        set(sizes) != set(_PLACES)
        or len({size / _PLACES[name] for name, size in sizes.items()}) != 1
        or any(tables[name] % (8 * _TABLES[name]) for name in tables)
    ):
        raise ValueError("has not the series of a replication")
