"""One mutated file: read, or refused in words, within a time and a memory; anything else is a finding."""

from __future__ import annotations

import random
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutations.texts import mutated
from reports.messages import said
from scenarios.errors import UserError

SECONDS = 5.0
"""Of computing."""
MEGABYTES = 500.0
LONGEST_TOLD = 100_000
"""Letters that an error may have."""
LONGEST_LINE = 2_000


@dataclass(frozen=True)
class Kind:
    """A kind of file.

    ``make`` gives a valid file, ``read`` reads one as the program does and raises ``UserError`` for what it refuses,
    ``mutate`` damages one, and ``again`` says what is wrong with what was read (``None``: nothing).
    """

    name: str
    suffix: str
    make: Callable[[random.Random], bytes]
    read: Callable[[Path], Any]
    mutate: Callable[[bytes, random.Random], bytes] = mutated
    again: Callable[[Any, Path], str | None] = lambda found, path: None


@dataclass(frozen=True)
class Outcome:
    """What became of a file: ``read``, ``refused``, or a finding."""

    kind: str
    number: int
    result: str
    seconds: float
    told: str = ""
    content: bytes = b""

    @property
    def finding(self) -> bool:
        """Whether the program did wrong."""
        return self.result not in ("read", "refused")


def mutant(kind: Kind, seed: int, number: int) -> bytes:
    """The n-th mutated file of a seed, the same every time."""
    chance = random.Random(f"{kind.name} {seed} {number}")
    return kind.mutate(kind.make(chance), chance)


def trial(kind: Kind, seed: int, number: int, folder: Path) -> Outcome:
    """Read one mutated file in an empty folder."""
    content = mutant(kind, seed, number)
    path = folder / f"mutant{kind.suffix}"
    path.write_bytes(content)
    before, began = _peak(), time.process_time()
    result, told = _tried(kind, path)
    seconds = time.process_time() - began
    if (grown := _peak() - before) > MEGABYTES:
        result, told = "memory", f"{grown:.0f} MB\n{told}"
    finding = result not in ("read", "refused")
    return Outcome(kind.name, number, result, seconds, told, content if finding else b"")


def _tried(kind: Kind, path: Path) -> tuple[str, str]:
    try:
        with _limited():
            found = kind.read(path)
            wrong = kind.again(found, path)
    except UserError as error:
        told = "\n".join([*error.lines, *(said(line, "ja") for line in error.lines)])
        return _told(told), told[:2000]
    except TimeoutError:
        return "time", traceback.format_exc()
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return "traceback", traceback.format_exc()[-4000:]
    return ("again", wrong) if wrong else ("read", "")


def _told(told: str) -> str:
    """Whether an error can be shown."""
    try:
        told.encode("utf-8")
    except UnicodeEncodeError:
        return "unspeakable"
    endless = len(told) > LONGEST_TOLD or max(map(len, told.splitlines()), default=0) > LONGEST_LINE
    return "endless" if endless else "refused"


@contextmanager
def _limited() -> Iterator[None]:
    """TimeoutError in what takes too long: computing, or waiting ten times as long, as for a pipe that nobody fills."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {SECONDS:g} seconds")

    clocks = ((signal.SIGPROF, signal.ITIMER_PROF, SECONDS), (signal.SIGALRM, signal.ITIMER_REAL, 10 * SECONDS))
    before = [signal.signal(sign, stop) for sign, _, _ in clocks]
    try:
        for _, clock, seconds in clocks:
            signal.setitimer(clock, seconds)
        yield
    finally:
        for (sign, clock, _), handler in zip(clocks, before, strict=True):
            signal.setitimer(clock, 0)
            signal.signal(sign, handler)


def _peak() -> float:
    """The most memory that this process has had, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
