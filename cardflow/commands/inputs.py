"""Commands about what a planner writes: scenarios, their levers, and files for own figures."""

from __future__ import annotations

from typing import Annotated

import typer

from cardflow import options as own
from cardflow.console import print_json, say
from cardflow.language import Language
from sim.message import Message


def scenarios(lang: own.Lang = Language.en, as_json: own.AsJson = False) -> None:
    """List the scenarios that come with the program."""
    from cardflow.files import library_lines, library_list

    print_json(library_list(lang.value)) if as_json else say(*library_lines(lang.value))


def parameters(
    word: Annotated[
        str,
        typer.Argument(
            metavar=Message("WORD"), help=Message("Part of a path or of a meaning, in English or Japanese.")
        ),
    ] = "",
    scenario: Annotated[
        str,
        own.asked(
            Message("SCENARIO"),
            Message("The scenario whose values are shown."),
            "--of",
            autocompletion=own.scenario_names,
        ),
    ] = "baseline-fy2025",
    lang: own.Lang = Language.en,
    as_json: own.AsJson = False,
) -> None:
    """List what can be changed: path, meaning, value, unit, bounds, and which targets it can move."""
    from cardflow.levers import levers_found
    from reports.levers import lines

    found = levers_found(word, scenario, lang.value)
    print_json([lever.as_json() for lever in found]) if as_json else say(*lines(found, lang.value))


def check(
    scenario: own.Scenario,
    settings: own.Settings = None,
    lang: own.Lang = Language.en,
) -> None:
    """Say what is wrong with a scenario, or what it changes."""
    from cardflow.files import check_lines

    say(*check_lines(scenario, settings or [], lang.value))


def new(
    name: Annotated[
        str,
        typer.Argument(
            metavar=Message("NAME"), help=Message("Name of the scenario; NAME.toml is written in the current folder.")
        ),
    ],
    base: Annotated[
        str,
        own.asked(
            Message("SCENARIO"), Message("The scenario to start from."), "--from", autocompletion=own.scenario_names
        ),
    ] = "renewal-wave",
    settings: own.Settings = None,
    lang: own.Lang = Language.en,
) -> None:
    """Write a commented scenario file to edit."""
    from cardflow.files import write_new

    say(*write_new(name, base, settings or [], lang.value))


def schema(lang: own.Lang = Language.en) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from reports.schema_texts import in_language
    from scenarios.files.schema import scenario_schema

    print_json(in_language(scenario_schema(), lang.value))


def actuals_template(name: own.Workbook = "actuals.xlsx", lang: own.Lang = Language.en) -> None:
    """Write an empty workbook for your own figures (実績), with explanations."""
    from cardflow.files import write_template
    from reports.actuals_template import template

    say(*write_template(name, lang.value, "actuals.written", {".xlsx": template}))


def prices_template(name: own.TextFile = "prices.toml", lang: own.Lang = Language.en) -> None:
    """Write the assumed prices (仮定値) as a file to put your own prices into, with explanations."""
    from cardflow.files import write_template
    from reports.prices_template import book, template
    from scenarios.price_file import load_prices

    prices = load_prices()
    kinds = {".toml": lambda cat: template(cat, prices).encode(), ".xlsx": lambda cat: book(cat, prices)}
    say(*write_template(name, lang.value, "prices.written", kinds))


def lead_times_template(name: own.TextFile = "lead-times.toml", lang: own.Lang = Language.en) -> None:
    """Write the assumed lead times of resources as a file for your own."""
    from cardflow.files import write_template
    from reports.lead_times_template import book, template
    from scenarios.clock.lead_times import load_lead_times

    times = load_lead_times()
    kinds = {".toml": lambda cat: template(cat, times).encode(), ".xlsx": lambda cat: book(cat, times)}
    say(*write_template(name, lang.value, "clock.template_written", kinds))
