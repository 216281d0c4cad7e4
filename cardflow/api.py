"""The public Python API: load a scenario, change it, run it, get tables."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.actuals import Actuals, apply
from scenarios.actuals_rules import read_actuals
from scenarios.compare import CompareOptions
from scenarios.compare import compare as compare_scenarios
from scenarios.compare import default_folder as comparison_folder
from scenarios.errors import UserError
from scenarios.load import Scenario, load
from scenarios.precision import MOST
from scenarios.run import Options, default_folder
from scenarios.run import run as run_scenario
from scenarios.wave import wave_table

__all__ = ["Comparison", "Run", "compare", "load", "run", "wave"]


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
        """The deciding rows by fiscal year: target, value with interval, probability, verdict, headroom."""
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
            "headroom",
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
        from reports.page import write_report

        return write_report(self.folder, lang)


def run(
    scenario: Scenario | str,
    replications: int = 20,
    seed: int = 1,
    workers: int = 1,
    out: str | Path | None = None,
    chance_only: bool = False,
    headroom: bool = False,
    precision: float | None = None,
    most: int = MOST,
    actuals: Actuals | str | Path | None = None,
) -> Run:
    """Run a scenario, or take it up where it was left.

    Args:
        scenario: a scenario, or what ``load`` takes.
        replications: how many; with ``precision`` the first batch, 5 at least.
        seed: of the random streams.
        workers: processes; more than one needs the caller to be importable (``if __name__ == "__main__"``).
        out: the run folder; ``runs/SCENARIO/DIGEST`` by default, ``":temporary:"`` for one of the system's.
        chance_only: leave uncertain parameters at their middle values.
        headroom: search the load at which targets break.
        precision: add replications until the 95 % half-width of every deciding statistic of a year or the run is at
            most this: absolute for shares and availability, relative to the threshold for others.
        most: replications at most, with ``precision``.
        actuals: your own figures (実績), or their workbook or CSV file: the run starts from them.

    Raises:
        UserError: if something is wrong with the scenario, the actuals, the numbers or the folder.
    """
    chosen = load(scenario) if isinstance(scenario, str) else scenario
    if actuals is not None:
        chosen = apply(chosen, actuals if isinstance(actuals, Actuals) else read_actuals(Path(actuals)))
    if replications < 1:
        raise UserError("replications", [f"{replications}: must be 1 or more"])
    options = Options(replications, seed, workers, chance_only, headroom, precision, most)
    if out == ":temporary:":
        out = tempfile.mkdtemp(prefix="cardflow-")
    folder = Path(out) if out is not None else default_folder(chosen, options)
    return Run(folder, run_scenario(chosen, folder, options))


@dataclass(frozen=True)
class Comparison:
    """A finished comparison: its folder, what stands in ``comparison.json``, and its rows as a pandas frame."""

    folder: Path
    comparison: dict[str, Any]

    @property
    def rows(self) -> pd.DataFrame:
        """Every row of ``rows`` in ``comparison.json``: values, paired difference with interval, clear or chance."""
        return pd.DataFrame(self.comparison["rows"])

    @property
    def clear(self) -> pd.DataFrame:
        """The rows whose difference chance does not explain."""
        rows = self.rows
        return rows[rows["clear"].eq(True)].reset_index(drop=True)

    def write_report(self, lang: str = "en") -> Path:
        """Draw the charts and write ``comparison.html``; the path of the page."""
        from reports.comparison import write_comparison

        return write_comparison(self.folder, lang)


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
    if out == ":temporary:":
        out = tempfile.mkdtemp(prefix="cardflow-")
    folder = Path(out) if out is not None else comparison_folder(chosen, options)
    return Comparison(folder, compare_scenarios(chosen, folder, options))


def wave(first: int = 2024, last: int = 2035, scenario: Scenario | str = "renewal-wave") -> pd.DataFrame:
    """Persons whose cards and certificates expire, and notices due, by fiscal year, from the cohorts alone."""
    chosen = load(scenario) if isinstance(scenario, str) else scenario
    return pd.DataFrame(wave_table(chosen.parameters, first, last))
