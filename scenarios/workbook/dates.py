"""Months and days as planners write them: Excel dates, ``2026-04``, ``2026/4``, ``2026年4月``, ``令和8年4月``."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime
from typing import Any

from sim.message import Message

_ERAS = {"令和": 2018, "令": 2018, "R": 2018, "平成": 1988, "平": 1988, "H": 1988}
_WRITTEN = re.compile(
    r"(?:(?P<year>\d{4})|(?P<era>令和?|平成?|R|H)\s*(?P<count>\d{1,2}|元))\s*[-/.年]\s*(?P<month>\d{1,2})"
    r"(?:\s*[-/.月]\s*(?:(?P<day>\d{1,2})日?)?)?(?:(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?",
    re.IGNORECASE,
)
"""A time of day after it plays no part: Excel adds one to the text of a date (``2026/4/1 0:00``)."""
_EXCEL = re.compile(r"(?P<name>[A-Z][a-z]{2})-(?P<year>\d{2})")
"""What Excel makes of a typed ``2026/4``."""
_LONGEST = 60
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_of(value: Any) -> date | None:
    """The first day of the month that a cell names; ``None`` if it names none. A day in it plays no part."""
    found = _parts(value)
    return found and found[0]


def day_of(value: Any) -> date | None:
    """The day that a cell names; ``None`` if it names none, or a month only."""
    found = _parts(value)
    return found and found[1]


def no_day(text: str) -> Message | None:
    """Why a text that is written like a day is none, such as ``2026-02-30``; ``None`` for any other."""
    written = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip()) if len(text) <= _LONGEST else None
    if written is None or not written["day"] or day_of(text) is not None:
        return None
    day, year, month = " ".join(text.split()), _year(written), int(written["month"])
    if not 1 <= month <= 12:
        return Message("{day} does not exist: a year has 12 months", day=day)
    if year < 1 or written["day"] == "0":
        return Message("{day} does not exist", day=day)
    last = monthrange(year, month)[1]
    return Message(
        "{day} does not exist: {year}-{month:02d} has {last} days", day=day, year=year, month=month, last=last
    )


def _parts(value: Any) -> tuple[date, date | None] | None:
    """First day of the month, and the day where one is named."""
    if isinstance(value, datetime):  # a time of day plays no part
        value = value.date()
    if isinstance(value, date):
        return value.replace(day=1), value
    text = unicodedata.normalize("NFKC", value).strip() if isinstance(value, str) else ""
    try:
        if excel := _EXCEL.fullmatch(text):
            return date(2000 + int(excel["year"]), _NAMES.index(excel["name"]) + 1, 1), None
        if (written := _WRITTEN.fullmatch(text)) is None:
            return None
        first = date(_year(written), int(written["month"]), 1)
        return first, first.replace(day=int(written["day"])) if written["day"] else None
    except ValueError:
        return None


def _year(written: re.Match[str]) -> int:
    if written["year"]:
        return int(written["year"])
    count = 1 if written["count"] == "元" else int(written["count"])
    return _ERAS[written["era"].upper()] + count
