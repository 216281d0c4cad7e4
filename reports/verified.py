"""Whether the numbers of a memo or a workbook are still those of the answers that it was made of."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import zip_longest
from math import isclose
from pathlib import Path
from typing import Any, Literal, TypeVar

import docx

from calibration import evidence
from reports.catalogue import known
from reports.document import Code, Joined, Name, Period, Screen, Table, Value, headings, say
from reports.faces import traced
from reports.faces.cells import Column
from reports.faces.memo.controls import Listed, controls, listed
from reports.faces.source import Source, digest
from reports.faces.workbook import sheets
from reports.memos import Answers
from scenarios.errors import UserError
from scenarios.folder.folder import Folder
from scenarios.system_words import reason
from scenarios.workbook.archive import measured
from scenarios.workbook.named import read_named
from sim.message import Message

Found = TypeVar("Found")
Why = Literal["edited", "outdated"]


@dataclass(frozen=True)
class Difference:
    """A number that is not what the answer says: ``edited`` in the file, or ``outdated`` since the answer is another.

    ``where`` is its address; ``target`` and ``period`` are what it is about, as far as that can be told; ``answer`` is
    None where the answer has no such number by now.
    """

    where: str
    target: str
    period: str
    file: str
    answer: str | None
    why: Why


@dataclass(frozen=True)
class Overdue:
    """An assumption whose day to be looked at again has passed."""

    path: str
    review: str
    owner: str


@dataclass(frozen=True)
class Verified:
    """What came of looking: how many numbers were looked at, how many had been taken out, what differs."""

    file: str
    numbers: int
    removed: int
    differences: tuple[Difference, ...]
    overdue: tuple[Overdue, ...]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """A row a difference, then a row an assumption, for JSON."""
        found = [{"kind": each.why, **vars(each)} for each in self.differences]
        return [*found, *({"kind": "overdue", **vars(each)} for each in self.overdue)]


def verify(file: Path, folders: Sequence[Path], today: date) -> Verified:
    """Hold a memo or a workbook against its answers.

    Args:
        file: a memo (.docx) or workbook (.xlsx) that the program wrote, changed by hand or not.
        folders: where the answers are, in the order in which the file names them; else where the file says.
        today: assumptions whose month of review is before this day's are overdue.

    Raises:
        UserError: if the file cannot be read or is none of ours; if an answer is not there, not whole, edited, or
            written by another version.
    """
    kinds = {".docx": _memo, ".xlsx": _workbook}
    if file.suffix.lower() not in kinds:
        raise UserError(str(file), [Message("must end in {ends}", ends=list(kinds))])
    numbers, removed, differences = kinds[file.suffix.lower()](file, folders)
    return Verified(file.name, numbers, removed, differences, overdue(today))


def overdue(today: date) -> tuple[Overdue, ...]:
    """The assumptions that were to be looked at again before this month."""
    month = today.isoformat()[:7]
    known = evidence.load().items()
    return tuple(Overdue(path, due, one.owner) for path, one in known if (due := one.month) and due < month)


def _read(file: Path, read: Callable[[bytes], Found]) -> Found:
    """What is read of a file; a file may be damaged in any way, and the libraries say many things of it."""
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise UserError(str(file), [Message("cannot be read: {why}", why=reason(error))]) from error
    try:
        measured(raw)
        return read(raw)
    except Exception as error:
        raise UserError(str(file), [Message("is no memo or workbook that can be read")]) from error


Looked = tuple[int, int, tuple[Difference, ...]]


def _memo(file: Path, folders: Sequence[Path]) -> Looked:
    own, found = _read(file, _of_memo)
    if own is None:
        raise UserError(str(file), [_STRANGER])
    now = _numbers(file, own.sources, folders)
    ours = [(tag, text) for tag, text in found if tag in own.numbers]
    differences = tuple(each for tag, text in ours if (each := _differs(tag, text, own, now.get(tag))))
    return len(ours), len(set(own.numbers) - {tag for tag, _ in ours}), differences


def _of_memo(raw: bytes) -> tuple[Listed | None, list[tuple[str, str]]]:
    document = docx.Document(io.BytesIO(raw))
    return listed(document), list(controls(document))


def _differs(tag: str, text: str, own: Listed, now: str | None) -> Difference | None:
    told = own.numbers[tag]
    if text == now:
        return None
    why: Why = "edited" if text != told.text else "outdated"
    return Difference(tag, told.target, told.period, text, now, why)


def _numbers(file: Path, sources: Sequence[Source], folders: Sequence[Path]) -> Mapping[str, str]:
    """The numbers of the answers as they are by now, by tag."""
    with _answers(file, sources, folders) as answers:
        return {
            f"{own.name}/{address}": text
            for own in answers.shown
            for address, text in traced.numbers(own.cat, own.document).items()
        }


@contextmanager
def _answers(file: Path, sources: Sequence[Source], folders: Sequence[Path]) -> Iterator[Answers]:
    """The answers that a file was made of, in the folders that are named, else where the file says."""
    if folders and len(folders) != len(sources):
        counts = {"given": len(folders), "asked": len(sources)}
        raise UserError(str(file), [Message("is made of {asked} answers, and {given} folders are named", **counts)])
    with ExitStack() as held:
        opened = []
        for source, own in zip(sources, folders or [file.parent / source.folder for source in sources], strict=True):
            opened.append(held.enter_context(Folder(own, option="")))
            opened[-1].reopen(source.kind)
        yield Answers.of(opened, sources[0].lang)


def _workbook(file: Path, folders: Sequence[Path]) -> Looked:
    named = _read(file, read_named)
    if set(named.properties) != {field.name for field in fields(Source)}:
        raise UserError(str(file), [_STRANGER])
    source, found = Source(**named.properties), named.columns
    with _answers(file, [source], folders) as answers:
        (own,) = answers.answered
        planned = list(sheets(own.cat, own.document).items())
        same = digest(own.folder / own.presentation.file) == source.digest
    count = removed = 0
    differences: list[Difference] = []
    for number, (name, laid) in enumerate(planned):
        there = {place: found[number, place] for place in range(len(laid)) if (number, place) in found}
        count += sum(_is_number(cell) for cells in there.values() for cell in cells)
        removed += sum(
            _is_number(cell.content) for place, one in enumerate(laid) if place not in there for cell in one.cells
        )
        differences += _changed(name, laid, there, "edited" if same else "outdated")
    return count, removed, tuple(differences)


def _changed(sheet: str, laid: Sequence[Column], there: Mapping[int, Sequence[Any]], why: Why) -> Iterator[Difference]:
    """What differs in a sheet, whose rows may have been sorted: lines are matched by their words, then in order."""
    if not there:
        return
    now = _lines({place: [cell.content for cell in laid[place].cells] for place in there}, laid)
    read = _lines(there, laid)
    for words, lines in read.items():
        own = now.get(words, [])
        left = [line for line in lines if not any(_alike(line, each) for each in own)]
        other = [line for line in own if not any(_alike(line, each) for each in lines)]
        for line, answer in zip_longest(left, other):
            yield from _cells(sheet, laid, words, line, answer, why)
    for words in now.keys() - read.keys():
        for answer in now[words]:
            yield from _cells(sheet, laid, words, None, answer, why)


Line = Mapping[int, Any]
"""The numbers of a line by column."""


def _lines(columns: Mapping[int, Sequence[Any]], laid: Sequence[Column]) -> dict[tuple[str, ...], list[Line]]:
    found: dict[tuple[str, ...], list[Line]] = {}
    for row in range(max(map(len, columns.values()))):
        own = {place: cells[row] for place, cells in columns.items() if row < len(cells)}
        words = tuple(str(own[place]) for place in own if not laid[place].numbers and own[place] is not None)
        found.setdefault(words, []).append({place: own[place] for place in own if laid[place].numbers})
    return found


def _cells(
    sheet: str, laid: Sequence[Column], words: tuple[str, ...], line: Line | None, answer: Line | None, why: Why
) -> Iterator[Difference]:
    for place in line or answer or {}:
        old, new = (None if each is None else each.get(place) for each in (line, answer))
        if not _same(old, new):
            where = " / ".join((sheet, *words[:2], laid[place].heading))
            yield Difference(where, "", "", _text(old), None if new is None else _text(new), why)


def _alike(one: Line, other: Line) -> bool:
    return all(_same(one.get(place), other.get(place)) for place in one.keys() | other.keys())


def _same(one: Any, other: Any) -> bool:
    if _is_number(one) and _is_number(other):
        return isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return bool(one == other) or (one in (None, "") and other in (None, ""))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)


def _text(value: Any) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else "" if value is None else str(value)


_STRANGER = Message("is no memo or workbook of this program, or its list of numbers was taken out")


def screen(found: Verified) -> Screen:
    """What a console shows of it."""
    counts: dict[str, Value] = {"file": found.file, "numbers": found.numbers, "removed": found.removed}
    kind = "same" if not found.differences else "different"
    first = say(f"verify.{kind}", differing=len(found.differences), **counts)
    lines: list[Value | Table] = [first]
    if found.removed:
        lines.append(say("verify.removed", **counts))
    rows = tuple(
        (Name("verify.why", each.why), each.where, _about(each), each.file, each.answer) for each in found.differences
    )
    late = tuple((Code(each.path), Name("owner", each.owner), Period(each.review)) for each in found.overdue)
    lines += ["", Table(headings("verify", "why", "where", "about", "file", "answer"), rows)] if rows else []
    lines += (
        ["", say("verify.overdue", count=len(late)), Table(headings("verify", "parameter", "owner", "review"), late)]
        if late
        else []
    )
    return tuple(lines)


def _about(each: Difference) -> Value:
    """The target and the period that a number is about, as far as both are known."""
    target: Value = say(f"target.{each.target}.name") if known(f"target.{each.target}.name") else each.target
    told = [value for value, is_told in ((target, each.target), (Period(each.period), each.period)) if is_told]
    return Joined(tuple(told), "format.space")
