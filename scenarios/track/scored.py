"""Forecasts beside what came: which months lay inside their bands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from scenarios.files.actuals import month_end
from scenarios.track.bands import rank
from scenarios.track.record import Line
from sim.calendar import Period


@dataclass(frozen=True)
class Scored:
    """A month of a forecast that has come."""

    made: str
    """when the forecast was made, as ISO 8601 says it"""
    by: str
    """`run` or `update`"""
    run: str
    """digest of its question"""
    scenario: str
    """its name"""
    figure: str
    month: str
    """what was forecast, and of when"""
    low: float
    median: float
    high: float
    """5, 50, 95 % of the forecast"""
    came: float
    """what came, as last stated"""
    rank: float
    """share of the forecast below"""
    inside: bool
    """whether it lies between `low` and `high`"""
    ahead: bool
    """whether it was made before the month was over, without knowing it"""


def scored(lines: Iterable[Line]) -> list[Scored]:
    """Every month of every forecast that has come, in the order in which forecasts were made."""
    known = list(lines)
    actual = last_stated(known)
    return [one for line in known if line["kind"] == "forecast" for one in _of(line, actual)]


def last_stated(lines: Iterable[Line]) -> dict[tuple[str, str], float]:
    """What came by figure and month; the last word counts where a figure was corrected."""
    return {
        (figure, month): float(value)
        for line in lines
        if line["kind"] == "came"
        for figure, months in line["figures"].items()
        for month, value in months.items()
    }


def _of(line: Line, actual: Mapping[tuple[str, str], float]) -> Iterator[Scored]:
    made = datetime.fromisoformat(line["made"]).date()
    for figure, months in line["figures"].items():
        for month, quantiles in months.items():
            value = actual.get((figure, month))
            if value is None:
                continue
            yield Scored(
                **{key: line[key] for key in ("made", "by", "run", "scenario")},
                figure=figure,
                month=month,
                low=quantiles[0],
                median=quantiles[len(quantiles) // 2],
                high=quantiles[-1],
                came=value,
                rank=rank(value, quantiles),
                inside=quantiles[0] <= value <= quantiles[-1],
                ahead=_ahead(Period(month).first_day, made, line["known_to"]),
            )


def _ahead(month: date, made: date, known_to: str | None) -> bool:
    unknown = known_to is None or month > date.fromisoformat(known_to)
    return made <= month_end(month) and unknown
