"""Parameter recovery: what was simulated with known parameters, and disturbed as figures are, is found again.

Known parameters are drawn from what is assumed; over the repeats the region that should hold both of them in 95 % of
cases does so about as often.
"""

from collections.abc import Mapping

import numpy as np
import pytest
from scipy.interpolate import RegularGridInterpolator
from scipy.stats import chi2

from calibration.fitting import Aim, Problem, Uncertain, fit
from calibration.problems import hand_over, lead_times

COLLECTION, NEVER = hand_over.UNCERTAIN[:2]
FIGURES = ["HANDED-2022-10-31", "HANDED-2022-11-30", "HOLD-007", "HANDED-2022-12-31"]
TOLERANCE = 100_000.0


def within(uncertain: Uncertain, rng: np.random.Generator) -> float:
    """A truth as assumed: normal, cut off at the range's ends."""
    while True:
        drawn = rng.normal(uncertain.value, uncertain.deviation)
        if uncertain.low <= drawn <= uncertain.high:
            return float(drawn)


def test_hand_over_is_recovered_with_about_nominal_joint_coverage() -> None:
    """The counters of the hindcast on a grid of both parameters, a cubic surface between; 300 repeats."""
    collection = Uncertain(COLLECTION.name, 30, 16, 44)
    simulate = hand_over.predictor(hand_over.until_2022(), FIGURES)
    axes = (np.linspace(collection.low, collection.high, 5), np.linspace(NEVER.low, NEVER.high, 4))
    known = [[list(simulate({COLLECTION.name: c, NEVER.name: n}).values()) for n in axes[1]] for c in axes[0]]
    surface = RegularGridInterpolator(axes, np.array(known), method="cubic")

    def predict(values: Mapping[str, float]) -> dict[str, float]:
        point = [values[COLLECTION.name], values[NEVER.name]]
        return dict(zip(FIGURES, surface(point)[0].tolist(), strict=True))

    between = {COLLECTION.name: 33.3, NEVER.name: 0.026}
    assert list(predict(between).values()) == pytest.approx(list(simulate(between).values()), abs=TOLERANCE / 10)

    rng = np.random.default_rng(3)
    repeats, inside = 300, 0
    for _ in range(repeats):
        truth = {each.name: within(each, rng) for each in (collection, NEVER)}
        seen = {figure: value + rng.normal(0, TOLERANCE) for figure, value in predict(truth).items()}
        aims = tuple(Aim(figure, value, TOLERANCE) for figure, value in seen.items())
        found = fit(Problem("recovery", "", (collection, NEVER), aims, predict), 200)
        off = np.array([found.values[name] - value for name, value in truth.items()])
        inside += off @ np.linalg.solve(found.covariance, off) <= chi2.ppf(0.95, 2)
    # three standard errors of a share of 0.95; a truth cut off at its range's ends is found a little more often
    assert 0.95 - 3 * np.sqrt(0.95 * 0.05 / repeats) <= inside / repeats <= 1.0
    assert inside < repeats


@pytest.mark.parametrize("share", [0.1, 0.36, 0.8])
def test_the_share_after_the_cut_off_is_recovered_from_a_rounded_mean(share: float) -> None:
    whole = lead_times.problem()
    (unknown,) = whole.uncertain
    mean = round(whole.predict({unknown.name: share})["JLIS-008"], 1)
    aim = Aim("JLIS-008", mean, 0.05)
    (found,) = fit(Problem("recovery", "", (unknown,), (aim,), whole.predict), 50).parameters
    assert found.low <= share <= found.high
    assert found.high - found.low < 0.2
    assert found.word == "well"
