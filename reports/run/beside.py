"""Several runs side by side: the inputs that differ, and what each says of every target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from reports import assumptions, names
from reports.document import (
    Block,
    Bracketed,
    Chapter,
    Code,
    Document,
    Joined,
    Paragraphs,
    Table,
    Title,
    Value,
    headings,
    provenance,
    say,
)
from reports.run import beside_charts, cells
from reports.run.verdicts import Headline, headlines
from reports.run_data import RunData

Judged: TypeAlias = Mapping[tuple[str, str | None], Headline]
"""What a run says of each target, by target and part."""
_WORDS = ("title", "why")
"""What stands in a scenario file and is no value."""


def beside(runs: Sequence[RunData]) -> Document:
    """A line a value that differs, then a line a target; a column a run."""
    judged = [{(own.worst.id, own.worst.part): own for own in headlines(data.summary)} for data in runs]
    inputs, verdicts = _inputs(runs), _verdicts(runs, judged)
    note = say("shelf.beside.inputs_note" if inputs.rows[1:] else "shelf.beside.alike")
    heading = say("shelf.beside.inputs")
    chapters = (
        Chapter(
            "targets",
            say("memo.beside"),
            (say("memo.beside_note"),),
            (Block(verdicts),),
            (beside_charts.chart(runs, titles(runs)),),
            role="reasons",
        ),
        Chapter("inputs", heading, (note,), (Block(inputs),), role="hangs"),
    )
    return Document(
        title=say("memo.beside"),
        origin="",
        answer=(_differing(judged),),
        chapters=chapters,
        screen=(heading, note, inputs, Paragraphs((say("memo.beside"),)), say("memo.beside_note"), verdicts),
    )


def _differing(judged: Sequence[Judged]) -> Value:
    """The targets on which the runs do not agree."""
    every = dict.fromkeys(key for one in judged for key in one)
    verdicts = {key: {one[key].verdict if key in one else None for one in judged} for key in every}
    differing = [names.target_part(*key) for key, found in verdicts.items() if len(found) > 1]
    return say("shelf.beside.differ", targets=Joined(tuple(differing))) if differing else say("shelf.beside.agree")


def titles(runs: Sequence[RunData]) -> tuple[Value, ...]:
    """The runs' titles; of the same scenario they are counted."""
    titles = [data.run.title for data in runs]
    return tuple(
        Bracketed(Title(own), str(number)) if titles.count(own) > 1 else Title(own)
        for number, own in enumerate(titles, start=1)
    )


def _inputs(runs: Sequence[RunData]) -> Table:
    """Where each run comes from, then every value that is not the same in all of them."""
    flat = [dict(assumptions.leaves(data.scenario)) for data in runs]
    paths = dict.fromkeys(path for one in flat for path in one if path not in _WORDS)
    differing = [path for path in paths if any(one.get(path) != flat[0].get(path) for one in flat)]
    rows = [(Code(path), *(assumptions.written(one.get(path)) for one in flat)) for path in differing]
    origin: tuple[Value, ...] = ("", *(provenance(data.run) for data in runs))
    return Table((say("shelf.beside.parameter"), *titles(runs)), (origin, *rows))


def _verdicts(runs: Sequence[RunData], judged: Sequence[Judged]) -> Table:
    every = {key: own for one in reversed(judged) for key, own in one.items()}
    ordered = [key for key in every if key in judged[0]] + [key for key in every if key not in judged[0]]
    rows = tuple(
        (cells.target(every[key]), *(_cell(one.get(key), data) for one, data in zip(judged, runs, strict=True)))
        for key in ordered
    )
    return Table((*headings("run", "target"), *titles(runs)), rows)


def _cell(headline: Headline | None, data: RunData) -> Value:
    if headline is None:
        return None
    return Bracketed(names.verdict(headline.verdict), cells.met(headline.decides, data.run))
