"""The command line: every command, under the heading it is listed at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer

from cardflow import options as own
from cardflow.commands.calibrate import calibrate
from cardflow.commands.clock import clock
from cardflow.commands.compare import compare
from cardflow.commands.inputs import (
    actuals_template,
    check,
    lead_times_template,
    new,
    parameters,
    prices_template,
    scenarios,
    schema,
)
from cardflow.commands.ledger import ledger
from cardflow.commands.run import run
from cardflow.commands.size import size
from cardflow.commands.sweep import sweep
from cardflow.commands.tools import queue, report, wave, workbook
from cardflow.commands.update import update
from cardflow.commands.validate import validate
from cardflow.completion import Shell, install, script
from cardflow.console import say, use_any_encoding
from cardflow.language import Language
from cardflow.parser import Command, Program, Telling, Writing
from reports.messages import said
from sim import __version__
from sim.message import Message

COMMANDS: dict[Message, tuple[Callable[..., None], ...]] = {
    own.ASK: (run, compare, sweep, update),
    own.DECIDE: (size, clock, ledger),
    own.SCENARIOS: (scenarios, parameters, new, check, schema),
    own.OWN_FIGURES: (actuals_template, prices_template, lead_times_template),
    own.MODEL: (validate, calibrate),
    own.TOOLS: (report, workbook, wave, queue),
}

KINDS: dict[Callable[..., None], type[Command]] = {
    **dict.fromkeys((new, actuals_template, prices_template, lead_times_template, report, update, workbook), Writing),
    **dict.fromkeys((scenarios, parameters, check, schema, wave), Telling),
}
"""Commands that simulate nothing."""

JUDGING = {function for functions in COMMANDS.values() for function in functions} - {scenarios, schema}
"""Commands that begin by gathering what is wrong (``cardflow.at_once``)."""

app = Program(
    Message(
        "Capacity simulator of Japan's My Number card operation: do the promises hold, until when, what breaks first?"
    ),
    JUDGING,
)
for heading, functions in COMMANDS.items():
    for function in functions:
        app.command(cls=KINDS.get(function, Command), rich_help_panel=heading)(function)


@app.callback()
def _program(
    ctx: typer.Context,
    lang: own.Lang = Language.en,
    version: Annotated[bool, typer.Option("--version", "-v", help=Message("Print the version."))] = False,
    show_completion: Annotated[
        Shell | None,
        typer.Option(
            metavar=Message("SHELL"), help=Message("Print what bash, zsh, fish or powershell needs to complete words.")
        ),
    ] = None,
    install_completion: Annotated[
        Shell | None, typer.Option(metavar=Message("SHELL"), help=Message("Set completion up for bash, zsh or fish."))
    ] = None,
) -> None:
    name = ctx.info_name or "cardflow"
    if version:
        say(f"cardflow {__version__}")
    elif show_completion:
        say(script(show_completion, name))
    elif install_completion:
        say(said(install(install_completion, name), lang))
    elif ctx.invoked_subcommand is None:
        say(ctx.get_help())
    else:
        return
    raise typer.Exit


def main() -> None:
    """Run the command line."""
    use_any_encoding()
    app()
