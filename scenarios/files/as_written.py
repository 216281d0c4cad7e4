"""Numbers, dates, times and yes or no as planners write them: 80,000, ８００００, 8万, 95%, 2026/04/01, 令和8年4月1日.

Each function gives the value, or ``None`` for what does not say one thing only. ``written_as`` gives the value as it is
written in a scenario file.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from scenarios.workbook.dates import day_of, no_day
from sim.message import Message

_LONGEST = 60
_QUOTES = "\"'“”„‟‘’‚‛「」『』`"
_UNITS = {"兆": 10**12, "億": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3}
_UNIT = "|".join(_UNITS)
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?P<sign>[-+])?(?P<large>(?:(?:{_FIGURES})(?:{_UNIT}))*)(?P<rest>{_FIGURES})?(?P<percent>%)?[件枚席人名台本回通円]?",
    re.ASCII,
)
_LARGE = re.compile(rf"({_FIGURES})({_UNIT})", re.ASCII)
_HALF_HOUR = re.compile(r"(\d{1,2})(?::|時)(?:(\d{2})分?|(半))?", re.ASCII)
_MONTH_AND_DAY = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?", re.ASCII)
_TRUTH = {
    **dict.fromkeys(("true", "yes", "on", "はい", "有", "あり", "する"), True),
    **dict.fromkeys(("false", "no", "off", "いいえ", "無", "なし", "しない"), False),
}


def plain(text: str) -> str:
    """Half-width letters and figures, without quotes and spaces around them."""
    return unicodedata.normalize("NFKC", text[:_LONGEST]).replace("−", "-").strip().strip(_QUOTES).strip()


def unquoted(text: str) -> str:
    """A word without the quotes around it, of whatever kind: “last_year”."""
    return text.strip(_QUOTES).strip() if len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES else text


def number_of(text: str) -> int | float | None:
    """The number that a text says: a whole one as ``int``."""
    if len(text) > _LONGEST or any(unicodedata.category(letter) == "No" for letter in text):
        return None  # 10⁴ is not 104
    if not (found := _NUMBER.fullmatch(plain(text))):
        return None
    parts = [(Decimal(figures.replace(",", "")), _UNITS[unit]) for figures, unit in _LARGE.findall(found["large"])]
    units = [unit for _, unit in parts]
    if (not parts and not found["rest"]) or units != sorted(set(units), reverse=True):
        return None
    rest = Decimal((found["rest"] or "0").replace(",", ""))
    if parts and rest >= units[-1]:
        return None
    value = sum((figures * unit for figures, unit in parts), rest) / (100 if found["percent"] else 1)
    value = -value if found["sign"] == "-" else value
    return int(value) if value == value.to_integral_value() else float(value)


def in_percent(text: str) -> bool:
    """Whether a text says a number in percent."""
    return number_of(text) is not None and "%" in plain(text)


def date_of(text: str) -> date | None:
    """The day that a text says, in the Western or the Japanese calendar."""
    return day_of(plain(text)) if len(text) <= _LONGEST else None


def impossible_day(text: str) -> Message | None:
    """Why a text that is written like a day is none, such as 令和8年2月30日; ``None`` for any other."""
    return no_day(plain(text))


def month_and_day_of(text: str) -> tuple[int, int] | None:
    """The month and the day that a text says: ``12/29``, ``12月29日``."""
    found = _MONTH_AND_DAY.fullmatch(plain(text))
    return (int(found[1]), int(found[2])) if found else None


def half_hour_of(text: str) -> str | None:
    """The half-hour that a text says: ``8:30``, ``８時半``."""
    if not (found := _HALF_HOUR.fullmatch(plain(text))):
        return None
    minute = "30" if found[3] else found[2] or "00"
    return f"{int(found[1]):02d}:{minute}" if minute in ("00", "30") and int(found[1]) <= 24 else None


def truth_of(text: str) -> bool | None:
    """Yes or no."""
    return _TRUTH.get(plain(text).casefold())
