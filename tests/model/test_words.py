"""Known truths: worlds in which a target is met with a given probability, and what the words say as replications come.

Each world is a column of independent draws; looks at 20, 40, 80, 160 and 200 replications, as a planner takes them.
"""

import itertools

import numpy as np
import pytest

from scenarios.run.words import verdict, word

LOOKS = (20, 40, 80, 160, 200)
SEEDS = 400
FLIPS, WRONG = 0.005, 0.023
"""Shares of seeds, measured over 20,000: a word that changes, and a wrong word 0.05 from a bound, at most."""
TRUTHS = (0.0, 0.03, 0.1, 0.15, 0.18, 0.2, 0.22, 0.25, 0.3, 0.5, 0.7, 0.75, 0.78, 0.8, 0.82, 0.85, 0.9, 0.95, 1.0)


def upper(share: float) -> float:
    """The most that a share of seeds may come out as: three standard errors above it."""
    return share + 3 * np.sqrt(share * (1 - share) / SEEDS)


def words(probability: float) -> list[list[str]]:
    luck = np.random.default_rng([7, round(1000 * probability)]).random((SEEDS, LOOKS[-1])) < probability
    return [[word(list(map(bool, one[:number]))) for number in LOOKS] for one in luck]


@pytest.mark.parametrize("probability", TRUTHS)
def test_a_word_changes_from_undecided_alone(probability: float) -> None:
    said = words(probability)
    assert {one for seed in said for one in seed} <= {"holds", "at_risk", "fails", "undecided"}
    changed = [any(a not in ("undecided", b) for a, b in itertools.pairwise(seed)) for seed in said]
    assert np.mean(changed) <= upper(FLIPS) < 0.05


@pytest.mark.parametrize("probability", [p for p in TRUTHS if min(abs(p - 0.2), abs(p - 0.8)) > 0.049])
def test_words_are_true(probability: float) -> None:
    truth = "holds" if probability > 0.8 else "fails" if probability < 0.2 else "at_risk"
    said = words(probability)
    assert np.mean([any(one not in (truth, "undecided") for one in seed) for seed in said]) <= upper(WRONG)
    if min(abs(probability - 0.2), abs(probability - 0.8)) >= 0.1:
        assert np.mean([seed[-1] == truth for seed in said]) > 0.9  # and there is a word at last


def test_words_that_follow_the_last_interval_alone_would_change() -> None:
    luck = np.random.default_rng(7).random((SEEDS, LOOKS[-1])) < 0.75
    said = [[verdict(int(one[:number].sum()), number) for number in LOOKS] for one in luck]
    changed = [any(a not in ("undecided", b) for a, b in itertools.pairwise(seed)) for seed in said]
    assert np.mean(changed) > 0.1
