"""The folder that a command fills: its answer is replaced as one, and nothing is lost that is not ours.

The list of what we wrote (``scenarios.folder.contents``) goes through every change first: while files are being
replaced it says that the answer is not finished and names both what was there and what is to come. So a reader finds
the old answer, the new one or none, whenever the command ends, and the next command can still tell whose each file is.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from scenarios.errors import UserError
from scenarios.folder.contents import HOME, LIST, Contents, is_as_listed, place
from scenarios.folder.draft import Draft
from scenarios.folder.held import DRAFT, Held, Tell, stranger
from scenarios.limits import shown_name
from sim import __version__
from sim.message import Message


class Folder(Held):
    """A folder for the answer to one question at a time."""

    def __init__(self, out: Path | None = None, option: str = "--out", tell: Tell = lambda message: None) -> None:
        super().__init__(out, option, tell)
        self._inputs: Mapping[str, str] = {}

    # the answer -----------------------------------------------------------------------------------------------------

    def begin(self, inputs: Mapping[str, str]) -> None:
        """Take the folder and put the inputs there; an answer to another question goes, one to the same stays.

        Raises:
            UserError: as ``take``.
        """
        self.take()
        self._inputs = dict(inputs)
        if self.whole:
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
    def provisional(self) -> Iterator[Draft]:
        """What is written into the draft stands there until the answer does, listed as what it is.

        What was drawn of one before stays until something else is.

        Raises:
            UserError: if the system refuses.
        """
        with self._drafted() as draft:
            yield draft
            self._replace(self._asked(provisional=True, answer=draft.stamps(), page=self._known.page), draft)

    @contextmanager
    def page(self, *instead: str) -> Iterator[Path]:
        """What is written into this folder is drawn of the answer; what was drawn before stays beside it.

        But of names that begin as one of ``instead`` does, such as ``charts/``, only what is written now stays.

        Raises:
            UserError: if the system refuses.
        """
        with self.told(_page_refused), self._draft() as draft:
            yield draft.path
            before = {name: own for name, own in self._known.page.items() if not name.startswith(instead)}
            drawn = {**before, **draft.stamps()}
            self._replace(self._known.model_copy(update={"page": drawn}), draft)

    @property
    def whole(self) -> bool:
        """Whether the answer to what is asked is there already, all of it and as it was written."""
        known, own = self._known, self._asked()
        same = (known.kind, known.question, known.version) == (own.kind, own.question, own.version)
        return same and known.finished and all(is_as_listed(place(self.path, n), s) for n, s in known.answer.items())

    @property
    def kind(self) -> str:
        """What kind of answer the folder holds."""
        return self._known.kind

    def reopen(self, kind: str | None) -> str:
        """Take a folder with a finished answer of a kind (None: any), to read it; the digest of its question.

        Raises:
            UserError: if it is none, is not whole, was written by another version or changed since, or is in use.
        """
        with self.told():
            if self._out is None or not (self.path / HOME / LIST).is_file():
                raise UserError(self._where, [_NO_LIST])
            self._hold()
            self._contents = self._read()
            self._sweep_up()
            if wrong := self._wrong(kind):
                raise UserError(self._where, wrong)
            return self._known.question

    def _wrong(self, kind: str | None) -> list[Message]:
        known = self._known
        if known.kind != kind and kind is not None:
            other = shown_name(known.kind)
            return [Message("is not the folder of a finished run, but of another command ({kind})", kind=other)]
        if known.version != __version__:
            versions = {"version": shown_name(known.version), "own": __version__}
            return [Message("was written by cardflow {version}, and this is {own}: run it again", **versions)]
        if known.provisional:
            return [_PROVISIONAL]
        if not known.finished:
            return [Message("is not the folder of a finished run: give the same command again, and it goes on")]
        changed = [name for name, listed in known.answer.items() if not is_as_listed(place(self.path, name), listed)]
        return [
            Message("{file}   is missing, damaged or not as it was written: give the same command again", file=name)
            for name in map(shown_name, changed)
        ]

    # replacing ------------------------------------------------------------------------------------------------------

    @contextmanager
    def _drafted(self) -> Iterator[Draft]:
        with self.told(), self._draft() as draft:
            for name, text in self._inputs.items():
                draft.write_text(name, text)
            yield draft

    @contextmanager
    def _draft(self) -> Iterator[Draft]:
        corner = Path(tempfile.mkdtemp(prefix=DRAFT, dir=self.path / HOME))
        try:
            draft = Draft(corner / Path(os.path.normpath(self.path.absolute())).name)
            draft.path.mkdir()
            yield draft
        finally:
            shutil.rmtree(corner, ignore_errors=True)

    def _replace(self, after: Contents, draft: Draft) -> None:
        """Put the draft's files in place of what is there, so that a list says at any time what is true.

        What goes, goes before anything new comes; but inputs that are replaced are never missing.
        """
        now, new = self._known, {**after.answer, **after.page}
        there = now.there(self.path)
        self._refuse_foreign([name for name in new if name not in there])
        leaving = {name: listed for name, listed in there.items() if new.get(name) != listed}
        untouched = now.finished and now.answer == after.answer
        self._record(after.model_copy(update={"finished": after.finished and untouched, "earlier": leaving}))
        for name in leaving:
            if after.finished or name not in new:
                place(self.path, name).unlink(missing_ok=True)
        for name, own in new.items():
            source, target = place(draft.path, name), place(self.path, name)
            if there.get(name) != own and source.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)
        self._remove_empty(now)
        self._record(after)

    def _refuse_foreign(self, names: Sequence[str]) -> None:
        """Refuse to overwrite what we did not write."""
        paths = {name: place(self.path, name) for name in names}
        foreign = [name for name, path in paths.items() if os.path.lexists(path) or path.parent.is_symlink()]
        if foreign:
            raise UserError(self._where, [stranger(name) for name in foreign])

    def _remove_empty(self, before: Contents) -> None:
        """Remove folders of files that were there before, where nothing is left in them."""
        for folder in {place(self.path, name).parent for name, _ in before.listed if "/" in name.removeprefix("../")}:
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


_NO_LIST = Message(
    "is not the folder of a finished run: it has no list of files ({file}), as folders of this version have",
    file=f"{HOME}/{LIST}",
)
_PROVISIONAL = Message(
    "holds a provisional answer of a run that did not come to its end: give the same command again, and it goes on"
)


def _page_refused(reason: str) -> Message:
    return Message("the page cannot be written: {reason}", reason=reason)
