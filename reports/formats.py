"""Numbers, shares, dates and periods as each language writes them."""

from __future__ import annotations

import math
from datetime import date, timedelta
from unicodedata import east_asian_width

from reports.catalogue import Catalogue, Span
from sim import calendar


def number(value: float, decimals: int = 0) -> str:
    """Digits with thousands separated, such as 160,000; a minus only where the shown number is below zero."""
    shown = f"{value:,.{decimals}f}"
    return shown.lstrip("-") if not shown.strip("-0.,") else shown


def factor(value: float) -> str:
    """A multiplier with the digits it needs, such as 1.6 or 1.25."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.1f}"


def percent(cat: Catalogue, share: float, decimals: int = 1) -> str:
    """A share in percent; never shown as 100 % or 0 % where it is not."""
    return _open("percent", cat, share, decimals)


def points(cat: Catalogue, share: float, decimals: int = 1) -> str:
    """The same without its sign, for where the unit stands elsewhere: 99.6, over 99.99."""
    return _open("points", cat, share, decimals)


def _open(form: str, cat: Catalogue, share: float, decimals: int) -> str:
    """A share that rounding would make certain or impossible is said to be above or below the last step before."""
    step = 10.0**-decimals
    if share < 1 and round(100 * share, decimals) >= 100:
        return cat.text(f"format.{form}_above", number=number(100 - step, decimals))
    if share > 0 and round(100 * share, decimals) <= 0:
        return cat.text(f"format.{form}_below", number=number(step, decimals))
    return cat.text(f"format.{form}", number=number(100 * share, decimals))


def whole(share: float) -> str:
    """A share in whole percent without its sign; never 100 or 0 where it is not."""
    shown = round(100 * share)
    return str(shown if share in (0, 1) else min(max(shown, 1), 99))


def digits(cat: Catalogue, share: float) -> str:
    """A share in percent at three significant digits, however small: 0.5 %, 0.0123 %; more where it would be 100 %."""
    shown = f"{100 * share:.3g}"
    return cat.text("format.percent", number=f"{100 * share:.10g}" if shown == "100" else shown)


def rough(cat: Catalogue, value: float) -> str:
    """A count at three significant digits: 2.13 million, 523,000; in Japanese 213万, 1億2,300万."""
    if not math.isfinite(value):
        return "∞" if value > 0 else cat.text("format.nothing")
    if value == 0:
        return "0"
    digits = math.floor(math.log10(abs(value)))
    rounded = round(value, 2 - digits)
    if cat.lang == "ja" and abs(rounded) >= 1e4:
        return _in_ten_thousands(rounded)
    if cat.lang == "en" and abs(rounded) >= 1e6:
        return _scaled(rounded, 1e6) + " million"
    return number(rounded)


def _in_ten_thousands(rounded: float) -> str:
    """Japanese counts go by 万 (10,000) and 億 (10,000 of these): 52.3万, 2億, 1億2,300万."""
    hundred_millions, rest = divmod(abs(rounded), 1e8)
    if not hundred_millions:
        return _scaled(rounded, 1e4) + "万"
    sign = "-" if rounded < 0 else ""
    return f"{sign}{number(hundred_millions)}億" + (f"{number(rest / 1e4)}万" if rest else "")


STEPS = 1e5
"""Counts whose step ``in_steps`` has."""


def in_steps(cat: Catalogue, value: float) -> str:
    """A count in thousands, in Japanese in 万, without the step's name: three significant digits, two below 1."""
    scaled = value / magnitude(cat, STEPS)[0]
    if not scaled:
        return "0"
    digits = math.floor(math.log10(abs(scaled)))
    after = (2 if digits >= 0 else 1) - digits
    return number(round(scaled, after), max(after, 0))


def _scaled(rounded: float, scale: float) -> str:
    scaled = rounded / scale
    decimals = max(0, 2 - math.floor(math.log10(abs(scaled)) + 1e-9))
    text = number(scaled, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def input_value(cat: Catalogue, value: float) -> str:
    """A value of an input, short: at six digits, at three from 10,000 on."""
    return rough(cat, value) if abs(value) >= 10_000 else plain(float(f"{value:.6g}"))


def width(text: str) -> int:
    """Width in half-width characters: Japanese ones take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def shortened(text: str, columns: int) -> str:
    """A text of at most so many half-width characters."""
    if width(text) <= columns:
        return text
    while width(text) > columns - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def magnitude(cat: Catalogue, top: float) -> tuple[float, str]:
    """The step in which counts up to ``top`` are drawn, with its name: 万 or 億 in Japanese, million in English."""
    if cat.lang == "ja":
        large = (1e8, "億") if top >= 1e8 else (1e4, "万")
        return large if top >= 2e4 else (1.0, "")
    if top >= 2e6:
        return 1e6, cat.text("chart.million")
    return (1e3, cat.text("chart.thousand")) if top >= 2e3 else (1.0, cat.text("chart.plain"))


def opening(text: str) -> str:
    """A name as it opens a sentence or stands as a heading."""
    return text[:1].upper() + text[1:]


def plain(value: object) -> str:
    """A parameter's number as a planner would write it: 160,000, 0.015, inf."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return number(value) if value == int(value) or abs(value) >= 1e6 else f"{value:,.6g}"


def significant(value: float) -> str:
    """A number at four significant digits, thousands separated."""
    return number(value) if abs(value) >= 1000 else f"{float(f'{value:.4g}'):g}"


def whole_fiscal_year(cat: Catalogue, year: int) -> str:
    """A fiscal year (April to March) that is no label of a result: FY2026, 令和8(2026)年度."""
    return cat.text("format.fiscal_year", year=year, era=_era(cat, year))


def fiscal_year(cat: Catalogue, year: int) -> str:
    """The fiscal year of a result: as above, or FY2027 (to June), 令和9(2027)年度（6月まで） for a part."""
    name = whole_fiscal_year(cat, year)
    return cat.text("format.part_of_year", year=name, part=_part_of_year(cat, year)) if year in cat.parts else name


def whole_fiscal_year_axis(cat: Catalogue, year: int) -> str:
    """A fiscal year, short, for an axis of time."""
    return cat.text("format.fiscal_year_axis", year=year, era=_era(cat, year))


def fiscal_year_axis(cat: Catalogue, year: int) -> str:
    """The fiscal year of a result, short, for the axis of a chart, with its part in a line of its own."""
    name = whole_fiscal_year_axis(cat, year)
    return f"{name}\n{_part_of_year(cat, year)}" if year in cat.parts else name


def _part_of_year(cat: Catalogue, year: int) -> str:
    return _part(cat, cat.parts[year], (date(year, 4, 1), date(year + 1, 3, 31)))


def _part(cat: Catalogue, reported: Span, whole: Span) -> str:
    """Which part of a year or a month a result reports: (from October), (to June)."""
    ends = {"first": _start(cat, reported[0]), "last": _end(cat, reported[1])}
    from_first_day, to_last_day = reported[0] == whole[0], reported[1] == whole[1]
    return cat.text(f"format.part_{'to' if from_first_day else 'from' if to_last_day else 'between'}", **ends)


def _start(cat: Catalogue, day: date) -> str:
    """The month that begins with a day; the day itself inside a month."""
    return _month_name(cat, day) if day.day == 1 else _day_of_month(cat, day)


def _end(cat: Catalogue, day: date) -> str:
    """The month that ends with a day; the day itself inside a month."""
    return _month_name(cat, day) if (day + timedelta(days=1)).day == 1 else _day_of_month(cat, day)


def _month_name(cat: Catalogue, day: date) -> str:
    return cat.text(f"format.month_name.m{day.month}")


def _day_of_month(cat: Catalogue, day: date) -> str:
    return cat.text("format.day_of_month", name=_month_name(cat, day), day=day.day)


def _era(cat: Catalogue, year: int) -> str:
    name, before = ("reiwa", 2018) if year > 2018 else ("heisei", 1988)
    count = year - before
    return cat.text(f"format.{name}", count="元" if count == 1 else count)


def month(cat: Catalogue, period: str) -> str:
    """A month such as ``2026-04``: 2026-04, 2026年4月; where a result reports a part of it, 2027-06 (to 15 June)."""
    year, number_of_month = map(int, period.split("-"))
    name = cat.text("format.month", year=year, month=number_of_month)
    first = date(year, number_of_month, 1)
    whole = first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    reported = cat.parts.get(calendar.fiscal_year(first), whole)
    own = max(reported[0], whole[0]), min(reported[1], whole[1])
    cut = own != whole and own[0] <= own[1]
    return cat.text("format.part_of_year", year=name, part=_part(cat, own, whole)) if cut else name


def day(cat: Catalogue, value: date) -> str:
    """A date: 2026-04-01, 2026年4月1日."""
    return cat.text("format.date", year=value.year, month=value.month, day=value.day)


def period(cat: Catalogue, name: str) -> str:
    """A period of the summary: ``FY2026``, ``2026-04``, or ``all`` for the whole run."""
    told = calendar.Period(name)
    if told.yearly:
        return fiscal_year(cat, told.fiscal_year)
    if told.monthly:
        return month(cat, name)
    return cat.name("period", name)
