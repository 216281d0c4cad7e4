"""What the fits found as tables: values, calendars, trade-offs, what moves the forecast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
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
from reports import parameter_texts
from reports.document import (
    Columns,
    Figures,
    Joined,
    Name,
    Number,
    Range,
    Say,
    Table,
    Translated,
    Value,
    say,
    table_of,
    translated,
    value_range,
)
from reports.validation import cells

Judged: TypeAlias = FittedFigure | Confirmed
"""What is met or missed."""


def fits(entries: Iterable[FittedValue]) -> Table:
    """A line a fitted value: what the data say of it, beside what was assumed, and how well it is pinned down."""
    columns: Columns[FittedValue] = {
        "parameter": parameter,
        "meaning": _meaning,
        "from": lambda entry: entry.from_,
        **FITTED,
    }
    return table_of("validation", entries, columns)


def _meaning(entry: FittedValue) -> Value:
    return parameter_texts.meaning_of(entry.path) if entry.path in parameter_texts.described() else None


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
    return value_range(value, low, high, "significant")


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


FITTED: Columns[FittedValue] = {
    "fitted_value": lambda entry: ranged(entry.value, entry.low, entry.high),
    "assumed_value": lambda entry: ranged(entry.assumed_value, entry.assumed_low, entry.assumed_high),
    "unit": lambda entry: Name("unit", entry.unit),
    "pinned": pinned,
    "traded": traded,
}
"""A fitted value, what was assumed, how well it is pinned down, and what it can be traded against."""


def unknowns(entries: Iterable[Unknown]) -> Table:
    """A line an unknown: its range before and after published figures conditioned it, and which of them did most."""
    columns: Columns[Unknown] = {
        "parameter": lambda entry: path_name(entry.path),
        "meaning": lambda entry: parameter_texts.meaning_of(entry.path),
        "unit": lambda entry: parameter_texts.unit_of(entry.path),
        "prior": lambda entry: Range(digits(entry.prior_low), digits(entry.prior_high)),
        "conditioned": lambda entry: Range(digits(entry.low), digits(entry.high)),
        "by": lambda entry: Name("validation.evidence", entry.by) if entry.by else say("validation.unknowns.none"),
    }
    return table_of("validation", entries, columns)


def targets_of_fits(data: Validation) -> Table:
    """A line a figure that a fit was made on: published, fitted, met or missed."""
    columns: Columns[FittedFigure] = {
        "result": _result,
        "figure": lambda entry: named(data, entry.id),
        "problem": lambda entry: Name("validation.problem", entry.problem),
        "published": lambda entry: digits(entry.published),
        "fitted_value": lambda entry: digits(entry.fitted),
        "tolerance": _tolerated,
    }
    return table_of("validation", data.fitted.figures, columns, _mark)


def _result(entry: Judged) -> Say:
    return say(f"validation.result.{'met' if entry.met else 'missed'}")


def _mark(entry: Judged) -> str:
    return "" if entry.met else "at_risk"


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
    columns: Columns[PlantCalendar] = {
        "ruling": lambda entry: Name("validation.ruling", "fits" if entry.open else entry.why),
        "class": lambda entry: Name("part", entry.class_),
        "calendar": calendar,
        "plan_days": lambda entry: entry.plan_days,
        "max_days": lambda entry: digits(entry.max),
        "mean_days": lambda entry: Range(digits(entry.mean_low), digits(entry.mean_high)),
        "share_late": lambda entry: None if entry.share is None else Number(entry.share, "probability", 1),
    }
    return table_of("validation", entries, columns, lambda entry: "holds" if entry.open else "not_tested")


def calendar(entry: PlantCalendar) -> Joined:
    """Whether a calendar works national holidays and weekends."""
    return Joined((Name("validation.holidays", entry.holidays), Name("validation.weekends", entry.weekends)))


def readings(entries: Iterable[Reading]) -> Table:
    """A line a reading of the published mean, and the value that it asks for."""
    columns: Columns[Reading] = {
        "reading": lambda entry: Name("validation.reading", entry.reading),
        "parameter": lambda entry: entry.path,
        "fitted_value": lambda entry: ranged(entry.value, entry.low, entry.high),
    }
    return table_of("validation", entries, columns)


def trade_off(entries: Iterable[TradeOff]) -> Table:
    """A line a centre and load: the seats that give the published answer rate."""
    columns: Columns[TradeOff] = {
        "centre": lambda entry: Name("centre", entry.centre),
        "load": lambda entry: Figures("cell.factor", {"factor": Number(entry.load, "factor")}),
        "seats": lambda entry: Number(entry.seats, decimals=1),
        "seats_rounding": lambda entry: Range(Number(entry.low, decimals=1), Number(entry.high, decimals=1)),
    }
    return table_of("validation", entries, columns)


def influence(data: Validation, most: int) -> Table:
    """The ``most`` largest ways in which a figure that is wrong by its rounding moves a forecast, biggest first."""
    moving = [entry for entry in data.fitted.influence if entry.change][:most]
    columns: Columns[Influence] = {
        "figure": lambda entry: named(data, entry.id),
        "rounding": lambda entry: digits(entry.rounding),
        "forecast": lambda entry: forecast(entry.forecast),
        "unit": lambda entry: Name("unit", entry.unit),
        "change": _change,
    }
    return table_of("validation", moving, columns)


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
    columns: Columns[Confirmed] = {
        "result": _result,
        "figure": lambda entry: named(data, entry.id),
        "published": lambda entry: digits(entry.published),
        "confirmed": partial(_as_fitted, data),
        "tolerance": lambda entry: cells.tolerated(digits(entry.tolerance)),
    }
    return table_of("validation", data.fitted.confirmed, columns, _mark)


def _as_fitted(data: Validation, entry: Confirmed) -> Value:
    """What the whole model gives of a figure; a share as the table of figures shows it."""
    row, simulated = data.row(entry.id), (entry.simulated, entry.low, entry.high)
    return cells.ranged(row, *simulated) if row is not None and row.unit == "%" else ranged(*simulated)
