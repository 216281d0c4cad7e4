"""Options and arguments that several commands share, each written once; and the headings of the help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cardflow.completion import scenario_names
from cardflow.language import Language
from sim.message import Message

ASK = Message("Ask")
DECIDE = Message("Decide")
OWN_FIGURES = Message("Your own figures")
SCENARIOS = Message("Scenarios and levers")
MODEL = Message("The model itself")
TOOLS = Message("Calculators and reports")
"""Headings of commands, in the order in which they are shown."""

QUESTION = Message("What is asked")
EVIDENCE = Message("How much is simulated")
OUTPUT = Message("Output")
"""Headings of options."""


def asked(metavar: str, told: Message, *names: str) -> typer.models.OptionInfo:
    """An option that is part of the question; its name is the parameter's, unless given."""
    option: typer.models.OptionInfo = typer.Option(*names, metavar=metavar, rich_help_panel=QUESTION, help=told)
    return option


Scenario = Annotated[
    str,
    typer.Argument(
        metavar=Message("SCENARIO"),
        help=Message("Library name, path to a TOML file, or several joined with +."),
        autocompletion=scenario_names,
    ),
]
Settings = Annotated[
    list[str] | None,
    asked(
        Message("PATH=VALUE"),
        Message("Change a value, as in plant.cards_per_day=200000; repeatable. 'cardflow parameters' lists all."),
        "--set",
    ),
]
ChanceOnly = Annotated[
    bool,
    typer.Option("--chance-only", rich_help_panel=QUESTION, help=Message("Leave uncertain values at their middle.")),
]
Finished = Annotated[Path, typer.Argument(metavar=Message("RUN"), help=Message("The folder of any finished command."))]
Actuals = Annotated[
    Path | None,
    asked(
        Message("FILE"), Message("Your own figures (.xlsx or .csv, see actuals-template): the run starts from them.")
    ),
]


def replications(told: Message, least: int | None = None) -> typer.models.OptionInfo:
    """The option for the number of replications, with what they are for."""
    option: typer.models.OptionInfo = typer.Option(metavar="N", rich_help_panel=EVIDENCE, help=told, min=least)
    return option


Seed = Annotated[
    int,
    typer.Option(
        metavar="N", rich_help_panel=EVIDENCE, help=Message("Seed of the random streams; the same for all."), min=0
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(metavar="N", rich_help_panel=EVIDENCE, help=Message("Processes; all cores by default."), min=1),
]


def out(told: Message) -> typer.models.OptionInfo:
    """The option for the folder, with the one that is taken by default."""
    option: typer.models.OptionInfo = typer.Option(metavar=Message("FOLDER"), rich_help_panel=OUTPUT, help=told)
    return option


Lang = Annotated[
    Language,
    typer.Option(
        "--lang",
        metavar="ja|en",
        rich_help_panel=OUTPUT,
        help=Message("Language of all that is said; else that of CARDFLOW_LANG, else the system's."),
    ),
]
Yes = Annotated[
    bool,
    typer.Option("--yes", rich_help_panel=EVIDENCE, help=Message("Start without asking, however long it takes.")),
]
AsJson = Annotated[
    bool,
    typer.Option(
        "--json", rich_help_panel=OUTPUT, help=Message("Print JSON alone on stdout; progress goes to stderr.")
    ),
]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", rich_help_panel=OUTPUT, help=Message("No progress; errors are told all the same.")),
]

TextFile = Annotated[
    str, typer.Argument(metavar=Message("FILE"), help=Message("The file to write: text, or a workbook."))
]
Workbook = Annotated[str, typer.Argument(metavar=Message("NAME.xlsx"), help=Message("The workbook to write."))]
