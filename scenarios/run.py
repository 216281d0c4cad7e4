"""Run one scenario: replications, chance-only replications, the headroom ladder, then verdicts and tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from scenarios.changes import changes
from scenarios.experiment import Point, Task, evaluate
from scenarios.find import LIBRARY, library
from scenarios.judge import has_headroom, headroom, judge
from scenarios.load import Scenario, load
from scenarios.row import Row
from scenarios.run_folder import RunFolder
from scenarios.scenario_file import complete_file
from sim import __version__
from sim.calendar import Calendar
from sim.facts import STOCKS
from sim.parameters import Parameters
from sim.result import Result
from sim.targets import Statistic, statistics

CHANCE_REPLICATIONS = 5
"""Replications with chance alone, to tell chance from not knowing."""
LADDER = (1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""Load multipliers of the headroom search, shared by all targets."""
LADDER_REPLICATIONS = 2


@dataclass(frozen=True)
class Options:
    """How to run a scenario.

    ``chance_only`` leaves every uncertain parameter at its middle value. ``headroom`` searches the load at which
    targets break.
    """

    replications: int = 20
    seed: int = 1
    workers: int = 1
    chance_only: bool = False
    headroom: bool = True

    @property
    def chance_replications(self) -> int:
        """How many replications with chance alone; none where there is nothing to tell it from."""
        return 0 if self.chance_only or self.replications < 2 else CHANCE_REPLICATIONS


@dataclass(frozen=True)
class Progress:
    """Told before the work starts how many replications there may be, then of each, and of those not needed."""

    expect: Callable[[int], None] = lambda total: None
    done: Callable[[Task], None] = lambda task: None
    skip: Callable[[int], None] = lambda count: None


def default_folder(scenario: Scenario, options: Options) -> Path:
    """``runs/SCENARIO/DIGEST``; the digest stands for parameters, seed, chance-only, history and version."""
    return Path("runs") / scenario.name / _point(scenario, options).digest


def run(scenario: Scenario, folder: Path, options: Options, progress: Progress | None = None) -> dict[str, Any]:
    """Run a scenario and fill its folder; returns what stands in ``summary.json``.

    Raises:
        UserError: if the folder cannot be written or the run is too large.
    """
    progress = progress or Progress()
    runs = RunFolder(folder)
    runs.prepare(scenario.parameters, options.replications)
    with runs.told():
        return _fill(runs, scenario, options, progress)


def _fill(runs: RunFolder, scenario: Scenario, options: Options, progress: Progress) -> dict[str, Any]:
    runs.write_scenario(complete_file(scenario))
    rungs = LADDER if options.headroom else ()
    progress.expect(options.replications + options.chance_replications + LADDER_REPLICATIONS * len(rungs))

    results = _simulate(_point(scenario, options), options.replications, runs, options, progress)
    told = [statistics(result, scenario.parameters) for result in results]
    chance = _chance(scenario, options, runs, progress)
    rows = judge(told, chance)
    climbed = _climb(scenario, options, runs, progress, rows, rungs)
    rows = headroom(rows, climbed)

    summary = _summary(scenario, options, rows, results)
    runs.write_tables(results, scenario.parameters)
    runs.write_json("run.json", _record(scenario, options, [load for load, _ in climbed], rows))
    runs.write_json("summary.json", summary)
    return summary


def _point(scenario: Scenario, options: Options) -> Point:
    return Point(scenario.name, scenario.parameters, options.seed, options.chance_only)


def _simulate(point: Point, replications: int, runs: RunFolder, options: Options, progress: Progress) -> list[Result]:
    ((_, results),) = evaluate([point], replications, runs.store, options.workers, progress.done)
    return results


def _chance(scenario: Scenario, options: Options, runs: RunFolder, progress: Progress) -> list[list[Statistic]]:
    point = Point(f"{scenario.name}, chance only", scenario.parameters, options.seed, chance_only=True)
    results = _simulate(point, options.chance_replications, runs, options, progress)
    return [statistics(result, scenario.parameters) for result in results]


def _climb(
    scenario: Scenario,
    options: Options,
    runs: RunFolder,
    progress: Progress,
    rows: Sequence[Row],
    rungs: Sequence[float],
) -> list[tuple[float, list[Row]]]:
    """Raise the load until every tested target is broken in every year, or the ladder ends."""
    climbed: list[tuple[float, list[Row]]] = []
    for number, rung in enumerate(rungs):
        if not _unbroken(headroom(rows, climbed)):
            progress.skip(LADDER_REPLICATIONS * (len(rungs) - number))
            break
        heavier = scenario.with_values({"demand.load": _times(scenario.parameters, rung)})
        point = Point(f"{scenario.name}, load x{rung:g}", heavier.parameters, options.seed, options.chance_only)
        results = _simulate(point, LADDER_REPLICATIONS, runs, options, progress)
        climbed.append((rung, judge([statistics(result, heavier.parameters) for result in results])))
    return climbed


def _times(parameters: Parameters, load: float) -> Any:
    written = parameters.demand.load.model_dump()
    if isinstance(written, list):
        return [{key: part if key == "from" else part * load for key, part in step.items()} for step in written]
    return {key: part * load for key, part in written.items()} if isinstance(written, dict) else written * load


def _unbroken(rows: Sequence[Row]) -> bool:
    decided = [row for row in rows if has_headroom(row) and row.yearly and row.value is not None]
    return any(row.headroom is None for row in decided)


def _identity(scenario: Scenario, options: Options) -> dict[str, Any]:
    """What tells one run from another, in every file that speaks of it."""
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "seed": options.seed,
        "replications": options.replications,
        "first_day": scenario.parameters.start.isoformat(),
        "last_day": scenario.parameters.end.isoformat(),
        "version": __version__,
    }


def _record(scenario: Scenario, options: Options, ladder: list[float], rows: Sequence[Row]) -> dict[str, Any]:
    return {
        **_identity(scenario, options),
        "why": scenario.why,
        "base": scenario.base,
        "library_name": _library_name(scenario),
        "chance_only": options.chance_only,
        "first_simulated_day": scenario.parameters.first_simulated_day.isoformat(),
        "chance_replications": options.chance_replications,
        "ladder": ladder,
        "changes": json.loads(json.dumps(changes(scenario), default=str)),
        "chance_shares": {row.judged: row.chance_share for row in rows if row.decides and row.period == "all"},
    }


def _library_name(scenario: Scenario) -> str | None:
    """The name that loads the same again from anywhere; None for a file, or with values set."""
    if not set(scenario.name.split("+")) <= set(library()):
        return None
    return scenario.name if load(scenario.name, LIBRARY).parameters == scenario.parameters else None


def _summary(scenario: Scenario, options: Options, rows: Sequence[Row], results: Sequence[Result]) -> dict[str, Any]:
    return {
        **_identity(scenario, options),
        "targets": [row.as_json() for row in rows],
        "totals": totals(results, scenario.parameters),
    }


def totals(results: Sequence[Result], parameters: Parameters) -> dict[str, dict[str, float]]:
    """By fiscal year the mean over replications of every flow, and of every stock at the year's last midnight."""
    calendar = Calendar(parameters.start, parameters.end)
    years = {}
    for year in np.unique(calendar.fiscal_year):
        days = calendar.fiscal_year == year
        means = {
            name: float(np.mean([_of_year(name, result.facts[name][days]) for result in results]))
            for name in results[0].facts
        }
        express, standard = means.pop("dispatched_express"), means.pop("dispatched_standard")
        years[f"FY{year}"] = {
            "applications": means.pop("applications"),
            "cards_dispatched": standard + express,
            "express_dispatched": express,
            "cards_handed_over": means.pop("handed_over"),
            **means,
        }
    return years


def _of_year(name: str, series: Any) -> int:
    return int(series[-1] if name in STOCKS else series.sum())
