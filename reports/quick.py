"""The quick estimate (速算) as a reader sees it: a table by fiscal year, and a small picture of each figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports import values
from reports.catalogue import Catalogue
from reports.document import Number, Period
from scenarios.quick.record import FIGURES, Expected
from sim.parameters import Parameters
from sim.target import middle

_DAYS = ("card_days",)
"""Of the figures those in days; the others are shares."""
_PROMISED = {
    "calls_answered": "answered_share",
    "helpdesk_answered": "answered_share",
    "cards_in_time": "issue_share",
    "renewed_in_time": "renewed_share",
}
"""What a target asks of a figure, by its name under ``targets``."""
WIDE, HIGH = 150, 48
"""Of a picture, with ``_EDGE`` free around it."""
_EDGE = 5
_LEAST_SPAN = {False: 0.02, True: 1.0}
"""A picture spans so much at least, so that it does not make much of next to nothing."""


@dataclass(frozen=True)
class Row:
    """One figure: what each year is expected to have, the change from the scenario without the change, and its picture.

    ``own``, ``base`` and ``promised`` are the points of lines on the picture, empty where nothing can be said.
    """

    id: str
    name: str
    told: tuple[tuple[str, str, bool], ...]
    """By year: the value, the change where there is one, and whether it misses what is promised."""
    own: str
    base: str
    promised: str
    spots: tuple[tuple[str, str], ...]
    ends: tuple[str, str]
    """Of the axis of the picture, which may reach further than the values: the highest and the lowest."""


def years(cat: Catalogue, expected: Expected) -> list[str]:
    """The headings of the table."""
    return [values.text(cat, Period(year)) for year in expected.years]


def rows(cat: Catalogue, own: Expected, base: Expected, parameters: Parameters) -> Iterator[Row]:
    """All figures in their order; ``base`` is the scenario without the change, with the same years."""
    for name in FIGURES:
        threshold = _PROMISED.get(name)
        asked = None if threshold is None else middle(getattr(parameters.targets, threshold), parameters)
        yield _row(cat, name, own.figures[name], base.figures[name], asked)


def _row(
    cat: Catalogue, name: str, own: Sequence[float | None], base: Sequence[float | None], asked: float | None
) -> Row:
    in_days = name in _DAYS
    known = [value for value in (*own, *base, asked) if value is not None]
    low, high = _span(known, in_days)
    paths = [_line(series, low, high) for series in (own, base, [asked] * len(own))]
    return Row(
        id=name,
        name=cat.text(f"quick.figure.{name}"),
        told=tuple(_told(cat, in_days, *pair, asked) for pair in zip(own, base, strict=True)),
        own=" ".join(paths[0]),
        base=" ".join(paths[1]),
        promised=" ".join(paths[2]),
        spots=tuple((x, y) for x, _, y in (point.partition(",") for point in paths[0])),
        ends=(_shown(cat, high, in_days), _shown(cat, low, in_days)),
    )


def _told(
    cat: Catalogue, in_days: bool, own: float | None, base: float | None, asked: float | None
) -> tuple[str, str, bool]:
    if own is None:
        return cat.text("quick.needs_simulation"), "", False
    change = "" if base is None else _change(cat, own - base, in_days)
    return _shown(cat, own, in_days), change, asked is not None and own < asked


def _change(cat: Catalogue, change: float, in_days: bool) -> str:
    """The difference with its sign, in days or points; nothing where it rounds to nothing."""
    shown = f"{change if in_days else 100 * change:+.1f}"
    return "" if float(shown) == 0 else cat.text("quick.change", change=shown.replace("-", "−"))


def _shown(cat: Catalogue, number: float, in_days: bool) -> str:
    return values.text(cat, Number(number, "days_exact" if in_days else "probability", 1))


def _span(known: Sequence[float], in_days: bool) -> tuple[float, float]:
    low, high = min(known, default=0.0), max(known, default=1.0)
    wanting = max(_LEAST_SPAN[in_days] - (high - low), 0.0)
    return low - wanting, high


def _line(series: Sequence[float | None], low: float, high: float) -> list[str]:
    """The points of a line, from left to right; of one year two, so that there is a line."""
    doubled = series if len(series) > 1 else [*series, *series]
    across = (WIDE - 2 * _EDGE) / (len(doubled) - 1)
    return [
        f"{_EDGE + place * across:.1f},{_EDGE + (high - value) / (high - low) * (HIGH - 2 * _EDGE):.1f}"
        for place, value in enumerate(doubled)
        if value is not None
    ]
