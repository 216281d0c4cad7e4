"""Uncertain parameters by name: a path, or a path and the date of one of its steps.

Such as ``holders.loss_rate`` and ``demand.first_time_per_year@2024-04-01``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import sqrt
from typing import Any

from calibration.fitting import Uncertain
from scenarios.load import Scenario
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


def calibrated(scenario: Scenario, fitted: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    """By path the fitted ``value``, ``low`` and ``high`` of each name as a range, other steps as they were."""
    return _data(scenario, {name: {key: _rounded(part[key]) for key in _RANGE} for name, part in fitted.items()})


def whole_range(fitted: Mapping[str, Any]) -> dict[str, float]:
    """The range from which a run draws as widely as the fit says: ``value``, ``low`` and ``high``.

    A run draws from a triangle over the range, and the ends of a fit are those of a 95 % interval. A triangle holds
    95 % of each side within 1 - sqrt(0.05) of it, so its ends lie further out; not beyond what is assumed, where the
    interval of a parameter that nothing pins down ends too.
    """
    value = fitted["value"]
    low, high = (value + (fitted[end] - value) / (1 - sqrt(0.05)) for end in ("low", "high"))
    return {"value": value, "low": max(low, fitted["assumed_low"]), "high": min(high, fitted["assumed_high"])}


def scaled(scenario: Scenario, path: str, by: Mapping[str, float]) -> dict[str, float]:
    """The only step of a path times a fitted multiplier: its value, and its interval from the multiplier's."""
    middle = assumed(scenario, path, "").value
    return {key: _rounded(middle * by[key]) for key in _RANGE}


def multiplied(scenario: Scenario, path: str, times: float) -> dict[str, float]:
    """The only step of a path with value and range so many times as large."""
    known = assumed(scenario, path, "")
    return {key: _rounded(getattr(known, key) * times) for key in _RANGE}


_RANGE = ("value", "low", "high")


def _rounded(number: float) -> float:
    return float(f"{number:.6g}")


def _data(scenario: Scenario, parts: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
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
