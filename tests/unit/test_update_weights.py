"""Weights of replications: a posterior that is known, months that are no independent facts, a tail that tells."""

import numpy as np
import pytest
from update_sample import MONTHS

from scenarios.files.actuals import Actuals, Month
from scenarios.update.figures import FIGURES, Figure
from scenarios.update.likelihood import Compared, chance_of_a_month, compared
from scenarios.update.smoothing import Weights, equal_weights, flattened, smoothed
from sim.parts import FACTS

CALLS = FIGURES["calls_resident"]
SHARE = FIGURES["answered_share_resident"]


def linear(count, months, moved, seed=1, month=0.1, model=0.1):
    """Logarithms of a level, standard normal over draws; the months that came lie ``moved`` away."""
    rng = np.random.default_rng(seed)
    level = rng.standard_normal(count)
    figure = Figure("calls_resident", ("calls_offered",), model=model, month=month)
    said = np.exp(np.repeat(level[:, None], months, axis=1)) * 1e5
    stated = np.full(months, np.exp(moved) * 1e5)
    names = tuple(f"2026-{4 + place:02}" for place in range(months))
    return level, Compared(figure, names, stated, said, np.full(months, month))


@pytest.mark.parametrize(("months", "moved"), [(1, 0.5), (3, -0.4), (6, 0.0), (1, 1.0)])
def test_a_linear_world_has_the_posterior_that_is_known(months, moved):
    month, model = 0.6, 0.5
    level, fit = linear(20_000, months, moved, month=month, model=model)
    weights = smoothed(fit.log_likelihood())
    variance = model**2 + month**2 / months
    mean, deviation = moved / (1 + variance), np.sqrt(variance / (1 + variance))
    error = deviation / np.sqrt(weights.effective)
    assert weights.mean(level) == pytest.approx(mean, abs=4 * error)
    assert weights.deviation(level) == pytest.approx(deviation, abs=4 * error / np.sqrt(2))
    assert weights.word == "trusted" and weights.k_hat < 0.7
    quantiles = weights.quantiles(level, np.array([0.05, 0.5, 0.95]))
    assert quantiles == pytest.approx(mean + deviation * np.array([-1.645, 0, 1.645]), abs=8 * error)


def test_the_likelihood_is_that_of_the_whole_covariance():
    _, fit = linear(50, 4, 0.3)
    covariance = fit.figure.model**2 * np.ones((4, 4)) + np.diag(np.square(fit.noise))
    expected = [-0.5 * row @ np.linalg.solve(covariance, row) for row in fit.off]
    assert fit.log_likelihood() == pytest.approx(np.array(expected))


def test_k_hat_grows_and_the_effective_number_falls_as_what_came_moves_away():
    found = [smoothed(linear(400, 1, moved)[1].log_likelihood()) for moved in (0.0, 2.0, 3.0, 6.0)]
    assert [each.effective for each in found] == sorted((each.effective for each in found), reverse=True)
    assert [each.k_hat for each in found] == sorted(each.k_hat for each in found)
    assert found[-1].k_hat > 0.7 and found[-1].word == "heavy"


def test_twelve_months_alike_are_no_twelve_facts():
    one, twelve = (linear(10_000, months, 0.5, month=0.2, model=0.2) for months in (1, 12))
    spread = [smoothed(fit.log_likelihood()).deviation(level) for level, fit in (one, twelve)]
    assert spread[1] < spread[0]
    assert spread[1] > 0.2 * 0.95, "never narrower than what the model gets wrong in common"
    assert one[1].facts == pytest.approx(1) and twelve[1].facts < 2


@pytest.mark.parametrize(
    ("count", "seed", "scale", "expected"),
    [
        (200, 1, 1.0, (0.6083092983342758, 78.40419396958777, 0.06270926162069923)),
        (400, 2, 2.0, (0.6771051970902914, 30.773446887903802, 0.12025079248236874)),
    ],
)
def test_smoothing_is_that_of_arviz(count, seed, scale, expected):
    """k-hat, effective number and largest weight of ``arviz_stats.base.array_stats.psislw``, version 0.8.0."""
    weights = smoothed(scale * np.random.default_rng(seed).standard_normal(count))
    assert (weights.k_hat, weights.effective, weights.shares.max()) == pytest.approx(expected, rel=1e-6)


def test_few_or_equal_draws_have_no_tail_to_tell():
    assert smoothed(np.zeros(100)).k_hat is None
    assert smoothed(np.zeros(100)).effective == pytest.approx(100)
    few = smoothed(np.linspace(-3, 0, 20))
    assert few.k_hat is None and few.word == "few"


def test_a_likelihood_of_nothing_but_one_draw_is_told():
    logs = np.full(100, -1e6)
    logs[7] = 0.0
    weights = smoothed(logs)
    assert weights.effective < 1.01 and weights.word != "trusted"


def test_weighted_quantiles_of_equal_weights_are_those_in_between():
    values = np.arange(101.0)
    assert equal_weights(101).quantiles(values, np.array([0.5])) == pytest.approx([50])
    heavy = Weights(np.r_[np.full(100, 0.0), 1.0], None)
    assert heavy.quantiles(values, np.array([0.05, 0.95])) == pytest.approx([100, 100], abs=1)


@pytest.mark.parametrize(("stated", "step"), [([120_000, 130_000], 10_000), ([120_001, 130_000], 1), ([50], 10)])
def test_rounding_of_counts_is_as_coarse_as_all_of_them(stated, step):
    values = np.array(stated, dtype=float)
    assert CALLS.rounding(values) == pytest.approx(step / np.sqrt(12) / values)


def test_rounding_of_shares_is_on_the_scale_of_log_odds():
    values = np.array([0.99, 0.98])
    assert SHARE.rounding(values) == pytest.approx(0.01 / np.sqrt(12) / (values * (1 - values)))
    assert np.all(np.isfinite(SHARE.rounding(np.array([1.0])))) and np.isfinite(SHARE.scaled(np.array([1.0]))).all()


def test_chance_of_a_month_leaves_levels_out():
    rng = np.random.default_rng(3)
    level, season = rng.standard_normal((200, 1)), rng.standard_normal((1, 12))
    said = np.exp(11 + level + season + 0.2 * rng.standard_normal((200, 12)))
    assert chance_of_a_month(CALLS, said) == pytest.approx(0.2, rel=0.05)
    assert chance_of_a_month(CALLS, np.exp(11 + level + season)) == CALLS.month
    assert chance_of_a_month(CALLS, said[:1]) == CALLS.month


def test_months_that_no_replication_reports_are_left_out_and_outside_ones_named():
    daily = {name: np.full((30, 60), 1000, dtype=np.int64) for name in FACTS}
    days = {"2026-04": slice(0, 30), "2026-05": slice(30, 60)}
    rows = tuple(Month(month, calls_resident=90_000) for month in (MONTHS[0], MONTHS[1], MONTHS[2]))
    (fit,) = compared(Actuals("f", MONTHS[3], rows), daily, days)
    assert fit.months == ("2026-04", "2026-05")
    assert {(one.month, one.nearest, one.stated) for one in fit.outside()} == {
        ("2026-04", 30_000.0, 90_000.0),
        ("2026-05", 30_000.0, 90_000.0),
    }


def test_flattened_weights_leave_as_many_as_asked_for_and_no_fewer_beliefs_than_needed():
    logs = linear(400, 1, 3.0)[1].log_likelihood()
    weights, power = flattened(logs, 50)
    assert weights.effective == pytest.approx(50, rel=0.02) and 0 < power < 1
    same, one = flattened(logs, 1)
    assert one == 1.0 and same.effective == smoothed(logs).effective


def test_bands_of_worlds_that_are_invented_hold_what_comes_next():
    """Worlds drawn from the prior publish three months; the weighted 90 % band is held against their level."""
    rng, month, model, inside = np.random.default_rng(9), 0.2, 0.15, []
    level = rng.standard_normal(400)
    said = np.exp(level[:, None] + month * rng.standard_normal((400, 3))) * 1e5
    figure = Figure("calls_resident", ("calls_offered",), model=model, month=month)
    for _ in range(300):
        truth = rng.standard_normal()
        stated = np.exp(truth + model * rng.standard_normal() + month * rng.standard_normal(3)) * 1e5
        fit = Compared(figure, ("2026-04", "2026-05", "2026-06"), stated, said, np.full(3, month))
        weights = smoothed(fit.log_likelihood())
        low, high = weights.quantiles(level, np.array([0.05, 0.95]))
        inside.append(low <= truth <= high)
    assert 0.87 <= np.mean(inside) <= 0.98
