"""What a fit says of a forecast is what a run with the fitted ranges draws: correlations are part of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy import stats
from validation_sample import fitted

from calibration.fit_lines import lines
from calibration.fits_record import Contracted, Fits
from calibration.fitted import Whole
from calibration.fitting import Aim, Fit, Problem, Uncertain, fit
from calibration.problems import actual_calls, answers
from calibration.values import calibrated, drawn_with, name_of, whole_range
from scenarios.files.load import Scenario, load
from sim import __version__
from sim.schedule import Quantity
from sim.streams import Floats

CALLS, HANDLE = "contact.helpdesk.calls_per_open_day", "contact.helpdesk.handle_minutes"
TIMES = (10.0, 9.0, 11.0, (10.0, 6.0, 14.0))
"""Handle time: fitted, its interval, and what was assumed."""
WORLDS, DRAWS = 200, 2000
MIDDLE, DEVIATION = 10.0, 1.0
TOGETHER, APART = 0.05, 0.45
"""Standard errors of the sum and of the difference of the two, of which a correlation of -0.97 comes."""


def world(generator: np.random.Generator) -> tuple[Floats, Fit]:
    """A truth inside what is assumed, and what its figures say of it: the sum well, the difference badly."""
    truth = MIDDLE + DEVIATION * stats.truncnorm.rvs(-1.8, 1.8, size=2, random_state=generator)
    half = 1.96 * DEVIATION
    uncertain = tuple(Uncertain(name, MIDDLE, MIDDLE - half, MIDDLE + half) for name in (CALLS, HANDLE))
    told = truth.sum() + TOGETHER * generator.standard_normal(), np.diff(truth)[0] + APART * generator.standard_normal()
    aims = (Aim("sum", told[0], TOGETHER), Aim("difference", told[1], APART))

    def predict(values: Mapping[str, float]) -> dict[str, float]:
        return {"sum": values[CALLS] + values[HANDLE], "difference": values[HANDLE] - values[CALLS]}

    return truth, fit(Problem("known truth", "plan-period", uncertain, aims, predict), 50)


def drawn(scenario: Scenario, found: Fit, correlated: bool, numbers: Mapping[str, Floats]) -> Floats:
    """The two, drawn as a run draws them from the fitted ranges."""
    values = lines(found, seed=1).fits
    others = drawn_with(values)
    ranges: dict[str, dict[str, Any]] = {name_of(line): whole_range(line) for line in values}
    if correlated:
        ranges = {name: {**part, "with": others[name]} for name, part in ranges.items()}
    written = calibrated(scenario, ranges)
    steps = {name: Quantity.model_validate(written[name]).steps[0] for name in (CALLS, HANDLE)}
    return np.array(
        [
            [
                step.draw(step.with_others(numbers[name][at], lambda other, at=at: numbers[other][at]))
                for at in range(DRAWS)
            ]
            for name, step in steps.items()
        ]
    )


@pytest.fixture(scope="module")
def numbers() -> dict[str, Floats]:
    generator = np.random.default_rng(3)
    return {name: generator.random(DRAWS) for name in (CALLS, HANDLE)}


def test_a_forecast_of_95_per_cent_covers_95_per_cent_of_known_truths(numbers: dict[str, Floats]) -> None:
    generator, scenario = np.random.default_rng(1), load("plan-period")
    covered, widths, correlations = 0, [], []
    for _ in range(WORLDS):
        truth, found = world(generator)
        values = drawn(scenario, found, True, numbers)
        low, high = np.quantile(values.sum(axis=0), (0.025, 0.975))
        covered += low <= truth.sum() <= high
        widths.append((high - low) / (2 * 1.96 * np.sqrt(found.covariance.sum())))
        correlations.append(np.corrcoef(values)[0, 1])
    assert abs(covered / WORLDS - 0.95) < 3 * np.sqrt(0.95 * 0.05 / WORLDS)
    assert np.median(widths) == pytest.approx(1, abs=0.1)
    fitted = found.covariance[0, 1] / np.sqrt(np.prod(np.diag(found.covariance)))
    assert fitted < -0.95
    assert np.median(correlations) == pytest.approx(fitted, abs=0.01)


def test_without_its_correlation_the_same_forecast_is_several_times_as_wide(numbers: dict[str, Floats]) -> None:
    _, found = world(np.random.default_rng(2))
    scenario = load("plan-period")
    together, apart = (drawn(scenario, found, correlated, numbers).sum(axis=0).std() for correlated in (True, False))
    assert apart > 4 * together


def test_a_path_with_several_fitted_steps_has_a_number_for_each() -> None:
    level = "demand.first_time_level"
    whole = ("years", level, 1.0, 0.8, 1.2, (1.0, 0.5, 1.5))
    values = (
        fitted(*whole, from_=date(2024, 4, 1), drawn_with={}),
        fitted("calls", HANDLE, *TIMES, drawn_with={f"{level}@2024-04-01": 0.6}),
        fitted(*whole, from_=date(2025, 4, 1), drawn_with={f"{level}@2024-04-01": -0.8, HANDLE: 0.0}),
    )
    assert drawn_with(values) == {
        f"{level}@2024-04-01": {f"{level}@2024-04-01": 1.0},
        HANDLE: {f"{level}@2024-04-01": 0.6},
        f"{level}@2025-04-01": {f"{level}@2024-04-01": -0.8, HANDLE: 0.0, f"{level}@2025-04-01": 0.6},
    }


def test_what_a_fitted_load_multiplies_is_drawn_by_one_number_and_handle_time_with_it() -> None:
    """As the parts that ``cardflow calibrate --actuals`` writes are read and drawn."""
    problem, shared = "helpdesk, actual", {"scenario": actual_calls.SCENARIO, "usable": False}
    loads = fitted(problem, answers.LOAD, 1.2, 1.0, 1.4, (1.0, 0.2, 5.0), drawn_with={}, **shared)
    handles = fitted(problem, HANDLE, *TIMES, drawn_with={answers.LOAD: -0.9}, **shared)
    found = Fits(__version__, 1, fits=(loads, handles), contracted=(Contracted("helpdesk", 38, 1.0),))
    whole = Whole({"helpdesk": found}, seed=1)
    data = tomllib.loads(whole.parts()["calibrated.toml"])["contact"]["helpdesk"]
    first, *others = answers.RATES["helpdesk"]
    assert "with" not in data[first.rpartition(".")[2]]
    assert all(data[path.rpartition(".")[2]]["with"] == {first: 1.0} for path in others)
    assert data["handle_minutes"]["with"] == {first: -0.9}
