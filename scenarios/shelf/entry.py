"""What the shelf knows of an answer, and the names and notes that people give it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from scenarios.durable import put
from scenarios.folder.contents import HOME

State = Literal["finished", "unfinished", "running", "changed"]
"""``changed``: a file of the answer is missing or not as it was written, so nothing of it is told."""

LABEL = "label.json"
_LARGEST = 100_000
"""Bytes of a small file."""
Told = TypeVar("Told", bound=BaseModel)


def plain(text: str, most: int) -> str:
    """A text of a file from anywhere as one line of at most so many letters, without what a terminal would obey."""
    spaced = " ".join(text[: 20 * most].split())
    shown = "".join(letter if letter.isprintable() else "?" for letter in spaced)
    return shown if len(shown) <= most else shown[: most - 3] + "..."


class Small(BaseModel):
    """What a small file holds that may come from anywhere: nothing but its fields, each of its very kind."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def read_small(kind: type[Told], path: Path) -> Told | None:
    """What a small file tells, which may come from anywhere; None where it is a link or tells nothing of the kind."""
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return None
        return kind.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def write_small(path: Path, told: BaseModel) -> None:
    """Replace it, as one; raises OSError."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)  # it may be a link that leads elsewhere
    put(path, f"{told.model_dump_json(indent=1)}\n".encode(), unfinished)


@dataclass(frozen=True)
class Differing:
    """A value that differs from what the question rests on, as it is written in a scenario file."""

    path: str
    base: str
    value: str


@dataclass(frozen=True)
class Verdict:
    """The word for a target over all fiscal years, such as ``holds``; ``scenario`` where several were judged."""

    target: str
    word: str
    scenario: str = ""


@dataclass(frozen=True)
class Facts:
    """What an answer says of itself, as far as its kind has it. ``base`` is the scenario that ``differing`` is against;
    ``more`` counts differences that are left out.
    """

    scenario: str = ""
    title: str = ""
    seed: int | None = None
    replications: int | None = None
    base: str = ""
    differing: tuple[Differing, ...] = ()
    more: int = 0
    verdicts: tuple[Verdict, ...] = ()


class Label(BaseModel):
    """What people say of an answer; of another question in the same folder it says nothing.

    It stands beside the list of files and is no part of the answer, so that nothing counts as edited.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    question: str = ""
    name: str = ""
    note: str = ""
    pinned: bool = False


def read_label(folder: Path, question: str) -> Label:
    """That of an answer in a folder; an empty one where there is none that can be read."""
    label = read_small(Label, folder / HOME / LABEL)
    return label if label and label.question == question else Label(question=question)


def write_label(folder: Path, label: Label) -> None:
    """Replace it, as one; raises OSError."""
    write_small(folder / HOME / LABEL, label)


@dataclass(frozen=True)
class Entry:
    """An answer on the shelf.

    ``path`` leads to it from the folder of the shelf, with slashes. ``bytes`` are those of its own files: replications
    that several questions share stand beside them. ``finished`` is when, in Japan's time, empty where it is not.
    """

    path: str
    kind: str
    question: str
    state: State
    version: str
    bytes: int
    finished: str
    facts: Facts = field(default_factory=Facts)
    name: str = ""
    note: str = ""
    pinned: bool = False
