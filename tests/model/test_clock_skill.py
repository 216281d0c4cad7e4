"""Trip-wires against theory: luck has no skill on held-out replications, a weak sign has the skill it must have."""

import numpy as np
from scipy.stats import norm

from scenarios.clock.wires import Record, Watch, choose, judge

KNOWN = 7 * np.arange(1, 31)
"""Weeks known on days 7 to 210."""


def watch(lost):
    """Every replication is watched for as long: until day 140, in which some years are lost."""
    return Watch(KNOWN, 0, 140, tuple(lost), tuple(lost))


def skills(shift, choices=100, replications=60):
    """Of many choices of a wire, its skill in training and on the other half; noise is shifted where years break."""
    training, held_out = [], []
    for seed in range(choices):
        chance = np.random.default_rng(seed)
        breaks = chance.random(replications) < 0.5
        level = chance.normal(shift * breaks, 1).reshape(-1, 1)
        values = np.repeat(level, len(KNOWN), axis=1)
        lost = [140 if broke else None for broke in breaks]
        half = replications // 2
        first, second = watch(lost[:half]), watch(lost[half:])
        wire = choose({"x": ("above", values[:half])}, first)
        if wire is not None:
            training.append(judge(wire, values[:half], first).skill)
            held_out.append(judge(wire, values[half:], second).skill)
    return np.array(training), np.array(held_out)


def error(values):
    return values.std(ddof=1) / np.sqrt(len(values))


def test_luck_looks_good_in_training_and_has_no_skill_where_it_was_not_chosen():
    training, held_out = skills(shift=0)
    assert training.mean() > 0.1 and error(held_out) < 0.03
    assert abs(held_out.mean()) < 4 * error(held_out)


def test_a_weak_sign_has_nearly_the_skill_of_the_best_threshold():
    # Two normals one standard deviation apart are best told apart half way: Phi(1/2) - Phi(-1/2) = 0.383. A threshold
    # chosen on 30 replications is somewhat off, never better.
    best = norm.cdf(0.5) - norm.cdf(-0.5)
    training, held_out = skills(shift=1)
    assert training.mean() > best
    assert best - 0.1 < held_out.mean() < best + 2 * error(held_out)


def test_the_interval_is_that_of_the_published_example():
    # Newcombe 1998, table II, method 10: 56 of 70 less 48 of 80.
    low, high = Record(56, 70, 48, 80).skill_interval
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)
