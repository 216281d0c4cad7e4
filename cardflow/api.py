"""The public Python API: load a scenario, change it, run it, get tables."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from cardflow.pages import folder_for, remade
from scenarios.clock.clock import ClockOptions, listed
from scenarios.clock.clock import clock as clock_scenario
from scenarios.clock.lead_times import load_lead_times
from scenarios.compare.compare import CompareOptions
from scenarios.compare.compare import compare as compare_scenarios
from scenarios.errors import UserError
from scenarios.experiment.precision import MOST
from scenarios.files.actuals import Actuals
from scenarios.files.from_actuals import apply
from scenarios.files.load import Scenario, load
from scenarios.ledger.ledger import LedgerOptions
from scenarios.ledger.ledger import ledger as ledger_of
from scenarios.prices import Prices, load_prices
from scenarios.run.run import Options
from scenarios.run.run import run as run_scenario
from scenarios.run.run_folder import RunFolder
from scenarios.size.size import SizeOptions
from scenarios.size.size import size as size_scenario
from scenarios.sweep.screening import TRAJECTORIES
from scenarios.sweep.study import Study, SweepOptions
from scenarios.sweep.sweep import sweep as sweep_study
from scenarios.wave import wave_table
from scenarios.workbook.rules import read_actuals
from sim.message import Message

__all__ = [
    "Clock",
    "Comparison",
    "Ledger",
    "Run",
    "SizeOptions",
    "Sized",
    "Sweep",
    "clock",
    "compare",
    "ledger",
    "load",
    "run",
    "size",
    "sweep",
    "wave",
]


def _folder(out: str | Path | None) -> RunFolder:
    """Where to put a run: a folder of the system's for ``":temporary:"``, that of the question by default."""
    if out == ":temporary:":
        return folder_for(Path(tempfile.mkdtemp(prefix="cardflow-")))
    return folder_for(None if out is None else Path(out))


@dataclass(frozen=True)
class Run:
    """A finished run: its folder, its summary, and its tables as pandas frames."""

    folder: Path
    summary: dict[str, Any]

    @property
    def targets(self) -> pd.DataFrame:
        """Every row of ``targets`` in ``summary.json``."""
        return pd.DataFrame(self.summary["targets"])

    @property
    def verdicts(self) -> pd.DataFrame:
        """The deciding rows by fiscal year, of all years together (``years``) and of the run.

        Target, value, probability, verdict, margin, all with intervals.
        """
        rows = self.targets
        chosen = rows[rows["decides"] & ~rows["period"].str.fullmatch(r"\d{4}-\d{2}")]
        columns = [
            "id",
            "period",
            "value",
            "low",
            "high",
            "probability",
            "verdict",
            "first_breach",
            "driver",
            "driver_forecast_low",
            "driver_forecast_high",
            "margin_80",
            "margin_80_low",
            "margin_80_high",
        ]
        return chosen[columns].reset_index(drop=True)

    @property
    def daily(self) -> pd.DataFrame:
        """A row a day and replication; units are documented in ``sim.facts`` and in the file's metadata."""
        return pd.read_parquet(self.folder / "daily.parquet")

    @property
    def lead_times(self) -> pd.DataFrame:
        """Counts of cards by month of receipt, class and days."""
        return pd.read_parquet(self.folder / "lead_times.parquet")

    def write_report(self, lang: str = "en") -> Path:
        """Draw the charts and write ``report.html``; the path of the page."""
        return remade(self.folder, lang, "run", ("summary.json", self.summary))


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
    chosen = load(scenario) if isinstance(scenario, str) else scenario
    if actuals is not None:
        chosen = apply(chosen, actuals if isinstance(actuals, Actuals) else read_actuals(Path(actuals)))
    if replications < 1:
        raise UserError("replications", [Message("{count}: must be 1 or more", count=replications)])
    options = Options(replications, seed, workers, chance_only, margin, precision, most, until_decided)
    with _folder(out) as folder:
        return Run(summary=run_scenario(chosen, folder, options), folder=folder.path)


@dataclass(frozen=True)
class Comparison:
    """A finished comparison: its folder, what stands in ``comparison.json``, and its rows as a pandas frame."""

    folder: Path
    comparison: dict[str, Any]

    @property
    def rows(self) -> pd.DataFrame:
        """Every row of ``rows`` in ``comparison.json``: values, paired difference with interval, clear or chance.

        Those of the kind ``probability`` decide: how likely each target is met over the whole period.
        """
        return pd.DataFrame(self.comparison["rows"])

    @property
    def clear(self) -> pd.DataFrame:
        """The rows whose difference chance does not explain."""
        rows = self.rows
        return rows[rows["clear"].eq(True)].reset_index(drop=True)

    def write_report(self, lang: str = "en") -> Path:
        """Draw the charts and write ``comparison.html``; the path of the page."""
        return remade(self.folder, lang, "compare", ("comparison.json", self.comparison))


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
    chosen = [load(scenario) if isinstance(scenario, str) else scenario for scenario in scenarios]
    options = CompareOptions(replications, seed, workers, chance_only)
    with _folder(out) as folder:
        return Comparison(comparison=compare_scenarios(chosen, folder, options), folder=folder.path)


_SWEPT = {"screen": "effects", "draws": "correlations"}


@dataclass(frozen=True)
class Sweep:
    """A finished sweep: its folder, what stands in ``sweep.json``, and its tables as pandas frames."""

    folder: Path
    sweep: dict[str, Any]

    @property
    def rows(self) -> pd.DataFrame:
        """What targets and key figures say at each point by year; of a screening, the effects of its inputs.

        With ``draws`` the rank correlations of what is not known.
        """
        return pd.DataFrame(self.sweep[_SWEPT.get(self.sweep["design"], "rows")])

    @property
    def replications(self) -> pd.DataFrame:
        """A row a point, replication and statistic: ``sweep.parquet``."""
        return pd.read_parquet(self.folder / "sweep.parquet")

    def write_report(self, lang: str = "en") -> Path:
        """Draw the charts and write ``sweep.html``; the path of the page."""
        return remade(self.folder, lang, "sweep", ("sweep.json", self.sweep))


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
    chosen = load(scenario) if isinstance(scenario, str) else scenario
    how = (lhs, screen, sobol, trajectories, replications, seed, workers, chance_only, draws)
    study = Study(chosen, SweepOptions(vary or {}, *how))
    with _folder(out) as folder:
        return Sweep(sweep=sweep_study(study, folder), folder=folder.path)


@dataclass(frozen=True)
class Clock:
    """A finished decision clock: its folder, what stands in ``clock.json``, and its rows as a pandas frame."""

    folder: Path
    clock: dict[str, Any]

    @property
    def rows(self) -> pd.DataFrame:
        """A row a trip-wire with its rates on held-out replications; one for a target and year without any."""
        return pd.DataFrame(listed(self.clock))

    @property
    def dates(self) -> pd.DataFrame:
        """A row a resource that can mend a target in a year in which it breaks, with the last dates to act."""
        events = self.clock["events"]
        keys = "target", "period", "probability"
        named = [({key: event[key] for key in keys}, told) for event in events for told in event["resources"]]
        return pd.DataFrame([names | told for names, told in named])

    def write_report(self, lang: str = "en") -> Path:
        """Draw the charts and write ``clock.html``; the path of the page."""
        return remade(self.folder, lang, "clock", ("clock.json", self.clock))


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
        UserError: if something is wrong with the scenario, the targets, the numbers, the lead times or the folder.
    """
    chosen = load(scenario) if isinstance(scenario, str) else scenario
    options = ClockOptions(as_of or date.today(), replications, seed, workers, tuple(targets))
    leads = load_lead_times(Path(lead_times) if lead_times is not None else None)
    with _folder(out) as folder:
        return Clock(clock=clock_scenario(chosen, folder, options, leads), folder=folder.path)


@dataclass(frozen=True)
class Ledger:
    """A finished delay ledger: its folder, what stands in ``ledger.json``, and its tables as pandas frames."""

    folder: Path
    ledger: dict[str, Any]

    @property
    def causes(self) -> pd.DataFrame:
        """Late cards, their days by cause, and lost calls by cause, by fiscal year with intervals."""
        return pd.DataFrame(self.ledger["ledger"])

    @property
    def targets(self) -> pd.DataFrame:
        """How often each target is met over all years, as the scenario is and with one unit more: what decides."""
        return pd.DataFrame(self.ledger["targets"])

    @property
    def prices(self) -> pd.DataFrame:
        """What one more unit of each resource saves by fiscal year: difference with interval, clear or chance."""
        return pd.DataFrame(self.ledger["rows"])

    def write_report(self, lang: str = "en") -> Path:
        """Draw the charts and write ``ledger.html``; the path of the page."""
        return remade(self.folder, lang, "ledger", ("ledger.json", self.ledger))


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
    chosen = load(scenario) if isinstance(scenario, str) else scenario
    options = LedgerOptions(tuple(resources), replications, seed, workers, chance_only)
    with _folder(out) as folder:
        return Ledger(ledger=ledger_of(chosen, folder, options), folder=folder.path)


@dataclass(frozen=True)
class Sized:
    """A finished sizing: its folder, what stands in ``size.json``, and its rows as a pandas frame."""

    folder: Path
    size: dict[str, Any]

    @property
    def rows(self) -> pd.DataFrame:
        """Least level by resource and period, the probability that all targets hold with its interval, and the cost."""
        return pd.DataFrame(self.size["rows"])

    def write_report(self, lang: str = "en") -> Path:
        """Draw the charts and write ``size.html``; the path of the page."""
        return remade(self.folder, lang, "size", ("size.json", self.size))


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
    chosen = load(scenario) if isinstance(scenario, str) else scenario
    how = options or SizeOptions()
    priced = load_prices(Path(prices)) if isinstance(prices, str | Path) else prices
    with _folder(out) as folder:
        return Sized(size=size_scenario(chosen, resources, targets, folder, how, priced), folder=folder.path)


def wave(first: int = 2024, last: int = 2035, scenario: Scenario | str = "renewal-wave") -> pd.DataFrame:
    """Persons whose cards and certificates expire, and notices due, by fiscal year, from the cohorts alone."""
    chosen = load(scenario) if isinstance(scenario, str) else scenario
    return pd.DataFrame(wave_table(chosen.parameters, first, last))
