"""An answer on the shelf as lines, for a terminal and a page alike, and how it is searched."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePath

from reports import catalogue, names, values
from reports.document import Bracketed, Code, Joined, Name, Number, Say, Screen, Title, Value, listing, say
from reports.run.verdicts import ORDER
from scenarios.shelf.entry import Entry, Facts

_NAMED = ("fails", "at_risk")
"""Words whose targets are named; of the others their number."""


def screen(entries: Sequence[Entry], folder: PurePath, of: int, word: str) -> Screen:
    """The list of answers; ``of`` is how many there are with those that ``word`` left out."""
    if not of:
        return (say("shelf.none", command=Code("cardflow run renewal-wave")),)
    if not entries:
        return (say("shelf.none_found", count=of, word=word),)
    lines: list[Value] = [say("shelf.counted", count=len(entries))]
    for entry in entries:
        lines += ["", *told(entry), say("shelf.path", path=str(folder / entry.path))]
    return tuple(lines)


def told(entry: Entry) -> Iterator[Value]:
    """The lines of an answer, from its name to how it was made; its path is left to the face."""
    facts = entry.facts
    yield _head(entry)
    if facts.scenario:
        titled = bool(entry.name and facts.title)
        yield say("shelf.question" if titled else "shelf.scenario", title=Title(facts.title), scenario=facts.scenario)
    if facts.differing:
        yield say("shelf.against", base=facts.base, changes=_changes(facts))
    yield from _verdicts(facts)
    if entry.note:
        yield say("shelf.note", note=entry.note)
    if entry.version:
        yield say(
            "shelf.made", provenance=_provenance(facts), version=entry.version, size=size(entry), finished=_when(entry)
        )


def name(entry: Entry) -> Value:
    """What an answer is called: its own name, else the title of its scenario, else its path."""
    return entry.name or (Title(entry.facts.title) if entry.facts.title else entry.path)


def _head(entry: Entry) -> Say:
    marks = ([say("shelf.pinned")] if entry.pinned else []) + (
        [] if entry.state == "finished" else [Name("shelf.state", entry.state)]
    )
    kind = Name("shelf.kind", entry.kind)
    if not marks:
        return say("shelf.head", name=name(entry), kind=kind)
    return say("shelf.head_marked", name=name(entry), kind=kind, mark=Joined(tuple(marks)))


def _changes(facts: Facts) -> Value:
    told: list[Value] = [say("shelf.change", **vars(one)) for one in facts.differing]
    return listing([*told, say("shelf.more", count=facts.more)] if facts.more else told)


def _verdicts(facts: Facts) -> Iterator[Say]:
    """A line a scenario: the worst word first."""
    for scenario in dict.fromkeys(own.scenario for own in facts.verdicts):
        words: dict[str, list[str]] = {}
        for own in facts.verdicts:
            if own.scenario == scenario:
                words.setdefault(own.word, []).append(own.target)
        ordered = sorted(words.items(), key=lambda each: ORDER.get(each[0], len(ORDER)))
        line = listing(
            say("shelf.verdict", word=Name("verdict", word), targets=_targets(word, targets))
            for word, targets in ordered
        )
        yield (
            say("shelf.verdicts_of", scenario=scenario, verdicts=line)
            if scenario
            else say("shelf.verdicts", verdicts=line)
        )


def _targets(word: str, targets: Sequence[str]) -> Value:
    if word not in _NAMED:
        return len(targets)
    return Joined(tuple(names.target(target, short=True) for target in targets))


def _provenance(facts: Facts) -> Value:
    if facts.seed is None or facts.replications is None:
        return None
    return say("terminal.provenance", seed=facts.seed, replications=facts.replications)


def size(entry: Entry) -> Say:
    """How much room its files take."""
    if entry.bytes < 1_000_000:
        return say("shelf.kilobytes", number=Number(entry.bytes / 1e3))
    return say("shelf.megabytes", number=Number(entry.bytes / 1e6, decimals=1))


def _when(entry: Entry) -> Value:
    if not entry.finished:
        return None
    moment = datetime.fromisoformat(entry.finished)
    return Bracketed(moment.date(), f"{moment:%H:%M}")


def matching(entries: Sequence[Entry], word: str = "", kind: str | None = None) -> list[Entry]:
    """Those of a kind in which each part of a word stands, in what is shown of them in either language.

    Capitals and full-width letters count as plain ones.
    """
    pieces = _folded(word).split()
    chosen = [entry for entry in entries if kind in (None, entry.kind)]
    return [entry for entry in chosen if all(piece in _text(entry) for piece in pieces)] if pieces else chosen


def _text(entry: Entry) -> str:
    cats = [catalogue.load(lang) for lang in catalogue.LANGUAGES]
    lines = [line for cat in cats for line in values.texts(cat, told(entry))]
    return _folded("\n".join([*lines, entry.path]))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
