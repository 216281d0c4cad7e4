"""Runs that the page started: each a process of its own, known by what stands in its folder.

So they go on when the server ends, and a server that starts finds them again.
"""

from __future__ import annotations

import secrets
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import psutil
from pydantic import BaseModel, ConfigDict

from scenarios.folder.contents import HOME, ListError, read_list
from scenarios.shelf.entry import plain, read_small, write_small
from scenarios.track.record import now

PLACE = "from-page"
"""The folder of these runs, below that of the shelf."""
_JOB, _LOG = "job.json", "job.log"
_TOLD = 12
"""Lines of the log that are shown."""
_LARGEST = 100_000
"""Bytes of the log that are read."""


class Asked(BaseModel):
    """What was asked, and the process that is at work: its number, and when it began, since numbers come again."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    scenario: str
    settings: tuple[str, ...]
    replications: int
    seed: int
    lang: Literal["en", "ja"]
    began: str = ""
    process: int = 0
    born: float = 0.0

    def words(self, folder: Path) -> list[str]:
        """The command line."""
        values = [word for setting in self.settings for word in ("--set", setting)]
        how = ["--replications", str(self.replications), "--seed", str(self.seed), "--lang", self.lang, "--yes"]
        return ["run", self.scenario, *values, *how, "--out", str(folder)]


@dataclass(frozen=True)
class Job:
    """A run that the page started: ``stored`` replications are finished, ``told`` is what it said last."""

    id: str
    asked: Asked
    state: Literal["running", "finished", "stopped"]
    stored: int
    minutes: int
    told: tuple[str, ...]

    @property
    def path(self) -> str:
        """Its place on the shelf."""
        return f"{PLACE}/{self.id}"


class Jobs:
    """Those of a shelf."""

    def __init__(self, shelf: Path) -> None:
        self._home = shelf.absolute() / PLACE
        self._children: list[subprocess.Popen[bytes]] = []

    def all(self) -> list[Job]:
        """Every one whose folder is there, the youngest first."""
        try:
            names = [path.name for path in self._home.iterdir() if path.is_dir() and not path.is_symlink()]
        except OSError:
            return []
        found = [job for name in names if (job := self.find(name))]
        return sorted(found, key=lambda job: job.asked.began, reverse=True)

    def find(self, name: str) -> Job | None:
        """That of a name; None where there is none, which is so of any name that we did not give."""
        if len(name) != 12 or set(name) - set("0123456789abcdef"):
            return None
        folder = self._home / name
        asked = read_small(Asked, folder / HOME / _JOB)
        if asked is None:
            return None
        state: Literal["running", "finished", "stopped"] = (
            "running" if self._process(asked) else "finished" if _is_finished(folder) else "stopped"
        )
        passed = datetime.now().timestamp() - asked.born
        return Job(name, asked, state, _stored(folder), int(passed // 60), _log(folder))

    def start(self, asked: Asked) -> str:
        """Begin; the name of the job. Raises OSError."""
        name = secrets.token_hex(6)
        self._begin(name, asked)
        return name

    def go_on(self, job: Job) -> None:
        """Begin again where it ended; what is finished is not simulated again. Raises OSError."""
        if job.state == "stopped":
            self._begin(job.id, job.asked)

    def stop(self, job: Job) -> None:
        """Ask it to end, as Ctrl-C does: what is finished is kept."""
        if (process := self._process(job.asked)) is not None:
            process.terminate()

    def _begin(self, name: str, asked: Asked) -> None:
        folder = self._home / name
        home = folder / HOME
        home.mkdir(parents=True, exist_ok=True)
        with (home / _LOG).open("wb") as log:
            child = subprocess.Popen(
                [sys.executable, "-P", "-m", "cardflow", *asked.words(folder)],
                cwd=home,  # where no file has the name of a scenario; -P: and from where nothing is imported
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        self._children = [each for each in self._children if each.poll() is None] + [child]
        began, born = now().isoformat(timespec="seconds"), psutil.Process(child.pid).create_time()
        told = asked.model_copy(update={"process": child.pid, "born": born, "began": began})
        write_small(home / _JOB, told)

    def _process(self, asked: Asked) -> psutil.Process | None:
        for child in self._children:
            child.poll()  # one that ended is told to the system
        try:
            process = psutil.Process(asked.process)
            alive = process.status() != psutil.STATUS_ZOMBIE and abs(process.create_time() - asked.born) < 0.1
        except (psutil.Error, ValueError, OverflowError):
            return None
        return process if alive else None


def _is_finished(folder: Path) -> bool:
    try:
        contents = read_list(folder)
    except (ListError, OSError):
        return False
    return contents is not None and contents.finished


def _stored(folder: Path) -> int:
    try:
        return sum(path.suffix == ".npz" for path in (folder / "replications").iterdir())
    except OSError:
        return 0


def _log(folder: Path) -> tuple[str, ...]:
    """The last lines that it said."""
    path = folder / HOME / _LOG
    try:
        if path.is_symlink():
            return ()
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - _LARGEST, 0))
            lines: Sequence[str] = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return ()
    return tuple(plain(line, 500) for line in lines[-_TOLD:])
