"""Commands about what a planner writes: scenarios, their levers, and files for own figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cardflow.console import print_json, say
from cardflow.life import Life, command
from reports.typed import quoted
from scenarios.errors import NOTHING_WRITTEN
from sim.message import NOTHING

if TYPE_CHECKING:  # help needs none of what it imports
    from reports.catalogue import Catalogue


@command("lang", "as_json", undone=NOTHING)
def scenarios(life: Life) -> None:
    """List the scenarios that come with the program."""
    from reports import catalogue, library_texts
    from reports.scenario_texts import library_lines

    cat = catalogue.load(life.lang)
    life.show(lambda: library_texts.listed(cat), lambda: library_lines(cat))


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
    from reports.scenario_texts import changed_lines

    with life.judging() as wrong:
        chosen = wrong.tried(life.load, scenario)
    assert chosen is not None
    say(*changed_lines(chosen, life.lang))


@command("lang", undone=NOTHING_WRITTEN)
def new(life: Life, name: str, *, base: str = "renewal-wave", settings: list[str] | None = None) -> None:
    """Write a commented scenario file to edit."""
    from reports.scenario_texts import comments
    from scenarios.files.new_file import refuse_base, refuse_name, values_of_new, write_new
    from scenarios.files.scenario_file import commented_file

    path = Path(f"{name.removesuffix('.toml')}.toml")
    with life.judging() as wrong:
        wrong.tried(refuse_name, name, path)
        wrong.tried(refuse_base, base)
        wrong.tried(values_of_new, base, life.settings)
    values, examples = values_of_new(base, life.settings)
    texts = comments(life.lang, [*values, *examples])
    write_new(path, commented_file(base, path.stem, texts["why"], values, examples, texts).encode())
    life.tell_settings()
    say(texts["next"].format(path=quoted(str(path)), name=path.stem))


@command("lang", undone=NOTHING)
def schema(life: Life) -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from reports.schema_texts import in_language
    from scenarios.files.schema import scenario_schema

    print_json(in_language(scenario_schema(), life.lang))


@command("lang", undone=NOTHING_WRITTEN)
def actuals_template(life: Life, name: str = "actuals.xlsx") -> None:
    """Write an empty workbook for your own figures (実績), with explanations."""
    from reports.actuals_template import template

    _write(life, name, "actuals.written", {".xlsx": template})


@command("lang", undone=NOTHING_WRITTEN)
def prices_template(life: Life, name: str = "prices.toml") -> None:
    """Write the assumed prices (仮定値) as a file to put your own prices into, with explanations."""
    from reports.prices_template import book, template
    from scenarios.price_file import load_prices

    prices = load_prices()
    kinds = {".toml": lambda cat: template(cat, prices).encode(), ".xlsx": lambda cat: book(cat, prices)}
    _write(life, name, "prices.written", kinds)


@command("lang", undone=NOTHING_WRITTEN)
def lead_times_template(life: Life, name: str = "lead-times.toml") -> None:
    """Write the assumed lead times of resources as a file for your own."""
    from reports.lead_times_template import book, template
    from scenarios.clock.lead_times import load_lead_times

    times = load_lead_times()
    kinds = {".toml": lambda cat: template(cat, times).encode(), ".xlsx": lambda cat: book(cat, times)}
    _write(life, name, "clock.template_written", kinds)


@command("lang", undone=NOTHING_WRITTEN)
def memo_template(life: Life, name: str = "memo.docx") -> None:
    """Write the template of memos as a Word document, to change its look, its headings and what stands around."""
    from reports.faces.memo.template import template

    _write(life, name, "memo.template_written", {".docx": template})


def _write(life: Life, name: str, told: str, kinds: Mapping[str, Callable[[Catalogue], bytes]]) -> None:
    """Write a file of the kind that its name's ending says, and say (``told``) what to do next."""
    from reports import catalogue
    from scenarios.files.new_file import refuse_kind, write_new

    path, cat = Path(name), catalogue.load(life.lang)
    with life.judging() as wrong:
        wrong.tried(refuse_kind, name, kinds)
    write_new(path, kinds[path.suffix.lower()](cat))
    say(cat.text(told, path=quoted(str(path))))
