"""Known truth: the interval of the share of a spread that is chance, where the true share is known."""

import numpy as np
import pytest

from scenarios.run.chance import chance_share

DRAWS = 1500
REPLICATIONS, BY_CHANCE = 20, 5


def coverage(share: float, shared_luck: bool) -> float:
    """How often the interval holds the true share of normal values: chance plus not knowing, variances adding to 1."""
    luck = np.random.default_rng([round(100 * share), shared_luck])
    held = 0
    for _ in range(DRAWS):
        chance = np.sqrt(share) * luck.standard_normal(REPLICATIONS)
        unknown = np.sqrt(1 - share) * luck.standard_normal(REPLICATIONS)
        alone = chance[:BY_CHANCE] if shared_luck else np.sqrt(share) * luck.standard_normal(BY_CHANCE)
        found = chance_share(list(chance + unknown), list(alone))
        assert found is not None and found.low <= found.value <= found.high <= 1
        held += found.low <= share <= found.high
    return held / DRAWS


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9])
def test_the_interval_covers_the_true_share(share: float) -> None:
    error = np.sqrt(0.95 * 0.05 / DRAWS)
    assert abs(coverage(share, shared_luck=False) - 0.95) < 3 * error
    assert coverage(share, shared_luck=True) > 0.95 - 3 * error  # the same luck makes it hold more often


def test_a_ceiling_that_hides_chance_is_not_told_as_certainty() -> None:
    luck = np.random.default_rng(7)
    hidden = 0
    for _ in range(DRAWS):
        chance = 0.2 * luck.standard_normal(REPLICATIONS)
        values = np.minimum(1.0, 1.2 + chance + luck.standard_normal(REPLICATIONS))
        alone = np.minimum(1.0, 1.2 + chance[:BY_CHANCE])
        found = chance_share(list(values), list(alone))
        assert (found is None) == bool(np.ptp(alone) == 0)
        hidden += found is None
    assert hidden > DRAWS / 4
