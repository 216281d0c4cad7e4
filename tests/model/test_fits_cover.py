"""Intervals of fits hold the truth as often as they say, chance of months included, and reach a run whole."""

from datetime import date
from math import sqrt

import numpy as np
import pytest
from validation_sample import fitted

from calibration.fitting import Problem, Uncertain, fit
from calibration.problems import actual_applications, actual_calls, answers
from calibration.values import whole_range
from scenarios.files.actuals import Month
from scenarios.files.load import load
from sim.contact.erlang import erlang_a_answered
from sim.schedule import Step

WORLDS, MONTHS, DAYS = 150, 6, 30
A_DAY, SEATS, HOURS, PATIENCE = 9000.0, 95, 12, 3.0
LOAD, HANDLE = Uncertain(answers.LOAD, 1.0, 0.5, 1.5), Uncertain("handle", 6.0, 4.0, 8.0)
COVERED = 0.90, 0.99


def luck(rng, size=0.1, correlation=0.6):
    """Daily noise as the model has it: a stationary autoregression, mean 1."""
    noise = rng.standard_normal(MONTHS * DAYS)
    noise[1:] *= sqrt(1 - correlation**2)
    for day in range(1, len(noise)):
        noise[day] += correlation * noise[day - 1]
    return np.exp(size * noise - size**2 / 2)


def months(load_, handle, noise, rng=None):
    """Calls and answered calls by month, each day in equilibrium (Erlang A); without ``rng`` those expected."""
    expected = A_DAY * load_ * noise
    calls = expected if rng is None else rng.poisson(expected).astype(float)
    agents = np.full(len(calls), SEATS)
    answered = calls * erlang_a_answered(calls / (HOURS * 60), handle, PATIENCE, agents)
    return calls.reshape(MONTHS, DAYS).sum(axis=1), answered.reshape(MONTHS, DAYS).sum(axis=1)


def drawn(rng, assumed):
    return float(np.clip(rng.normal(assumed.value, assumed.deviation), assumed.low, assumed.high))


def world(number):
    """A truth from the assumed ranges, the fit to the months that it publishes."""
    rng = np.random.default_rng(number)
    truth = {
        each.name: float(np.clip(rng.normal(each.value, each.deviation), each.low, each.high))
        for each in (LOAD, HANDLE)
    }
    calls, answered = months(truth[LOAD.name], truth[HANDLE.name], luck(rng), rng)
    shares = np.round(answered / calls, 3)
    stated = [
        Month(
            date(2026, 4 + place, 1), calls_resident=round(count), answered_share_resident=share, seats_resident=SEATS
        )
        for place, (count, share) in enumerate(zip(calls.tolist(), shares.tolist(), strict=True))
    ]
    aims, own = actual_calls.aims_of("resident", stated), luck(np.random.default_rng(10_000 + number))

    def predict(values):
        offered, taken = months(values[LOAD.name], values[HANDLE.name], own)
        return {aims[0].id: float(offered.sum()), aims[1].id: 100 * float(taken.sum() / offered.sum())}

    return truth, fit(Problem("toy", "plan-period", (LOAD, HANDLE), aims, predict), 60)


def test_intervals_of_load_and_handle_time_hold_the_truth_as_often_as_they_say():
    found = [world(number) for number in range(WORLDS)]
    for place, assumed in enumerate((LOAD, HANDLE)):
        ends = [(own.parameters[place].low, truth[assumed.name], own.parameters[place].high) for truth, own in found]
        assert COVERED[0] <= np.mean([low <= value <= high for low, value, high in ends]) <= COVERED[1], assumed.name
    pinned = [own.parameters[0].pinned for _, own in found]
    assert np.median(pinned) > 0.5, "months still pin the load down"


def test_tolerances_of_applications_hold_the_swing_of_a_year_and_the_chance_of_months():
    parameters = load(actual_applications.SCENARIO).parameters
    rng = np.random.default_rng(5)
    stated = {date(2026, month, 1): 1_000_000 for month in range(4, 10)}
    total, tolerance = actual_applications._total(parameters, stated)
    assert total == 6_000_000
    day = date(2026, 4, 1)
    yearly = parameters.demand.first_time_per_year.at(day) + parameters.demand.move_per_year.at(day)
    size = parameters.demand.year_swing.at(day)
    swings = yearly / 2 * (np.exp(size * rng.standard_normal(20_000) - size**2 / 2) - 1)
    inside = np.mean(np.abs(swings) < 1.96 * tolerance)
    assert COVERED[0] <= inside <= 1.0
    assert tolerance > 2 * 0.02 * total * 0.5


@pytest.mark.parametrize(("low", "high"), [(4.0, 6.0), (4.8, 5.1), (0.0, 10.0)])
def test_a_run_draws_as_widely_as_the_fit_says(low, high):
    told = whole_range(fitted("calls", "any", 5.0, low, high, (5.0, 0.0, 10.0)))
    drawn = np.array([Step.model_validate(told).draw(u) for u in (np.arange(20_000) + 0.5) / 20_000])
    inside = np.mean((low <= drawn) & (drawn <= high))
    assert inside == pytest.approx(1.0 if (low, high) == (0.0, 10.0) else 0.95, abs=0.002)


def test_what_nothing_pins_down_stays_as_assumed():
    told = whole_range(fitted("calls", "any", 5.0, 3.0, 9.0, (5.0, 3.0, 9.0)))
    assert told == {"value": 5.0, "low": 3.0, "high": 9.0}
