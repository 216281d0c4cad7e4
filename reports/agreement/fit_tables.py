"""What the fits found as tables, cell by cell as text: values, calendars, trade-offs, what moves the forecast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reports import formats, parameter_texts
from reports.agreement import cells, tables
from reports.agreement.data import Validation
from reports.catalogue import Catalogue
from reports.document import Table
from reports.parameter_texts import Described


def fits(cat: Catalogue, entries: Iterable[Mapping[str, Any]]) -> Table:
    """A line a fitted value: what the data say of it, beside what was assumed, and how well it is pinned down."""
    known = parameter_texts.described()
    lines = tuple(
        (
            parameter(cat, entry),
            _meaning(cat, entry["path"], known),
            cat.text("format.nothing") if not entry.get("from") else cells.moment(cat, entry["from"]),
            ranged(cat, entry["value"], entry["low"], entry["high"]),
            ranged(cat, entry["assumed_value"], entry["assumed_low"], entry["assumed_high"]),
            cat.name("unit", entry["unit"]),
            pinned(cat, entry),
            traded(cat, entry),
        )
        for entry in entries
    )
    names = ("parameter", "meaning", "from", "fitted_value", "assumed_value", "unit", "pinned", "traded")
    return Table(tables.headings(cat, *names), lines, text_columns=8)


def _meaning(cat: Catalogue, path: str, known: dict[str, Described]) -> str:
    if path not in known:
        return cat.text("format.nothing")
    return parameter_texts.meaning(cat, path, known)


def parameter(cat: Catalogue, entry: Mapping[str, Any]) -> str:
    """The path of a fitted value, with the scenario where that is not the baseline of the program.

    What is no path of a scenario, a multiplier of several, is told with its fit.
    """
    if "." not in entry["path"]:
        inside = cat.name("validation.problem", entry["problem"])
        return cat.text("format.parenthesis", text=entry["path"], inside=inside)
    scenario = entry.get("scenario") or ""
    path = path_name(cat, entry["path"])
    if not scenario or scenario.startswith("baseline"):
        return path
    return cat.text("format.parenthesis", text=path, inside=scenario)


def path_name(cat: Catalogue, path: str) -> str:
    """A parameter's path; the name in this language of what is fitted and is no parameter."""
    return cat.texts.get(f"figure.{path}", path)


def ranged(cat: Catalogue, value: float, low: float | None, high: float | None) -> str:
    """A parameter's value with its range, at four significant digits."""
    if low is None or high is None:
        return digits(value)
    return cat.text("format.value_range", value=digits(value), low=digits(low), high=digits(high))


def digits(value: float | None) -> str:
    """A number at four significant digits, thousands separated; a dash for none."""
    if value is None:
        return "-"
    if abs(value) >= 1000:
        return formats.number(value)
    return f"{float(f'{value:.4g}'):g}"


def pinned(cat: Catalogue, entry: Mapping[str, Any]) -> str:
    """How much of the assumed range the data rule out, and the word for it."""
    word = cat.name("validation.word", entry["word"])
    share = formats.percent(cat, max(0.0, entry["pinned"]), 0)
    return cat.text("format.parenthesis", text=word, inside=share)


def traded(cat: Catalogue, entry: Mapping[str, Any]) -> str:
    """The parameter that a fitted value can be traded against, with their correlation."""
    if not entry.get("with"):
        return cat.text("format.nothing")
    return cat.text("format.parenthesis", text=path_name(cat, entry["with"]), inside=f"{entry['correlation']:+.2f}")


def targets_of_fits(cat: Catalogue, data: Validation) -> Table:
    """A line a figure that a fit was made on: published, fitted, met or missed."""
    lines, marks = [], []
    for entry in data.fitted("figures"):
        lines.append(
            (
                cat.text(f"validation.result.{'met' if entry['met'] else 'missed'}"),
                named(cat, data, entry["id"]),
                cat.name("validation.problem", entry["problem"]),
                digits(entry["published"]),
                digits(entry["fitted"]),
                _tolerated(cat, entry["tolerance"], entry.get("why") or ""),
            )
        )
        marks.append("" if entry["met"] else "at_risk")
    names = ("result", "figure", "problem", "published", "fitted_value", "tolerance")
    return Table(tables.headings(cat, *names), tuple(lines), tuple(marks), 2)


def _tolerated(cat: Catalogue, tolerance: float, why: str) -> str:
    text = cat.text("validation.tolerance", value=digits(tolerance))
    reason = cat.texts.get(f"tolerance_why.{why}", why)
    return cat.text("validation.reason", text=text, reason=reason) if reason else text


def named(cat: Catalogue, data: Validation, identifier: str) -> str:
    """The id of a figure with its subject, where the validation has the figure."""
    row = data.row(identifier)
    if row is None:
        subject = cat.texts.get(f"figure.{identifier}")
        return identifier if subject is None else cat.text("validation.figure", id=identifier, subject=subject)
    return cat.text("validation.figure", id=identifier, subject=cells.subject(cat, row))


def calendars(cat: Catalogue, entries: Iterable[Mapping[str, Any]]) -> Table:
    """A line a calendar of the plant: what it would give, and whether the published lead times leave it open."""
    lines, marks = [], []
    for entry in entries:
        share = entry.get("share")
        lines.append(
            (
                ruling(cat, entry),
                cat.name("part", entry["class"]),
                calendar(cat, entry),
                str(entry["plan_days"]),
                digits(entry["max"]),
                formats.between(cat, digits(entry["mean_low"]), digits(entry["mean_high"])),
                cat.text("format.nothing") if share is None else formats.percent(cat, share),
            )
        )
        marks.append("holds" if entry["open"] else "not_tested")
    names = ("ruling", "class", "calendar", "plan_days", "max_days", "mean_days", "share_late")
    return Table(tables.headings(cat, *names), tuple(lines), tuple(marks), 3)


def ruling(cat: Catalogue, entry: Mapping[str, Any]) -> str:
    """Left open, or ruled out and by what."""
    return cat.name("validation.ruling", "fits" if entry["open"] else entry["why"])


def calendar(cat: Catalogue, entry: Mapping[str, Any]) -> str:
    """Whether a calendar works national holidays and weekends."""
    parts = (cat.name(f"validation.{kind}", entry[kind]) for kind in ("holidays", "weekends"))
    return cat.join(parts)


def readings(cat: Catalogue, entries: Iterable[Mapping[str, Any]]) -> Table:
    """A line a reading of the published mean, and the value that it asks for."""
    lines = tuple(
        (
            cat.name("validation.reading", entry["reading"]),
            entry["path"],
            ranged(cat, entry["value"], entry.get("low"), entry.get("high")),
        )
        for entry in entries
    )
    return Table(tables.headings(cat, "reading", "parameter", "fitted_value"), lines, text_columns=3)


def trade_off(cat: Catalogue, entries: Iterable[Mapping[str, Any]]) -> Table:
    """A line a centre and load: the seats that give the published answer rate."""
    lines = tuple(
        (
            cat.name("centre", entry["centre"]),
            cat.text("cell.factor", factor=formats.factor(entry["load"])),
            formats.number(entry["seats"], 1),
            formats.between(cat, formats.number(entry["low"], 1), formats.number(entry["high"], 1)),
        )
        for entry in entries
    )
    return Table(tables.headings(cat, "centre", "load", "seats", "seats_rounding"), lines)


def influence(cat: Catalogue, data: Validation, most: int) -> Table:
    """The ``most`` largest ways in which a figure that is wrong by its rounding moves a forecast, biggest first."""
    moving = [entry for entry in data.fitted("influence") if entry["change"]][:most]
    lines = tuple(
        (
            named(cat, data, entry["id"]),
            digits(entry["rounding"]),
            forecast(cat, entry["forecast"]),
            cat.name("unit", entry["unit"]),
            _change(cat, entry),
        )
        for entry in moving
    )
    return Table(tables.headings(cat, "figure", "rounding", "forecast", "unit", "change"), lines, text_columns=4)


def _change(cat: Catalogue, entry: Mapping[str, Any]) -> str:
    """The change with its sign, and as a share of the forecast where that is told."""
    change, level = entry["change"], entry.get("level")
    shown = digits(change) if change < 0 else f"+{digits(change)}"
    if not level:
        return shown
    return f"{shown} ({cat.text('format.percent', number=f'{100 * change / level:+.2g}')})"


def forecast(cat: Catalogue, text: str) -> str:
    """A forecast such as ``notices FY2027`` in this language; as it stands where it has no text."""
    name, _, period = text.rpartition(" ")
    if cat.has(f"forecast.{name}"):
        return cat.text(f"forecast.{name}", period=cells.moment(cat, period))
    return cat.texts.get(f"forecast.{text}", text)


def confirmed(cat: Catalogue, data: Validation) -> Table:
    """A line a fitted figure: what the whole model gives with the fitted values."""
    lines, marks = [], []
    for entry in data.fitted("confirmed"):
        lines.append(
            (
                cat.text(f"validation.result.{'met' if entry['met'] else 'missed'}"),
                named(cat, data, entry["id"]),
                digits(entry["published"]),
                _as_fitted(cat, data, entry),
                cat.text("validation.tolerance", value=digits(entry["tolerance"])),
            )
        )
        marks.append("" if entry["met"] else "at_risk")
    names = ("result", "figure", "published", "confirmed", "tolerance")
    return Table(tables.headings(cat, *names), tuple(lines), tuple(marks), 2)


def _as_fitted(cat: Catalogue, data: Validation, entry: Mapping[str, Any]) -> str:
    """What the whole model gives of a figure; a share as the table of figures shows it."""
    simulated = entry["simulated"], entry.get("low"), entry.get("high")
    row = data.row(entry["id"])
    return cells.ranged(cat, row, *simulated) if row is not None and row.unit == "%" else ranged(cat, *simulated)
