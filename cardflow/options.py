"""Options and arguments that several commands share, each written once; and the headings of the help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.models import OptionInfo

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


def option(heading: Message, told: Message, *names: str, metavar: str | None = None, **more: Any) -> OptionInfo:
    """An option under a heading; its name is the parameter's, unless given. What takes no value has no metavar."""
    made: OptionInfo = typer.Option(*names, metavar=metavar, rich_help_panel=heading, help=told, **more)
    return made


def asked(metavar: str | None, told: Message, *names: str, **more: Any) -> OptionInfo:
    """An option that is part of the question."""
    return option(QUESTION, told, *names, metavar=metavar, **more)


def replications(told: Message, least: int | None = None) -> OptionInfo:
    """The option for the number of replications, with what they are for."""
    return option(EVIDENCE, told, metavar="N", min=least)


def out(told: Message) -> OptionInfo:
    """The option for the folder, with the one that is taken by default."""
    return option(OUTPUT, told, metavar=Message("FOLDER"))


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
ChanceOnly = Annotated[bool, asked(None, Message("Leave uncertain values at their middle."), "--chance-only")]
Finished = Annotated[Path, typer.Argument(metavar=Message("RUN"), help=Message("The folder of any finished command."))]
Actuals = Annotated[
    Path | None,
    asked(
        Message("FILE"), Message("Your own figures (.xlsx or .csv, see actuals-template): the run starts from them.")
    ),
]

Seed = Annotated[int, option(EVIDENCE, Message("Seed of the random streams; the same for all."), metavar="N", min=0)]
Workers = Annotated[int | None, option(EVIDENCE, Message("Processes; all cores by default."), metavar="N", min=1)]
Yes = Annotated[bool, option(EVIDENCE, Message("Start without asking, however long it takes."), "--yes")]

Lang = Annotated[
    Language,
    option(
        OUTPUT,
        Message("Language of all that is said; else that of CARDFLOW_LANG, else the system's."),
        "--lang",
        metavar="ja|en",
    ),
]
AsJson = Annotated[bool, option(OUTPUT, Message("Print JSON alone on stdout; progress goes to stderr."), "--json")]
Quiet = Annotated[bool, option(OUTPUT, Message("No progress; errors are told all the same."), "--quiet", "-q")]

TextFile = Annotated[
    str, typer.Argument(metavar=Message("FILE"), help=Message("The file to write: text, or a workbook."))
]
Workbook = Annotated[str, typer.Argument(metavar=Message("NAME.xlsx"), help=Message("The workbook to write."))]
