"""The tables of a sweep: what is varied, answers by point, drivers, effects, shares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reports import chances, names, parameter_texts
from reports.document import Columns, Period, Plot, Table, Value, headings, listing, say, table_of
from reports.sweep import words
from scenarios.sweep.record import Correlation, Crossed, Driving, Effect, Row, Share, Sweep, Swing, Varied
from sim.calendar import RUN


def varied(data: Sweep) -> Table:
    """A line a varied path; values that are assumptions (仮定値) are marked."""
    columns: Columns[Varied] = {
        "parameter": lambda own: own.path,
        "meaning": lambda own: parameter_texts.meaning_of(own.path),
        "today": _today,
        "low": lambda own: words.number(own.low),
        "high": lambda own: words.number(own.high),
        "unit": words.unit,
        "assumed": lambda own: names.assumed(own.path),
    }
    return table_of("sweep", data.varied, columns)


def _today(own: Varied) -> Value:
    """What the scenario has: by fiscal year where that differs."""
    years = {period: value for period, value in own.today.items() if period != RUN}
    if len(set(years.values())) < 2:
        return words.number(own.today[RUN])
    named = (
        say("validation.reason", text=Period(period), reason=words.number(value)) for period, value in years.items()
    )
    return listing(named)


def today(data: Sweep) -> Table:
    """The same for a sheet: a line a path and fiscal year in which the scenario has another value."""
    shown = tuple(
        (own.path, parameter_texts.meaning_of(own.path), Period(period), words.number(value), words.unit(own))
        for own in data.varied
        if len(set(own.today.values())) > 1
        for period, value in own.today.items()
        if period != "all"
    )
    return Table(headings("sweep", "parameter", "meaning", "year", "today", "unit"), shown)


def answers(data: Sweep, rows: Sequence[Row]) -> Table:
    """A line a point and year of one target: values of the inputs, the target's value, how often it was met."""
    told = (*(own.path for own in data.varied), *headings("sweep", "verdict", "year", "value", "met"))
    shown = tuple(
        (
            *(words.number(row.varied[own.path]) for own in data.varied),
            names.verdict(row.verdict),
            Period(row.period),
            words.value(row),
            words.met(row),
        )
        for row in rows
    )
    return Table(told, shown, tuple(str(row.verdict or "not_tested") for row in rows))


def response(data: Sweep, rows: Sequence[Row]) -> Table:
    """Of one varied path a line a value, a column a year: how likely one target is met, to be drawn."""
    (own,) = data.varied
    found = {(row.varied[own.path], row.period): row.probability for row in rows}
    years = sorted({year for _, year in found})
    shown = tuple(
        (words.number(value), *(_likely(found.get((value, year))) for year in years))
        for value in sorted({value for value, _ in found})
    )
    plot = Plot(0, tuple(range(1, len(years) + 1)), "points", say("workbook.axis.probability"))
    return Table((own.path, *map(Period, years)), shown, plots=(plot,))


def _likely(share: float | None) -> Value:
    return None if share is None else chances.share(share)


def crossings(data: Sweep, rows: Sequence[Crossed]) -> Table:
    """A line a path, year and combination of what else is varied: where one target is met as often as asked for."""
    others = ("others",) if len(data.varied) > 1 else ()
    shown = tuple(
        (row.path, Period(row.period), *(words.at(row.at) for _ in others), words.crossing(row)) for row in rows
    )
    return Table(headings("sweep", "parameter", "year", *others, "crossing"), shown)


def drivers(data: Sweep, kind: str, rows: Sequence[Driving]) -> Table:
    """A line an input, the largest first, of ``swings``, ``effects``, ``shares`` or ``correlations`` for one target."""
    columns, cells = _DRIVERS[kind]
    shown = tuple((row.path, parameter_texts.meaning_of(row.path), *cells(data, row)) for row in rows)
    unit = say("workbook.axis.share" if kind in ("shares", "correlations") else "workbook.axis.value")
    plot = Plot(0, _DRAWN[kind], "bar", unit)
    return Table(headings("sweep", "parameter", "meaning", *columns), shown, plots=(plot,))


def _swing(data: Sweep, row: Swing) -> tuple[Value, ...]:
    """One target where a driver is low and where it is high, all else in the middle."""
    own = data.input(row.path)
    moved = (words.moved_to(own, row, end) for end in ("low", "high"))
    return (*moved, *(words.effect(row, getattr(row, name)) for name in _EFFECTS))


def _effect(_: Sweep, row: Effect) -> tuple[Value, ...]:
    """mu* and sigma with intervals."""
    sigma = row.sigma, row.sigma_low, row.sigma_high
    return words.size(row, row.mu_star, row.low, row.high), words.size(row, *sigma)


def _share(_: Sweep, row: Share) -> tuple[Value, ...]:
    """Shares of the variance, alone and with all in which an input takes part."""
    return words.shares(row.s1, row.s1_low, row.s1_high), words.shares(row.st, row.st_low, row.st_high)


def _correlation(_: Sweep, row: Correlation) -> tuple[Value, ...]:
    """How far an unknown goes with the target, and about which share of the spread goes with it."""
    clear = say("format.yes" if row.clear else "format.no")
    return words.correlation(row), words.spread(row), clear, row.tied_to or None


_EFFECTS = ("low_effect", "high_effect", "swing")
_DRIVERS: dict[str, tuple[tuple[str, ...], Callable[[Sweep, Any], tuple[Value, ...]]]] = {
    "swings": (("low_input", "high_input", *_EFFECTS), _swing),
    "effects": (("mu_star", "sigma"), _effect),
    "shares": (("s1", "st"), _share),
    "correlations": (("rho", "rho_share", "clear", "tied_to"), _correlation),
}
"""Columns of each kind, and their cells."""
_DRAWN: dict[str, tuple[int, ...]] = {"swings": (4, 5), "effects": (2, 3), "shares": (2, 3), "correlations": (3,)}
"""Which of them a workbook draws."""
