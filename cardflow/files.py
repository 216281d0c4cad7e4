"""The commands about scenario files: list, check, new; and the wave table in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from scenarios.changes import changes, flat
from scenarios.errors import UserError
from scenarios.find import library
from scenarios.load import Scenario, load, load_with
from scenarios.scenario_file import commented_file, written
from scenarios.settings import parse_settings
from scenarios.toml_file import read_toml

EXAMPLES = (
    "start",
    "end",
    "demand.first_time_per_year",
    "renewal.card_lapse_share",
    "plant.cards_per_day",
    "plant.lines",
    "plant.dispatch_cap_per_month",
    "next_card.start",
)
"""Values that planners change most, shown in a new file."""


def library_list() -> list[dict[str, Any]]:
    """Name, title, why and kind of every scenario of the library."""
    entries = []
    for name, path in library().items():
        data, _ = read_toml(path)
        kind = "scenario" if "extends" in data or "start" in data else "part"
        entries.append({"name": name, "kind": kind, "title": data["title"], "why": data["why"]})
    return entries


def library_lines() -> list[str]:
    """A line for every scenario of the library; parts are marked with a +."""
    return [f"{('+' if e['kind'] == 'part' else '') + e['name']:<32} {e['title']}" for e in library_list()]


def check_lines(name: str, settings: list[str]) -> list[str]:
    """What a scenario changes; raises UserError with all that is wrong."""
    scenario = load_with(name, settings)
    against = scenario.extends if scenario.name == scenario.base and scenario.extends else scenario.base
    changed = changes(scenario, against)
    if not changed:
        own = against in (None, scenario.name)
        said = "it extends nothing, so every value is its own" if own else f"it changes nothing in {against}"
        return [f"{scenario.name}: valid; {said}"]
    lines = [f"{scenario.name}: valid; what differs from {against}:"]
    return lines + [f"  {c['path']}   {written(c['base'])} -> {written(c['value'])}" for c in changed]


def write_new(name: str, base: str, settings: list[str], lang: str) -> list[str]:
    """Write ``NAME.toml``, check it by loading it, and say what to do next.

    Raises:
        UserError: if the name is not a file name, the file is there already, or a setting is wrong.
    """
    from reports.scenario_texts import comments

    stem = name.removesuffix(".toml")
    path = Path(f"{stem}.toml")
    if not stem or path.name != str(path) or "+" in stem:
        raise UserError(name, ["must be a plain name: it becomes NAME.toml in the current folder"])
    if stem in library():
        raise UserError(name, ["is the name of a scenario of the library; choose another"])
    if path.exists():
        raise UserError(str(path), ["is there already; choose another name, or remove it"])
    scenario = load(base)
    if "+" in scenario.name:
        raise UserError(base, ["must be one scenario; join others to the new one when you run it"])
    values = _whole(parse_settings(settings), scenario)
    current = flat(scenario.parameters)
    examples = {key: current[key] for key in EXAMPLES}
    texts = comments(lang, [*values, *EXAMPLES])
    text = commented_file(base, stem, texts["why"], values, examples, texts)
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(str(path), [f"cannot be written: {error.strerror}"]) from None
    return [texts["next"].format(path=path, name=stem)]


def write_actuals_template(name: str, lang: str) -> list[str]:
    """Write the empty workbook for a planner's own figures, and say what to do next.

    Raises:
        UserError: as ``_new_file``.
    """
    from reports import catalogue
    from reports.actuals_template import template

    cat = catalogue.load(lang)
    return [cat.text("actuals.written", path=_new_file(name, ".xlsx", "an Excel workbook", lambda: template(cat)))]


def write_prices_template(name: str, lang: str) -> list[str]:
    """Write the assumed prices as a commented file to edit, and say what to do next.

    Raises:
        UserError: as ``_new_file``.
    """
    from reports import catalogue
    from reports.prices_template import template
    from scenarios.price_file import load_prices

    cat = catalogue.load(lang)
    path = _new_file(name, ".toml", "a text file", lambda: template(cat, load_prices()).encode())
    return [cat.text("prices.written", path=path)]


def write_lead_times_template(name: str, lang: str) -> list[str]:
    """Write the assumed lead times as a file to edit, and say what to do next.

    Raises:
        UserError: as ``_new_file``.
    """
    from reports import catalogue
    from reports.lead_times_template import template
    from scenarios.clocking.lead_times import load_lead_times

    cat = catalogue.load(lang)
    path = _new_file(name, ".toml", "a text file", lambda: template(cat, load_lead_times()).encode())
    return [cat.text("clock.template_written", path=path)]


def _new_file(name: str, suffix: str, kind: str, content: Callable[[], bytes]) -> Path:
    """Write a file that is not there yet; its path.

    Raises:
        UserError: if the name does not end as it must, the file is there already, or cannot be written.
    """
    path = Path(name)
    if path.suffix.lower() != suffix:
        raise UserError(name, [f"must end in {suffix}: it is {kind}"])
    found = content()
    try:
        with path.open("xb") as file:
            file.write(found)
    except FileExistsError:
        raise UserError(name, ["is there already; choose another name, or remove it"]) from None
    except OSError as error:
        raise UserError(name, [f"cannot be written: {error.strerror}"]) from None
    return path


def _whole(values: dict[str, Any], scenario: Scenario) -> dict[str, Any]:
    """Checked values by the paths that a file writes: a part of a range stands with its range."""
    wanted = flat(scenario.with_values(values).parameters)
    return {path: value for path, value in wanted.items() if any(f"{key}.".startswith(f"{path}.") for key in values)}


def wave_lines(table: Sequence[dict[str, int]], lang: str) -> list[str]:
    """The wave as an aligned table."""
    from reports.wave import wave_table_lines

    return wave_table_lines(table, lang)
