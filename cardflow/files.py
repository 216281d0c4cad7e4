"""The commands about scenario files: list, check, new; and empty files for own figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cardflow.at_once import at_once
from cardflow.understood import load_told, tell_understood
from reports.messages import said
from scenarios.errors import UserError
from scenarios.files.changes import changes, flat
from scenarios.files.find import library
from scenarios.files.load import load, load_with
from scenarios.files.scenario_file import commented_file, written
from scenarios.files.settings import parse_settings
from scenarios.files.toml_file import read_toml
from scenarios.limits import unshowable
from scenarios.system_words import reason
from sim.message import Message

if TYPE_CHECKING:
    from reports.catalogue import Catalogue

LEVERS = (
    "start",
    "end",
    "contact.resident.seats_index",
    "contact.helpdesk.seats_index",
    "contact.resident.seats",
    "contact.helpdesk.seats",
    "plant.cards_per_day",
    "plant.lines",
    "plant.dispatch_cap_per_month",
    "demand.load",
    "demand.first_time_per_year",
    "renewal.card_lapse_share",
    "counters.certificates_per_day",
    "systems.jpki_per_day",
    "next_card.start",
    "next_card.delay_months",
)
"""Values that planners change most, shown in a new file, seats first."""


def library_list(lang: str) -> list[dict[str, Any]]:
    """Name, title, why and kind of every scenario of the library."""
    from reports import catalogue, library_texts

    cat = catalogue.load(lang)
    entries = []
    for name, path in library().items():
        data, _ = read_toml(path)
        kind = "scenario" if "extends" in data or "start" in data else "part"
        told = {"title": library_texts.title(cat, data["title"]), "why": library_texts.why(cat, data["why"])}
        entries.append({"name": name, "kind": kind, **told})
    return entries


def library_lines(lang: str) -> list[str]:
    """A line for every scenario of the library; parts are marked with a +, which the last line explains."""
    lines = [f"{('+' if e['kind'] == 'part' else '') + e['name']:<32} {e['title']}" for e in library_list(lang)]
    joined = Message("+ marks a part: joined to a scenario, as in  cardflow run renewal-wave+seat-cut")
    return [*lines, said(joined, lang)]


def check_lines(name: str, settings: list[str], lang: str) -> list[str]:
    """What a scenario changes; raises UserError with all that is wrong."""
    from reports.scenario_texts import meanings

    with at_once() as wrong, wrong.noted():
        scenario = load_told(name, settings, lang)
    against = scenario.extends if scenario.name == scenario.base and scenario.extends else scenario.base
    changed = changes(scenario, against)
    if changed:
        means = meanings(lang, [change["path"] for change in changed])
        head = Message("{name}: valid; what differs from {base}:", name=scenario.name, base=against)
        return [said(head, lang), *(_difference(change, means) for change in changed)]
    if against in (None, scenario.name):
        return [said(Message("{name}: valid; it extends nothing, so every value is its own", name=scenario.name), lang)]
    return [said(Message("{name}: valid; it changes nothing in {base}", name=scenario.name, base=against), lang)]


def _difference(change: dict[str, Any], means: Mapping[str, str]) -> str:
    line = f"  {change['path']}   {written(change['base'])} -> {written(change['value'])}"
    told = means.get(change["path"])
    return f"{line}   {told}" if told else line


def write_new(name: str, base: str, settings: list[str], lang: str) -> list[str]:
    """Write ``NAME.toml``, check it by loading it, and say what to do next.

    Raises:
        UserError: with all that is wrong with the name, the scenario to start from and the settings.
    """
    from reports.scenario_texts import comments

    stem = name.removesuffix(".toml")
    path = Path(f"{stem}.toml")
    with at_once() as wrong:
        with wrong.noted():
            _refuse_name(name, stem)
        with wrong.noted():
            _refuse_joined(base)
        with wrong.noted():
            wanted = flat(load_with(base, settings).parameters)
    values = _set(wanted, parse_settings(settings))
    current = flat(load(base).parameters)
    examples = {key: current[key] for key in LEVERS}
    texts = comments(lang, [*values, *LEVERS])
    _write_new_file(path, commented_file(base, stem, texts["why"], values, examples, texts).encode())
    tell_understood(settings, lang)
    return [texts["next"].format(path=path, name=stem)]


def _refuse_name(name: str, stem: str) -> None:
    path = Path(f"{stem}.toml")
    if not stem or path.name != str(path) or set("+\n\t") & set(stem) or unshowable(stem):
        raise UserError(name, [Message("must be a plain name: it becomes NAME.toml in the current folder")])
    if stem in library():
        raise UserError(name, [Message("is the name of a scenario of the library; choose another")])
    _refuse_there(path)


def _refuse_joined(base: str) -> None:
    if "+" in base:
        raise UserError(base, [Message("must be one scenario; join others to the new one when you run it")])


def write_template(name: str, lang: str, told: str, kinds: Mapping[str, Callable[[Catalogue], bytes]]) -> list[str]:
    """Write an empty or assumed file for a planner's own figures, and say what to do next.

    Args:
        name: of the file, which is not there yet; its ending says of what kind it is.
        lang: the language of its explanations.
        told: the text that says what to do next.
        kinds: what each ending makes.

    Raises:
        UserError: if the name does not end in one of the kinds, or the file is there already or cannot be written.
    """
    from reports import catalogue

    path, cat = Path(name), catalogue.load(lang)
    suffix = path.suffix.lower()
    with at_once() as wrong, wrong.noted():
        if suffix not in kinds:
            raise UserError(name, [Message("must end in {ends}", ends=" / ".join(kinds))])
        _refuse_there(path)
    _write_new_file(path, kinds[suffix](cat))
    return [cat.text(told, path=path)]


def _refuse_there(path: Path) -> None:
    """Refuse a file that is there already, or that cannot be written under its name."""
    with _refused(path), suppress(FileNotFoundError):
        path.lstat()
        raise FileExistsError


def _write_new_file(path: Path, content: bytes) -> None:
    """Write a file; raises UserError if it is there already, or cannot be written."""
    with _refused(path), path.open("xb") as file:
        file.write(content)


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    """Tell the user what is in the way of a new file."""
    try:
        yield
    except FileExistsError:
        raise UserError(str(path), [Message("is there already; choose another name, or remove it")]) from None
    except (OSError, ValueError) as error:
        raise UserError(str(path), [Message("cannot be written: {error}", error=reason(error))]) from None


def _set(wanted: Mapping[str, Any], values: Iterable[str]) -> dict[str, Any]:
    """Of all values those that were set, by the paths that a file writes: a part of a range stands with its range."""
    return {path: value for path, value in wanted.items() if any(f"{key}.".startswith(f"{path}.") for key in values)}
