"""Damage to text files: bytes, lines, tokens and values, one to four times each."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

_NUMBER = re.compile(rb"(?<![\w.])[-+]?\d[\d_.]*(?:[eE][-+]?\d+)?")
_VALUE = re.compile(rb"(?<== ).+$", re.MULTILINE)
_STRING = re.compile(rb'"[^"\n]*"')
_WORD = re.compile(rb"[A-Za-z_]{2,}")

NUMBERS = (
    "0", "-1", "1", "0.5", "1e308", "-1e308", "1e999", "nan", "inf", "-inf", "1e-320", "007", "0x10", "1_000", "1__0",
    "1.5.2", "1e", "+5", "1e5000", "true", "80,000", "８００００", "8万", "12億", "2026/04/01", "令和8年4月1日",
    "12:00", "18446744073709551616", "2026-02-30", "9999-12-31", "0000-01-01", "2026-04-01T00:00:00",
    "9" * 309, "9" * 5000, "-" + "9" * 5000, "0." + "1" * 5000, "0b" + "1" * 20000,
)  # fmt: skip
"""What may stand where a number did."""
VALUES = (
    "", "[]", "{}", "[[]]", "true", "false", '""', "''", '""""""', '"x"', "[1, 2]", "[1, 'x', {}]", "[" * 20000,
    "2026-04-01", "2026-04-01 10:00:00Z", "23:59:60", "{ value = 1 }", "{ value = 1, low = 2 }",
    "{ value = 1, low = 0, high = 2, x = 3 }", "{ from = 2026-04-01, value = 1 }", "[{ value = 1 }]",
    "[{ from = 2026-04-01, value = 1 }, { from = 2027-04-01, value = 2 }]", "{ steps = [{ value = 1 }] }",
    "{ steps = 5 }", "{ a = { b = { c = 1 } } }", "“80000”", "「多い」", "'🎌'", "'[/bold]'", "'{title}'",
    "'{{ 7*7 }}'", "'$x^2$'", "'=1+1'", '"\\u202Eabc"', '"\\u0007"', '"\\uFFFE"', '"\\uFFFF"', '"\\u0085"',
    '"\\U0001F600"', '"\\u2028"', '"\\u0000"', '"""\n[plant]\n' + " " * 10000 + '"""', "'''\n[[x]]\n'''",
    "[" * 200 + "]" * 200,
    "{ a = " * 500 + "1" + " }" * 500, "[" + "1, " * 50000 + "1]", '"' + "x" * 100_000 + '"', '"plan-period"',
    '"surge"', '"mutant"', '"../mutant"', '"/dev/zero"', '"/dev/stdin"', '"."', '"a\\u0000b"', '"plan-period+surge"',
)  # fmt: skip
"""What may stand where a value did."""
PIECES = (
    "\0", "\x07", "\x1b[31m", "\u202e", "\ufeff", "\ufffe", "\u2028", "\x85", "\r", "\n", "\t", "é", "𠮷", "👩\u200d👧",
    "{", "}", "[", "]", "[[", "]]", '"', "'", '"""', "'''", "=", ".", ",", "#", "\\", "\\u", " " * 10000, "\t" * 3000,
    "\n" * 3000, "[" + " " * 10000, "." * 20000, "a." * 3000 + "b = 1\n", "[x." + "y." * 2000 + "z]\n", "x = 1\n" * 3,
    "".join(f"x{n} = 1\n" for n in range(3000)), "[[plant.stops]]\n", "[plant]\n", "plant = 3\n", "plant.lines = 9\n",
    'extends = "mutant"\n', "title = 3\n", "# " + "x" * 50000 + "\n",
)  # fmt: skip
"""What may be put in anywhere."""
BYTES = (b"\x00", b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\xc0\x80", b"\x80", b"\xef\xbb\xbf", b"\x82\xa0", b"\x1a")


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The same file with one to four things done to it."""
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        content = chance.choice(DAMAGE)(content, chance)
    return content


def _cut(content: bytes, chance: random.Random) -> bytes:
    start, end = _span(content, chance)
    return content[:start] + content[end:]


def _repeat(content: bytes, chance: random.Random) -> bytes:
    start, end = _span(content, chance)
    return content[:end] + content[start:end] * chance.choice((1, 1, 2, 50)) + content[end:]


def _truncate(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _flip(content: bytes, chance: random.Random) -> bytes:
    if not content:
        return content
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _insert(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + _piece(chance) + content[at:]


def _insert_line(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    lines.insert(chance.randrange(len(lines) + 1), _piece(chance))
    return b"\n".join(lines)


def _lines(content: bytes, chance: random.Random) -> bytes:
    """A line left out, written twice, or moved."""
    lines = content.split(b"\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.randrange(3)
    line = lines[at] if what == 1 else lines.pop(at)
    if what:
        lines.insert(to, line)
    return b"\n".join(lines)


def _line_ends(content: bytes, chance: random.Random) -> bytes:
    return content.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\r", b"\x0b", b"\x0c")))


def _replacing(pattern: re.Pattern[bytes], choose: Callable[[random.Random], bytes]) -> Callable[..., bytes]:
    def damage(content: bytes, chance: random.Random) -> bytes:
        found = list(pattern.finditer(content))
        if not found:
            return content
        match = chance.choice(found)
        return content[: match.start()] + choose(chance) + content[match.end() :]

    return damage


def _exchange(content: bytes, chance: random.Random) -> bytes:
    """A word of the file in place of another."""
    words = list(_WORD.finditer(content))
    if not words:
        return content
    gone, comes = chance.choice(words), chance.choice(words)
    return content[: gone.start()] + comes[0] + content[gone.end() :]


def _digits(content: bytes, chance: random.Random) -> bytes:
    """A number of the file, a little different."""
    found = list(_NUMBER.finditer(content))
    if not found:
        return content
    match = chance.choice(found)
    other = str(
        chance.choice((chance.randrange(100), chance.random(), chance.gauss(0, 1e4), 10 ** chance.randrange(15)))
    )
    return content[: match.start()] + other.encode() + content[match.end() :]


def _span(content: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(content) + 1)
    return start, min(len(content), start + chance.choice((1, 2, 10, 100, 1000)))


def _piece(chance: random.Random) -> bytes:
    return chance.choice(BYTES) if chance.random() < 0.2 else chance.choice(PIECES).encode()


def _number(chance: random.Random) -> bytes:
    return chance.choice(NUMBERS).encode()


def _value(chance: random.Random) -> bytes:
    return chance.choice(VALUES).encode()


DAMAGE: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _repeat, _truncate, _flip, _insert, _insert_line, _lines, _lines, _line_ends, _exchange, _digits, _digits,
    _replacing(_NUMBER, _number), _replacing(_NUMBER, _value), _replacing(_VALUE, _value), _replacing(_VALUE, _value),
    _replacing(_STRING, _value), _replacing(_WORD, _number),
)  # fmt: skip
