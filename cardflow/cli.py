"""The command line. Each command imports what it needs when it runs, so that help is quick."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Optional

import typer

from cardflow.console import plain_errors, print_json, say, use_any_encoding
from cardflow.language import Language, asked
from sim import __version__

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Capacity simulator of Japan's My Number card operation: do the promises hold, until when, what breaks first?",
)


class Spell(StrEnum):
    """By what spans a capacity may change."""

    year = "year"
    month = "month"


class Together(StrEnum):
    """Over what span targets must hold together."""

    year = "year"
    run = "run"


Lang = Annotated[
    Language,
    typer.Option(
        "--lang", help="Language: ja or en; else that of CARDFLOW_LANG, else the system's.", default_factory=asked
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone on stdout; progress goes to stderr.")]
Setting = Annotated[
    Optional[list[str]],  # noqa: UP045  (typer reads it at run time)
    typer.Option("--set", metavar="PATH=VALUE", help="Change a value, as in plant.cards_per_day=200000; repeatable."),
]


@app.callback(invoke_without_command=True)
def _options(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        say(f"cardflow {__version__}")
        raise typer.Exit


@app.command()
def run(
    scenario: Annotated[str, typer.Argument(help="Library name, path to a TOML file, or several joined with +.")],
    replications: Annotated[
        int, typer.Option(help="How many replications; with --precision the first batch, 5 at least.", min=1)
    ] = 20,
    seed: Annotated[int, typer.Option(help="Seed of the random streams.", min=0)] = 1,
    workers: Annotated[Optional[int], typer.Option(help="Processes; all cores by default.", min=1)] = None,  # noqa: UP045
    out: Annotated[Optional[Path], typer.Option(help="Run folder; runs/SCENARIO/DIGEST by default.")] = None,  # noqa: UP045
    *,
    lang: Lang,
    chance_only: Annotated[bool, typer.Option("--chance-only", help="Leave uncertain values at their middle.")] = False,
    no_headroom: Annotated[bool, typer.Option("--no-headroom", help="Skip the search for headroom.")] = False,
    precision: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="Add replications until every deciding value is known to this half-width, as in 0.005."),
    ] = None,
    most: Annotated[int, typer.Option(help="Replications at most, with --precision.")] = 200,
    actuals: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Your own figures (.xlsx or .csv, see actuals-template): the run starts from them."),
    ] = None,
    settings: Setting = None,
    as_json: AsJson = False,
) -> None:
    """Simulate a scenario and judge its targets."""
    with plain_errors(lang.value):
        from cardflow.running import Request, run_and_report

        how = (chance_only, not no_headroom, precision, most, actuals)
        request = Request(scenario, replications, seed, workers, out, lang.value, *how)
        run_and_report(request, settings or [], as_json)


@app.command()
def compare(
    scenarios: Annotated[
        list[str], typer.Argument(metavar="A B [C ...]", help="Two or more scenarios; all are held against the first.")
    ],
    replications: Annotated[int, typer.Option(help="How many replications of each, 2 at least.")] = 20,
    seed: Annotated[int, typer.Option(help="Seed of the random streams, the same for all.", min=0)] = 1,
    workers: Annotated[Optional[int], typer.Option(help="Processes; all cores by default.", min=1)] = None,  # noqa: UP045
    out: Annotated[Optional[Path], typer.Option(help="Folder; runs/compare/A-vs-B/DIGEST by default.")] = None,  # noqa: UP045
    *,
    lang: Lang,
    chance_only: Annotated[bool, typer.Option("--chance-only", help="Leave uncertain values at their middle.")] = False,
    settings: Setting = None,
    as_json: AsJson = False,
) -> None:
    """Compare scenarios under the same luck: what is better, by how much, and what chance explains."""
    with plain_errors(lang.value):
        from cardflow.comparing import CompareRequest, compare_and_report

        request = CompareRequest(scenarios, replications, seed, workers, out, lang.value, chance_only)
        compare_and_report(request, settings or [], as_json)


@app.command()
def sweep(
    scenario: Annotated[str, typer.Argument(help="Library name, path to a TOML file, or several joined with +.")],
    vary: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            metavar="PATH=RANGE",
            help="Vary for the whole run: low:high:step, low:high (with --lhs, --screen) or a,b,c; repeatable.",
        ),
    ] = None,
    lhs: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(metavar="N", help="A Latin hypercube of N points instead of every combination."),
    ] = None,
    screen: Annotated[
        bool, typer.Option("--screen", help="Which uncertain values (or those of --vary) drive each target (Morris).")
    ] = False,
    sobol: Annotated[
        bool, typer.Option("--sobol", help="Screen, then Sobol's indices of the few that matter.")
    ] = False,
    trajectories: Annotated[int, typer.Option(help="Of Morris' design, with --screen.")] = 8,
    replications: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="How many of each point; 5, or 2 with --screen, by default."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the random streams, the same for all points.", min=0)] = 1,
    workers: Annotated[Optional[int], typer.Option(help="Processes; all cores by default.", min=1)] = None,  # noqa: UP045
    out: Annotated[Optional[Path], typer.Option(help="Folder; runs/sweep/SCENARIO/DIGEST by default.")] = None,  # noqa: UP045
    *,
    lang: Lang,
    chance_only: Annotated[bool, typer.Option("--chance-only", help="Leave uncertain values at their middle.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Start without asking, however long it takes.")] = False,
    settings: Setting = None,
    as_json: AsJson = False,
) -> None:
    """Simulate a scenario at many values of a few inputs; or find which assumptions drive its targets."""
    with plain_errors(lang.value):
        from cardflow.sweeping import SweepRequest, sweep_and_report

        how = (lhs, screen, sobol, trajectories, replications, seed, workers, out, lang.value, chance_only, yes)
        sweep_and_report(SweepRequest(scenario, vary or [], *how), settings or [], as_json)


@app.command()
def clock(
    scenario: Annotated[str, typer.Argument(help="Library name, path to a TOML file, or several joined with +.")],
    target: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(metavar="ID", help="Targets to watch, as in calls-95; repeatable; all by default."),
    ] = None,
    replications: Annotated[
        int, typer.Option(help="How many; half of them choose the trip-wires, the others judge them.")
    ] = 60,
    seed: Annotated[int, typer.Option(help="Seed of the random streams.", min=0)] = 1,
    workers: Annotated[Optional[int], typer.Option(help="Processes; all cores by default.", min=1)] = None,  # noqa: UP045
    out: Annotated[Optional[Path], typer.Option(help="Folder; runs/clock/SCENARIO/DIGEST by default.")] = None,  # noqa: UP045
    lead_times: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="FILE", help="Your own lead times (see lead-times-template) instead of assumed ones."),
    ] = None,
    as_of: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="DATE", help="The day that counts as today; a last date before it has passed."),
    ] = None,
    *,
    lang: Lang,
    settings: Setting = None,
    as_json: AsJson = False,
) -> None:
    """The decision clock: which signs tell early that a target breaks, and the last date to act."""
    with plain_errors(lang.value):
        from cardflow.clocking import ClockRequest, clock_and_report

        how = (replications, seed, workers, out, lead_times, as_of, lang.value)
        clock_and_report(ClockRequest(scenario, target or [], *how), settings or [], as_json)


@app.command(name="lead-times-template")
def lead_times_template(
    name: Annotated[str, typer.Argument(metavar="NAME.toml", help="The file to write.")] = "lead-times.toml",
    *,
    lang: Lang,
) -> None:
    """Write the assumed lead times of resources as a file for your own."""
    with plain_errors(lang.value):
        from cardflow.files import write_lead_times_template

        say(*write_lead_times_template(name, lang.value))


@app.command()
def ledger(
    scenario: Annotated[str, typer.Argument(help="Library name, path to a TOML file, or several joined with +.")],
    resources: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--resource", metavar="PATH", help="A resource such as contact.resident.seats; repeatable; all."),
    ] = None,
    replications: Annotated[int, typer.Option(help="How many replications, 2 at least.")] = 10,
    seed: Annotated[int, typer.Option(help="Seed of the random streams.", min=0)] = 1,
    workers: Annotated[Optional[int], typer.Option(help="Processes; all cores by default.", min=1)] = None,  # noqa: UP045
    out: Annotated[Optional[Path], typer.Option(help="Folder; runs/ledger/SCENARIO/DIGEST by default.")] = None,  # noqa: UP045
    *,
    lang: Lang,
    chance_only: Annotated[bool, typer.Option("--chance-only", help="Leave uncertain values at their middle.")] = False,
    settings: Setting = None,
    as_json: AsJson = False,
) -> None:
    """What delays cards and loses calls, and what one more unit of each resource would save."""
    with plain_errors(lang.value):
        from cardflow.ledgering import LedgerRequest, ledger_and_report

        request = LedgerRequest(scenario, resources or [], replications, seed, workers, out, lang.value, chance_only)
        ledger_and_report(request, settings or [], as_json)


@app.command()
def size(
    scenario: Annotated[str, typer.Argument(help="Library name, path to a TOML file, or several joined with +.")],
    resources: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(
            "--resource",
            metavar="PATH[=LOW:HIGH[:STEP]]",
            help="What can be bought, as in contact.resident.seats; repeatable, the one to save on most first.",
        ),
    ] = None,
    targets: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--target", metavar="ID", help="A target to meet, as in calls-95; by default all that can be."),
    ] = None,
    confidence: Annotated[float, typer.Option(help="Probability with which all of them must hold together.")] = 0.9,
    by: Annotated[Spell, typer.Option(help="Levels of seats by fiscal year, or by month.")] = Spell.year,
    monthly_floor: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="Share of calls to be answered in every single month too, as in 0.9."),
    ] = None,
    together: Annotated[
        Together, typer.Option(help="Each year a claim of its own, or all years at once.")
    ] = Together.year,
    prices: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Price file (.toml, see prices-template): cost by year and certainty."),
    ] = None,
    replications: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="Replications of the search; by default what the confidence takes, 40 for 0.9."),
    ] = None,
    most: Annotated[int, typer.Option(help="Fresh replications at most to confirm a plan; 60 at first.")] = 400,
    indifference: Annotated[
        float, typer.Option(help="So much more probability than asked for is as good: smaller takes longer.")
    ] = 0.1,
    seed: Annotated[int, typer.Option(help="Seed of the random streams.", min=0)] = 1,
    workers: Annotated[Optional[int], typer.Option(help="Processes; all cores by default.", min=1)] = None,  # noqa: UP045
    out: Annotated[Optional[Path], typer.Option(help="Folder; runs/size/SCENARIO/DIGEST by default.")] = None,  # noqa: UP045
    *,
    lang: Lang,
    chance_only: Annotated[bool, typer.Option("--chance-only", help="Leave uncertain values at their middle.")] = False,
    settings: Setting = None,
    as_json: AsJson = False,
) -> None:
    """Find the least capacity with which targets hold as surely as asked, and what it costs."""
    with plain_errors(lang.value):
        from cardflow.progress import cores
        from cardflow.sizing import SizeRequest, size_and_report
        from scenarios.size import SizeOptions

        options = SizeOptions(
            confidence=confidence,
            by=by.value,
            monthly_floor=monthly_floor,
            together=together.value,
            replications=replications,
            first_look=min(SizeOptions.first_look, most),
            most=most,
            indifference=indifference,
            seed=seed,
            workers=workers or cores(),
            chance_only=chance_only,
        )
        request = SizeRequest(scenario, resources or [], targets or [], options, prices, out, lang.value)
        size_and_report(request, settings or [], as_json)


@app.command(name="actuals-template")
def actuals_template(
    name: Annotated[str, typer.Argument(metavar="NAME.xlsx", help="The workbook to write.")] = "actuals.xlsx",
    *,
    lang: Lang,
) -> None:
    """Write an empty workbook for your own figures (実績), with explanations."""
    with plain_errors(lang.value):
        from cardflow.files import write_actuals_template

        say(*write_actuals_template(name, lang.value))


@app.command(name="prices-template")
def prices_template(
    name: Annotated[str, typer.Argument(metavar="NAME.toml", help="The file to write.")] = "prices.toml",
    *,
    lang: Lang,
) -> None:
    """Write the assumed prices (仮定値) as a file to put your own prices into, with explanations."""
    with plain_errors(lang.value):
        from cardflow.files import write_prices_template

        say(*write_prices_template(name, lang.value))


@app.command()
def report(folder: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")], *, lang: Lang) -> None:
    """Make the charts and the report of a finished run again."""
    with plain_errors(lang.value):
        from cardflow.running import remake_report

        remake_report(folder, lang.value)


@app.command()
def validate(
    replications: Annotated[int, typer.Option(help="How many replications.", min=1)] = 20,
    seed: Annotated[int, typer.Option(help="Seed of the random streams.", min=0)] = 1,
    workers: Annotated[Optional[int], typer.Option(help="Processes; all cores by default.", min=1)] = None,  # noqa: UP045
    out: Annotated[Optional[Path], typer.Option(help="Folder; runs/validation/DIGEST by default.")] = None,  # noqa: UP045
    page: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(metavar="PATH.md", help="Write the page as markdown here too, its charts in a folder beside it."),
    ] = None,
    *,
    lang: Lang,
    as_json: AsJson = False,
) -> None:
    """Lay every published figure that the model can speak to beside the simulated one."""
    with plain_errors(lang.value):
        from cardflow import validating

        request = validating.ValidateRequest(replications, seed, workers, out, lang.value, page)
        validating.validate(request, as_json)


@app.command()
def calibrate(
    only: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(metavar="NAME", help="Fit one problem only, such as holders or lead_times."),
    ] = None,
    budget: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="Evaluations of each fit at most; 200 by default.", min=1),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the random streams.", min=0)] = 1,
    workers: Annotated[Optional[int], typer.Option(help="Processes; all cores by default.", min=1)] = None,  # noqa: UP045
    out: Annotated[Optional[Path], typer.Option(help="Folder; runs/calibration/DIGEST by default.")] = None,  # noqa: UP045
    actuals: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Your own figures (.xlsx or .csv, see actuals-template) are fitted too."),
    ] = None,
    *,
    lang: Lang,
    as_json: AsJson = False,
) -> None:
    """Fit uncertain values to published figures; say what these pin down and what not."""
    with plain_errors(lang.value):
        from cardflow import validating

        request = validating.CalibrateRequest(only, budget, seed, workers, out, lang.value, actuals)
        validating.calibrate(request, as_json)


@app.command()
def scenarios(*, lang: Lang, as_json: AsJson = False) -> None:
    """List the scenarios that come with the program."""
    with plain_errors(lang.value):
        from cardflow.files import library_lines, library_list

        print_json(library_list()) if as_json else say(*library_lines())


@app.command()
def check(
    file: Annotated[str, typer.Argument(help="Library name, path to a TOML file, or several joined with +.")],
    settings: Setting = None,
    *,
    lang: Lang,
) -> None:
    """Say what is wrong with a scenario, or what it changes."""
    with plain_errors(lang.value):
        from cardflow.files import check_lines

        say(*check_lines(file, settings or []))


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the scenario; NAME.toml is written in the current folder.")],
    base: Annotated[str, typer.Option("--from", help="The scenario to start from.")] = "renewal-wave",
    settings: Setting = None,
    *,
    lang: Lang,
) -> None:
    """Write a commented scenario file to edit."""
    with plain_errors(lang.value):
        from cardflow.files import write_new

        say(*write_new(name, base, settings or [], lang.value))


@app.command()
def schema(*, lang: Lang) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    with plain_errors(lang.value):
        from scenarios.schema import scenario_schema

        print_json(scenario_schema())


@app.command()
def wave(
    first: Annotated[int, typer.Option("--from", help="First fiscal year.")] = 2024,
    last: Annotated[int, typer.Option("--to", help="Last fiscal year.")] = 2035,
    *,
    lang: Lang,
    as_json: AsJson = False,
) -> None:
    """Cards and certificates reaching expiry, and notices due, by fiscal year, from the cohorts alone."""
    with plain_errors(lang.value):
        from cardflow.files import wave_lines
        from scenarios.find import LIBRARY
        from scenarios.load import load
        from scenarios.wave import wave_table

        table = wave_table(load("renewal-wave", LIBRARY).parameters, first, last)
        print_json(table) if as_json else say(*wave_lines(table, lang.value))


@app.command()
def queue(
    rate: Annotated[float, typer.Option(help="Calls a minute.")],
    handle: Annotated[float, typer.Option(help="Mean minutes that a call takes an agent.")],
    seats: Annotated[int, typer.Option(help="Agents answering.")],
    hours: Annotated[float, typer.Option(help="Hours to simulate and count.")],
    patience: Annotated[
        Optional[float],  # noqa: UP045
        typer.Option(help="Mean minutes that callers wait before they leave; for ever by default."),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the random streams.", min=0)] = 1,
    *,
    lang: Lang,
    as_json: AsJson = False,
) -> None:
    """A call-centre calculator: a queue simulated call by call, beside the formulas of Erlang."""
    with plain_errors(lang.value):
        from reports.queue import figures, queue_lines
        from scenarios.errors import UserError
        from sim.contact.steady import mistakes, simulate
        from sim.message import Message

        wrong = mistakes(rate, handle, patience, seats, hours)
        if wrong:
            raise UserError("queue", [Message("--{option} {rule}", option=name, rule=rule) for name, rule in wrong])
        found = simulate(rate, handle, patience, seats, hours, seed)
        print_json(figures(found)) if as_json else say(*queue_lines(found, patience, lang.value))


def main() -> None:
    """Run the command line."""
    use_any_encoding()
    app()
