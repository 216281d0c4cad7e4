"""On which line of a TOML file each name stands.

One pass over the text that knows strings, remarks, lists and tables. Where the text is no TOML, the pass ends: what is
wrong is told by who reads the values. Names are dotted; an entry of a list has its number as the last part, and a name
inside an array of tables that of its table: ``demand.campaign.1.from``.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right

from scenarios.limits import DEPTH, DIGITS, ENTRIES, NAMES, too_deep, too_long_a_number, too_many, wrong_name
from sim.message import Message

# No group is possessive: of alternatives Python up to 3.11.4 matches them wrongly (gh-106052). None can be split anew.
_BLANK = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*")
_SPACE = re.compile(r"[ \t]*+")
_NAME = re.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\\n]++|\\.)*"|'[^'\n]*+'""")
_TEXT = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*"{3,5}' + r"|'''(?:[^']++|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]++|\\.)*"' + r"|'[^'\n]*+'",
    re.DOTALL,
)
_PLAIN = re.compile(r"""[^\s,\[\]{}#"'=]++(?: \d\d:[\d:.Z+-]*+)?""")
_NUMERAL = re.compile(r"[-+0-9a-fA-FxXoO_.]*+")

Names = tuple[str, ...]


class TooMuchError(Exception):
    """Something larger than what is read, with its line and its dotted name."""

    def __init__(self, line: int, name: str, message: Message) -> None:
        super().__init__(message)
        self.line, self.name, self.message = line, name, message


class _BrokenError(Exception):
    """The text is not TOML from here on."""


class KeyLines:
    """The lines of a text: ``lines`` by dotted name, and ``last``, the line of the last statement that began.

    ``open``: where the text is no TOML, the marks that were opened and not closed before, each with its line, the
    innermost last.

    Raises:
        TooMuchError: for nesting, names, numbers and lists beyond the limits.
    """

    def __init__(self, text: str) -> None:
        self.lines: dict[str, int] = {}
        self.last = 1
        self.open: list[tuple[str, int]] = []
        self._text, self._at = text, 0
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._tables: dict[Names, int] = {}
        """How many tables each array of tables has so far."""
        try:
            self._read()
        except _BrokenError:
            return

    def _read(self) -> None:
        table: Names = ()
        while self._skip(_BLANK) < len(self._text):
            self.last = self._line()
            if self._takes("[["):
                table = self._array_of_tables()
            elif self._takes("["):
                table = self._inside(self._names())
                self._note(table)
                self._wants("]")
            else:
                self._pair(table)

    def _array_of_tables(self) -> Names:
        """The next table of an array of tables."""
        *above, name = self._names()
        path = (*self._inside(tuple(above)), name)
        number = self._tables.get(path, 0)
        if number >= ENTRIES:
            self._refuse(path, too_many(number + 1))
        self._tables[path] = number + 1
        self._note(path)
        self._note((*path, str(number)))
        self._wants("]]")
        return (*path, str(number))

    def _inside(self, names: Names) -> Names:
        """The path that a table's names mean: in an array of tables, they mean its last table."""
        path: Names = ()
        for name in names:
            path = (*path, name)
            if path in self._tables:
                path = (*path, str(self._tables[path] - 1))
        return path

    def _pair(self, table: Names) -> None:
        begin = self._at
        path = (*table, *self._names())
        self._note(path, begin)
        self._wants("=")
        self._value(path, 0)

    def _names(self) -> Names:
        """A dotted name."""
        names: list[str] = []
        while True:
            self._skip(_SPACE)
            if (found := _NAME.match(self._text, self._at)) is None:
                raise _BrokenError
            self._at = found.end()
            names.append(_name(found[0]))
            if wrong := wrong_name(names[-1]):
                self._refuse((), wrong)
            if len(names) > DEPTH:
                self._refuse((), Message("has a name of more than {most} parts", most=DEPTH))
            self._skip(_SPACE)
            if not self._takes("."):
                return tuple(names)

    def _value(self, path: Names, depth: int) -> None:
        if depth > DEPTH:
            self._refuse(path, too_deep())
        self._skip(_SPACE)
        if mark := self._opens("[", "{"):
            self.open.append((mark, self._line()))
            self._takes(mark)
            (self._list if mark == "[" else self._inline_table)(path, depth)
            self.open.pop()
        elif mark := self._opens('"""', "'''", '"', "'"):
            text = _TEXT.match(self._text, self._at)
            if text is None or len(text[0]) < 2 * len(mark):
                self.open.append((mark, self._line()))
                raise _BrokenError
            self._at = text.end()
        elif plain := _PLAIN.match(self._text, self._at):
            if len(plain[0]) > DIGITS and _NUMERAL.fullmatch(plain[0]):
                self._refuse(path, too_long_a_number())
            self._at = plain.end()
        else:
            raise _BrokenError

    def _opens(self, *marks: str) -> str | None:
        """Which of some marks stands here."""
        return next((mark for mark in marks if self._text.startswith(mark, self._at)), None)

    def _list(self, path: Names, depth: int) -> None:
        number = 0
        while not self._ends_list():
            if number >= ENTRIES:
                self._refuse(path, too_many(number + 1))
            self._note((*path, str(number)))
            self._value((*path, str(number)), depth + 1)
            self._skip(_BLANK)
            if not self._takes(","):
                self._wants("]")
                return
            number += 1

    def _ends_list(self) -> bool:
        if self._skip(_BLANK) == len(self._text):
            raise _BrokenError
        return self._takes("]")

    def _inline_table(self, path: Names, depth: int) -> None:
        self._skip(_SPACE)
        if self._takes("}"):
            return
        while True:
            begin = self._at
            names = (*path, *self._names())
            self._note(names, begin)
            self._wants("=")
            self._value(names, depth + 1)
            self._skip(_SPACE)
            if not self._takes(","):
                self._wants("}")
                return
            self._skip(_SPACE)

    def _note(self, path: Names, at: int | None = None) -> None:
        if len(self.lines) > NAMES:
            self._refuse((), Message("has more than {most} names and entries", most=NAMES))
        self.lines.setdefault(".".join(path), self._line(at))

    def _line(self, at: int | None = None) -> int:
        return bisect_right(self._starts, self._at if at is None else at)

    def _skip(self, what: re.Pattern[str]) -> int:
        found = what.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _takes(self, mark: str) -> bool:
        taken = self._text.startswith(mark, self._at)
        self._at += len(mark) if taken else 0
        return taken

    def _wants(self, mark: str) -> None:
        self._skip(_SPACE)
        if not self._takes(mark):
            raise _BrokenError

    def _refuse(self, path: Names, message: Message) -> None:
        raise TooMuchError(self._line(), ".".join(name for name in path if not name.isdigit()), message)


def _name(written: str) -> str:
    """A name without its quotes."""
    if written[0] == '"' and "\\" in written:
        try:
            return str(tomllib.loads(f"name = {written}")["name"])
        except tomllib.TOMLDecodeError:
            raise _BrokenError from None
    return written[1:-1] if written[0] in "\"'" else written
