"""From a scenario's name or file to checked parameters.

A scenario is what differs from the one it extends. Several joined with ``+`` are laid over each other from left to
right: the first gives the dates and the base, the others only their own sections. Values of a later one take the place
of earlier ones, except lists of things on dates, which add up (``scenarios.files.joined_lists``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from scenarios.errors import Mistake, Place, Together, UserError
from scenarios.files.actuals import Actuals
from scenarios.files.find import find, library, split
from scenarios.files.joined_lists import join, move
from scenarios.files.places import Places
from scenarios.files.rules import check_alone, check_file, check_values
from scenarios.files.settings import read_settings
from scenarios.files.toml_file import read_toml
from scenarios.files.tree import put
from scenarios.files.wording import unknown
from scenarios.limits import TEXT_LETTERS, TITLE_LETTERS, shown, shown_name, unshowable
from scenarios.run.record import Narrowing
from sim.message import Message
from sim.parameters import Parameters


@dataclass(frozen=True)
class Narrowed:
    """What months that came have left of what is not known: the ``draws`` that replications take in turn.

    ``told`` says how, as ``run.json`` has it.
    """

    draws: tuple[int, ...]
    told: Narrowing


@dataclass(frozen=True)
class Scenario:
    """Checked parameters with their name, title and reason.

    ``base`` is the library scenario it rests on (itself, if it is one), ``extends`` what its file names. Where it
    starts from the planner's own figures, those are its ``actuals``, and ``before`` is the same scenario without them;
    ``narrowed`` is what they have left of what is not known.
    """

    name: str
    title: str
    why: str
    parameters: Parameters
    base: str | None = None
    extends: str | None = None
    actuals: Actuals | None = None
    before: Scenario | None = None
    narrowed: Narrowed | None = None

    def changed(self, **changes: Any) -> Scenario:
        """A checked copy with values set by dotted path, dots written as double underscores.

        ``scenario.changed(plant__cards_per_day=200_000)``; see ``with_values`` for the same with dotted paths.

        Raises:
            UserError: naming each unknown field and each value that breaks a rule.
        """
        return self.with_values({path.replace("__", "."): value for path, value in changes.items()})

    def with_values(self, values: dict[str, Any]) -> Scenario:
        """The same for a mapping from dotted path to value."""
        if not values:
            return self
        data = as_data(self)
        wrong = [Mistake(unknown(path)) for path, value in values.items() if not put(data, path, value)]
        parameters = check_values(data, self.name, Places(), wrong)
        return replace(self, parameters=parameters, before=self.before and self.before.with_values(values))


def load(name: str, folder: Path | None = None) -> Scenario:
    """Load a library name, a path to a TOML file, or several joined with ``+``.

    Args:
        name: what to load; a name is looked up beside ``folder`` first, then in the library.
        folder: where to look; the current folder by default.

    Raises:
        UserError: with all that is wrong.
    """
    folder = folder or Path.cwd()
    parts = split(name, folder)
    if not all(parts):
        raise UserError(shown_name(name), [Message("must be a scenario, or several joined with +")])
    files = [find(part, folder, name) for part in parts]
    known = set(library().values())
    layers = list(_chain(files[0]))
    base = next((layer.path.stem for layer in layers if layer.path in known), None)
    layers = [*reversed(layers), *(_read(path).as_part() for path in files[1:])]
    data: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for layer in layers:
        above = {} if layer.path in known else dict(layer.places)
        _overlay(data, layer.data, places, above, layer.joined)
        places |= above
    own = [layer for layer in layers if layer.path in files]
    label = "+".join(_name(path) for path in files)
    where = label if len(files) > 1 else files[0].name
    parameters = check_file(data, label, where, Places(places))
    title = " + ".join(_on_one_line(str(layer.data.get("title", ""))) or _name(layer.path) for layer in own)
    why = " ".join(text for layer in own if (text := str(layer.data.get("why", "")).strip()))
    _refuse_too_long(where, title, why, places)
    return Scenario(label, title, why, parameters, base, data.get("extends"))


def _name(path: Path) -> str:
    """A file's name without what no page, chart or terminal can show."""
    return "".join("_" if letter in "\n\t" or unshowable(letter) else letter for letter in path.stem)


def _on_one_line(title: str) -> str:
    return " ".join(line.strip() for line in title.replace("\t", " ").split("\n")).strip()


def _refuse_too_long(where: str, title: str, why: str, places: Mapping[str, Place]) -> None:
    """Titles and reasons of joined scenarios are long together; what a run writes must run again."""
    long = {"title": (len(title), TITLE_LETTERS), "why": (len(why), TEXT_LETTERS)}
    wrong = {
        key: Message("{key}   has {count} letters: at most {most}", key=key, count=count, most=most)
        for key, (count, most) in long.items()
        if count > most
    }
    if wrong:
        raise UserError(where, [Mistake(message, places.get(key)) for key, message in wrong.items()])


def load_with(name: str, settings: Sequence[str]) -> Scenario:
    """A scenario with values set as on the command line, such as ``plant.cards_per_day=200000``.

    Raises:
        UserError: with all that is wrong with the scenario and with how settings are written, or with their values.
    """
    (scenario,) = load_all((name,), settings)
    return scenario


def load_all(names: Sequence[str], settings: Sequence[str], command: str = "") -> list[Scenario]:
    """Several scenarios, any of them more than once, with the same values set; ``command`` is what they are for.

    Where no scenario can be read, the values are judged by themselves.

    Raises:
        UserError: with all that is wrong with any of the scenarios or of the values; the same is told once.
    """
    values, unread = read_settings(settings)
    read: dict[str, Scenario] = {}
    found: dict[str, Scenario] = {}
    of_files, of_values = Together(command), Together("--set")
    for name in dict.fromkeys(names):
        with of_files.noted():
            read[name] = load(name)
    for name, scenario in read.items():
        with of_values.noted():
            found[name] = scenario.with_values(values)
    wrong = Together()
    for refuse in (of_files.refuse, of_values.refuse):
        with wrong.noted():
            refuse()
    with wrong.noted():
        if mistakes := [*unread, *([] if read else check_alone(values))]:
            raise UserError("--set", mistakes)
    wrong.refuse()
    return [found[name] for name in names]


@dataclass(frozen=True)
class _Layer:
    path: Path
    data: dict[str, Any]
    places: dict[str, Place]
    joined: bool = False

    def as_part(self) -> _Layer:
        """The same joined to others: its own sections."""
        kept = {key: value for key, value in self.data.items() if key not in ("extends", "start", "end")}
        return replace(self, data=kept, joined=True)


def _read(path: Path) -> _Layer:
    if path not in library().values():
        return _from_file(path)
    shipped = _shipped(path)
    return replace(shipped, data=deepcopy(shipped.data), places=dict(shipped.places))


@cache
def _shipped(path: Path) -> _Layer:
    """A file of the library, which most scenarios rest on: read once."""
    return _from_file(path)


def _from_file(path: Path) -> _Layer:
    data, lines = read_toml(path)
    return _Layer(path, data, {key: Place(path.name, line) for key, line in lines.items()})


def _chain(path: Path) -> Iterator[_Layer]:
    """The scenario, then what it extends, and so on, down to one that has dates."""
    seen: list[Path] = []
    first: Place | None = None
    above: Mistake | None = None
    while True:
        if path in seen:
            circle = " -> ".join(shown_name(step.stem) for step in [*seen, path])
            raise UserError(seen[0].name, [Mistake(Message("extends itself: {circle}", circle=circle), first)])
        layer = _read(path)
        extends, extends_at = layer.data.get("extends"), layer.places.get("extends")
        if above and extends is None and layer.data.keys().isdisjoint(("start", "end")):
            raise UserError(seen[-1].name, [above])
        seen.append(path)
        first = first or extends_at
        yield layer
        if extends is None:
            return
        above = Mistake(Message("extends = {value}: {rule}", value=shown(extends), rule=_PART), extends_at)
        path = _extended(extends, path, extends_at)


_PART = Message("has no start and end: it is a part; extend a scenario, and join the part to it when you run, with +")


def _extended(extends: Any, path: Path, place: Place | None) -> Path:
    """The file that a scenario extends; raises UserError about the scenario if there is none."""
    if not isinstance(extends, str):
        message = Message("extends = {value}: must be the name of one scenario", value=shown(extends))
        raise UserError(path.name, [Mistake(message, place)])
    try:
        return find(extends, path.parent, path.name)
    except UserError as error:
        told = [Message("extends = {value}: {rule}", value=shown(extends), rule=m.message) for m in error.mistakes]
        raise UserError(path.name, [Mistake(message, place) for message in told]) from None


def _overlay(
    base: dict[str, Any],
    top: dict[str, Any],
    places: dict[str, Place],
    above: dict[str, Place],
    joined: bool,
    table: str = "",
) -> None:
    """Lay one table over another: tables are merged, all else replaced; a quantity is replaced whole.

    Where scenarios are ``joined``, lists of things on dates add up. ``places`` are those of the base, of which what is
    replaced is forgotten, ``above`` those of the other; entries of lists have the numbers that they have in the end.
    """
    for key, value in top.items():
        name, below = f"{table}{key}", base.get(key)
        if isinstance(value, dict) and isinstance(below, dict) and "value" not in value and "value" not in below:
            base[key] = dict(below)
            _overlay(base[key], value, places, above, joined, f"{name}.")
        elif joined and (both := join(name, below, value)):
            base[key] = both.entries
            move(places, name, both.earlier)
            move(above, name, both.later)
        elif key in base:
            base[key] = value
            for gone in [place for place in places if place.startswith(f"{name}.")]:
                del places[gone]
        else:
            base[key] = value


def as_data(scenario: Scenario) -> dict[str, Any]:
    """A scenario as the nested data of a complete TOML file."""
    values = scenario.parameters.model_dump(mode="python", by_alias=True)
    return {"title": scenario.title, "why": scenario.why, **values}
