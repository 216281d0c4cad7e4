"""Reading a TOML file a person wrote: encodings and broken syntax told clearly, names with their line.

Nothing that is too large, or that no page could show, comes further than this: see ``scenarios.limits``.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from scenarios.errors import Mistake, Place, UserError
from scenarios.files.plain_file import read_plain
from scenarios.files.syntax import broken
from scenarios.files.toml_keys import KeyLines, TooMuchError
from scenarios.limits import FILE_BYTES, excesses, shown_name
from sim.message import NOTHING, Message

_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def read_toml(path: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The file's data, and the line of each name by its dotted path (see ``scenarios.files.toml_keys``).

    Raises:
        UserError: if the file cannot be read, is no ordinary file, too large, empty or binary, is not UTF-8, is not
            TOML, or holds what is too large or cannot be shown.
    """
    text = _read_text(path)
    try:
        keys = KeyLines(text)
    except TooMuchError as found:
        message = _of(found.name, found.message)
        raise UserError(path.name, [Mistake(message, Place(path.name, found.line))]) from None
    data = _parsed(text, path, keys)
    if not data:
        raise UserError(path.name, [Message("is empty: a scenario needs at least a title")])
    if wrong := [_placed(path, keys.lines, *excess) for excess in excesses(data)]:
        raise UserError(path.name, wrong)
    return data, keys.lines


def _parsed(text: str, path: Path, keys: KeyLines) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = _POSITION.search(said)
        line = int(at[1]) if at and at[1] else keys.last
        message = broken(_POSITION.sub("", said), text.split("\n")[line - 1], line, keys.open)
    except (ValueError, RecursionError):
        line, message = (
            keys.last,
            Message("is not valid TOML: {rule}{hint}", rule=Message("cannot be read"), hint=NOTHING),
        )
    raise UserError(path.name, [Mistake(message, Place(path.name, line))])


def _placed(path: Path, lines: dict[str, int], names: tuple[str | int, ...], message: Message) -> Mistake:
    """A mistake at the line of the innermost name that has one."""
    steps = [str(name) for name in names]
    line = next((lines[at] for end in range(len(steps), 0, -1) if (at := ".".join(steps[:end])) in lines), None)
    dotted = ".".join(str(name) for name in names if isinstance(name, str))
    return Mistake(_of(dotted, message), Place(path.name, line) if line else None)


def _of(name: str, message: Message) -> Message:
    """What is said of a name, or of the line where there is none."""
    return Message("{path}   {rule}", path=shown_name(name), rule=message) if name else message


def _read_text(path: Path) -> str:
    raw = read_plain(path, FILE_BYTES)
    if b"\0" in raw[:4096]:
        raise UserError(path.name, [Message("is not a text file: a scenario is written in TOML and saved as UTF-8")])
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        wrong = Mistake(Message("is not UTF-8 text: save it as UTF-8"), Place(path.name, line))
        raise UserError(path.name, [wrong]) from None
