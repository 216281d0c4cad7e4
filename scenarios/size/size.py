"""Size resources: the least capacity with which targets hold together as surely as asked, with evidence and cost.

The search fixes in which ratio resources are bought. Fresh replications then say how much of it each needs, and the
level that the binomial bound asks for is bought (``scenarios.size.orders``): one set of needs for every certainty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from scenarios.experiment.cost import Work
from scenarios.experiment.experiment import Point, Task
from scenarios.experiment.progress import Expected, Progress
from scenarios.files.load import Scenario
from scenarios.files.scenario_file import complete_file
from scenarios.folder.question import Question
from scenarios.prices import Prices
from scenarios.resources import RESOURCES
from scenarios.run.run_folder import RunFolder, at_work
from scenarios.size.fresh import Fresh, ask_fresh, rerun_parts, task_of
from scenarios.size.money import Money
from scenarios.size.needs import asks, find_needs
from scenarios.size.noted import Noted
from scenarios.size.options import SizeOptions, ask, refuse
from scenarios.size.problem import Problem
from scenarios.size.record import Sizing
from scenarios.size.search import Hands, tries
from scenarios.size.sized import Sized
from scenarios.size.today import look_at_today
from sim.message import Message

__all__ = ["SizeOptions", "question", "refuse", "size"]


def question(
    scenario: Scenario, resources: Sequence[str], asked: Sequence[str], options: SizeOptions, prices: Prices | None
) -> Question:
    """What is asked of a sizing: everything but how many processes share the work, which day counts as today, and the
    order of names.
    """
    how = {name: value for name, value in asdict(options).items() if name not in ("workers", "as_of")}
    priced = prices and [prices.file, prices.text]
    ranks = list(RESOURCES)
    named = sorted(resources, key=lambda text: ranks.index(path) if (path := _path(text)) in ranks else len(ranks))
    return Question("size", scenario.name, [complete_file(scenario), named, sorted(set(asked)), how, priced])


def _path(text: str) -> str:
    return text.partition("=")[0].strip()


def size(
    scenario: Scenario,
    resources: Sequence[str],
    asked: Sequence[str],
    out: RunFolder | Path | None,
    options: SizeOptions,
    prices: Prices | None = None,
    progress: Progress | None = None,
) -> Sizing:
    """Size a scenario's resources; fills ``size.json``.

    Args:
        scenario: what is to be met.
        resources: paths, maybe with bounds: ``contact.resident.seats=400:900:10``; in any order.
        asked: targets; all that the resources can help to meet where there are none.
        out: the folder; that of the question by default. What is finished in it is not done again.
        options: how surely, and with how much evidence.
        prices: what a unit of each resource costs.
        progress: told of each replication.

    Raises:
        UserError: with all that is wrong with the resources, the targets, the options, the prices or the folder.
    """
    refuse(scenario, resources, asked, options, prices)
    asked_for = ask(scenario, resources, asked, options)
    told = question(scenario, resources, asked, options, prices)
    with at_work(out, told) as runs:
        runs.prepare(scenario.parameters, 2 * options.of_search)
        runs.take()
        progress, counted = progress or Progress(), options.counted(prices is not None)
        folder = runs.home / "needs"
        hands = Hands(runs.store, folder, options.workers, progress.done)
        whatever_count = replace(options, replications=None, fresh=None)
        noted = Noted(folder, question(scenario, resources, asked, whatever_count, None).digest)
        progress.expect(_expected(asked_for, counted, hands, noted))
        priced = {} if prices is None else {"prices.toml": prices.text}
        runs.begin({"scenario.toml": complete_file(scenario), **priced})
        found = _sized(asked_for, counted, Money(asked_for, prices), hands, noted).record()
        with runs.answer() as draft:
            draft.write(found)
    return found


def _base(problem: Problem) -> Point:
    scenario = problem.scenario
    return Point(scenario.name, scenario.parameters, problem.seed, problem.chance_only)


def _sized(problem: Problem, options: SizeOptions, money: Money, hands: Hands, noted: Noted) -> Sized:
    """Search, then ask fresh replications."""
    base, numbers = _base(problem), range(1, options.of_search + 1)
    today = look_at_today(problem, base, numbers, hands)
    needs = find_needs(problem, base, today, numbers, hands, money.of_level, noted)
    fresh = Fresh(problem, needs)
    return Sized(
        problem, money, today, needs, fresh.floors, ask_fresh(fresh, options.of_fresh, hands, noted), options.as_of
    )


def _expected(problem: Problem, options: SizeOptions, hands: Hands, noted: Noted) -> Expected:
    """What there is to simulate, about, and how much of it is there already."""
    base, many, fresh = _base(problem), options.of_search, options.of_fresh
    work = Task(base, 1).work * many + task_of(problem, base, 1).work * fresh
    for group in problem.groups():
        parts = rerun_parts(problem, group, base)
        work += Task(base, 1, parts, tries(problem, group)).work * (many * asks(group))
    consists = [
        Message("replications of the search: {count}", count=many),
        Message("fresh ones, which say how much is needed: {count}", count=fresh),
    ]
    stored = noted.stored(base, hands.store.of_whole_runs(), many)
    most = Work(min(stored.count, work.count), min(stored.seconds, work.seconds))
    return Expected(work, options.workers, consists, stored=most)
