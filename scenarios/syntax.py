"""What is wrong where a file is no TOML, told without the words of the trade, and how the line could be written."""

from __future__ import annotations

import re
import tomllib
import unicodedata

from scenarios.as_written import date_of, number_of, truth_of
from scenarios.levers import named
from sim.message import NOTHING, Message

_RULES: tuple[tuple[str, Message], ...] = (
    ("Invalid statement", Message("a line must be a name in half-width letters, = and a value")),
    ("Invalid initial character for a key part", Message("a name may have letters, digits, _ and - only")),
    ("Expected '=' after a key", Message("= is missing after a name")),
    ("Expected newline or end of document", Message("more stands behind the value than a line can hold")),
    ("Invalid value", Message("a value must be a number, true or false, a date, or text in quotes")),
    ("Invalid date or datetime", Message("has a day or a time that does not exist")),
    ("Cannot declare", Message("the table stands twice")),
    ("Cannot overwrite a value", Message("the name stands twice")),
    ("Duplicate inline table key", Message("the name stands twice")),
    ("Cannot mutate immutable namespace", Message("the table is complete already: nothing can be added to it")),
    ("Cannot redefine namespace", Message("the table is complete already: nothing can be added to it")),
    ("Expected ']'", Message("[ is not closed by ] on its line")),
    ("Expected ']]'", Message("[[ is not closed by ]] on its line")),
    ("Unclosed array", Message("a list is not closed by ], or a comma is missing in it")),
    (
        "Unclosed inline table",
        Message("a table in braces is not closed by }} on its line, or lacks a comma"),
    ),
    ("Unterminated string", Message("text is not closed by a quote")),
    ("Expected", Message("text is not closed by a quote")),
    ("Unescaped", Message("write \\ twice in text, or put the text in single quotes")),
    ("Invalid hex value", Message("has a character code that is none")),
    ("Escaped character", Message("has a character code that is none")),
    ("Illegal character", Message("has a character that cannot stand there")),
    ("Found invalid character", Message("has a character that cannot stand there")),
)
"""What ``tomllib`` says, by how it begins, and what we say."""
_CURLY = str.maketrans("“”„‟＂‘’‚‛＇", "\"\"\"\"\"'''''")
_IN_QUOTES = re.compile(r"""("[^"]*"|'[^']*')""")
_YEAR = r"(?:令和|平成|[RrHh])\s*(?:\d{1,2}|元)|\d{4}"
_DATE = rf"(?:{_YEAR})\s*[年./-]\s*\d{{1,2}}\s*[月./-]\s*\d{{1,2}}日?"
_FIGURES = r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?(?:[兆億千百万]+(?:\d+(?:,\d{3})*(?:\.\d+)?)?)*[%件枚席人名台本回通円]?"
_TIME = r"(?<![\d:])\d{1,2}:\d{2}(?![\d:])"
_WRITTEN = re.compile(f"(?P<date>{_DATE})|(?P<time>{_TIME})|(?P<figures>{_FIGURES})")
_BLANK = " \t"
_LONGEST = 200


def broken(said: str, line: str) -> Message:
    """What is wrong, from what ``tomllib`` says and the line it stands in."""
    rule = next((rule for begin, rule in _RULES if said.startswith(begin)), Message("cannot be read"))
    return Message("is not valid TOML: {rule}{hint}", rule=rule, hint=line_hint(line))


def line_hint(line: str) -> Message:
    """How a line could be written, or which parameter a name in another script means, as the end of a message."""
    if right := corrected(line):
        return Message("; write {value}", value=right)
    name, equals, _ = line.partition("=")
    meant = [] if not equals or name.isascii() else named(name.strip().strip("[]"))
    return Message("; did you mean {name}?", name=meant[0]) if meant else NOTHING


def corrected(line: str) -> str | None:
    """The line with numbers, dates and quotes as TOML wants them; ``None`` where that does not make it right."""
    if len(line) > _LONGEST:
        return None
    parts = _IN_QUOTES.split(line.translate(_CURLY).strip())
    remark = next((place for place in range(0, len(parts), 2) if "#" in parts[place]), None)
    if remark is not None:
        parts = [*parts[:remark], parts[remark].partition("#")[0]]
    plain = "".join(part if place % 2 else _plain(part) for place, part in enumerate(parts)).strip()
    name, equals, value = plain.partition("=")
    tries = [plain]
    if equals and not parts[1:]:
        value = value.strip()
        tries += [f"{name.strip()} = {_word(value)}"]
    wanted = (tried for tried in tries if tried != line.strip(_BLANK) and tried.isprintable() and _reads(tried))
    return next(wanted, None)


def _plain(text: str) -> str:
    """Text outside quotes in half-width letters, its numbers, dates and times as TOML."""
    return _WRITTEN.sub(_as_toml, unicodedata.normalize("NFKC", text))


def _as_toml(found: re.Match[str]) -> str:
    if found["date"]:
        day = date_of(found[0])
        return day.isoformat() if day else found[0]
    if found["time"]:
        return f'"{found[0]:0>5}"'
    value = None if _reads(f"x = {found[0]}") else number_of(found[0])
    return found[0] if value is None else str(value)


def _word(value: str) -> str:
    """A single word as a value: yes or no, or text."""
    truth = truth_of(value)
    if truth is not None:
        return str(truth).lower()
    bare = value.strip("「」『』")
    return f'"{bare}"' if re.fullmatch(r"[^\W\d][^\"'\\#=\[\]{},]*", bare) else value


def _reads(line: str) -> bool:
    try:
        return bool(tomllib.loads(line))
    except (ValueError, RecursionError):
        return False
