"""What the fits found as tables: values, calendars, trade-offs, what moves the forecast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from calibration.fits_record import (
    Confirmed,
    FittedFigure,
    FittedValue,
    Influence,
    PlantCalendar,
    Reading,
    TradeOff,
)
from calibration.record import Unknown, Validation
from reports import names, parameter_texts
from reports.document import (
    Figures,
    Joined,
    Name,
    Number,
    Range,
    Ranged,
    Table,
    Translated,
    Value,
    headings,
    say,
    translated,
)
from reports.validation import cells

Judged: TypeAlias = FittedFigure | Confirmed
"""What is met or missed."""


def fits(entries: Iterable[FittedValue]) -> Table:
    """A line a fitted value: what the data say of it, beside what was assumed, and how well it is pinned down."""
    known = parameter_texts.described()
    lines = tuple(
        (
            parameter(entry),
            parameter_texts.meaning_of(entry.path, known) if entry.path in known else None,
            entry.from_,
            *fitted(entry),
        )
        for entry in entries
    )
    return Table(headings("validation", "parameter", "meaning", "from", *FITTED), lines)


FITTED = ("fitted_value", "assumed_value", "unit", "pinned", "traded")
"""Columns of ``fitted``."""


def fitted(entry: FittedValue) -> tuple[Value, ...]:
    """A fitted value, what was assumed, how well it is pinned down, and what it can be traded against."""
    return (
        ranged(entry.value, entry.low, entry.high),
        ranged(entry.assumed_value, entry.assumed_low, entry.assumed_high),
        Name("unit", entry.unit),
        pinned(entry),
        traded(entry),
    )


def parameter(entry: FittedValue) -> Value:
    """The path of a fitted value, with the scenario where that is not the baseline of the program.

    What is no path of a scenario, a multiplier of several, is told with its fit.
    """
    if "." not in entry.path:
        return say("format.parenthesis", text=entry.path, inside=Name("validation.problem", entry.problem))
    path = path_name(entry.path)
    if entry.scenario.startswith("baseline"):
        return path
    return say("format.parenthesis", text=path, inside=entry.scenario)


def parameter_from(entry: FittedValue) -> Value:
    """The same with the day from which the value holds, where it does not from the start."""
    if entry.from_ is None:
        return parameter(entry)
    return Figures("format.steps_from", {"value": parameter(entry), "date": entry.from_})


def path_name(path: str) -> Name:
    """A parameter's path; the name of what is fitted and is no parameter where a language has one."""
    return Name("figure", path)


def ranged(value: float | None, low: float | None, high: float | None) -> Value:
    """A parameter's value with its range, at four significant digits."""
    if value is None or low is None or high is None:
        return None if value is None else digits(value)
    return Ranged(digits(value), digits(low), digits(high), "format.value_range")


def digits(value: float) -> Number:
    """A number at four significant digits."""
    return Number(value, "significant")


def pinned(entry: FittedValue) -> Figures:
    """How much of the assumed range the data rule out, and the word for it."""
    share = Number(max(0.0, entry.pinned), "probability")
    return Figures("format.parenthesis", {"text": Name("validation.word", entry.word), "inside": share})


def traded(entry: FittedValue) -> Value:
    """The parameter that a fitted value can be traded against, with their correlation."""
    if entry.with_ is None or entry.correlation is None:
        return None
    correlation = Number(entry.correlation, "change", 2)
    return Figures("format.parenthesis", {"text": path_name(entry.with_), "inside": correlation})


def unknowns(entries: Iterable[Unknown]) -> Table:
    """A line an unknown: its range before and after published figures conditioned it, and which of them did most."""
    known = parameter_texts.described()
    lines = tuple(
        (
            path_name(entry.path),
            parameter_texts.meaning_of(entry.path, known),
            names.unit(entry.path),
            Range(digits(entry.prior_low), digits(entry.prior_high)),
            Range(digits(entry.low), digits(entry.high)),
            Name("validation.evidence", entry.by) if entry.by else say("validation.unknowns.none"),
        )
        for entry in entries
    )
    return Table(headings("validation", "parameter", "meaning", "unit", "prior", "conditioned", "by"), lines)


def targets_of_fits(data: Validation) -> Table:
    """A line a figure that a fit was made on: published, fitted, met or missed."""
    entries = data.fitted.figures
    lines = tuple(
        (
            *_judged(data, entry),
            Name("validation.problem", entry.problem),
            digits(entry.published),
            digits(entry.fitted),
            _tolerated(entry),
        )
        for entry in entries
    )
    names = ("result", "figure", "problem", "published", "fitted_value", "tolerance")
    return Table(headings("validation", *names), lines, _marks(entries))


def _judged(data: Validation, entry: Judged) -> tuple[Value, Value]:
    """Whether a fitted figure is met, and which it is."""
    return say(f"validation.result.{'met' if entry.met else 'missed'}"), named(data, entry.id)


def _marks(entries: Iterable[Judged]) -> tuple[str, ...]:
    return tuple("" if entry.met else "at_risk" for entry in entries)


def _tolerated(entry: FittedFigure) -> Value:
    shown = cells.tolerated(digits(entry.tolerance))
    return Figures("validation.reason", {"text": shown, "reason": cells.reason(entry.why)})


def named(data: Validation, identifier: str) -> Value:
    """The id of a figure with its subject, where the validation or a language has one."""
    row = data.row(identifier)
    if row is not None:
        return cells.figure(row)
    key = f"figure.{identifier}"
    return Translated(key, identifier, say("validation.figure", id=identifier, subject=Name("figure", identifier)))


def calendars(entries: Sequence[PlantCalendar]) -> Table:
    """A line a calendar of the plant: what it would give, and whether the published lead times leave it open."""
    lines = tuple(
        (
            Name("validation.ruling", "fits" if entry.open else entry.why),
            Name("part", entry.class_),
            calendar(entry),
            entry.plan_days,
            digits(entry.max),
            Range(digits(entry.mean_low), digits(entry.mean_high)),
            None if entry.share is None else Number(entry.share, "probability", 1),
        )
        for entry in entries
    )
    marks = tuple("holds" if entry.open else "not_tested" for entry in entries)
    names = ("ruling", "class", "calendar", "plan_days", "max_days", "mean_days", "share_late")
    return Table(headings("validation", *names), lines, marks)


def calendar(entry: PlantCalendar) -> Joined:
    """Whether a calendar works national holidays and weekends."""
    return Joined((Name("validation.holidays", entry.holidays), Name("validation.weekends", entry.weekends)))


def readings(entries: Iterable[Reading]) -> Table:
    """A line a reading of the published mean, and the value that it asks for."""
    lines = tuple(
        (Name("validation.reading", entry.reading), entry.path, ranged(entry.value, entry.low, entry.high))
        for entry in entries
    )
    return Table(headings("validation", "reading", "parameter", "fitted_value"), lines)


def trade_off(entries: Iterable[TradeOff]) -> Table:
    """A line a centre and load: the seats that give the published answer rate."""
    lines = tuple(
        (
            Name("centre", entry.centre),
            Figures("cell.factor", {"factor": Number(entry.load, "factor")}),
            Number(entry.seats, decimals=1),
            Range(Number(entry.low, decimals=1), Number(entry.high, decimals=1)),
        )
        for entry in entries
    )
    return Table(headings("validation", "centre", "load", "seats", "seats_rounding"), lines)


def influence(data: Validation, most: int) -> Table:
    """The ``most`` largest ways in which a figure that is wrong by its rounding moves a forecast, biggest first."""
    moving = [entry for entry in data.fitted.influence if entry.change][:most]
    lines = tuple(
        (
            named(data, entry.id),
            digits(entry.rounding),
            forecast(entry.forecast),
            Name("unit", entry.unit),
            _change(entry),
        )
        for entry in moving
    )
    return Table(headings("validation", "figure", "rounding", "forecast", "unit", "change"), lines)


def _change(entry: Influence) -> Value:
    """The change with its sign, and as a share of the forecast where that is not 0."""
    change = Number(entry.change, "significant", signed=True)
    if not entry.level:
        return change
    share = Number(entry.change / entry.level, "rough_percent_change")
    return Figures("validation.difference", {"difference": change, "share": share})


def forecast(text: str) -> Value:
    """A forecast such as ``notices FY2027``; as it stands where a language has no text."""
    name, _, period = text.rpartition(" ")
    return translated(f"forecast.{name}", Name("forecast", text), period=cells.moment(period))


def confirmed(data: Validation) -> Table:
    """A line a fitted figure: what the whole model gives with the fitted values."""
    entries = data.fitted.confirmed
    lines = tuple(
        (
            *_judged(data, entry),
            digits(entry.published),
            _as_fitted(data, entry),
            cells.tolerated(digits(entry.tolerance)),
        )
        for entry in entries
    )
    return Table(
        headings("validation", "result", "figure", "published", "confirmed", "tolerance"), lines, _marks(entries)
    )


def _as_fitted(data: Validation, entry: Confirmed) -> Value:
    """What the whole model gives of a figure; a share as the table of figures shows it."""
    row, simulated = data.row(entry.id), (entry.simulated, entry.low, entry.high)
    return cells.ranged(row, *simulated) if row is not None and row.unit == "%" else ranged(*simulated)
