"""The queues against Erlang A, B and C: within three standard errors, over a grid of loads; seeds are fixed."""

import math
from dataclasses import asdict

import numpy as np
import pytest
from scipy.stats import t as student

from sim.contact import fast, plain
from sim.contact.calls import ANSWERED, NO_LIMIT, Calls, Shift, State
from sim.contact.erlang import long_run
from sim.contact.steady import BATCHES, Measure, simulate

HANDLE = 6.0
EVER = float("inf")


def off(measure: Measure) -> float:
    """Standard errors between the simulated figure and the formula."""
    error = (measure.high - measure.low) / 2 / float(student.ppf(0.975, BATCHES - 1))
    return abs(measure.value - measure.theory) / error


@pytest.mark.parametrize("seats", [1, 12, 60])
@pytest.mark.parametrize("busy", [0.5, 0.8, 0.95, 1.1])
@pytest.mark.parametrize("patience", [0.0, 0.5, 3.0, 20.0, None])
def test_the_long_run_is_the_formula(seats, busy, patience):
    if patience is None and busy >= 0.95:
        pytest.skip("without patience such a line has no long run worth waiting for")
    hours = 20_000 / (busy * seats / HANDLE) / 60 * 5
    found = simulate(busy * seats / HANDLE, HANDLE, patience, seats, hours, 11)
    for name, figure in asdict(found).items():
        measure = Measure(**figure)
        if measure.low == measure.high:
            assert measure.value == pytest.approx(measure.theory, abs=1e-4), name
        elif name in ("offered", "mean_wait_s") or 0 < measure.low <= measure.high < 1:
            assert off(measure) < 3, name


def test_the_same_seed_gives_the_same_figures_and_another_seed_others():
    one = simulate(2.0, 6.0, 3.0, 12, 200, 5)
    assert simulate(2.0, 6.0, 3.0, 12, 200, 5) == one
    assert simulate(2.0, 6.0, 3.0, 12, 200, 6) != one


def test_intervals_hold_the_formula_about_as_often_as_they_say():
    # 40 runs x 95 %: fewer than 33 hits has probability 0.1 % if the intervals are right
    runs = [simulate(2.0, 6.0, 3.0, 12, 100, seed) for seed in range(40)]
    for name in ("offered", "answered_share", "mean_wait_s", "within_20s_share", "utilisation"):
        figures = [getattr(found, name) for found in runs]
        assert sum(figure.low <= figure.theory <= figure.high for figure in figures) >= 33, name


def test_what_cannot_be_simulated_is_refused():
    with pytest.raises(ValueError, match=r"seats must be above rate x handle = 564 .* not 564"):
        simulate(94.0, 6.0, None, 564, 1000, 1)


def callers(rng: np.random.Generator, rate: float, patience: float) -> Calls:
    count = int(rng.poisson(rate * 1440))
    none = np.zeros(count, dtype=np.int64)
    wait = rng.exponential(patience, count) if patience < EVER else np.full(count, EVER)
    times = np.sort(rng.uniform(0, 1440, count))
    return Calls.of(times, rng.exponential(HANDLE, count), wait, none + 1.0, none, none != 0, none, none)


LOADS = {"A": (0.4, 0.6, 0.85, 1.0, 1.3), "B": (0.4, 0.6, 0.85, 1.0, 1.3), "C": (0.4, 0.6, 0.75, 0.85)}


@pytest.mark.parametrize(
    ("run_day", "days", "agents"),
    [(fast.run_day, 60, 8), (fast.run_day, 40, 40), (plain.run_day, 12, 8)],
    ids=["fast-8", "fast-40", "plain-8"],
)
@pytest.mark.parametrize(("kind", "busy"), [(kind, busy) for kind, loads in LOADS.items() for busy in loads])
def test_day_after_day_is_the_formula(run_day, days, agents, kind, busy):
    rate = busy * agents / HANDLE
    patience = 3.0 if kind == "A" else EVER
    hours = Shift(np.full(48, agents), np.ones(48, dtype=bool), 0 if kind == "B" else NO_LIMIT)
    theory = long_run(rate, HANDLE, {"A": 3.0, "B": 0.0, "C": None}[kind], agents, 1 / 3)
    rng = np.random.default_rng(7)
    state, seen = run_day(State.empty(), callers(rng, rate, patience), hours).state, []
    for _ in range(days):
        day = run_day(state, callers(rng, rate, patience), hours)
        answered, state = day.attempts.outcome == ANSWERED, day.state
        soon = answered & (day.attempts.wait <= 1 / 3)
        figures = (answered.mean(), day.attempts.wait.mean(), soon.mean(), day.busy_minutes / agents / 1440)
        seen.append(figures)
    means, errors = np.mean(seen, axis=0), np.std(seen, axis=0, ddof=1) / math.sqrt(days)
    expected = np.array([theory.answered, theory.wait, theory.within, theory.utilisation])
    # what was never seen in n calls has no standard error; its probability is below 6 / n with 99.7 % (rule of three)
    unseen = 6 / (rate * 1440 * days)
    # as unlikely as three standard errors, with so many days to judge the error by
    three = float(student.ppf(0.99865, days - 1))
    assert (np.abs(means - expected) <= np.maximum(three * errors, unseen)).all(), (means, expected, errors)


def test_with_endless_agents_nobody_waits_and_without_any_nobody_is_answered():
    calls = callers(np.random.default_rng(4), 2.0, 3.0)
    full, none = (Shift(np.full(48, n), np.ones(48, dtype=bool), NO_LIMIT) for n in (5000, 0))
    assert fast.run_day(State.empty(), calls, full).attempts.wait.max() == 0
    assert (fast.run_day(State.empty(), calls, none).attempts.outcome != ANSWERED).all()
