"""One published figure as a planner reads it: its subject, its period, its values at the precision it was published."""

from __future__ import annotations

import math
import re
from datetime import date

from reports import formats, source_texts
from reports.agreement.data import Row
from reports.catalogue import Catalogue

_BY_DATE = re.compile(r"(HELD|HANDED|APPLIED)-(\d{4}-\d\d-\d\d)")
_SIGNIFICANT = 5
"""Digits of a simulated count; more would be noise."""


def subject(cat: Catalogue, row: Row) -> str:
    """What the figure is about, in this language; the English of the published figures where it has no text."""
    dated = _BY_DATE.fullmatch(row.id)
    if dated is None:
        return cat.texts.get(f"figure.{row.id}", row.subject)
    key = f"figure.{dated[1]}"
    if not cat.has(key):
        return row.subject
    return cat.text(key, date=formats.day(cat, date.fromisoformat(dated[2])))


def period(cat: Catalogue, row: Row) -> str:
    """A fiscal year, a month or a day as this language writes it; other periods as they stand."""
    return moment(cat, row.period)


def moment(cat: Catalogue, text: str) -> str:
    """``FY2025``, ``2026-04`` or ``2026-04-01`` as this language writes it; anything else as it stands."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return formats.day(cat, date.fromisoformat(text))
    if re.fullmatch(r"FY\d{4}|\d{4}-\d\d", text):
        return formats.period(cat, text)
    return text


def unit(cat: Catalogue, row: Row) -> str:
    """The unit in this language."""
    return cat.name("unit", row.unit)


def published(cat: Catalogue, row: Row) -> str:
    """The published value as it was published."""
    return cat.text("format.nothing") if row.published is None else formats.plain(row.published)


def simulated(cat: Catalogue, row: Row) -> str:
    """The simulated value with its 10-90 % interval in brackets, a little finer than the published one."""
    if row.simulated is None:
        return cat.text("validation.not_simulated")
    return ranged(cat, row, row.simulated, row.low, row.high)


def prior(cat: Catalogue, row: Row) -> str:
    """The interval before published figures narrowed what is not known."""
    if row.prior_low is None or row.prior_high is None:
        return cat.text("format.nothing")
    return formats.between(cat, number(cat, row, row.prior_low), number(cat, row, row.prior_high))


def ranged(cat: Catalogue, row: Row, value: float, low: float | None, high: float | None) -> str:
    """A simulated value of this row with an interval, if there is one."""
    shown = number(cat, row, value)
    if low is None or high is None:
        return shown
    return cat.text("format.value_range", value=shown, low=number(cat, row, low), high=number(cat, row, high))


def difference(cat: Catalogue, row: Row) -> str:
    """Simulated less published with its sign; of counts also as a share of the published."""
    if row.difference is None:
        return cat.text("format.nothing")
    shown = signed(row, row.difference)
    if not _is_count(row) or not row.published or not row.difference:
        return shown
    share = cat.text("format.percent", number=f"{100 * row.difference / row.published:+.2f}")
    return f"{shown} ({share})"


def tolerance(cat: Catalogue, row: Row) -> str:
    """How far apart both may be, in the figure's unit."""
    if row.tolerance is None:
        return cat.text("format.nothing")
    shown = formats.number(row.tolerance) if _is_count(row) else formats.plain(row.tolerance)
    return cat.text("validation.tolerance", value=shown)


def reason(cat: Catalogue, row: Row) -> str:
    """Why the tolerance is so much, in this language where there is a text."""
    return cat.texts.get(f"tolerance_why.{row.tolerance_why}", row.tolerance_why)


def result(cat: Catalogue, row: Row) -> str:
    """Mark and words: only a figure held back can agree or differ."""
    return cat.text(f"validation.result.{outcome(row)}")


def outcome(row: Row) -> str:
    """``agrees`` or ``differs`` (held back), ``met`` or ``missed`` (fitted), ``input``, ``missing``."""
    if row.use == "input":
        return "input"
    if not row.compared:
        return "missing"
    if row.use == "held_back":
        return "agrees" if row.agrees else "differs"
    return "met" if row.within else "missed"


def source(cat: Catalogue, row: Row) -> str:
    """The titles of where the figure was published, with how sure it is."""
    titles = (source_texts.title(cat, entry["title"]) for entry in row.sources)
    found = cat.text("format.entries").join(titles) or cat.text("format.nothing")
    if row.confidence in ("", "primary"):
        return found
    return cat.text("format.parenthesis", text=found, inside=cat.name("confidence", row.confidence))


def number(cat: Catalogue, row: Row, value: float) -> str:
    """A simulated value of this row: counts at five significant digits, others a little finer than published.

    A share below 100 % that would be shown as 100 is over the last step before: no certainty comes from rounding.
    """
    if _is_count(row):
        return formats.number(_rounded(value))
    if row.unit == "%":
        return formats.points(cat, value / 100, _decimals(row))
    return formats.number(value, _decimals(row))


def signed(row: Row, value: float) -> str:
    """A difference in the unit of this row, with its sign."""
    shown = formats.number(_rounded(value), 0) if _is_count(row) else formats.number(value, _decimals(row))
    zero = not shown.strip("0.,")
    return shown if value < 0 or zero else f"+{shown}"


def _rounded(value: float) -> float:
    if value == 0:
        return 0.0
    return round(value, min(0, _SIGNIFICANT - 1 - math.floor(math.log10(abs(value)))))


def _is_count(row: Row) -> bool:
    return max(abs(value) for value in (row.published, row.simulated, 0.0) if value is not None) >= 1000


def _decimals(row: Row) -> int:
    """One more than published, and enough to see the tolerance."""
    published, tolerated = (len(f"{value or 0:g}".partition(".")[2]) for value in (row.published, row.tolerance))
    return max(published + 1, tolerated)
