"""Uncertain parameters by name: a path, or a path and the date of one of its steps.

Such as ``holders.loss_rate`` and ``demand.first_time_per_year@2024-04-01``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import sqrt
from typing import Any

from calibration.fits_record import FittedValue
from calibration.fitting import Uncertain
from scenarios.files.load import Scenario
from sim.parameters import quantities
from sim.schedule import Quantity, Step


def assumed(scenario: Scenario, name: str, unit: str) -> Uncertain:
    """A parameter as the scenario has it: value and range of its only step, or of the one that the name dates."""
    step = _step(quantities(scenario.parameters)[split(name)[0]], split(name)[1])
    return Uncertain(name, step.value, *step.bounds, unit)


def split(name: str) -> tuple[str, date | None]:
    """Path and date of a name."""
    path, _, day = name.partition("@")
    return path, date.fromisoformat(day) if day else None


def with_values(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """The scenario with plain values in place of ranges."""
    return scenario.with_values(_data(scenario, {name: {"value": value} for name, value in values.items()}))


def calibrated(scenario: Scenario, fitted: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """By path the fitted ``value``, ``low`` and ``high`` of each name as a range, other steps as they were.

    ``with``: the weights by name with which it is drawn, where there are any.
    """
    return _data(scenario, {name: _range(part) for name, part in fitted.items()})


def drawn_with(fitted: Sequence[FittedValue]) -> dict[str, dict[str, float]]:
    """With what the parameters of one fit are drawn, by name, for ``with`` of their ranges.

    A path with several fitted steps has several numbers: each is drawn by one of its own date, not by the path's.
    """
    count = Counter(split(name)[0] for name, _ in _weighed(fitted))

    def number(name: str) -> str:
        return name if count[split(name)[0]] > 1 else split(name)[0]

    found = {}
    for name, weights in _weighed(fitted):
        found[name] = {number(other): _rounded(weight) for other, weight in weights.items()}
        if number(name) != split(name)[0]:
            found[name][name] = _rounded(sqrt(max(1 - sum(weight**2 for weight in weights.values()), 0.0)))
    return found


def _weighed(fitted: Sequence[FittedValue]) -> Iterator[tuple[str, Mapping[str, float]]]:
    for line in fitted:
        yield name_of(line), weights_of(line)


def weights_of(line: FittedValue) -> Mapping[str, float]:
    """With what a fitted value is drawn; fits of a version before 0.8.0 do not say it, and each stands alone."""
    return line.drawn_with or {}


def name_of(fitted: FittedValue) -> str:
    """The name of a parameter in a line of ``fits.json``."""
    return f"{fitted.path}@{fitted.from_.isoformat()}" if fitted.from_ else fitted.path


def whole_range(fitted: FittedValue) -> dict[str, float]:
    """The range from which a run draws as widely as the fit says: ``value``, ``low`` and ``high``.

    A run draws from a triangle over the range, and the ends of a fit are those of a 95 % interval. A triangle holds
    95 % of each side within 1 - sqrt(0.05) of it, so its ends lie further out; not beyond what is assumed, where the
    interval of a parameter that nothing pins down ends too.
    """
    low, high = (fitted.value + (end - fitted.value) / (1 - sqrt(0.05)) for end in (fitted.low, fitted.high))
    return {"value": fitted.value, "low": max(low, fitted.assumed_low), "high": min(high, fitted.assumed_high)}


def scaled(scenario: Scenario, path: str, by: Mapping[str, float], number: str) -> dict[str, Any]:
    """The only step of a path times a fitted multiplier: its value, and its interval from the multiplier's.

    All that the multiplier moves is drawn by one ``number``, by the name of a path.
    """
    middle = assumed(scenario, path, "").value
    times = {key: middle * by[key] for key in _RANGE}
    return _range(times if number == path else {**times, "with": {number: 1.0}})


def multiplied(scenario: Scenario, path: str, times: float) -> dict[str, float]:
    """The only step of a path with value and range so many times as large."""
    known = assumed(scenario, path, "")
    return {key: _rounded(getattr(known, key) * times) for key in _RANGE}


_RANGE = ("value", "low", "high")


def _range(part: Mapping[str, Any]) -> dict[str, Any]:
    ends: dict[str, Any] = {key: _rounded(part[key]) for key in _RANGE}
    weights = part.get("with")
    return {**ends, "with": dict(weights)} if weights and ends["low"] < ends["high"] else ends


def _rounded(number: float) -> float:
    return float(f"{number:.6g}")


def _data(scenario: Scenario, parts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    known = quantities(scenario.parameters)
    data: dict[str, Any] = {}
    for name, part in parts.items():
        path, day = split(name)
        if day is None:
            data[path] = dict(part)
            continue
        steps = data.setdefault(path, [step.model_dump() for step in known[path].steps])
        at = known[path].steps.index(_step(known[path], day))
        steps[at] = {"from": day, **part}
    return data


def _step(quantity: Quantity, day: date | None) -> Step:
    if day is None and len(quantity.steps) == 1:
        return quantity.steps[0]
    for step in quantity.steps:
        if step.from_ == day:
            return step
    raise ValueError(f"no step from {day} among {[step.from_ for step in quantity.steps]}")
