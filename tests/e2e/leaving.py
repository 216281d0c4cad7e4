"""Jobs for who shares them out: they leave a file each time that they are begun, and do what they are told to.

A worker that does them loads nothing of the model, which would take it ten times as long.
"""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scenarios.errors import UserError
from sim.message import Message


@dataclass(frozen=True)
class Numbered:
    """What people are told of a job."""

    replication: int

    @property
    def label(self) -> Message:
        return Message("replication {number} of {point}", number=self.replication, point="plan")


@dataclass(frozen=True)
class Leaves:
    """Leaves a file for each time that it was begun, then does what it is told to do."""

    task: Numbered
    folder: Path
    killed: int = 0
    fails: Callable[[], object] = list

    def __call__(self) -> None:
        begun = len(list(self.folder.glob(f"{self.task.replication}-*")))
        (self.folder / f"{self.task.replication}-{begun}").touch()
        if begun < self.killed:
            os.kill(os.getpid(), signal.SIGKILL)
        self.fails()


def leaving(folder: Path, count: int, **at: dict) -> list[Leaves]:
    """So many jobs; what some of them do besides by ``jobNUMBER``."""
    return [Leaves(Numbered(number), folder, **at.get(f"job{number}", {})) for number in range(count)]


def begun(folder: Path) -> dict[str, int]:
    """How often each was begun."""
    names = sorted(path.name.partition("-")[0] for path in folder.iterdir())
    return {name: names.count(name) for name in names}


class OfAnOwnKindError(Exception):
    def __init__(self, one, two):
        super().__init__(f"{one}{two}")


def no_room():
    raise OSError(28, "No space left on device")


def wrong():
    raise ValueError("no")


def a_users():
    raise UserError("x", [Message("must be {low} or more", low=1)])


def of_an_own_kind():
    raise OfAnOwnKindError("a", "b")


def says_who(folder: Path, count: int) -> None:
    """Leave a file for the process that does it, once so many processes have: none does the others' jobs too."""
    (folder / f"by-{os.getpid()}").touch()
    while len(who(folder)) < count:
        time.sleep(0.01)


def who(folder: Path) -> set[int]:
    """The processes that did."""
    return {int(path.name.removeprefix("by-")) for path in folder.glob("by-*")}


def no_memory_beside_others(folder: Path) -> None:
    if len(list(folder.glob("1-*"))) < 2:
        raise MemoryError
