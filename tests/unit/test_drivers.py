"""Which unknowns a run says that its targets go with."""

import numpy as np
import pytest

from scenarios.experiment.experiment import Point
from scenarios.files.load import load
from scenarios.run.drivers import drivers
from scenarios.sweep.design import uncertain
from scenarios.sweep.drawn import LEAST_DRAWS, LEVEL, _chances, _ranks, drawn, ranked
from sim.calendar import Period
from sim.target import Statistic

SCENARIO = load("baseline-fy2025")
PATH = "plant.remake_share"


def point(**other):
    return Point("made up", SCENARIO.parameters, 1, **other)


def told(*targets):
    """Replications of which each has a value of every target in a year, met by half of them."""
    middles = [float(np.median(own)) for own in targets]
    return [
        [_statistic(str(part), own, middles[part]) for part, own in enumerate(values)]
        for values in zip(*targets, strict=True)
    ]


def _statistic(part, value, middle):
    return Statistic("calls-95", part, Period("FY2025"), "answered_share", float(value), middle, bool(value >= middle))


@pytest.fixture(scope="module")
def values():
    """What replications draw of one unknown."""
    inputs = [own for own in uncertain(SCENARIO) if own.path == PATH]
    return drawn(point(), inputs, LEAST_DRAWS)[:, 0]


def test_a_target_that_is_an_unknown_goes_with_it(values):
    found = drivers(SCENARIO, point(), told(-values))
    assert found is not None
    first = found[0]
    assert (first.path, first.id, first.period, first.tied_to) == (PATH, "calls-95/0", "FY2025", None)
    assert first.rho == pytest.approx(-1) and first.high < -0.9
    assert all(one.clear for one in found)
    assert [abs(one.rho) for one in found] == sorted((abs(one.rho) for one in found), reverse=True)


def test_too_few_replications_and_chance_alone_cannot_say(values):
    assert drivers(SCENARIO, point(), told(values[:-1])) is None
    assert drivers(SCENARIO, point(chance_only=True), told(values)) is None


def test_rank_correlations_are_as_likely_by_chance_as_all_orders_say():
    """Where the words are decided: of 95 unknowns and 20 replications at a correlation of about 0.7."""
    count, orders = LEAST_DRAWS, 400_000
    ranks = np.arange(count) - (count - 1) / 2
    generator = np.random.default_rng(2)
    drawn_by_chance = generator.permuted(np.tile(ranks, (orders, 1)), axis=1) @ ranks / (ranks @ ranks)
    for rho in (0.4, 0.6, 0.7):
        share = float((np.abs(drawn_by_chance) >= rho).mean())
        error = np.sqrt(share / orders)
        assert _chances(np.array([rho]), count)[0] == pytest.approx(share, abs=0.03 * share + 3 * error)


def test_any_wrong_claim_about_a_target_is_made_as_seldom_as_promised(monkeypatch):
    """Of 2,000 targets by chance alone: 5 %, three standard errors above at most."""
    inputs = drawn(point(), uncertain(SCENARIO), LEAST_DRAWS)
    ranks = _ranks(inputs)  # the same for every target, and most of the work
    monkeypatch.setattr("scenarios.sweep.drawn._ranks", lambda own: ranks if own is inputs else _ranks(own))
    targets = np.random.default_rng(3).normal(size=(2_000, LEAST_DRAWS))
    wrong = sum(any(one is not None and one.clear for one in ranked(inputs, target)) for target in targets)
    assert wrong / 2_000 <= LEVEL + 3 * np.sqrt(LEVEL * (1 - LEVEL) / 2_000)


def test_ranks_are_those_of_scipy():
    from scipy.stats import rankdata

    drawn_ones = np.random.default_rng(5).integers(0, 9, (30, 4)) / 8
    assert np.array_equal(_ranks(drawn_ones), rankdata(drawn_ones, axis=0))
    assert np.array_equal(_ranks(drawn_ones[:, 0]), rankdata(drawn_ones[:, 0]))
