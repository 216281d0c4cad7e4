"""What an answer says of itself on the shelf, by the kind of its question."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.library_texts import BESIDE
from reports.presentations import KINDS
from scenarios.files.scenario_file import written
from scenarios.limits import NAME_LETTERS, SHOWN_LETTERS, TITLE_LETTERS
from scenarios.records import from_json, read
from scenarios.shelf.entry import Differing, Facts, Verdict, plain

_MOST = 8
"""Differences that are told; of the others, their number."""


def facts(kind: str, folder: Path) -> Facts:
    """Of the answer in a folder; of a kind that is not known nothing. Raises ValueError or OSError where it is none."""
    if kind == "run":
        return _of_run(folder)
    if kind == "compare":
        return _of_comparison(folder)
    if kind not in KINDS:
        return Facts()
    own = from_json(_Asked, json.loads((folder / f"{kind}.json").read_text(encoding="utf-8")))
    return _plain(own.scenario, own.title, own.seed, own.replications or own.fresh_replications)


@dataclass(frozen=True)
class _Asked:
    """What most records have in common."""

    scenario: str = ""
    title: str = ""
    seed: int | None = None
    replications: int | None = None
    fresh_replications: int | None = None


def _of_run(folder: Path) -> Facts:
    from reports.run.verdicts import headlines
    from scenarios.run.record import Run, Summary

    run = read(Run, folder)
    verdicts = (Verdict(_judged(own.worst.id, own.worst.part), own.verdict) for own in headlines(read(Summary, folder)))
    differing = [(change.path, change.base, change.value) for change in run.changes]
    return _plain(run.scenario, run.title, run.seed, run.replications, run.base or "", differing, verdicts)


def _of_comparison(folder: Path) -> Facts:
    from scenarios.compare.record import Comparison

    found = read(Comparison, folder)
    first, titles = found.names[0], {each.name: each.title for each in found.scenarios}
    decided = [row for row in found.rows if row.kind == "probability"]
    verdicts = [
        Verdict(row.id, row.against_verdict or "not_tested", first) for row in found.of(found.pairs[0], "probability")
    ]
    verdicts += [Verdict(row.id, row.verdict or "not_tested", row.scenario) for row in decided]
    differing = [(own.path, own.against_value, own.value) for pair in found.pairs for own in pair.inputs]
    return _plain(
        found.scenario, BESIDE.join(titles.values()), found.seed, found.replications, first, differing, verdicts
    )


def _judged(target: str, part: str | None) -> str:
    return f"{target}/{part}" if part else target


def _plain(
    scenario: str,
    title: str,
    seed: int | None,
    replications: int | None,
    base: str = "",
    differing: Sequence[tuple[str, Any, Any]] = (),
    verdicts: Iterable[Verdict] = (),
) -> Facts:
    """The same as text that can be shown: files may come from anywhere."""
    return Facts(
        plain(scenario, NAME_LETTERS),
        plain(title, TITLE_LETTERS),
        seed,
        replications,
        plain(base, NAME_LETTERS),
        tuple(
            Differing(plain(path, NAME_LETTERS), _written(one), _written(other))
            for path, one, other in differing[:_MOST]
        ),
        max(len(differing) - _MOST, 0),
        tuple(
            Verdict(plain(own.target, NAME_LETTERS), plain(own.word, NAME_LETTERS), plain(own.scenario, NAME_LETTERS))
            for own in verdicts
        ),
    )


def _written(value: Any) -> str:
    return "-" if value is None else plain(written(value), SHOWN_LETTERS)
