"""What takes much memory, or reads files of anybody, is done by a process beside the server.

So the server stays small however often it is asked, and a file that costs more than it should costs that process. It is
begun when there is something to do, does one work after another, and is ended when nobody asked for a while: whoever
asks again and again does not wait each time for all that a work needs to be loaded.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock, Timer
from typing import Any

from reports.catalogue import Catalogue
from reports.messages import mistakes
from scenarios.errors import NOTHING_RUN, UserError
from scenarios.files.find import LIBRARY

_PATIENCE = 60.0
"""Seconds that a piece of work may take."""
_IDLE = 300.0
"""Seconds after which a process that nobody asks is ended."""


@dataclass(frozen=True)
class Done:
    """What came of it, and what was wrong with what it was asked, in the language of the page."""

    told: Mapping[str, Any]
    wrong: tuple[str, ...] = ()


class Apart:
    """Has pieces of ``works`` done, by their names; what they are asked and what they tell is JSON."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._end: Timer | None = None

    def __call__(self, work: str, cat: Catalogue, **asked: Any) -> Done:
        """What comes of a work; where its process fails, or takes too long, that is what is wrong."""
        with self._used():
            line = self._answer(json.dumps({"work": work, "lang": cat.lang, "asked": asked}).encode())
        try:
            told = json.loads(line)
        except ValueError:
            return Done({}, (cat.text("serve.failed"),))
        return Done(told, tuple(told.get("wrong", ())))

    def ready(self) -> None:
        """Begin the process, so that what is asked soon need not wait for it."""
        with self._used(), suppress(OSError):
            self._process()

    def end(self) -> None:
        """End the process."""
        with self._lock:
            if self._child is not None:
                self._child.kill()
                self._child.communicate()
                self._child = None

    @contextmanager
    def _used(self) -> Iterator[None]:
        """While nobody else uses it, and not to its end."""
        with self._lock:
            if self._end is not None:
                self._end.cancel()
            yield
            self._end = Timer(_IDLE, self.end)
            self._end.daemon = True
            self._end.start()

    def _process(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", "cardflow.serve.apart"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=LIBRARY,  # where names of scenarios are those of the library
            )
        return self._child

    def _answer(self, line: bytes) -> bytes:
        """What the process says to a line; nothing where it fails or takes too long."""
        with suppress(OSError):
            child = self._process()
            assert child.stdin is not None and child.stdout is not None
            late = Timer(_PATIENCE, child.kill)
            late.start()
            try:
                child.stdin.write(line + b"\n")
                child.stdin.flush()
                return child.stdout.readline()
            finally:
                late.cancel()
        return b""


def done_here(work: str, lang: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Do a work in this process; ``wrong`` has the lines to say, where something is."""
    from cardflow.serve.works import WORKS

    try:
        return WORKS[work](lang=lang, **asked)
    except UserError as error:
        return {"wrong": mistakes(error, NOTHING_RUN, lang)}


def _main() -> None:
    """The process: a work a line on stdin, what it tells a line on stdout, until the server is gone."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints is an answer
    for line in sys.stdin.buffer:
        try:
            told = json.dumps(done_here(**json.loads(line)))
        except Exception:  # a mistake of ours, which the page tells as that
            told = ""
        answers.write(told.encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    _main()
