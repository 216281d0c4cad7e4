"""From a scenario's name or file to checked parameters.

A scenario is what differs from the one it extends. Several joined with ``+`` are laid over each other from left to
right: the first gives the dates and the base, the others only their own sections.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from scenarios.errors import Mistake, UserError
from scenarios.toml_file import read_toml
from sim.parameters import SECTIONS, Parameters
from sim.schedule import Quantity

OWN_KEYS = ("title", "why", "extends", "start", "end")


@dataclass(frozen=True)
class Scenario:
    """Checked parameters with their name, title and reason.

    ``base`` is the library scenario it rests on (itself, if it is one), ``extends`` what its file names.
    """

    name: str
    title: str
    why: str
    parameters: Parameters
    base: str | None = None
    extends: str | None = None

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
        for path, value in values.items():
            _set(data, path, value, self.name)
        return replace(self, parameters=_validate(data, self.name, {}))


def library() -> dict[str, Path]:
    """The scenarios that come with the program, by name."""
    folder = Path(str(resources.files("scenarios"))) / "library"
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def load(name: str, folder: Path | None = None) -> Scenario:
    """Load a library name, a path to a TOML file, or several joined with ``+``.

    Args:
        name: what to load; a name is looked up beside ``folder`` first, then in the library.
        folder: where to look; the current folder by default.

    Raises:
        UserError: with all that is wrong.
    """
    parts = [part.strip() for part in name.split("+")]
    if not all(parts):
        raise UserError(name, ["must be a scenario, or several joined with +"])
    files = [_find(part, folder or Path.cwd(), name) for part in parts]
    layers = list(_chain(files[0]))
    base = next((layer.path.stem for layer in layers if layer.path in library().values()), None)
    layers = [*reversed(layers), *(_read(path).own_sections() for path in files[1:])]
    data: dict[str, Any] = {}
    for layer in layers:
        _overlay(data, layer.data)
    own = [layer for layer in layers if layer.path in files]
    label = "+".join(path.stem for path in files)
    title = " + ".join(str(layer.data.get("title", layer.path.stem)) for layer in own)
    why = " ".join(str(layer.data["why"]) for layer in own if "why" in layer.data)
    where = label if len(files) > 1 else files[0].name
    lines = {key: line for layer in own for key, line in layer.lines.items()} if len(own) == 1 else {}
    _refuse_unknown_top(data, where, lines)
    if "start" not in data or "end" not in data:
        raise UserError(
            where, ["has no start and end: it is a part; run it with a scenario, as in renewal-wave+" + label]
        )
    return Scenario(label, title, why, _validate(data, where, lines), base, data.get("extends"))


def load_with(name: str, settings: Sequence[str]) -> Scenario:
    """A scenario with values set as on the command line, such as ``plant.cards_per_day=200000``."""
    return load(name).with_values(dict(parse_setting(setting) for setting in settings))


@dataclass(frozen=True)
class _Layer:
    path: Path
    data: dict[str, Any]
    lines: dict[str, int]

    def own_sections(self) -> _Layer:
        kept = {key: value for key, value in self.data.items() if key not in ("extends", "start", "end")}
        return replace(self, data=kept)


def _read(path: Path) -> _Layer:
    data, lines = read_toml(path)
    return _Layer(path, data, lines)


def _find(name: str, folder: Path, whole: str) -> Path:
    for candidate in (folder / name, folder / f"{name}.toml"):
        if candidate.is_file():
            return candidate.resolve()
    known = library()
    if name in known:
        return known[name]
    raise UserError(whole, [f"no scenario {name!r}: no such file, and not in the library{_nearest(name, known)}"])


def _nearest(name: str, known: Any) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else ""


def _chain(path: Path) -> Iterator[_Layer]:
    """The scenario, then what it extends, and so on."""
    seen: list[Path] = []
    while True:
        if path in seen:
            circle = " -> ".join(step.stem for step in [*seen, path])
            raise UserError(seen[0].name, [f"extends itself: {circle}"])
        seen.append(path)
        layer = _read(path)
        yield layer
        extends = layer.data.get("extends")
        if extends is None:
            return
        if not isinstance(extends, str):
            message = f"extends = {extends!r}: must be the name of one scenario"
            raise UserError(path.name, [Mistake(message, layer.lines.get("extends"))])
        try:
            path = _find(extends, path.parent, path.name)
        except UserError as error:
            mistakes = [
                Mistake(f"extends = {extends!r}: {m.message}", layer.lines.get("extends")) for m in error.mistakes
            ]
            raise UserError(path.name, mistakes) from None


def _overlay(base: dict[str, Any], top: dict[str, Any]) -> None:
    """Lay one table over another: tables are merged, all else replaced; a quantity is replaced whole."""
    for key, value in top.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict) and "value" not in value:
            if "value" in base[key]:
                base[key] = value
            else:
                base[key] = dict(base[key])
                _overlay(base[key], value)
        else:
            base[key] = value


def _refuse_unknown_top(data: dict[str, Any], where: str, lines: dict[str, int]) -> None:
    known = (*OWN_KEYS, *SECTIONS)
    unknown = [key for key in data if key not in known]
    if unknown:
        mistakes = [Mistake(f"{key}   unknown key{_nearest(key, known)}", lines.get(key)) for key in unknown]
        raise UserError(where, mistakes)


def _validate(data: dict[str, Any], where: str, lines: dict[str, int]) -> Parameters:
    wanted = {key: value for key, value in data.items() if key in ("start", "end", *SECTIONS)}
    try:
        return Parameters.model_validate(wanted)
    except ValidationError as error:
        raise UserError(where, _mistakes(error, lines)) from None


def _mistakes(error: ValidationError, lines: dict[str, int]) -> list[Mistake]:
    found: dict[str, Mistake] = {}
    for detail in error.errors():
        steps = [str(step) for step in detail["loc"] if step != "steps"]
        path = ".".join(step for step in steps if not step.isdigit())
        found.setdefault(f"{path} {detail['msg']}", Mistake(_sentence(path, detail), _line(steps, lines)))
    return list(found.values())


def _line(steps: list[str], lines: dict[str, int]) -> int | None:
    for end in range(len(steps), 0, -1):
        if (line := lines.get(".".join(steps[:end]))) is not None:
            return line
    return None


def _sentence(path: str, detail: Any) -> str:
    kind, value = detail["type"], detail.get("input")
    if kind == "extra_forbidden":
        section, _, name = path.rpartition(".")
        near = difflib.get_close_matches(name, fields_of(section), n=1, cutoff=0.5)
        hint = f"; did you mean {section}.{near[0]}?" if near else ""
        return f"{path}   unknown field{hint}"
    if kind == "missing":
        return f"{path}   is missing{_meaning(path)}"
    message = detail["msg"].removeprefix("Value error, ")
    shown = f" = {_short(value)}" if not isinstance(value, dict | BaseModel) else ""
    return f"{path}{shown}   {message[:1].lower()}{message[1:]}{_meaning(path)}" if path else message


def _short(value: Any) -> str:
    if isinstance(value, Quantity):
        value = value.model_dump()
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _meaning(path: str) -> str:
    section, _, name = path.rpartition(".")
    field = _model_of(section).model_fields.get(name) if _model_of(section) else None
    return f" ({field.description})" if field is not None and field.description else ""


def fields_of(section: str) -> list[str]:
    """The fields of a section by its dotted path."""
    model = _model_of(section)
    return [info.alias or name for name, info in model.model_fields.items()] if model else []


def _model_of(section: str) -> Any:
    model: Any = Parameters
    for step in section.split(".") if section else []:
        field = model.model_fields.get(step)
        if field is None or not (isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)):
            return None
        model = field.annotation
    return model


def as_data(scenario: Scenario) -> dict[str, Any]:
    """A scenario as the nested data of a complete TOML file."""
    values = scenario.parameters.model_dump(mode="python", by_alias=True)
    return {"title": scenario.title, "why": scenario.why, **values}


def parse_setting(text: str) -> tuple[str, Any]:
    """``plant.cards_per_day=200000`` as path and value; the value is TOML, or else a word.

    Raises:
        UserError: if there is no ``=`` or no path.
    """
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise UserError(f"--set {text}", ["must look like plant.cards_per_day=200000"])
    try:
        return path.strip(), tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return path.strip(), value.strip()


def _set(data: dict[str, Any], path: str, value: Any, where: str) -> None:
    *sections, name = path.split(".")
    table: Any = data
    for step in sections:
        if not isinstance(table, dict) or step not in table:
            raise UserError(f"--set {path}", [_unknown(path)])
        table = table[step]
    if not isinstance(table, dict) or (name not in table) or (not sections and name not in ("start", "end")):
        raise UserError(f"--set {path}", [_unknown(path)])
    table[name] = value


def _unknown(path: str) -> str:
    known = [f"{section}.{name}" for section in SECTIONS for name in fields_of(section)]
    return f"{path}   unknown field{_nearest(path, [*known, 'start', 'end'])}"
