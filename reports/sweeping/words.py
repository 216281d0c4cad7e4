"""How a sweep's inputs, targets, probabilities and effects are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reports import formats, parameter_texts, statistics, values
from reports.catalogue import Catalogue
from reports.differences import cells
from reports.sweeping.data import Line, Sweep, Varied
from scenarios.compared import TOTAL, Compared
from scenarios.sweeping.responses import Doubt


def target(cat: Catalogue, row: Line | Doubt) -> str:
    """The target with its part, or the key figure."""
    identifier, period, statistic = (row.id, row.period, row.statistic) if isinstance(row, Doubt) else _key(row)
    return values.text(cat, cells.name(_compared(identifier, period, statistic, None)))


def _key(row: Line) -> tuple[str, str, str]:
    return row["id"], row["period"], row["statistic"]


def _compared(identifier: str, period: str, statistic: str, effect: Line | None) -> Compared:
    """A target's effect in the shape that cells of a comparison are written from."""
    kind = "key_figure" if statistic == TOTAL else "target"
    mean, low, high = (None, None, None) if effect is None else (effect["mean"], effect["low"], effect["high"])
    nothing: dict[str, Any] = {"clear": None, "replications": 0, "met": None, "against_met": None, "met_differs": None}
    return Compared("", "", kind, identifier, period, statistic, None, None, mean, low, high, **nothing)


def effect(cat: Catalogue, row: Line, amount: Line | None) -> str:
    """A change with its sign, unit and interval; a dash where there is none."""
    return values.text(cat, cells.with_interval(_compared(*_key(row), amount)))


def amount(cat: Catalogue, row: Line, amount: Line) -> str:
    """The size of a change without its sign, with unit and interval, after words such as "falls by"."""
    if amount["mean"] < 0:
        amount = {"mean": -amount["mean"], "low": -amount["high"], "high": -amount["low"]}
    return effect(cat, row, amount).replace("+", "")


def size(cat: Catalogue, row: Line, mean: float, low: float, high: float) -> str:
    """A size that has no sign, such as mu*, with unit and interval."""
    if high - low <= 1e-9 * abs(mean):
        low = high = mean
    return amount(cat, row, {"mean": mean, "low": low, "high": high})


def is_share(row: Line | Doubt) -> bool:
    """Whether the statistic is a share, so that changes are percentage points."""
    return statistics.unit(row.statistic if isinstance(row, Doubt) else row["statistic"]) == "share"


def correlation(cat: Catalogue, row: Line) -> str:
    """A rank correlation with its interval."""
    shown = {key: formats.number(row[name], 2) for key, name in (("value", "rho"), ("low", "low"), ("high", "high"))}
    return cat.text("format.value_range", **shown)


def meaning(cat: Catalogue, own: Varied) -> str:
    """What an input means, in this language."""
    return parameter_texts.meaning(cat, own.path, parameter_texts.described())


def unit(cat: Catalogue, own: Varied) -> str:
    """The unit of an input, in this language."""
    return cat.name("unit", own.unit)


def number(value: float) -> str:
    """A value of an input, at six digits."""
    return formats.plain(float(f"{value:.6g}"))


def with_unit(cat: Catalogue, own: Varied, value: float) -> str:
    """A value of an input with its unit."""
    return cat.text("sweep.with_unit", number=number(value), unit=unit(cat, own)).strip()


def moved_to(cat: Catalogue, own: Varied, row: Line, end: str) -> str:
    """A low or high value that an input is moved to, with its unit."""
    return with_unit(cat, own, at_end(row, end))


def at_end(row: Line, end: str) -> float:
    """The same as a number: one that was drawn at three digits, the end of a range as it was given."""
    value = float(row[f"{end}_input"])
    return float(f"{value:.3g}") if row["beyond"] else value


def tick(cat: Catalogue, value: float) -> str:
    """A value on an axis: short."""
    return formats.rough(cat, value) if abs(value) >= 10_000 else number(value)


def place(cat: Catalogue, data: Sweep, row: Line) -> str:
    """The values of a point, such as ``plant.lines = 8``."""
    return cat.join(f"{own.path} = {number(row[own.path])}" for own in data.varied)


def met(cat: Catalogue, row: Line) -> str:
    """In how many replications a target was met, with the interval of that probability."""
    if row["probability"] is None:
        return cat.text("format.nothing")
    ends = (formats.percent(cat, row[f"probability_{end}"], 0) for end in ("low", "high"))
    low, high = ends
    return cat.text("cell.met_probability", met=row["met"], replications=row["tested"], low=low, high=high)


def crossing(cat: Catalogue, row: Line) -> str:
    """From which value on, or up to which, a target is met with the probability asked for, with the interval."""
    share = formats.percent(cat, row["probability"], 0)
    if row["found"] != "within":
        return cat.text(f"sweep.crossing.{row['found']}", share=share)
    kind = "from" if row["rises"] else "up_to"
    return cat.text(f"sweep.crossing.{kind}", share=share, value=number(_short(row["value"])), ends=_ends(cat, row))


def _ends(cat: Catalogue, row: Line) -> str:
    """The interval of a crossing; an open end lies beyond what was swept."""
    first, last = row["values"][0], row["values"][-1]
    low = cat.text("sweep.crossing.below", value=number(first)) if row["low"] is None else number(_short(row["low"]))
    high = cat.text("sweep.crossing.above", value=number(last)) if row["high"] is None else number(_short(row["high"]))
    return cat.text("format.range", low=low, high=high)


def _short(value: float) -> float:
    """At three digits, or whole where it has more."""
    return float(round(value)) if abs(value) >= 100 else float(f"{value:.3g}")


def value(cat: Catalogue, row: Line) -> str:
    """The mean with its interval."""
    if row["statistic"] == TOTAL:
        shown, ends = formats.rough(cat, row["value"] or 0.0), (row["low"], row["high"])
        if None in ends:
            return shown
        return cat.text(
            "format.value_range", value=shown, low=formats.rough(cat, ends[0]), high=formats.rough(cat, ends[1])
        )
    interval = statistics.interval(cat, row["statistic"], row["low"], row["high"])
    return statistics.value_with_interval(cat, row["statistic"], row["value"], interval)


def stretches(along: Sequence[float], chosen: Sequence[bool]) -> list[tuple[float, float]]:
    """Values that are chosen, as first and last of each unbroken stretch."""
    found: list[tuple[float, float]] = []
    for place, (value, one) in enumerate(zip(along, chosen, strict=True)):
        if one and place and chosen[place - 1]:
            found[-1] = (found[-1][0], value)
        elif one:
            found.append((value, value))
    return found
