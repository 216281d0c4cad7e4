"""A folder that one command has for itself: found to be ours or empty, locked, and let go of at the end."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Self

from scenarios.errors import UserError
from scenarios.folder.contents import HOME, Contents, ListError, read_list, write_list
from scenarios.folder.lock import lock
from scenarios.folder.question import Question
from scenarios.folder.strangers import strangers
from scenarios.limits import shown_name
from scenarios.system_words import reason
from sim.message import Message

DRAFT = "draft-"
"""How folders of files that are on their way begin."""
_LOCK = "lock"
_NAMED = 3
"""So many files of others are named."""
Tell = Callable[[Message], None]
"""Says something to the user while a command goes on."""


class Held:
    """A folder that one command has, until it is let go of.

    Without ``out`` it is the folder of the question (``Question.folder``), and what is kept for other questions stands
    beside it (``home``); otherwise inside. Nothing is touched before it is taken. ``tell`` hears of what is odd.
    """

    def __init__(self, out: Path | None = None, option: str = "--out", tell: Tell = lambda message: None) -> None:
        self._out, self._option, self.tell = out, option, tell
        self._question: Question | None = None
        self._lock: BinaryIO | None = None
        self._taken = False
        self._contents: Contents | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the lock."""
        if self._lock is not None:
            self._lock.close()
            self._lock, self._taken = None, False

    @property
    def named(self) -> Path | None:
        """The path that it was given; None for the folder of the question."""
        return self._out

    @property
    def path(self) -> Path:
        """Where it is."""
        if self._out is not None:
            return self._out
        return self.question.folder

    @property
    def home(self) -> Path:
        """Where finished replications are kept: in a folder that was named, or else for all questions together.

        Absolute, since who simulates may stand in another folder.
        """
        return (self.path if self._out is not None else self.path.parent).absolute()

    @property
    def question(self) -> Question:
        """What is asked."""
        if self._question is None:
            raise ValueError("nobody has asked anything of this folder yet")
        return self._question

    def ask(self, question: Question) -> None:
        """Say what is to be answered; touches nothing."""
        self._question = question

    # taking a folder ------------------------------------------------------------------------------------------------

    def look(self, beside: Sequence[str] = ()) -> None:
        """Refuse what is not ours to fill, before any work; touches nothing. A lock that is there is held from now on.

        Raises:
            UserError: if it holds what we did not write, another command is at work in it, or the system refuses.
        """
        if self._lock is not None:
            return
        with self.told():
            if (self.path / HOME / _LOCK).is_file():
                self._hold()
            self._refuse_strangers(beside)

    def take(self, beside: Sequence[str] = ()) -> None:
        """Make the folder and lock it until the end; nothing that is there changes. ``beside`` is to be written too.

        Raises:
            UserError: as ``look``.
        """
        if self._taken:
            return
        self.look(beside)
        with self.told():
            if self._lock is None:
                (self.path / HOME).mkdir(parents=True, exist_ok=True)
                self._hold()
                self._refuse_strangers(beside)
            self._sweep_up()
            if self._contents is None:
                self._record(self._asked())
        self._taken = True

    def _hold(self) -> None:
        try:
            self._lock = lock(self.path / HOME / _LOCK)
        except BlockingIOError:
            busy = Message("another cardflow command is at work in this folder: wait until it has ended")
            raise UserError(self._where, [busy]) from None

    @property
    def _where(self) -> str:
        return f"{self._option} {self.path}".strip()

    def _refuse_strangers(self, beside: Sequence[str]) -> None:
        self._contents = self._read()
        found = list(islice(strangers(self.path, self._contents, beside), _NAMED + 1))
        if found:
            raise UserError(self._where, [*map(stranger, found[:_NAMED]), *([_MORE] if found[_NAMED:] else [])])

    def _read(self) -> Contents | None:
        try:
            return read_list(self.path)
        except ListError as error:
            raise UserError(self._where, [Message("{why}: choose another folder", why=error.message)]) from None

    def _sweep_up(self) -> None:
        """Remove the drafts of commands that were killed; nobody else is at work here."""
        for path in (self.path / HOME).glob(f"{DRAFT}*"):
            shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def told(self, said: Callable[[str], Message] | None = None) -> Iterator[None]:
        """Tell the user what the system refuses: no right to write, no room.

        Raises:
            UserError: in place of an OSError.
        """
        try:
            yield
        except OSError as error:
            raise UserError(self._where, [(said or _refused)(reason(error))]) from None

    @property
    def _known(self) -> Contents:
        if self._contents is None:
            raise ValueError("the folder has not been taken yet")
        return self._contents

    def _asked(self, **values: object) -> Contents:
        return Contents.model_validate({"kind": self.question.kind, "question": self.question.digest, **values})

    def _record(self, contents: Contents) -> None:
        write_list(self.path, contents)
        self._contents = contents


_MORE = Message("holds more that cardflow did not write")


def stranger(name: str) -> Message:
    """Says that a file is not ours."""
    return Message(
        "holds {file}, which cardflow did not write as it is: choose another folder, or move it", file=shown_name(name)
    )


def _refused(reason: str) -> Message:
    return Message("cannot be written: {reason}", reason=reason)
