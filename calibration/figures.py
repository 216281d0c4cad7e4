"""The published figures the project uses, each with where it was published and how sure it is.

The tables stand in ``calibration/published``. A figure keeps its value as published: most are numbers, some
are ranges, dates or rules. One that was looked for and not found is empty and ``unverified``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal, cast, get_args

import numpy as np
from numpy.typing import NDArray

from sim.calendar import Period

Confidence = Literal["primary", "verified", "computed", "unverified"]
"""Stated by J-LIS; seen in a public page; arithmetic on other figures; not confirmed or not found."""


@dataclass(frozen=True)
class Source:
    """Where something was published: a title and an address or place.

    ``publisher`` and ``date`` (``2026``, ``2026-06`` or ``2026-06-23``) are empty where nobody noted them, and of what
    nobody published.
    """

    key: str
    title: str
    publisher: str
    date: str
    locator: str


@dataclass(frozen=True)
class Figure:
    """One published figure, in the unit named, for a period where it has one."""

    id: str
    subject: str
    period_start: date | None
    period_end: date | None
    value: str
    unit: str
    sources: tuple[Source, ...]
    confidence: Confidence

    @property
    def number(self) -> float:
        """The value in its unit; raises ValueError where the published value is not a single number."""
        try:
            return float(self.value)
        except ValueError:
            raise ValueError(f"published figure {self.id} is not a single number: {self.value!r}") from None


@dataclass(frozen=True)
class HandedOver:
    """Cards handed over since 2016 (交付) and cards held (保有) as of a date, whichever was published."""

    as_of: date
    cumulative: int | None
    held: int | None
    source: Source
    confidence: Confidence


@dataclass(frozen=True)
class Applications:
    """Valid applications (申請) since the start, as of a date."""

    as_of: date
    cumulative: int
    source: Source
    confidence: Confidence


@dataclass(frozen=True)
class HandedOverByAge:
    """Cards handed over since 2016: ``cards[date, band]``, read-only, in cards."""

    dates: tuple[date, ...]
    bands: tuple[str, ...]
    cards: NDArray[np.int64]


@dataclass(frozen=True)
class Published:
    """One published number with its id, whichever table it stands in.

    Cards handed over, cards held and applications as of a day have ids such as ``HANDED-2022-12-31``,
    ``HELD-2024-06-30`` and ``APPLIED-2023-03-01``; of a figure that holds two numbers, each has its own, such as
    ``HOLD-001/75-79``.
    """

    id: str
    subject: str
    value: float
    unit: str
    period: str
    """A day, a fiscal year such as ``FY2025``, or empty."""
    sources: tuple[Source, ...]
    confidence: Confidence


@cache
def load_published() -> Mapping[str, Published]:
    """Every published number by its id."""
    found = [_of_figure(figure) for figure in load_figures().values() if _is_number(figure.value)]
    found += [part for figure in load_figures().values() for part in _parts(figure)]
    for row in load_handed_over():
        if row.cumulative is not None:
            found.append(_of_day("HANDED", "Cards handed over since 2016", row.as_of, row.cumulative, row))
        if row.held is not None:
            found.append(_of_day("HELD", "Cards held", row.as_of, row.held, row))
    found += [
        _of_day("APPLIED", "Valid applications since the start", row.as_of, row.cumulative, row, "applications")
        for row in load_applications()
    ]
    return MappingProxyType({number.id: number for number in found})


def _of_day(
    kind: str, subject: str, as_of: date, value: int, row: HandedOver | Applications, unit: str = "cards"
) -> Published:
    day = as_of.isoformat()
    return Published(f"{kind}-{day}", subject, float(value), unit, day, (row.source,), row.confidence)


def _of_figure(figure: Figure) -> Published:
    start, end = figure.period_start, figure.period_end
    year = (
        start and end and (start.month, start.day, end.month, end.day) == (4, 1, 3, 31) and end.year - start.year == 1
    )
    period = Period.of_year(start.year) if year and start else (end.isoformat() if end else "")
    return Published(figure.id, figure.subject, figure.number, figure.unit, period, figure.sources, figure.confidence)


_TWO_NUMBERS = {"HOLD-001": ("75-79", "0-4")}
"""Figures whose value holds two numbers, with what tells them apart."""
_RANGES = {"APPL-008": ("2025-08", "2025-09", "2025-10")}
"""Figures whose value is a range in which each of some months lies."""


def _parts(figure: Figure) -> Iterator[Published]:
    names = _TWO_NUMBERS.get(figure.id, ())
    for name, text in zip(names, figure.value.split("/"), strict=False):
        whole = _of_figure(replace(figure, value=text))
        yield replace(whole, id=f"{figure.id}/{name}", subject=f"Share holding a card, ages {name}")
    for month in _RANGES.get(figure.id, ()):
        low, high = (float(text) for text in figure.value.split("-"))
        middle = _of_figure(replace(figure, value=str((low + high) / 2)))
        subject = f"Mean applications a day, {month} (middle of the published range)"
        yield replace(middle, id=f"{figure.id}/{month}", subject=subject, period=month)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@cache
def load_sources() -> Mapping[str, Source]:
    """Every source by its key."""
    return MappingProxyType({row["key"]: Source(**row) for row in _rows("sources.csv")})


@cache
def load_figures() -> Mapping[str, Figure]:
    """Every published figure by its id, such as ``JLIS-008``."""
    return MappingProxyType({row["id"]: _figure(row) for row in _rows("figures.csv")})


@cache
def load_handed_over() -> tuple[HandedOver, ...]:
    """Cards handed over and held, in order of date."""
    return tuple(
        HandedOver(
            date.fromisoformat(row["date"]),
            int(row["cumulative_handed_over"]) if row["cumulative_handed_over"] else None,
            int(row["held"]) if row["held"] else None,
            load_sources()[row["source"]],
            _confidence(row["confidence"]),
        )
        for row in _rows("handed_over.csv")
    )


@cache
def load_applications() -> tuple[Applications, ...]:
    """Applications, in order of date."""
    return tuple(
        Applications(
            date.fromisoformat(row["date"]),
            int(row["cumulative_applications"]),
            load_sources()[row["source"]],
            _confidence(row["confidence"]),
        )
        for row in _rows("applications.csv")
    )


@cache
def load_by_age() -> HandedOverByAge:
    """Cards handed over by age band, in order of date.

    A holder counts under the age of the last re-count, which ``calibration.gross_handovers`` explains.
    """
    rows = list(_rows("handed_over_by_age.csv"))
    bands = tuple(name for name in rows[0] if name not in ("date", "source"))
    cards = np.array([[int(row[band]) for band in bands] for row in rows], dtype=np.int64)
    cards.setflags(write=False)
    return HandedOverByAge(tuple(date.fromisoformat(row["date"]) for row in rows), bands, cards)


@cache
def load_population() -> Mapping[str, int]:
    """Residents by age band, as printed in the table of cards handed over as of 2022-12-31."""
    return MappingProxyType({row["band"]: int(row["residents"]) for row in _rows("population_by_age.csv")})


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("calibration").joinpath("published", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def _figure(row: dict[str, str]) -> Figure:
    return Figure(
        id=row["id"],
        subject=row["subject"],
        period_start=_date(row["period_start"]),
        period_end=_date(row["period_end"]),
        value=row["value"],
        unit=row["unit"],
        sources=tuple(load_sources()[key] for key in row["source"].split()),
        confidence=_confidence(row["confidence"]),
    )


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _confidence(text: str) -> Confidence:
    if text not in get_args(Confidence):
        raise ValueError(f"confidence must be one of {', '.join(get_args(Confidence))}, not {text!r}")
    return cast(Confidence, text)
