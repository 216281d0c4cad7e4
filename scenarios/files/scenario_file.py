"""Writing scenario files: the resolved one of a run folder, and a commented one for a planner to edit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import tomlkit

from scenarios.files.load import Scenario, as_data
from sim.parameters import SECTIONS


def complete_file(scenario: Scenario) -> str:
    """Every value of a scenario as TOML; it can be run again as it is."""
    data = as_data(scenario)
    lines = [f"{key} = {written(data[key])}" for key in ("title", "why", "start", "end")]
    for section in SECTIONS:
        lines += ["", *_table(section, data[section])]
    return "\n".join(lines) + "\n"


def _table(path: str, table: dict[str, Any]) -> Iterator[str]:
    plain = {key: value for key, value in table.items() if not _is_table(value)}
    if plain:
        yield f"[{path}]"
        yield from (f"{key} = {written(value)}" for key, value in plain.items())
    for key, value in table.items():
        if _is_table(value):
            yield ""
            yield from _table(f"{path}.{key}", value)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and "value" not in value


def written(value: Any) -> str:
    """A value as TOML on one line."""
    if isinstance(value, tuple | list):
        return "[" + ", ".join(written(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {written(item)}" for key, item in value.items()) + " }"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return str(tomlkit.item(value).as_string())


_PLAIN = re.compile(r"[\w-]+", re.ASCII)


def _key(key: str) -> str:
    """A key of a table on one line; a path is one key, no tables within tables."""
    return key if _PLAIN.fullmatch(key) else written(key)


def commented_file(
    extends: str,
    title: str,
    why: str,
    values: Mapping[str, Any],
    examples: Mapping[str, Any],
    texts: Mapping[str, str],
) -> str:
    """A scenario file for people who have never seen TOML.

    Args:
        extends: the scenario it starts from.
        title: its title.
        why: its reason.
        values: what it changes, by dotted path.
        examples: values of the base, shown as comments to be uncommented.
        texts: ``head``, ``extends``, ``dates``, ``changes`` and ``examples``, and the meaning of each path.
    """
    lines = [*_comment(texts["head"]), f"title = {written(title)}", f"why = {written(why)}", ""]
    lines += [*_comment(texts["extends"]), f"extends = {written(extends)}", ""]
    lines += _comment(texts["dates"])
    lines += [
        ("" if key in values else "# ") + f"{key} = {written(_of(values, examples, key))}" for key in ("start", "end")
    ]
    chosen = {path: value for path, value in values.items() if path not in ("start", "end")}
    lines += ["", *_comment(texts["changes"] if chosen else texts["examples"])]
    for section, paths in _by_section([*chosen, *(path for path in examples if path not in chosen)]).items():
        lines += [
            "",
            f"[{section}]",
        ]  # also above remarks only: what is uncommented must stand below it
        for path in paths:
            lines += _comment(texts.get(path, ""))
            mark = "" if path in chosen else "# "
            lines.append(f"{mark}{path.rpartition('.')[2]} = {written(_of(values, examples, path))}")
    return "\n".join(lines) + "\n"


def part_file(title: str, why: str, values: Mapping[str, Any]) -> str:
    """A part to join to a scenario: title, why, and values by dotted path."""
    lines = [f"title = {written(title)}", f"why = {written(why)}"]
    for section, paths in _by_section(list(values)).items():
        lines += ["", f"[{section}]", *(f"{path.rpartition('.')[2]} = {written(values[path])}" for path in paths)]
    return "\n".join(lines) + "\n"


def _of(values: Mapping[str, Any], examples: Mapping[str, Any], path: str) -> Any:
    return values[path] if path in values else examples[path]


def _by_section(paths: list[str]) -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for path in paths:
        section, dot, _ = path.rpartition(".")
        if dot:
            sections.setdefault(section, []).append(path)
    return sections


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in text.splitlines()]
