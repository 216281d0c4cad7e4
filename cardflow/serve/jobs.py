"""What the page was asked to work out: jobs in a queue, each a process of its own, known by what stands in its folder.

So they go on when the server ends, and a server that starts finds them again. At most so many are at work at once; the
others wait in the order in which they were asked. A server that lives starts the next, each time that it looks
(``tend``), and every server of a folder looks: who begins one holds a lock meanwhile, so that none begins twice, and
where no server lives, jobs wait for one in their folders. (The job that ends could start the next; but one that is
killed starts nothing, and after a power cut a server would have to all the same.)
"""

from __future__ import annotations

import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

import psutil

from cardflow.serve.alive import alive
from cardflow.serve.figures import Figures
from cardflow.serve.own_scenarios import OwnScenarios
from cardflow.serve.pages import is_hex, key_of
from cardflow.serve.questions import Places, Question
from scenarios.folder.contents import HOME, ListError, read_list
from scenarios.folder.lock import is_locked, lock
from scenarios.shelf.entry import Small, plain, read_small, write_small
from scenarios.shelf.found import answers

PLACE = "from-page"
"""The folder of these jobs, below that of the shelf."""
State = Literal["waiting", "running", "finished", "stopped"]
_JOB, _LOG, _LOCK = "job.json", "job.log", "queue.lock"
_TOLD = 12
"""Lines of the log that are shown."""
_LARGEST = 100_000
"""Bytes of the log that are read."""
_PATIENCE = 5.0
"""Seconds that one waits for another who changes the queue."""


class Asked(Small):
    """What was asked, and how far it is.

    ``waits`` says since when it waits, 0 where it does not. A process is known by its number and when it was ``born``,
    since numbers come again.
    """

    question: Question
    lang: Literal["en", "ja"]
    waits: float = 0.0
    began: str = ""
    process: int = 0
    born: float = 0.0

    def words(self, folder: Path, places: Places) -> list[str]:
        """The command line."""
        return [self.question.kind, *self.question.words(places), "--lang", self.lang, "--out", str(folder)]


@dataclass(frozen=True)
class Job:
    """What the page was asked: ``place`` is that in the queue, from 1; 0 where it does not wait."""

    id: str
    asked: Asked
    folder: Path
    running: bool
    place: int = 0

    @property
    def path(self) -> str:
        """Its place on the shelf."""
        return f"{PLACE}/{self.id}"

    @property
    def key(self) -> str:
        """What stands for its answer in addresses."""
        return key_of(self.path)

    @cached_property
    def state(self) -> State:
        """How far it is."""
        if self.running:
            return "running"
        if self.asked.waits:
            return "waiting"
        return "finished" if _is_finished(self.folder) else "stopped"

    @property
    def live(self) -> str:
        """The state where that changes by itself, else nothing."""
        return self.state if self.state in ("waiting", "running") else ""

    @property
    def minutes(self) -> int:
        """Since it began."""
        return int((time.time() - self.asked.born) // 60) if self.asked.born else 0

    @cached_property
    def stored(self) -> int:
        """Replications that are finished."""
        try:
            return sum(path.suffix == ".npz" for path in (self.folder / "replications").iterdir())
        except OSError:
            return 0

    @cached_property
    def told(self) -> tuple[str, ...]:
        """What it said last."""
        return last_lines(self.folder / HOME / _LOG)


class Jobs:
    """Those of a shelf, of which so many are ``at_once`` at work."""

    def __init__(self, shelf: Path, at_once: int = 1) -> None:
        self._shelf, self._home = shelf.absolute(), shelf.absolute() / PLACE
        self._at_once, self._figures, self._own = at_once, Figures(shelf), OwnScenarios(shelf)
        self._children: list[subprocess.Popen[bytes]] = []
        self._known: dict[str, tuple[tuple[int, int], Asked | None]] = {}

    # what there is --------------------------------------------------------------------------------------------------

    def all(self) -> list[Job]:
        """Every one whose folder is there: what is at work, what waits, the next first, then the others, the youngest
        first.
        """
        asked = self._all_asked()
        turn = _in_turn(asked)
        waiting = [self._job(name, asked[name], place) for place, name in enumerate(turn, start=1)]
        others = [self._job(name, each, 0) for name, each in asked.items() if not each.waits]
        others.sort(key=lambda job: job.asked.began, reverse=True)
        return [*(job for job in others if job.running), *waiting, *(job for job in others if not job.running)]

    def find(self, name: str) -> Job | None:
        """That of a name; None where there is none, which is so of any name that we did not give."""
        asked = self._asked(name)
        if asked is None:
            return None
        turn = _in_turn({**self._all_asked(), name: asked}) if asked.waits else []
        return self._job(name, asked, turn.index(name) + 1 if turn else 0)

    def _all_asked(self) -> dict[str, Asked]:
        try:
            names = [path.name for path in self._home.iterdir() if path.is_dir() and not path.is_symlink()]
        except OSError:
            return {}
        return {name: asked for name in names if (asked := self._asked(name))}

    def _asked(self, name: str) -> Asked | None:
        """What its file says, which is read again only where it changed."""
        if not is_hex(name, 12):
            return None
        path = self._home / name / HOME / _JOB
        try:
            stat = path.lstat()
        except OSError:
            return None
        stamp = stat.st_mtime_ns, stat.st_ino
        known = self._known.get(name)
        if known is None or known[0] != stamp:
            self._known[name] = known = stamp, read_small(Asked, path)
        return known[1]

    def _job(self, name: str, asked: Asked, place: int) -> Job:
        folder = self._home / name
        return Job(name, asked, folder, self._is_at_work(folder, asked), place)

    def _is_at_work(self, folder: Path, asked: Asked) -> bool:
        """Whether its process lives; where a server ended between beginning it and noting it, its lock says that."""
        if asked.waits or not asked.began:
            return False
        return self._process(asked) is not None if asked.process else is_locked(folder / HOME / "lock")

    # what can be done with it ---------------------------------------------------------------------------------------

    def start(self, asked: Asked) -> str:
        """Put it behind all that wait, and begin it where there is room; the name of the job. Raises OSError."""
        name = secrets.token_hex(6)
        (self._home / name / HOME).mkdir(parents=True)
        self._write(name, asked.model_copy(update={"waits": time.time()}))
        self.tend()
        return name

    def go_on(self, job: Job) -> None:
        """Ask for it again, from where it ended: what is finished is not simulated again. Raises OSError."""
        with self._alone():
            if (now := self.find(job.id)) and now.state == "stopped":
                self._write(job.id, now.asked.model_copy(update={"waits": time.time()}))
        self.tend()

    def stop(self, job: Job) -> None:
        """Take it out of the queue, or ask it to end, as Ctrl-C does: what is finished is kept. Raises OSError."""
        with self._alone():
            now = self.find(job.id)
            if now and now.asked.waits:
                self._write(job.id, now.asked.model_copy(update={"waits": 0.0}))
            elif now and (process := self._process(now.asked)) is not None:
                process.terminate()

    def forget(self, job: Job) -> None:
        """Take one that stopped off the list; what it finished stays, as an unfinished answer. Raises OSError."""
        with self._alone():
            if (now := self.find(job.id)) and now.state == "stopped":
                for name in (_JOB, _LOG, *now.asked.question.files):
                    (now.folder / HOME / name).unlink(missing_ok=True)
                with suppress(OSError):  # where something is left in them
                    (now.folder / HOME).rmdir()
                    now.folder.rmdir()

    def tend(self) -> None:
        """Begin those whose turn it is; where the system refuses or another is at the queue, the next look tells."""
        self._reap()
        with suppress(OSError):
            if not any(asked.waits for asked in self._all_asked().values()):
                return
            with self._alone():
                jobs = self.all()
                room = self._at_once - sum(job.running for job in jobs)
                for job in [job for job in jobs if job.place][: max(room, 0)]:
                    self._begin(job)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Change the queue while nobody else does; raises OSError where somebody does for long."""
        (self._home / HOME).mkdir(parents=True, exist_ok=True)
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                held = lock(self._home / HOME / _LOCK)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.02)
        with held:
            yield

    def _begin(self, job: Job) -> None:
        """Begin its process. It is noted before that it waits no longer, so that it never begins twice."""
        home, began = job.folder / HOME, datetime.now().astimezone().isoformat(timespec="seconds")
        told = job.asked.model_copy(update={"waits": 0.0, "began": began, "process": 0, "born": 0.0})
        self._write(job.id, told)
        for name, text in job.asked.question.files.items():
            (home / name).unlink(missing_ok=True)  # it may be a link that leads elsewhere
            (home / name).write_text(text, encoding="utf-8")
        child = self._process_of(job, home)
        self._children.append(child)
        with suppress(psutil.Error):  # it ended at once
            born = psutil.Process(child.pid).create_time()
            self._write(job.id, told.model_copy(update={"process": child.pid, "born": born}))

    def _process_of(self, job: Job, home: Path) -> subprocess.Popen[bytes]:
        words = job.asked.words(job.folder, Places(home, self._figures.path, self._answer, self._own.loaded))
        (home / _LOG).unlink(missing_ok=True)
        with (home / _LOG).open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-P", "-m", "cardflow", *words],
                cwd=home,  # where no file has the name of a scenario; -P: and from where nothing is imported
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )

    def _answer(self, key: str) -> Path:
        """The folder of an answer; one that is none where nothing has the key."""
        return self._shelf / next((path for path in answers(self._shelf) if key_of(path) == key), HOME)

    def _write(self, name: str, asked: Asked) -> None:
        write_small(self._home / name / HOME / _JOB, asked)

    def _reap(self) -> None:
        """Tell the system of children that ended."""
        self._children = [child for child in self._children if child.poll() is None]

    def _process(self, asked: Asked) -> psutil.Process | None:
        self._reap()
        return alive(asked.process, asked.born)


def _in_turn(asked: Mapping[str, Asked]) -> list[str]:
    """The names of those that wait, the next first."""
    return sorted((name for name, each in asked.items() if each.waits), key=lambda name: (asked[name].waits, name))


def _is_finished(folder: Path) -> bool:
    try:
        contents = read_list(folder)
    except (ListError, OSError):
        return False
    return contents is not None and contents.finished


def last_lines(path: Path) -> tuple[str, ...]:
    """The last lines of a log, which may come from anywhere; none where it is a link or cannot be read."""
    try:
        if path.is_symlink():
            return ()
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - _LARGEST, 0))
            lines: Sequence[str] = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return ()
    return tuple(plain(line, 500) for line in lines[-_TOLD:])
