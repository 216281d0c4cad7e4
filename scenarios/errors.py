"""The user's mistakes, all at once: file, line where it can be had, field, rule, value, nearest right name."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from scenarios.limits import MISTAKES, PATH_LETTERS, shown_name
from sim.message import NOTHING, Message

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Place:
    """A line of a file."""

    file: str
    line: int


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong, and where, if that can be had."""

    message: Message
    place: Place | None = None

    def shown(self, file: str) -> Message:
        """The line in a message about ``file``; another file is named."""
        if self.place is None:
            return Message("  {mistake}", mistake=self.message)
        if (name := shown_name(self.place.file, PATH_LETTERS)) != file:
            named = {"file": name, "line": self.place.line, "mistake": self.message}
            return Message("  {file} line {line} {mistake}", **named)
        return Message("  line {line:<3} {mistake}", line=self.place.line, mistake=self.message)


NOTHING_RUN = Message(", nothing was run")
NOTHING_WRITTEN = Message(", nothing was written")
"""What a command that failed did not do; one that neither simulates nor writes says nothing of it."""


class UserError(Exception):
    """Something the user can mend. ``str`` of it is what the user reads, in English; ``lines`` says it in any language.

    ``where`` is what it is about, such as a file's name or an option, as the user wrote it.
    """

    def __init__(self, where: str, mistakes: Sequence[Mistake | Message]) -> None:
        self.where = shown_name(where, PATH_LETTERS)
        self.mistakes = [m if isinstance(m, Mistake) else Mistake(m) for m in mistakes]
        super().__init__(str(self))

    @property
    def lines(self) -> list[Message]:
        """What the user reads of a command that simulates."""
        return self.told(NOTHING_RUN)

    def told(self, undone: Message) -> list[Message]:
        """How many mistakes there are and what was not done, then a line for each, and how many more there are."""
        told = {"where": self.where, "count": len(self.mistakes), "undone": undone}
        one, many = Message("{where}: 1 error{undone}", **told), Message("{where}: {count} errors{undone}", **told)
        shown = [mistake.shown(self.where) for mistake in self.mistakes[:MISTAKES]]
        left = Message("  and {count:,} more", count=len(self.mistakes) - len(shown))
        return [one if len(self.mistakes) == 1 else many, *shown, *([left] if len(self.mistakes) > len(shown) else [])]

    def __str__(self) -> str:
        return "\n".join(self.lines)


class _GatheredError(UserError):
    """What is wrong in several things, which stay apart."""

    def __init__(self, where: str, mistakes: Sequence[Mistake | Message], errors: Sequence[UserError]) -> None:
        self.errors = errors
        super().__init__(where, mistakes)


class Together:
    """What is wrong in several things that do not rest on each other, told in one answer."""

    def __init__(self, about: str = "") -> None:
        """``about``: what they have in common; without, an answer is about the first, and others are named."""
        self._about = about
        self._errors: list[UserError] = []

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Note what is wrong with one of them, and go on with the next."""
        try:
            yield
        except UserError as error:
            self.note(error)

    def tried(self, make: Callable[Asked, Made], *given: Asked.args, **named: Asked.kwargs) -> Made | None:
        """What comes of a call; None where something is wrong with it, which is noted."""
        with self.noted():
            return make(*given, **named)
        return None

    def note(self, error: UserError) -> None:
        """Note what is wrong with one of them."""
        self._errors += error.errors if isinstance(error, _GatheredError) else [error]

    @property
    def error(self) -> UserError | None:
        """All that was noted, if anything was; the same of things that have something in common once."""
        if not self._errors:
            return None
        first, *others = self._errors
        if others and self._about:
            told: dict[Message, Mistake] = {}
            for mistake in (mistake for error in self._errors for mistake in error.mistakes):
                told.setdefault(mistake.message, mistake)
            return UserError(self._about, list(told.values()))
        named = [_named(mistake, error.where, first.where) for error in others for mistake in error.mistakes]
        return _GatheredError(first.where, [*first.mistakes, *named], self._errors)

    def refuse(self) -> None:
        """Raise it."""
        if (error := self.error) is not None:
            raise error


def _named(mistake: Mistake, where: str, of_all: str) -> Mistake:
    """A mistake that says itself what it is about; one on a line of a file does, or about what all is about."""
    return (
        mistake
        if mistake.place or where == of_all
        else Mistake(Message("{where}: {mistake}", where=where, mistake=mistake.message))
    )


class WorkLostError(Exception):
    """Work that could not be done through nobody's mistake, such as a process that the system killed."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


def is_interrupt(error: BaseException) -> bool:
    """Whether an error is Ctrl-C or its like, of which what is compiled makes a ``SystemError``."""
    within = error.__cause__ if isinstance(error, SystemError) else error
    return isinstance(within, KeyboardInterrupt)


def nearest(name: str, known: Iterable[str]) -> Message:
    """The right name that is nearest to a wrong one, as the end of a message."""
    close = nearest_name(name, known)
    return NOTHING if close is None else Message("; did you mean {name}?", name=close)


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The right name that is nearest to a wrong one; None where none is near."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), None)
