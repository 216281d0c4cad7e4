"""Run one scenario: replications, chance-only replications, margins, then verdicts and tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from scenarios.experiment.cost import Work
from scenarios.experiment.experiment import Point, Task, do_missing, jobs_of, keep_whole, simulate_missing
from scenarios.experiment.precision import refuse as refuse_precision
from scenarios.experiment.progress import Expected, Progress
from scenarios.files.load import Scenario
from scenarios.files.scenario_file import complete_file
from scenarios.folder.question import Question
from scenarios.margin import job as margin
from scenarios.margin.loads import reference_days
from scenarios.margin.rows import with_margins
from scenarios.run.available import Availability, with_computed
from scenarios.run.enough import Found, Until
from scenarios.run.growing import Growing
from scenarios.run.judge import judge
from scenarios.run.options import Options
from scenarios.run.record import Run, Summary
from scenarios.run.run_folder import RunFolder, at_work, write_tables
from scenarios.run.written import provisional, record, summary
from scenarios.track.remembered import remember
from scenarios.update.narrow import Pilots, narrowed, pilots
from sim.message import Message
from sim.replication import reported
from sim.result import Result
from sim.targets import Statistic, statistics


def question(scenario: Scenario, options: Options) -> Question:
    """What is asked of a run: everything but how many processes share the work."""
    begun = scenario.actuals and [scenario.actuals.as_named(), scenario.actuals.as_drawn()]
    scenarios = [complete_file(one) for one in (scenario, scenario.before) if one]
    how = [options.replications, options.seed, options.chance_only, options.margin]
    until = [options.precision, options.until_decided, options.most] if options.adds else None
    return Question("run", scenario.name, [scenarios, scenario.base, begun, how, until])


Known = tuple[Result, list[Statistic]]
"""A replication and what it says of targets."""
Grown = Callable[[Summary, Run], None]
"""Hears of a provisional answer."""


def run(
    scenario: Scenario,
    out: RunFolder | Path | None,
    options: Options,
    progress: Progress | None = None,
    grown: Grown = lambda summary, run: None,
) -> Summary:
    """Run a scenario and fill its folder, that of the question by default; returns what stands in ``summary.json``.

    On the way there the folder holds provisional answers, which ``grown`` hears of once they are there.

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
        return _fill(runs, scenario, options, progress, grown)


def refuse(options: Options) -> None:
    """Raise UserError with what is wrong with the options whatever the scenario."""
    if options.adds:
        refuse_precision(options.precision, options.most, options.replications)


def _fill(runs: RunFolder, scenario: Scenario, options: Options, progress: Progress, grown: Grown) -> Summary:
    if weighed := _pilots(scenario, options):
        scenario = narrowed(scenario, weighed, runs.store, options.workers, progress.done)
    results, told, enough = _replicate(scenario, options, runs, progress, grown)
    options = replace(options, replications=len(results))
    chance, margins = _follow(scenario, options, runs, progress)
    rows = with_computed(judge(told, chance), Availability(_point(scenario, options)))
    reference, _ = reference_days(scenario.parameters)
    rows = with_margins(rows, margins, reference)

    point, found = _point(scenario, options), summary(scenario, options, rows, results)
    with runs.answer() as draft:
        if scenario.actuals:
            draft.write_json("actuals.json", scenario.actuals.as_drawn())
        write_tables(draft, results, scenario.parameters)
        draft.write(record(scenario, options, point, rows, told, enough))
        draft.write(found)
    remember(runs, found, scenario.parameters, results)
    return found


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
    scenario: Scenario, options: Options, runs: RunFolder, progress: Progress, grown: Grown
) -> tuple[list[Result], list[list[Statistic]], Found]:
    """The replications with their statistics: as many as asked for, or as are enough for what was asked for."""
    point, told = _point(scenario, options), list[list[Statistic]]()
    growing = _growing(scenario, options, runs, grown)
    until = Until(options.precision, options.until_decided, options.most)
    wanted = options.first_batch
    while True:
        _simulate(point, wanted, runs, options, progress, growing, len(told))
        known = [growing.of(number) for number in range(1, wanted + 1)]
        told = [each for _, each in known]
        found = until.look(told)
        wanted = found.next_count
        if wanted == len(told):
            return [result for result, _ in known], told, found
        added = range(len(told) + 1, wanted + 1)
        progress.more(Task(point, 1).work * len(added) + _of_margins(scenario, options, added))


def _growing(scenario: Scenario, options: Options, runs: RunFolder, grown: Grown) -> Growing[Known]:
    """Puts provisional answers into the folder, unless the last one is there already, and tells of them."""
    point, store = _point(scenario, options), runs.store.of_whole_runs() if options.margin else runs.store

    def read(number: int) -> Known:
        found = store.load(point.digest, number)
        result = reported(found, point.parameters) if options.margin else found
        return result, statistics(result, point.parameters)

    def show(known: Sequence[Known], of: int) -> None:
        found, run = provisional(scenario, options, point, [told for _, told in known], of)
        if not runs.whole:
            with runs.provisional() as draft:
                draft.write(run)
                draft.write(found)
        grown(found, run)

    return Growing(read, show, follows=options.margin or options.chance_replications > 0)


def _simulate(
    point: Point,
    replications: int,
    runs: RunFolder,
    options: Options,
    progress: Progress,
    growing: Growing[Known],
    known: int,
) -> None:
    """Have the first ``replications`` of a point there; of the first ``known`` of them progress has been told.

    Where margins are asked for every simulated day is kept, to run parts of them again on.
    """

    def done(task: Task) -> None:
        if task.replication > known:
            progress.done(task)
            growing.done(task, replications)

    numbers = range(1, replications + 1)
    if options.margin:
        keep_whole(point, numbers, runs.store, options.workers, done)
    else:
        simulate_missing([point], numbers, runs.store, options.workers, done)


def _follow(
    scenario: Scenario, options: Options, runs: RunFolder, progress: Progress
) -> tuple[list[list[Statistic]], list[margin.Found]]:
    """What replications say in which chance alone varies, and each replication of the loads that targets bear.

    Both at the same time, so that no process waits for the last of the one before the other begins. Of the loads
    nothing where nobody asks.
    """
    point, numbers = _by_chance(scenario, options), range(1, options.chance_replications + 1)
    by_chance = jobs_of(point, numbers, runs.store)
    asked = range(1, options.replications + 1) if options.margin else ()
    searches = margin.searches(_point(scenario, options), asked, runs.store, runs.home / "kept")
    do_missing([*by_chance, *searches], options.workers, progress.done)
    results = (runs.store.load(point.digest, number) for number in numbers)
    return [statistics(result, scenario.parameters) for result in results], [search.found() for search in searches]
