"""Which number formats of a workbook show a date, those of Excel in Japan among them, and which show percent.

Excel stores a date as a number; the cell's format alone tells that it is one. In Japan the built-in formats 27 to 36
and 50 to 58 are dates of which a file holds the number without its text, and written formats may name an era
(``[$-411]ggge"年"m"月"``) or its year alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import iterparse

DATES, SPANS = frozenset({*range(14, 23), *range(27, 37), *range(50, 59)}), frozenset({45, 46, 47})
"""Built-in formats of dates and times of day, and of spans of time."""
PERCENT = frozenset({9, 10})
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|general|g/標準|e[+-]', re.IGNORECASE)
"""What is shown as it stands, colours, conditions and languages, and the letters of plain and scientific numbers."""
_DATE = re.compile(r"[ymdhsge]|aaa", re.IGNORECASE)
_LONGEST = 255
"""Characters of a written format in Excel."""
_SPAN = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)


@dataclass(frozen=True)
class Styles:
    """Cell styles that show a date, time of day or span of time; those that show a span; those that show percent."""

    times: frozenset[int] = frozenset()
    spans: frozenset[int] = frozenset()
    percent: frozenset[int] = frozenset()


def styles_of(stream: IO[bytes]) -> Styles:
    """The cell styles of a style sheet."""
    written: dict[int, str] = {}
    styles: list[int] = []
    for _, element in iterparse(stream):
        if element.tag == f"{MAIN}numFmt":
            written[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
        elif element.tag == f"{MAIN}cellXfs":
            styles = [int(style.get("numFmtId", "0")) for style in element.iter(f"{MAIN}xf")]
    dates = DATES - set(written) | {kind for kind, text in written.items() if is_date(text)}
    spans = SPANS - set(written) | {kind for kind, text in written.items() if is_span(text)}
    percent = PERCENT - set(written) | {kind for kind, text in written.items() if is_percent(text)}
    kinds = dates | spans, spans, percent
    return Styles(*(frozenset(place for place, kind in enumerate(styles) if kind in own) for own in kinds))


def is_date(text: str) -> bool:
    """Whether a written format shows a date or time in any of its parts for numbers."""
    return any(map(_DATE.search, _parts(text)))


def is_span(text: str) -> bool:
    """Whether a written format shows a span of time, such as ``[h]:mm``."""
    return any(map(_SPAN.search, _parts(text)))


def is_percent(text: str) -> bool:
    """Whether a written format shows a number in percent."""
    return any("%" in part for part in _parts(text))


def _parts(text: str) -> list[str]:
    """The parts for positive and negative numbers and zero, without what is shown as it stands."""
    return _LITERAL.sub("", text[:_LONGEST]).split(";")[:3]
