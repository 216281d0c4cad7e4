"""Compare scenarios: the same luck for all, paired differences to the first, and which of them chance explains.

Every replication of every scenario draws from the same streams. What differs between two of them is then what the
inputs do, and chance only as far as the inputs change how it works out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.compare.compared import Key, Side, Told, rows, tell
from scenarios.compare.record import Alternative, Compared, Comparison, Input, Pair, Series
from scenarios.errors import UserError
from scenarios.experiment.experiment import Point, Task, evaluate
from scenarios.experiment.paired import LEVEL
from scenarios.experiment.progress import Expected, Progress
from scenarios.files.changes import differing, flat
from scenarios.files.load import Scenario
from scenarios.files.scenario_file import complete_file
from scenarios.folder.names import distinct
from scenarios.folder.question import Question
from scenarios.run.available import availabilities
from scenarios.run.monthly import bands, monthly, months
from scenarios.run.periods import not_common
from scenarios.run.run_folder import RunFolder, at_work
from sim import __version__
from sim.message import Message
from sim.parameters import Parameters

LIST_KEYS = ("scenario", "against", "kind", "id", "period", "difference", "low", "high")
"""What ``cardflow compare --json`` prints of each row."""


@dataclass(frozen=True)
class CompareOptions:
    """How to compare. ``chance_only`` leaves every uncertain parameter at its middle value."""

    replications: int = 20
    seed: int = 1
    workers: int = 1
    chance_only: bool = False


def question(scenarios: Sequence[Scenario], options: CompareOptions) -> Question:
    """What is asked of a comparison."""
    asked = [[scenario.name, complete_file(scenario)] for scenario in scenarios]
    how = [options.replications, options.seed, options.chance_only]
    return Question("compare", "-vs-".join(scenario.name for scenario in scenarios), [asked, how])


def compare(
    scenarios: Sequence[Scenario],
    out: RunFolder | Path | None,
    options: CompareOptions,
    progress: Progress | None = None,
) -> Comparison:
    """Simulate all scenarios with the same luck and hold each against the first; the record of that.

    The folder is that of the question by default.

    Raises:
        UserError: with fewer than two scenarios or replications, or if the folder cannot be written or is not ours.
    """
    refuse(scenarios, options)
    with at_work(out, question(scenarios, options)) as runs:
        for scenario in scenarios:
            runs.prepare(scenario.parameters, options.replications)
        runs.take()
        progress, once = progress or Progress(), {point.digest: point for point in _points(scenarios, options)}
        tasks = [Task(point, number + 1) for point in once.values() for number in range(options.replications)]
        progress.expect(Expected.of(tasks, runs.store, options.workers))
        runs.begin({_file(number): complete_file(scenario) for number, scenario in enumerate(scenarios, start=1)})
        found = _compare(runs, scenarios, options, progress)
        with runs.answer() as draft:
            draft.write(found)
    return found


def listed(comparison: Comparison) -> list[dict[str, Any]]:
    """The rows of ``comparison.json`` as ``cardflow compare --json`` prints them: eight keys each."""
    return [{key: getattr(row, key) for key in LIST_KEYS} for row in comparison.rows]


def refuse(scenarios: Sequence[Scenario | str], options: CompareOptions) -> None:
    """Raise UserError with fewer than two scenarios or replications."""
    mistakes = []
    if len(scenarios) < 2:
        mistakes.append(Message("takes two or more scenarios, as in: plan-period plan-period+seat-cut"))
    if options.replications < 2:
        count = options.replications
        mistakes.append(Message("--replications {count}: the interval of a difference takes 2 or more", count=count))
    if mistakes:
        raise UserError("compare", mistakes)


def _file(number: int) -> str:
    return f"scenario-{number}.toml"


def _points(scenarios: Sequence[Scenario], options: CompareOptions) -> list[Point]:
    return [Point(scenario.name, scenario.parameters, options.seed, options.chance_only) for scenario in scenarios]


def _compare(runs: RunFolder, scenarios: Sequence[Scenario], options: CompareOptions, progress: Progress) -> Comparison:
    points = _points(scenarios, options)
    once = {point.digest: point for point in points}
    told: dict[str, list[dict[Key, Told]]] = {}
    series: dict[str, Series] = {}
    for point, results in evaluate(
        list(once.values()), options.replications, runs.store, options.workers, progress.done
    ):
        told[point.digest] = [tell(result, point.parameters) for result in results]
        drawn = bands([monthly(result, point.parameters) for result in results])
        series[point.digest] = Series(tuple(months(point.parameters)), **drawn)
    names = distinct([scenario.name for scenario in scenarios])
    known = zip(names, points, availabilities(points), strict=True)
    sides = [Side(name, point, told[point.digest], available) for name, point, available in known]
    pairs = [(side, rows(side, sides[0])) for side in sides[1:]]
    return Comparison(
        version=__version__,
        seed=options.seed,
        replications=options.replications,
        chance_only=options.chance_only,
        confidence=1 - LEVEL,
        scenarios=tuple(_alternative(*each) for each in zip(names, scenarios, range(1, len(names) + 1), strict=True)),
        pairs=tuple(_pair(side, sides[0], found) for side, found in pairs),
        rows=tuple(row for _, found in pairs for row in found),
        series={name: series[point.digest] for name, point in zip(names, points, strict=True)},
    )


def _alternative(name: str, scenario: Scenario, number: int) -> Alternative:
    days = scenario.parameters.start, scenario.parameters.end
    return Alternative(name, scenario.name, scenario.title, scenario.why, _file(number), *days)


def _pair(side: Side, base: Side, found: Sequence[Compared]) -> Pair:
    return Pair(
        scenario=side.name,
        against=base.name,
        inputs=inputs(side.parameters, base.parameters),
        not_common=tuple(not_common(side.parameters, base.parameters)),
        target_claims=_claims(found, True),
        claims=_claims(found, False),
    )


def _claims(found: Sequence[Compared], decides: bool) -> int:
    """How many differences are judged together: of those that decide, or of the others."""
    return sum(row.claims is not None for row in found if (row.kind == "probability") is decides)


def inputs(own: Parameters, other: Parameters) -> tuple[Input, ...]:
    """Paths whose values differ, dates of the run included, with both values as a file has them."""
    ours, theirs = flat(own), flat(other)
    found = [(path, ours.get(path), theirs.get(path)) for path in differing(own, other)]
    return tuple(Input(*each) for each in json.loads(json.dumps(found, default=str)))
