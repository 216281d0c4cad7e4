"""What is wrong where a file is no TOML, told without the words of the trade, and how the line could be written."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Sequence

from scenarios.files.as_written import date_of, impossible_day, number_of, truth_of
from scenarios.files.levers import named
from scenarios.files.percent import NO_SHARE, wrongly_in_percent
from scenarios.files.tree import field_at, values
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
    ("Illegal character '\\n'", Message("text is not closed by a quote")),
    ("Illegal character", Message("has a character that cannot stand there")),
    ("Found invalid character", Message("has a character that cannot stand there")),
)
"""What ``tomllib`` says, by how it begins, and what we say."""
_CURLY = str.maketrans("“”„‟＂‘’‚‛＇", "\"\"\"\"\"'''''")
_HALF_WIDTH = {
    **dict.fromkeys("、，､", ","),
    **dict.fromkeys("“”„‟＂「」『』｢｣", '"'),
    **dict.fromkeys("‘’‚‛＇", "'"),
    **dict(zip("［］【】｛｝＝：．＃", "[][]{}==.#", strict=True)),
}
"""Marks of a Japanese keyboard, and what TOML wants in their place."""
_QUOTES = ("'", '"')
_OPEN_TEXT = ("Illegal character '\\n'", "Unterminated string", "Expected \"'", "Expected '\"")
_STATEMENT = re.compile(r"""\s*(?:\[{1,2}[\w."'-]+\]{1,2}|[\w."'-]+\s*=)""")
_COMMA = re.compile(r"[、､]\s*")
_COLON = re.compile(r"([A-Za-z0-9_.-]+)\s*:\s*(.+)")
_LENTICULAR = str.maketrans("【】", "[]")
_IN_QUOTES = re.compile(r"""("[^"]*"|'[^']*')""")
_YEAR = r"(?:令和|平成|[RrHh])\s*(?:\d{1,2}|元)|\d{4}"
_DATE = rf"(?:{_YEAR})\s*[年./-]\s*\d{{1,2}}\s*[月./-]\s*\d{{1,2}}日?"
_DAY = re.compile(_DATE)
_FIGURES = r"[-+]?\d+(?:,\d{3})*(?:\.\d+)?(?:[兆億千百万]+(?:\d+(?:,\d{3})*(?:\.\d+)?)?)*[%件枚席人名台本回通円]?"
_TIME = r"(?<![\d:])\d{1,2}:\d{2}(?![\d:])"
_WRITTEN = re.compile(f"(?P<date>{_DATE})|(?P<time>{_TIME})|(?P<figures>{_FIGURES})")
_BRACKETS = {"「": "」", "『": "』", "｢": "｣"}
_BLANK = " \t"
_LONGEST = 200


def broken(said: str, line: str, number: int = 1, opened: Sequence[tuple[str, int]] = ()) -> Message:
    """What is wrong, from what ``tomllib`` says, the line it stands in, and what is open (``KeyLines.open``)."""
    if told := _open_list(said, line, number, opened) or _impossible(line):
        return Message("is not valid TOML: {rule}{hint}", rule=told, hint=NOTHING)
    general = next((rule for begin, rule in _RULES if said.startswith(begin)), Message("cannot be read"))
    rule = _open_text(said, line, number, opened) or _full_width(line) or general
    return Message("is not valid TOML: {rule}{hint}", rule=rule, hint=line_hint(line))


def _open_text(said: str, line: str, number: int, opened: Sequence[tuple[str, int]]) -> Message | None:
    """Where the text or the table in braces was opened that is still open, if that is what is wrong."""
    mark, begin = opened[-1] if opened else ("", number)
    if mark[:1] in _QUOTES and said.startswith(_OPEN_TEXT):
        return Message("the text opened by {mark} on line {line} is not closed", mark=mark, line=begin)
    if mark == "{" and begin == number and line.count("{") > line.count("}") and line.rstrip().endswith((",", "{")):
        return Message("a table in braces must stand on one line, with }} at its end")
    return None


def _open_list(said: str, line: str, number: int, opened: Sequence[tuple[str, int]]) -> Message | None:
    """On which line before this one the list was opened that is still open, if that is what is wrong."""
    lists = [at for mark, at in opened if mark == "["]
    if lists and lists[-1] < number and (said.startswith("Unclosed array") or _STATEMENT.match(line)):
        return Message(
            "the list opened on line {line} is not closed by ], or a comma is missing before here", line=lists[-1]
        )
    return None


def _impossible(line: str) -> Message | None:
    """Which date of a line does not exist."""
    dates = (found for part in _outside_quotes(line) for found in _DAY.finditer(unicodedata.normalize("NFKC", part)))
    return next((none for found in dates if (none := impossible_day(found[0]))), None)


def _full_width(line: str) -> Message | None:
    """Which marks of a line must be half-width ones, and which; those that text may hold are fine."""
    right = corrected(line) or ""
    found = dict.fromkeys(mark for part in _outside_quotes(line) for mark in part if mark in _HALF_WIDTH)
    pairs = [f"{mark} → {_HALF_WIDTH[mark]}" for mark in found if line.count(mark) > right.count(mark)]
    return Message("punctuation must be half-width: {pairs}", pairs="  ".join(pairs)) if pairs else None


def _outside_quotes(line: str) -> list[str]:
    """What stands outside text and before a remark."""
    parts = _IN_QUOTES.split(line[:_LONGEST])[::2]
    remark = next((place for place, part in enumerate(parts) if "#" in part), None)
    return parts if remark is None else [*parts[:remark], parts[remark].partition("#")[0]]


def line_hint(line: str) -> Message:
    """How a line could be written, or which parameter a name in another script means, as the end of a message."""
    if _is_percent_of_no_share(line):
        return Message("; {rule}", rule=NO_SHARE)
    if right := corrected(line):
        return Message("; write {value}", value=right)
    name, equals, _ = line.partition("=")
    meant = [] if not equals or name.isascii() else named(name.strip().strip("[]"))
    return Message("; did you mean {name}?", name=meant[0]) if meant else NOTHING


def _is_percent_of_no_share(line: str) -> bool:
    """Whether a line gives in percent what is no share in any table."""
    name, _, value = line.partition("#")[0].partition("=")
    fields = [field_at(path) for path in values() if path.rpartition(".")[2] == name.strip().rpartition(".")[2]]
    return bool(fields) and all(wrongly_in_percent(value.strip(), field) for field in fields)


def corrected(line: str) -> str | None:
    """The line with numbers, dates and quotes as TOML wants them; ``None`` where that does not make it right."""
    if len(line) > _LONGEST:
        return None
    parts = _IN_QUOTES.split(line.translate(_CURLY).strip())
    remark = next((place for place in range(0, len(parts), 2) if "#" in parts[place]), None)
    if remark is not None:
        parts = [*parts[:remark], parts[remark].partition("#")[0]]
    plain = _outside(parts, _plain)
    name, equals, value = plain.partition("=")
    tries = [plain]
    if equals and not parts[1:]:
        value = value.strip()
        tries += [f"{name.strip()} = {_word(value)}"]
    tries += [_outside(parts, lambda part: _COMMA.sub(", ", _plain(part)).translate(_LENTICULAR))]
    if pair := _COLON.fullmatch(plain):
        tries += [f"{pair[1]} = {pair[2]}"]
    wanted = (tried for tried in tries if tried != line.strip(_BLANK) and tried.isprintable())
    return next((tried for tried in wanted if _reads(tried) or _reads(f"entries = [\n{tried}\n]")), None)


def _outside(parts: Sequence[str], change: Callable[[str], str]) -> str:
    """Parts of a line, of which every other is text in quotes, with what stands outside changed."""
    return "".join(part if place % 2 else change(part) for place, part in enumerate(parts)).strip()


def _plain(text: str) -> str:
    """Text outside quotes in half-width letters, its numbers, dates and times as TOML."""
    return _WRITTEN.sub(_as_toml, unicodedata.normalize("NFKC", text))


def _as_toml(found: re.Match[str]) -> str:
    if found["date"]:
        day = date_of(found[0])
        return day.isoformat() if day else found[0]
    if found["time"]:
        hour, _, minute = found[0].partition(":")
        return f'"{hour:0>2}:{minute}"' if int(hour) <= 24 and int(minute) < 60 else found[0]
    value = None if _reads(f"x = {found[0]}") else number_of(found[0])
    return found[0] if value is None else str(value)


def _word(value: str) -> str:
    """A single word as a value: yes or no, or text."""
    truth = truth_of(value)
    if truth is not None:
        return str(truth).lower()
    bare = value[1:-1] if value[:1] in _BRACKETS and value.endswith(_BRACKETS[value[0]]) else value
    return f'"{bare}"' if re.fullmatch(r"[^\W\d][^\"'\\#=\[\]{},]*", bare) else value


def _reads(line: str) -> bool:
    try:
        return bool(tomllib.loads(line))
    except (ValueError, RecursionError):
        return False
