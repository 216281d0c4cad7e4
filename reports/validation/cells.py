"""One published figure as a planner reads it: its subject, its period, its values at the precision it was published."""

from __future__ import annotations

import math
import re
from datetime import date

from calibration.record import Row
from reports import source_texts
from reports.document import Figures, Name, Number, Period, Range, Ranged, Say, Value, listing, say, translated
from sim import calendar

_BY_DATE = re.compile(r"(HELD|HANDED|APPLIED)-(\d{4}-\d\d-\d\d)")
_SIGNIFICANT = 5
"""Digits of a simulated count; more would be noise."""


def subject(row: Row) -> Value:
    """What the figure is about; the English of the published figures where a language has no text."""
    dated = _BY_DATE.fullmatch(row.id)
    if dated is None:
        return translated(f"figure.{row.id}", row.subject)
    return translated(f"figure.{dated[1]}", row.subject, date=date.fromisoformat(dated[2]))


def figure(row: Row) -> Say:
    """The id of a figure with its subject."""
    return say("validation.figure", id=row.id, subject=subject(row))


def moment(text: str) -> Value:
    """``FY2025``, ``2026-04`` or ``2026-04-01`` as a period or a day; anything else as it stands, None for nothing."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date.fromisoformat(text)
    told = calendar.Period(text)
    return Period(text) if told.yearly or told.monthly else text or None


def published(row: Row) -> Number | None:
    """The published value as it was published."""
    return None if row.published is None else Number(row.published, "plain")


def published_with_unit(row: Row) -> Value:
    """The same with its unit."""
    shown = published(row)
    return shown and Figures("validation.with_unit", {"number": shown, "unit": Name("unit", row.unit)})


def simulated(row: Row) -> Value:
    """The simulated value with its 10-90 % interval in brackets, a little finer than the published one."""
    if row.simulated is None:
        return say("validation.not_simulated")
    return ranged(row, row.simulated, row.low, row.high)


def prior(row: Row) -> Value:
    """The interval before published figures narrowed what is not known."""
    if row.prior_low is None or row.prior_high is None:
        return None
    return Range(number(row, row.prior_low), number(row, row.prior_high))


def ranged(row: Row, value: float, low: float | None, high: float | None) -> Value:
    """A simulated value of this row with an interval, if there is one."""
    if low is None or high is None:
        return number(row, value)
    return Ranged(number(row, value), number(row, low), number(row, high), "format.value_range")


def difference(row: Row) -> Value:
    """Simulated less published with its sign; of counts also as a share of the published."""
    if row.difference is None:
        return None
    count = _is_count(row)
    shown = Number(
        _rounded(row.difference) if count else row.difference, "number", 0 if count else _decimals(row), True
    )
    if not count or not row.published or not row.difference:
        return shown
    share = Number(row.difference / row.published, "percent_change", 2)
    return Figures("validation.difference", {"difference": shown, "share": share})


def tolerance(row: Row) -> Value:
    """How far apart both may be, in the figure's unit."""
    return None if row.tolerance is None else tolerated(Number(row.tolerance, "number" if _is_count(row) else "plain"))


def tolerated(number: Number) -> Figures:
    """A tolerance to either side."""
    return Figures("validation.tolerance", {"value": number})


def reason(why: str) -> Name:
    """Why a tolerance is so much, in the reader's language where there is a text."""
    return Name("tolerance_why", why)


def result(row: Row) -> Say:
    """Mark and words: only a figure held back can agree or differ."""
    return say(f"validation.result.{outcome(row)}")


def outcome(row: Row) -> str:
    """``agrees`` or ``differs`` (held back), ``met`` or ``missed`` (fitted), ``input``, ``missing``."""
    if row.use == "input":
        return "input"
    if not row.compared:
        return "missing"
    if row.use == "held_back":
        return "agrees" if row.agrees else "differs"
    return "met" if row.within else "missed"


def source(row: Row) -> Value:
    """The titles of where the figure was published, with how sure it is."""
    titles = tuple(source_texts.title(entry.title) for entry in row.sources)
    found = listing(titles) if titles else None
    if row.confidence in ("", "primary"):
        return found
    return say("format.parenthesis", text=found, inside=Name("confidence", row.confidence))


def number(row: Row, value: float) -> Number:
    """A simulated value of this row: counts at five significant digits, others a little finer than published.

    A share below 100 % that would be shown as 100 is over the last step before: no certainty comes from rounding.
    """
    if _is_count(row):
        return Number(_rounded(value))
    return (
        Number(value / 100, "bare_probability", _decimals(row))
        if row.unit == "%"
        else Number(value, "number", _decimals(row))
    )


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
