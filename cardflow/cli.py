"""The command line: every command, under the heading it is listed at."""

from __future__ import annotations

import typer
from typer._click.globals import get_current_context

from cardflow.commands import inputs, serve, shelf, tools
from cardflow.commands.calibrate import calibrate
from cardflow.commands.clock import clock
from cardflow.commands.compare import compare
from cardflow.commands.ledger import ledger
from cardflow.commands.memo import memo, verify
from cardflow.commands.run import run
from cardflow.commands.size import size
from cardflow.commands.sweep import sweep
from cardflow.commands.update import update
from cardflow.commands.validate import validate
from cardflow.completion import Shell, install, script
from cardflow.console import say, use_any_encoding
from cardflow.language import Language
from cardflow.parser import Program
from reports.messages import said
from sim import __version__

COMMANDS = {
    "ask": (run, compare, sweep, update),
    "decide": (size, clock, ledger),
    "scenarios": (inputs.scenarios, inputs.parameters, inputs.new, inputs.check, inputs.schema),
    "own_figures": (inputs.actuals_template, inputs.prices_template, inputs.lead_times_template, inputs.memo_template),
    "earlier": (shelf.runs, shelf.beside, shelf.mark, shelf.discard, shelf.restore, serve.serve, serve.open),
    "model": (validate, calibrate),
    "tools": (memo, verify, tools.report, tools.workbook, tools.charts, tools.wave, tools.queue),
}


def cardflow(
    *,
    lang: Language = Language.en,
    version: bool = False,
    show_completion: Shell | None = None,
    install_completion: Shell | None = None,
) -> None:
    """Capacity simulator of Japan's My Number card operation: do the promises hold, until when, what breaks first?"""
    ctx = get_current_context()
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


app = Program(cardflow, COMMANDS)


def main() -> None:
    """Run the command line."""
    use_any_encoding()
    app()
