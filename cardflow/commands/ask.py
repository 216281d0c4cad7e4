"""Commands that simulate scenarios: one, several side by side, many."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cardflow import options as own
from cardflow.language import Language
from cardflow.options import EVIDENCE, QUESTION
from sim.message import Message


def run(
    scenario: own.Scenario,
    settings: own.Settings = None,
    actuals: own.Actuals = None,
    chance_only: own.ChanceOnly = False,
    no_margin: Annotated[
        bool,
        typer.Option(
            "--no-margin",
            "--no-headroom",
            rich_help_panel=QUESTION,
            help=Message("Skip the search for margins, once called headroom."),
        ),
    ] = False,
    replications: Annotated[
        int,
        own.replications(
            Message("How many replications; with --precision or --until-decided the first batch, 5 at least."), 1
        ),
    ] = 20,
    precision: Annotated[
        float | None,
        typer.Option(
            metavar=Message("SHARE"),
            rich_help_panel=EVIDENCE,
            help=Message("Add replications until every deciding value is known to this half-width, as in 0.005."),
        ),
    ] = None,
    until_decided: Annotated[
        bool,
        typer.Option(
            "--until-decided",
            rich_help_panel=EVIDENCE,
            help=Message("Add replications until no target is undecided, as far as --most allows."),
        ),
    ] = False,
    most: Annotated[int, own.replications(Message("Replications at most, with --precision or --until-decided."))] = 200,
    seed: own.Seed = 1,
    workers: own.Workers = None,
    yes: own.Yes = False,
    out: Annotated[Path | None, own.out(Message("Run folder; runs/SCENARIO/DIGEST by default."))] = None,
    lang: own.Lang = Language.en,
    quiet: own.Quiet = False,
    as_json: own.AsJson = False,
) -> None:
    """Simulate a scenario and judge its targets."""
    from cardflow.running import Request, run_and_report

    how = (chance_only, not no_margin, precision, most, actuals, quiet, yes, until_decided)
    run_and_report(Request(scenario, replications, seed, workers, out, lang.value, *how), settings or [], as_json)


def compare(
    scenarios: Annotated[
        list[str],
        typer.Argument(
            metavar="A B [C ...]",
            help=Message("Two or more scenarios; all are held against the first."),
            autocompletion=own.scenario_names,
        ),
    ],
    settings: own.Settings = None,
    chance_only: own.ChanceOnly = False,
    replications: Annotated[int, own.replications(Message("How many replications of each, 2 at least."))] = 20,
    seed: own.Seed = 1,
    workers: own.Workers = None,
    yes: own.Yes = False,
    out: Annotated[Path | None, own.out(Message("Folder; runs/compare/A-vs-B/DIGEST by default."))] = None,
    lang: own.Lang = Language.en,
    quiet: own.Quiet = False,
    as_json: own.AsJson = False,
) -> None:
    """Compare scenarios under the same luck: what is better, by how much, and what chance explains."""
    from cardflow.comparing import CompareRequest, compare_and_report

    request = CompareRequest(scenarios, replications, seed, workers, out, lang.value, chance_only, quiet, yes)
    compare_and_report(request, settings or [], as_json)


def sweep(
    scenario: own.Scenario,
    vary: Annotated[
        list[str] | None,
        own.asked(
            Message("PATH=RANGE"),
            Message("Vary for the whole run: low:high:step, low:high (with --lhs, --screen) or a,b,c; repeatable."),
        ),
    ] = None,
    lhs: Annotated[
        int | None, own.asked("N", Message("A Latin hypercube of N points instead of every combination."))
    ] = None,
    screen: Annotated[
        bool,
        typer.Option(
            "--screen",
            rich_help_panel=QUESTION,
            help=Message("Which uncertain values (or those of --vary) drive each target (Morris)."),
        ),
    ] = False,
    sobol: Annotated[
        bool,
        typer.Option(
            "--sobol", rich_help_panel=QUESTION, help=Message("Screen, then Sobol's indices of the few that matter.")
        ),
    ] = False,
    draws: Annotated[
        int | None,
        own.asked(
            "N",
            Message("The same from N replications as they are: those of a finished run or clock need no new runs."),
        ),
    ] = None,
    settings: own.Settings = None,
    chance_only: own.ChanceOnly = False,
    trajectories: Annotated[int, own.replications(Message("Trajectories of Morris' design, with --screen."))] = 8,
    replications: Annotated[
        int | None, own.replications(Message("How many of each point; 5, or 2 with --screen, by default."))
    ] = None,
    seed: own.Seed = 1,
    workers: own.Workers = None,
    yes: own.Yes = False,
    out: Annotated[Path | None, own.out(Message("Folder; runs/sweep/SCENARIO/DIGEST by default."))] = None,
    lang: own.Lang = Language.en,
    quiet: own.Quiet = False,
    as_json: own.AsJson = False,
) -> None:
    """Simulate a scenario at many values of a few inputs; or find which assumptions drive its targets."""
    from cardflow.sweeping import SweepRequest, sweep_and_report

    how = (lhs, screen, sobol, trajectories, replications, seed, workers, out, lang.value, chance_only, yes, quiet)
    sweep_and_report(SweepRequest(scenario, vary or [], *how, draws), settings or [], as_json)


def update(
    folder: Annotated[Path, typer.Argument(metavar=Message("RUN"), help=Message("A run folder."))],
    actuals: Annotated[
        Path,
        typer.Argument(
            metavar=Message("ACTUALS"), help=Message("What came (.xlsx or .csv, see actuals-template), month by month.")
        ),
    ],
    out: Annotated[Path | None, own.out(Message("Folder; runs/update/SCENARIO/DIGEST by default."))] = None,
    lang: own.Lang = Language.en,
    as_json: own.AsJson = False,
) -> None:
    """Weigh a finished run by the months that have come, and hold all forecasts against them."""
    from cardflow.updating import UpdateRequest, update_and_report

    update_and_report(UpdateRequest(folder, actuals, out, lang.value), as_json)
