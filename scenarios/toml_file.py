"""Reading a TOML file a person wrote: encodings and broken syntax told clearly, keys with their line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from scenarios.errors import Mistake, Place, UserError

_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.\-\"]+)\s*=")
_POSITION = re.compile(r" \(at line (\d+), column \d+\)$")


def read_toml(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The file's data, and the line of each key by its dotted path.

    Raises:
        UserError: if the file cannot be read, is empty or binary, is not UTF-8, or is not TOML.
    """
    text = _read_text(path)
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        at = _POSITION.search(str(error))
        message = f"is not valid TOML: {_POSITION.sub('', str(error))}"
        raise UserError(path.name, [Mistake(message, Place(path.name, int(at[1])) if at else None)]) from None
    if not data:
        raise UserError(path.name, ["is empty: a scenario needs at least a title"])
    return data, key_lines(text)


def _read_text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(str(path), [f"cannot be read: {error.strerror}"]) from None
    if b"\0" in raw[:4096]:
        raise UserError(path.name, ["is not a text file: a scenario is written in TOML and saved as UTF-8"])
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise UserError(path.name, [Mistake("is not UTF-8 text: save it as UTF-8", Place(path.name, line))]) from None


def key_lines(text: str) -> dict[str, int]:
    """The line on which each key, or table header, stands."""
    lines: dict[str, int] = {}
    section = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            section = header[1].replace('"', "")
            lines.setdefault(section, number)
        elif key := _KEY.match(line):
            name = key[1].replace('"', "")
            lines.setdefault(f"{section}.{name}" if section else name, number)
    return lines
