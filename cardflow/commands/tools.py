"""Calculators and reports: commands that draw an answer again, or reckon without a scenario."""

from __future__ import annotations

from typing import Annotated

import typer

from cardflow import options as own
from cardflow.console import print_json, say
from cardflow.language import Language
from sim.message import Message


def report(
    folder: own.Finished,
    lang: own.Lang = Language.en,
) -> None:
    """Draw charts and page of a finished answer again."""
    from cardflow.pages import remade

    say(str(remade(folder, lang.value)))


def workbook(
    folder: own.Finished,
    csv: Annotated[
        str | None,
        typer.Option(
            metavar=Message("SHEET"),
            help=Message("Write one sheet alone, as CSV that Excel opens (UTF-8 with a mark)."),
        ),
    ] = None,
    lang: own.Lang = Language.en,
) -> None:
    """Write an answer as a workbook for Excel: every table as numbers, with charts to edit."""
    from cardflow.pages import workbook as written

    say(str(written(folder, lang.value, csv)))


def wave(
    first: Annotated[int, own.asked(Message("YEAR"), Message("First fiscal year."), "--from")] = 2024,
    last: Annotated[int, own.asked(Message("YEAR"), Message("Last fiscal year."), "--to")] = 2035,
    lang: own.Lang = Language.en,
    as_json: own.AsJson = False,
) -> None:
    """Cards and certificates reaching expiry, and notices due, by fiscal year, from the cohorts alone."""
    from cardflow.at_once import at_once
    from reports.wave import wave_table_lines
    from scenarios.files.find import LIBRARY
    from scenarios.files.load import load
    from scenarios.wave import refuse, wave_table

    with at_once() as wrong, wrong.noted():
        refuse(first, last)
    table = wave_table(load("renewal-wave", LIBRARY).parameters, first, last)
    print_json(table) if as_json else say(*wave_table_lines(table, lang.value))


def queue(
    rate: Annotated[float, own.asked(Message("CALLS"), Message("Calls a minute."))],
    handle: Annotated[float, own.asked(Message("MINUTES"), Message("Mean minutes that a call takes an agent."))],
    seats: Annotated[int, own.asked("N", Message("Agents answering."))],
    hours: Annotated[float, own.asked(Message("HOURS"), Message("Hours to simulate and count."))],
    patience: Annotated[
        float | None,
        own.asked(
            Message("MINUTES"), Message("Mean minutes that callers wait before they leave; for ever by default.")
        ),
    ] = None,
    seed: own.Seed = 1,
    lang: own.Lang = Language.en,
    as_json: own.AsJson = False,
) -> None:
    """A call-centre calculator: a queue simulated call by call, beside the formulas of Erlang."""
    from cardflow.at_once import at_once
    from cardflow.progress import progress_bar
    from reports.queue import figures, queue_lines
    from scenarios.errors import UserError
    from scenarios.experiment.cost import A_QUEUED_CALL, Work
    from scenarios.experiment.progress import Expected
    from sim.contact.steady import calls_of, mistakes, simulate

    with at_once() as wrong, wrong.noted():
        if found := mistakes(rate, handle, patience, seats, hours):
            raise UserError("queue", [Message("--{name} {rule}", name=name, rule=rule) for name, rule in found])
    calls = calls_of(rate, handle, patience, seats, hours)
    with progress_bar(Message("queue"), lang.value) as progress:
        progress.expect(Expected(Work(1, calls * A_QUEUED_CALL), 1, [Message("calls: {count:,.0f}", count=calls)]))
        told = simulate(rate, handle, patience, seats, hours, seed)
    print_json(figures(told)) if as_json else say(*queue_lines(told, patience, lang.value))
