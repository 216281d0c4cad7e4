"""How large what a person writes may be: beyond it, it is refused in words and at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sim.message import Message

FILE_BYTES = 500_000
"""Of a text file; a complete scenario has 30,000."""
DEPTH = 20
"""Tables and lists inside each other, and parts of a dotted name."""
DIGITS = 300
"""Characters of a number."""
_TOO_LONG = 10**DIGITS
ENTRIES = 20_000
"""Of a list: no field takes as many."""
NAMES = 40_000
"""Names in a file, entries of lists with them."""
NAME_LETTERS = 200
"""Letters of a dotted name."""
TITLE_LETTERS = 1_000
TEXT_LETTERS = 20_000
MISTAKES = 50
"""Mistakes that are shown; of the others, their number."""
SHOWN_LETTERS = 60
"""Letters of a value in a message."""
PATH_LETTERS = 500
"""The same of a file's path."""

Path = tuple[str | int, ...]


def excesses(data: Any, depth: int = 0) -> Iterator[tuple[Path, Message]]:
    """What is too large or cannot be shown in the data of a file, a setting or a call, with the path where it is.

    Paths are put together on the way back from what is wrong: nearly always nothing is.
    """
    if depth > DEPTH:
        yield (), too_deep()
    elif isinstance(data, dict):
        yield from (((str(key),), wrong) for key in data if (wrong := wrong_name(str(key))))
        yield from _inside(((str(key), inner) for key, inner in data.items()), depth)
    elif isinstance(data, list | tuple):
        if len(data) > ENTRIES:
            yield (), too_many(len(data))
        else:
            yield from _inside(enumerate(data), depth)
    elif wrong := _wrong_value(data):
        yield (), wrong


def _inside(entries: Iterable[tuple[str | int, Any]], depth: int) -> Iterator[tuple[Path, Message]]:
    for step, inner in entries:
        for path, wrong in excesses(inner, depth + 1):
            yield (step, *path), wrong


def wrong_name(name: str) -> Message | None:
    """What is wrong with a name, if anything."""
    if len(name) > NAME_LETTERS:
        return Message("has a name of {count} letters: at most {most}", count=len(name), most=NAME_LETTERS)
    return unshowable(name)


def _wrong_value(value: Any) -> Message | None:
    if isinstance(value, str):
        if len(value) > TEXT_LETTERS:
            return Message("has a text of {count} letters: at most {most}", count=len(value), most=TEXT_LETTERS)
        return unshowable(value)
    if isinstance(value, int) and abs(value) >= _TOO_LONG:
        return too_long_a_number()
    return None


def too_many(count: int) -> Message:
    """What to say of a list that is too long."""
    return Message("must have at most {wanted} entries, not {count}", wanted=ENTRIES, count=count)


def too_deep() -> Message:
    """What to say of tables and lists inside each other without end."""
    return Message("is nested too deep: at most {most} tables and lists inside each other", most=DEPTH)


def too_long_a_number() -> Message:
    """What to say of a number with too many digits, which cannot even be shown."""
    return Message("has a number of more than {most} digits", most=DIGITS)


_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_OF_LINES = "\u2028-\u202e\u2066-\u2069"
"""What ends a line, and what turns the letters after it to the other direction, so that a text reads otherwise."""
_UNSHOWABLE = re.compile(f"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_OF_LINES}{_NO_CHARACTERS}]")
"""Control characters but for tab and line feed, halves of surrogate pairs, and what Unicode says is no character."""


def unshowable(text: str) -> Message | None:
    """Of a text that has a character which no page, chart or terminal can show: which."""
    wrong = None if text.isascii() and text.isprintable() else _UNSHOWABLE.search(text)
    return wrong and Message("has a character that cannot be shown (U+{code:04X}): leave it out", code=ord(wrong[0]))


def shown(value: Any) -> str:
    """A value in a message: short, on one line, without what a terminal would obey."""
    if isinstance(value, int) and abs(value) >= _TOO_LONG:
        return f"{'-' if value < 0 else ''}999..."
    try:
        text = _as_in_a_file(value)
    except (ValueError, RecursionError):
        text = "..."
    return text if len(text) <= SHOWN_LETTERS else text[: SHOWN_LETTERS - 3] + "..."


def _as_in_a_file(value: Any) -> str:
    """Dates, lists and tables as a scenario file writes them; anything else as Python does."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_as_in_a_file, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {_as_in_a_file(inner)}' for name, inner in value.items())} }}"
    return repr(value)


def shown_name(name: str, most: int = NAME_LETTERS) -> str:
    """The same of a name, without quotes, in ``most`` letters."""
    plain = name if name.isprintable() else repr(name)[1:-1]
    return plain if len(plain) <= most else plain[: most - 3] + "..."
