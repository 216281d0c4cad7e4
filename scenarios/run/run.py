"""Run one scenario: replications, chance-only replications, margins, then verdicts and tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scenarios.experiment.cost import Work
from scenarios.experiment.experiment import Point, Task, evaluate, keep_whole
from scenarios.experiment.precision import MOST, first_batch
from scenarios.experiment.precision import refuse as refuse_precision
from scenarios.experiment.progress import Expected, Progress
from scenarios.files.changes import changes, replaced
from scenarios.files.find import LIBRARY, library
from scenarios.files.from_actuals import named
from scenarios.files.load import Scenario, load
from scenarios.files.scenario_file import complete_file
from scenarios.folder.question import Question
from scenarios.ledger.delays import entries
from scenarios.margin import job as margin
from scenarios.margin.loads import reference_days
from scenarios.margin.rows import with_margins
from scenarios.margin.search import LEAST
from scenarios.margin.search import MOST as MOST_BORNE
from scenarios.run.available import with_computed
from scenarios.run.drivers import drivers
from scenarios.run.enough import Found, Until
from scenarios.run.judge import judge
from scenarios.run.record import Change, Run, Summary
from scenarios.run.run_folder import RunFolder, at_work, write_tables
from scenarios.run.statistic import Looked, Row
from scenarios.run.totals import totals
from scenarios.track.remembered import remember
from scenarios.update.narrow import Pilots, narrowed, pilots
from sim import __version__
from sim.calendar import RUN
from sim.message import Message
from sim.replication import reported
from sim.result import Result
from sim.targets import Statistic, statistics

CHANCE_REPLICATIONS = 5
"""Replications with chance alone, to tell chance from not knowing."""


@dataclass(frozen=True)
class Options:
    """How to run a scenario.

    ``chance_only`` leaves every uncertain parameter at its middle value. ``margin`` looks for the load up to which
    targets hold. With ``precision``, ``replications`` is the first batch (``scenarios.experiment.precision.LEAST`` at
    least), and more are added until the 95 % half-width of every deciding statistic is at most that, or there are
    ``most``. So they are with ``until_decided``, until no target is undecided."""

    replications: int = 20
    seed: int = 1
    workers: int = 1
    chance_only: bool = False
    margin: bool = True
    precision: float | None = None
    most: int = MOST
    until_decided: bool = False

    @property
    def adds(self) -> bool:
        """Whether replications are added until there are enough."""
        return self.until_decided or self.precision is not None

    @property
    def first_batch(self) -> int:
        """Replications before anybody looks whether they are enough."""
        return first_batch(self.replications) if self.adds else self.replications

    @property
    def limit(self) -> int:
        """Replications that there will be at most."""
        return self.most if self.adds else self.replications

    @property
    def chance_replications(self) -> int:
        """How many replications with chance alone; none where there is nothing to tell it from."""
        return 0 if self.chance_only or self.first_batch < 2 else CHANCE_REPLICATIONS


def question(scenario: Scenario, options: Options) -> Question:
    """What is asked of a run: everything but how many processes share the work."""
    begun = scenario.actuals and [scenario.actuals.as_named(), scenario.actuals.as_drawn()]
    scenarios = [complete_file(one) for one in (scenario, scenario.before) if one]
    how = [options.replications, options.seed, options.chance_only, options.margin]
    until = [options.precision, options.until_decided, options.most] if options.adds else None
    return Question("run", scenario.name, [scenarios, scenario.base, begun, how, until])


def run(
    scenario: Scenario, out: RunFolder | Path | None, options: Options, progress: Progress | None = None
) -> Summary:
    """Run a scenario and fill its folder, that of the question by default; returns what stands in ``summary.json``.

    Raises:
        UserError: if the precision or the limit make no sense, the folder cannot be written or is not ours to fill, or
            the run is too large.
    """
    refuse(options)
    with at_work(out, question(scenario, options)) as runs:
        runs.prepare(scenario.parameters, options.limit)
        runs.take()
        progress = progress or Progress()
        _announce(scenario, options, runs, progress)
        runs.begin({"scenario.toml": complete_file(scenario)})
        return _fill(runs, scenario, options, progress)


def refuse(options: Options) -> None:
    """Raise UserError with what is wrong with the options whatever the scenario."""
    if options.adds:
        refuse_precision(options.precision, options.most, options.replications)


def _fill(runs: RunFolder, scenario: Scenario, options: Options, progress: Progress) -> Summary:
    if weighed := _pilots(scenario, options):
        scenario = narrowed(scenario, weighed, runs.store, options.workers, progress.done)
    results, told, enough = _replicate(scenario, options, runs, progress)
    options = replace(options, replications=len(results))
    chance = _chance(scenario, options, runs, progress)
    rows = with_computed(judge(told, chance), _point(scenario, options))
    reference, _ = reference_days(scenario.parameters)
    rows = with_margins(rows, _margins(scenario, options, runs, progress), reference)

    summary = _summary(scenario, options, rows, results)
    with runs.answer() as draft:
        if scenario.actuals:
            draft.write_json("actuals.json", scenario.actuals.as_drawn())
        write_tables(draft, results, scenario.parameters)
        draft.write(_record(scenario, options, rows, told, enough))
        draft.write(summary)
    remember(runs, summary, scenario.parameters, results)
    return summary


def _announce(scenario: Scenario, options: Options, runs: RunFolder, progress: Progress) -> None:
    """Tell what there is to simulate: more than the replications asked for."""
    numbers = range(1, options.first_batch + 1)
    parts = [Message("replications: {count}", count=options.first_batch)]
    if options.chance_replications:
        parts.append(Message("by chance alone: {count} more", count=options.chance_replications))
    if options.margin:
        parts.append(Message("parts of them again, for the margins: {count}", count=options.first_batch))
    weighed = _pilots(scenario, options)
    tasks = weighed.tasks if weighed else []
    if tasks:
        parts.append(Message("to the as-of date, to weigh what is not known: {count}", count=len(tasks)))
    own = [Task(_point(scenario, options), number) for number in numbers]
    by_chance = [Task(_by_chance(scenario, options), number + 1) for number in range(options.chance_replications)]
    store = runs.store.of_whole_runs() if options.margin else runs.store
    expected = Expected.of(by_chance, runs.store, options.workers, _of_margins(scenario, options, numbers), parts)
    expected += Expected.of(tasks, runs.store.of_whole_runs(), options.workers)
    progress.expect(expected + Expected.of(own, store, options.workers))


def _of_margins(scenario: Scenario, options: Options, numbers: Iterable[int]) -> Work:
    """What the margins of some replications are expected to take."""
    point = _point(scenario, options)
    return sum((margin.task(point, number).work for number in numbers), Work()) if options.margin else Work()


def _point(scenario: Scenario, options: Options) -> Point:
    draws = scenario.narrowed.draws if scenario.narrowed else None
    return Point(scenario.name, scenario.parameters, options.seed, options.chance_only, draws)


def _pilots(scenario: Scenario, options: Options) -> Pilots | None:
    """What weighs what is not known by actual figures; nothing where only chance varies."""
    return None if options.chance_only else pilots(scenario, options.seed)


def _by_chance(scenario: Scenario, options: Options) -> Point:
    return replace(_point(scenario, options), label=f"{scenario.name}, chance only", chance_only=True)


def _replicate(
    scenario: Scenario, options: Options, runs: RunFolder, progress: Progress
) -> tuple[list[Result], list[list[Statistic]], Found]:
    """The replications with their statistics: as many as asked for, or as are enough for what was asked for."""
    point, told = _point(scenario, options), list[list[Statistic]]()
    until = Until(options.precision, options.until_decided, options.most)
    wanted = options.first_batch
    while True:
        results = _simulate(point, wanted, runs, options, progress, len(told), options.margin)
        told += [statistics(result, scenario.parameters) for result in results[len(told) :]]
        found = until.look(told)
        wanted = found.next_count
        if wanted == len(told):
            return results, told, found
        added = range(len(told) + 1, wanted + 1)
        progress.more(Task(point, 1).work * len(added) + _of_margins(scenario, options, added))


def _simulate(
    point: Point,
    replications: int,
    runs: RunFolder,
    options: Options,
    progress: Progress,
    known: int = 0,
    keep: bool = False,
) -> list[Result]:
    """The first ``replications`` of a point; of the first ``known`` of them progress has been told.

    ``keep``: with every simulated day kept, to run parts of them again on.
    """

    def done(task: Task) -> None:
        if task.replication > known:
            progress.done(task)

    numbers = range(1, replications + 1)
    if keep:
        whole = keep_whole(point, numbers, runs.store, options.workers, done)
        return [reported(whole.load(point.digest, number), point.parameters) for number in numbers]
    ((_, results),) = evaluate([point], replications, runs.store, options.workers, done)
    return results


def _chance(scenario: Scenario, options: Options, runs: RunFolder, progress: Progress) -> list[list[Statistic]]:
    results = _simulate(_by_chance(scenario, options), options.chance_replications, runs, options, progress)
    return [statistics(result, scenario.parameters) for result in results]


def _margins(scenario: Scenario, options: Options, runs: RunFolder, progress: Progress) -> list[margin.Found]:
    """What each replication says of the loads that targets bear; nothing where nobody asks."""
    numbers = range(1, options.replications + 1) if options.margin else ()
    point, folder = _point(scenario, options), runs.home / "kept"
    return margin.find(point, numbers, runs.store, folder, options.workers, progress.done)


def _identity(scenario: Scenario, options: Options) -> dict[str, Any]:
    """What tells one run from another, in every file that speaks of it."""
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "seed": options.seed,
        "replications": options.replications,
        "first_day": scenario.parameters.start,
        "last_day": scenario.parameters.end,
        "version": __version__,
        "actuals": named(scenario),
        "narrowed": scenario.narrowed.told if scenario.narrowed else None,
    }


def _record(
    scenario: Scenario, options: Options, rows: Sequence[Row], told: Sequence[Sequence[Statistic]], enough: Found
) -> Run:
    point = _point(scenario, options)
    of_run = [row for row in rows if row.decides and row.period == RUN]
    return Run(
        **_identity(scenario, options),
        why=scenario.why,
        base=scenario.base,
        library_name=_library_name(scenario),
        chance_only=options.chance_only,
        draws=scenario.narrowed.draws if scenario.narrowed else None,
        first_simulated_day=scenario.parameters.first_simulated_day,
        chance_replications=options.chance_replications,
        margin=Looked(LEAST, MOST_BORNE) if options.margin else None,
        changes=tuple(Change(**each) for each in json.loads(json.dumps(changes(scenario), default=str))),
        replaced=tuple(replaced(scenario)),
        precision=enough.precision.record if enough.precision else None,
        decided=enough.decided,
        chance_shares={row.judged: row.chance_share for row in of_run},
        chance_intervals={row.judged: (row.chance_share_low, row.chance_share_high) for row in of_run},
        unknowns=point.unknowns.digest,
        drivers=drivers(scenario, point, told),
    )


def _library_name(scenario: Scenario) -> str | None:
    """The name that loads the same again from anywhere; None for a file, or with values set."""
    if not set(scenario.name.split("+")) <= set(library()):
        return None
    return scenario.name if load(scenario.name, LIBRARY).parameters == scenario.parameters else None


def _summary(scenario: Scenario, options: Options, rows: Sequence[Row], results: Sequence[Result]) -> Summary:
    return Summary(
        **_identity(scenario, options),
        targets=tuple(rows),
        totals=totals(results, scenario.parameters),
        ledger=tuple(entries(results, scenario.parameters)),
    )
