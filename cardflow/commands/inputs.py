"""Commands about what a planner writes: scenarios, their levers, and files for own figures."""

from __future__ import annotations

from cardflow.console import print_json, say
from cardflow.life import Life, command
from scenarios.errors import NOTHING_WRITTEN
from sim.message import NOTHING


@command("lang", "as_json", undone=NOTHING)
def scenarios(life: Life) -> None:
    """List the scenarios that come with the program."""
    from cardflow.files import library_lines, library_list

    life.show(lambda: library_list(life.lang), lambda: library_lines(life.lang))


@command("lang", "as_json", undone=NOTHING)
def parameters(life: Life, word: str = "", *, scenario: str = "baseline-fy2025") -> None:
    """List what can be changed: path, meaning, value, unit, bounds, and which targets it can move."""
    from reports.lever_search import matching
    from reports.levers import levers, lines
    from scenarios.files.find import LIBRARY
    from scenarios.files.load import load

    of = load("baseline-fy2025", LIBRARY)  # in place of one that cannot be read: names are the same in all
    with life.judging() as wrong:
        of = wrong.tried(load, scenario) or of
        chosen = wrong.tried(matching, word, levers(of, life.lang)) or ()
    life.show(lambda: [lever.as_json() for lever in chosen], lambda: lines(chosen, life.lang))


@command("lang", undone=NOTHING)
def check(life: Life, scenario: str, *, settings: list[str] | None = None) -> None:
    """Say what is wrong with a scenario, or what it changes."""
    from cardflow.files import check_lines

    say(*check_lines(scenario, settings or [], life.lang))


@command("lang", undone=NOTHING_WRITTEN)
def new(life: Life, name: str, *, base: str = "renewal-wave", settings: list[str] | None = None) -> None:
    """Write a commented scenario file to edit."""
    from cardflow.files import write_new

    say(*write_new(name, base, settings or [], life.lang))


@command("lang", undone=NOTHING)
def schema(life: Life) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from reports.schema_texts import in_language
    from scenarios.files.schema import scenario_schema

    print_json(in_language(scenario_schema(), life.lang))


@command("lang", undone=NOTHING_WRITTEN)
def actuals_template(life: Life, name: str = "actuals.xlsx") -> None:
    """Write an empty workbook for your own figures (実績), with explanations."""
    from cardflow.files import write_template
    from reports.actuals_template import template

    say(*write_template(name, life.lang, "actuals.written", {".xlsx": template}))


@command("lang", undone=NOTHING_WRITTEN)
def prices_template(life: Life, name: str = "prices.toml") -> None:
    """Write the assumed prices (仮定値) as a file to put your own prices into, with explanations."""
    from cardflow.files import write_template
    from reports.prices_template import book, template
    from scenarios.price_file import load_prices

    prices = load_prices()
    kinds = {".toml": lambda cat: template(cat, prices).encode(), ".xlsx": lambda cat: book(cat, prices)}
    say(*write_template(name, life.lang, "prices.written", kinds))


@command("lang", undone=NOTHING_WRITTEN)
def lead_times_template(life: Life, name: str = "lead-times.toml") -> None:
    """Write the assumed lead times of resources as a file for your own."""
    from cardflow.files import write_template
    from reports.lead_times_template import book, template
    from scenarios.clock.lead_times import load_lead_times

    times = load_lead_times()
    kinds = {".toml": lambda cat: template(cat, times).encode(), ".xlsx": lambda cat: book(cat, times)}
    say(*write_template(name, life.lang, "clock.template_written", kinds))
