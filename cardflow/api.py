"""The public Python API: load a scenario, change it, run it, get tables.

Questions take the same options as on the command line, by the same names (``tests/unit/test_life.py`` holds them
together), but for what a console needs. An answer is a folder with tables (``cardflow.answers``).
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from cardflow.answers import Answer, Clock, Comparison, Ledger, Run, Sized, Sweep, Update
from cardflow.console import folder_for
from scenarios.clock.clock import ClockOptions
from scenarios.clock.clock import clock as clock_scenario
from scenarios.clock.lead_times import load_lead_times
from scenarios.compare.compare import CompareOptions
from scenarios.compare.compare import compare as compare_scenarios
from scenarios.errors import UserError
from scenarios.experiment.precision import MOST
from scenarios.experiment.workers import staying
from scenarios.files.actuals import Actuals
from scenarios.files.from_actuals import apply
from scenarios.files.load import Scenario, load
from scenarios.ledger.ledger import LedgerOptions
from scenarios.ledger.ledger import ledger as ledger_of
from scenarios.prices import Prices, load_prices
from scenarios.run.options import Options
from scenarios.run.run import run as run_scenario
from scenarios.run.run_folder import RunFolder
from scenarios.size.size import SizeOptions
from scenarios.size.size import size as size_scenario
from scenarios.sweep.screening import TRAJECTORIES
from scenarios.sweep.study import Study, SweepOptions
from scenarios.sweep.sweep import sweep as sweep_study
from scenarios.update.update import update as update_run
from scenarios.wave.wave import wave_table
from scenarios.workbook.rules import read_actuals
from sim import __version__ as __version__
from sim.message import Message

Kind = TypeVar("Kind", bound=Answer)


def _answered(kind: type[Kind], out: str | Path | None, answer: Callable[[RunFolder], Any]) -> Kind:
    """An answer in a folder: one of the system's for ``":temporary:"``, that of the question by default."""
    named = tempfile.mkdtemp(prefix="cardflow-") if out == ":temporary:" else out
    with folder_for(None if named is None else Path(named)) as folder, staying():
        record = answer(folder)
        return kind(folder.path, record)


def _scenario(scenario: Scenario | str) -> Scenario:
    return load(scenario) if isinstance(scenario, str) else scenario


def _actuals(actuals: Actuals | str | Path) -> Actuals:
    return actuals if isinstance(actuals, Actuals) else read_actuals(Path(actuals))


def run(
    scenario: Scenario | str,
    replications: int = 20,
    seed: int = 1,
    workers: int = 1,
    out: str | Path | None = None,
    chance_only: bool = False,
    margin: bool = False,
    precision: float | None = None,
    most: int = MOST,
    actuals: Actuals | str | Path | None = None,
    until_decided: bool = False,
) -> Run:
    """Run a scenario, or take it up where it was left.

    Args:
        scenario: a scenario, or what ``load`` takes.
        replications: how many; with ``precision`` or ``until_decided`` the first batch, 5 at least.
        seed: of the random streams.
        workers: processes; more than one needs the caller to be importable (``if __name__ == "__main__"``).
        out: the run folder; ``runs/SCENARIO/DIGEST`` by default, ``":temporary:"`` for one of the system's.
        chance_only: leave uncertain parameters at their middle values.
        margin: look for the load up to which targets hold.
        precision: add replications until the 95 % half-width of every deciding statistic of a year or the run is at
            most this: absolute for shares and availability, relative to the threshold for others.
        most: replications at most, with ``precision`` or ``until_decided``.
        actuals: your own figures (実績), or their workbook or CSV file: the run starts from them.
        until_decided: add replications until no target is undecided.

    Raises:
        UserError: if something is wrong with the scenario, the actuals, the numbers or the folder.
    """
    chosen = _scenario(scenario)
    if actuals is not None:
        chosen = apply(chosen, _actuals(actuals))
    if replications < 1:
        raise UserError("replications", [Message("{count}: must be 1 or more", count=replications)])
    options = Options(replications, seed, workers, chance_only, margin, precision, most, until_decided)
    return _answered(Run, out, lambda folder: run_scenario(chosen, folder, options))


def compare(
    *scenarios: Scenario | str,
    replications: int = 20,
    seed: int = 1,
    workers: int = 1,
    out: str | Path | None = None,
    chance_only: bool = False,
) -> Comparison:
    """Compare scenarios under the same luck, each with the first; or take the comparison up where it was left.

    Args:
        scenarios: two or more scenarios, or what ``load`` takes.
        replications: how many of each, 2 at least.
        seed: of the random streams, the same for all.
        workers: processes; more than one needs the caller to be importable (``if __name__ == "__main__"``).
        out: the folder; ``runs/compare/A-vs-B/DIGEST`` by default, ``":temporary:"`` for one of the system's.
        chance_only: leave uncertain parameters at their middle values.

    Raises:
        UserError: if something is wrong with the scenarios, the numbers or the folder.
    """
    chosen = [_scenario(scenario) for scenario in scenarios]
    options = CompareOptions(replications, seed, workers, chance_only)
    return _answered(Comparison, out, lambda folder: compare_scenarios(chosen, folder, options))


def sweep(
    scenario: Scenario | str,
    vary: Mapping[str, str | Sequence[float]] | None = None,
    lhs: int | None = None,
    screen: bool = False,
    sobol: bool = False,
    trajectories: int = TRAJECTORIES,
    replications: int | None = None,
    seed: int = 1,
    workers: int = 1,
    out: str | Path | None = None,
    chance_only: bool = False,
    draws: int | None = None,
) -> Sweep:
    """Simulate a scenario at many values of a few inputs, or find which assumptions drive its targets; never asks.

    Args:
        scenario: a scenario, or what ``load`` takes.
        vary: ranges by dotted path: ``"400:900:50"``, ``"400:900"`` or a list of values; each holds for the whole run.
        lhs: points of a Latin hypercube instead of every combination.
        screen: which inputs drive the targets (Morris): those of ``vary``, or all that are uncertain.
        sobol: the same, then Sobol's indices of the few that do.
        trajectories: of Morris' design.
        replications: how many of each point; 5, or 2 of a screening, by default.
        seed: of the random streams, the same for all points.
        workers: processes; more than one needs the caller to be importable (``if __name__ == "__main__"``).
        out: the folder; ``runs/sweep/SCENARIO/DIGEST`` by default, ``":temporary:"`` for one of the system's.
        chance_only: leave uncertain parameters at their middle values.
        draws: the same as ``screen``, from so many replications as they are; those that stand under ``runs`` already
            are not simulated again.

    Raises:
        UserError: if something is wrong with the scenario, the ranges, the numbers or the folder.
    """
    chosen = _scenario(scenario)
    how = (lhs, screen, sobol, trajectories, replications, seed, workers, chance_only, draws)
    study = Study(chosen, SweepOptions(vary or {}, *how))
    return _answered(Sweep, out, lambda folder: sweep_study(study, folder))


def clock(
    scenario: Scenario | str,
    targets: Sequence[str] = (),
    replications: int = 120,
    seed: int = 1,
    workers: int = 1,
    out: str | Path | None = None,
    lead_times: str | Path | None = None,
    as_of: date | None = None,
) -> Clock:
    """Which signs tell early that a target breaks, whether acting on them saves the year, and the last dates to act.

    Args:
        scenario: a scenario, or what ``load`` takes.
        targets: ids with or without part, as in ``"calls-95"``; all by default.
        replications: half of them choose the trip-wires, the others judge them.
        seed: of the random streams.
        workers: processes; more than one needs the caller to be importable (``if __name__ == "__main__"``).
        out: the folder; ``runs/clock/SCENARIO/DIGEST`` by default, ``":temporary:"`` for one of the system's.
        lead_times: a file of your own lead times instead of the assumed ones.
        as_of: the day that counts as today; the computer's by default.

    Raises:
        UserError: if something is wrong with the scenario, the targets, the numbers, the day, the lead times or the
            folder.
    """
    chosen = _scenario(scenario)
    options = ClockOptions(as_of or date.today(), replications, seed, workers, tuple(targets))
    leads = load_lead_times(Path(lead_times) if lead_times is not None else None)
    return _answered(Clock, out, lambda folder: clock_scenario(chosen, folder, options, leads))


def ledger(
    scenario: Scenario | str,
    resources: Sequence[str] = (),
    replications: int = 16,
    seed: int = 1,
    workers: int = 1,
    out: str | Path | None = None,
    chance_only: bool = False,
) -> Ledger:
    """What delays cards and loses calls, and what one more unit of each resource saves; or take it up again.

    Args:
        scenario: a scenario, or what ``load`` takes.
        resources: paths such as ``contact.resident.seats``; all if empty.
        replications: how many, 2 at least.
        seed: of the random streams.
        workers: processes; more than one needs the caller to be importable (``if __name__ == "__main__"``).
        out: the folder; ``runs/ledger/SCENARIO/DIGEST`` by default, ``":temporary:"`` for one of the system's.
        chance_only: leave uncertain parameters at their middle values.

    Raises:
        UserError: if something is wrong with the scenario, the resources, the numbers or the folder.
    """
    chosen = _scenario(scenario)
    options = LedgerOptions(tuple(resources), replications, seed, workers, chance_only)
    return _answered(Ledger, out, lambda folder: ledger_of(chosen, folder, options))


def size(
    scenario: Scenario | str,
    resources: Sequence[str],
    targets: Sequence[str] = (),
    options: SizeOptions | None = None,
    prices: Prices | str | Path | None = None,
    out: str | Path | None = None,
) -> Sized:
    """Find the least capacity with which targets hold together as surely as asked, or take the search up again.

    Args:
        scenario: a scenario, or what ``load`` takes.
        resources: paths, maybe with bounds, as in ``"contact.resident.seats=400:900:10"``.
        targets: by id; all that the resources can help to meet by default.
        options: how surely, by what spans, with how many replications and workers.
        prices: a price file; the plan then has a cost, and plans for other certainties stand beside it.
        out: the folder; ``runs/size/SCENARIO/DIGEST`` by default, ``":temporary:"`` for one of the system's.

    Raises:
        UserError: if something is wrong with the scenario, the resources, the targets, the prices or the folder.
    """
    chosen = _scenario(scenario)
    how = options or SizeOptions()
    how = replace(how, as_of=how.as_of or date.today())
    priced = load_prices(Path(prices)) if isinstance(prices, str | Path) else prices
    return _answered(Sized, out, lambda folder: size_scenario(chosen, resources, targets, folder, how, priced))


def update(run: Run | str | Path, actuals: Actuals | str | Path, out: str | Path | None = None) -> Update:
    """Weigh the replications of a finished run by what came; nothing is simulated.

    Args:
        run: a run, or its folder.
        actuals: what came (実績), or its workbook or CSV file.
        out: the folder; ``runs/update/SCENARIO/DIGEST`` by default, ``":temporary:"`` for one of the system's.

    Raises:
        UserError: if something is wrong with the actuals, the run or the folder.
    """
    came = _actuals(actuals)
    source = run.folder if isinstance(run, Run) else Path(run)
    return _answered(Update, out, lambda folder: update_run(source, came, folder))


def wave(first: int = 2024, last: int = 2035, scenario: Scenario | str = "renewal-wave") -> pd.DataFrame:
    """Persons whose cards and certificates expire, and notices due, by fiscal year, from the cohorts alone."""
    return pd.DataFrame(wave_table(_scenario(scenario).parameters, first, last))
