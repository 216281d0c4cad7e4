"""The folder that a command fills: taken with a lock, its answer replaced as one, nothing lost that is not ours.

The list of what we wrote (``scenarios.folder.contents``) goes through every change first: while files are being
replaced it says that the answer is not finished and names both what was there and what is to come. So a reader finds
the old answer, the new one or none, whenever the command ends, and the next command can still tell whose each file is.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Self

from scenarios.errors import UserError
from scenarios.folder.contents import HOME, LIST, Contents, ListError, is_as_listed, read_list, write_list
from scenarios.folder.draft import Draft
from scenarios.folder.lock import lock
from scenarios.folder.question import Question
from scenarios.folder.strangers import strangers
from sim import __version__
from sim.message import Message

_LOCK = "lock"
_DRAFT = "draft-"
_NAMED = 3
"""So many files of others are named."""
Tell = Callable[[Message], None]
"""Says something to the user while a command goes on."""


class Folder:
    """A folder for the answer to one question at a time.

    Without ``out`` it is the folder of the question (``Question.folder``), and what is kept for other questions stands
    beside it (``home``); otherwise inside. Nothing is touched before it is taken. ``tell`` hears of what is odd.
    """

    def __init__(self, out: Path | None = None, option: str = "--out", tell: Tell = lambda message: None) -> None:
        self._out, self._option, self.tell = out, option, tell
        self._question: Question | None = None
        self._lock: BinaryIO | None = None
        self._contents: Contents | None = None
        self._inputs: Mapping[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the lock."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    @property
    def path(self) -> Path:
        """Where it is."""
        if self._out is not None:
            return self._out
        return self.question.folder

    @property
    def home(self) -> Path:
        """Where finished replications are kept: in a folder that was named, or else for all questions together."""
        return self.path if self._out is not None else self.path.parent

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

    def take(self, beside: Sequence[str] = ()) -> None:
        """Make the folder and lock it until the end; nothing that is there changes. ``beside`` is to be written too.

        Raises:
            UserError: if it holds what we did not write, another command is at work in it, or the system refuses.
        """
        if self._lock is not None:
            return
        with self.told():
            if not (self.path / HOME / _LOCK).is_file():
                self._refuse_strangers(beside)
            (self.path / HOME).mkdir(parents=True, exist_ok=True)
            self._hold()
            self._refuse_strangers(beside)
            self._sweep_up()
            if self._contents is None:
                self._record(self._asked())

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
            raise UserError(self._where, [*map(_stranger, found[:_NAMED]), *([_MORE] if found[_NAMED:] else [])])

    def _read(self) -> Contents | None:
        try:
            return read_list(self.path)
        except ListError as error:
            raise UserError(self._where, [Message("{why}: choose another folder", why=error.message)]) from None

    def _sweep_up(self) -> None:
        """Remove the drafts of commands that were killed; nobody else is at work here."""
        for path in (self.path / HOME).glob(f"{_DRAFT}*"):
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
            raise UserError(self._where, [(said or _refused)(error.strerror or str(error))]) from None

    # the answer -----------------------------------------------------------------------------------------------------

    def begin(self, inputs: Mapping[str, str]) -> None:
        """Take the folder and put the inputs there; an answer to another question goes, one to the same stays.

        Raises:
            UserError: as ``take``.
        """
        self.take()
        self._inputs = dict(inputs)
        if self._is_whole():
            return
        with self._drafted() as draft:
            self._replace(self._asked(answer=draft.stamps()), draft)

    @contextmanager
    def answer(self) -> Iterator[Draft]:
        """What is written into the draft becomes the answer, beside the inputs: all of it or nothing.

        Raises:
            UserError: if the system refuses.
        """
        with self._drafted() as draft:
            yield draft
            stamps = draft.stamps()
            same = self._known.answer == stamps
            self._replace(self._asked(finished=True, answer=stamps, page=self._known.page if same else {}), draft)

    @contextmanager
    def page(self) -> Iterator[Path]:
        """What is written into this folder is what was drawn of the answer.

        Raises:
            UserError: if the system refuses.
        """
        with self.told(_page_refused), self._draft() as draft:
            yield draft.path
            self._replace(self._known.model_copy(update={"page": draft.stamps()}), draft)

    def reopen(self, kind: str) -> None:
        """Take a folder with a finished answer of a kind, to read it.

        Raises:
            UserError: if it is none, is not whole, was written by another version or changed since, or is in use.
        """
        if self._out is None or not (self.path / HOME / LIST).is_file():
            raise UserError(self._where, [_NO_LIST])
        with self.told():
            self._hold()
            self._contents = self._read()
            self._sweep_up()
            if wrong := self._wrong(kind):
                raise UserError(self._where, wrong)

    def _wrong(self, kind: str) -> list[Message]:
        known = self._known
        if known.kind != kind:
            return [Message("is not the folder of a finished run, but of another command ({kind})", kind=known.kind)]
        if known.version != __version__:
            versions = {"version": known.version, "own": __version__}
            return [Message("was written by cardflow {version}, and this is {own}: run it again", **versions)]
        if not known.finished:
            return [Message("is not the folder of a finished run: give the same command again, and it goes on")]
        changed = [name for name, listed in known.answer.items() if not is_as_listed(self.path / name, listed)]
        return [
            Message("{file}   is missing, damaged or not as it was written: give the same command again", file=name)
            for name in changed
        ]

    @property
    def _known(self) -> Contents:
        if self._contents is None:
            raise ValueError("the folder has not been taken yet")
        return self._contents

    def _asked(self, **values: object) -> Contents:
        return Contents.model_validate({"kind": self.question.kind, "question": self.question.digest, **values})

    def _is_whole(self) -> bool:
        known, own = self._known, self._asked()
        same = (known.kind, known.question, known.version) == (own.kind, own.question, own.version)
        return same and known.finished and all(is_as_listed(self.path / n, s) for n, s in known.answer.items())

    # replacing ------------------------------------------------------------------------------------------------------

    @contextmanager
    def _drafted(self) -> Iterator[Draft]:
        with self.told(), self._draft() as draft:
            for name, text in self._inputs.items():
                draft.write_text(name, text)
            yield draft

    @contextmanager
    def _draft(self) -> Iterator[Draft]:
        place = Path(tempfile.mkdtemp(prefix=_DRAFT, dir=self.path / HOME))
        try:
            draft = Draft(place / self.path.absolute().name)
            draft.path.mkdir()
            yield draft
        finally:
            shutil.rmtree(place, ignore_errors=True)

    def _replace(self, after: Contents, draft: Draft) -> None:
        """Put the draft's files in place of what is there, so that a list says at any time what is true.

        What goes, goes before anything new comes; but inputs that are replaced are never missing.
        """
        there, new = self._known.there(self.path), {**after.answer, **after.page}
        self._refuse_foreign([name for name in new if name not in there])
        leaving = {name: listed for name, listed in there.items() if new.get(name) != listed}
        untouched = self._known.finished and self._known.answer == after.answer
        self._record(after.model_copy(update={"finished": after.finished and untouched, "earlier": leaving}))
        for name in leaving:
            if after.finished or name not in new:
                self._remove(name)
        for name, own in draft.stamps().items():
            if there.get(name) != own:
                (self.path / name).parent.mkdir(parents=True, exist_ok=True)
                (draft.path / name).replace(self.path / name)
        self._record(after)

    def _refuse_foreign(self, names: Sequence[str]) -> None:
        """Refuse to overwrite what we did not write."""
        paths = {name: self.path / name for name in names}
        foreign = [name for name, path in paths.items() if os.path.lexists(path) or path.parent.is_symlink()]
        if foreign:
            raise UserError(self._where, [_stranger(name) for name in foreign])

    def _remove(self, name: str) -> None:
        path = self.path / name
        path.unlink(missing_ok=True)
        if path.parent not in (self.path, self.path.parent) and not any(path.parent.iterdir()):
            path.parent.rmdir()

    def _record(self, contents: Contents) -> None:
        write_list(self.path, contents)
        self._contents = contents


_MORE = Message("holds more that cardflow did not write")
_NO_LIST = Message(
    "is not the folder of a finished run: it has no list of files ({file}), as folders of this version have",
    file=f"{HOME}/{LIST}",
)


def _stranger(name: str) -> Message:
    return Message("holds {file}, which cardflow did not write as it is: choose another folder, or move it", file=name)


def _refused(reason: str) -> Message:
    return Message("cannot be written: {reason}", reason=reason)


def _page_refused(reason: str) -> Message:
    return Message("the page cannot be written: {reason}", reason=reason)
