"""Weights of all draws from what a few of them say, held to invented worlds whose truth is known."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.special import expit, ndtri

from scenarios.unknowns import load_unknowns
from scenarios.update.emulated import emulated
from scenarios.update.figures import FIGURES
from scenarios.update.likelihood import Compared, log_density
from scenarios.update.narrow import PILOTS
from scenarios.update.smoothing import equal_weights, flattened

MONTHS = tuple(f"2026-{month:02}" for month in range(4, 13))
EDGES = np.array([0.05, 0.95])
WORLDS = 200


@cache
def invented():
    """Of every draw, with its luck: monthly calls and answer rates, and the calls of the following year.

    Calls rise with two unknowns, bent by a third; rates fall with calls and rise with another; what follows hangs on
    one more, of which the months say nothing.
    """
    z, rng = ndtri(load_unknowns().positions), np.random.default_rng(5)
    level = 0.25 * z[:, 3] + 0.12 * z[:, 20] + 0.04 * z[:, 41] ** 2
    odds = 5 - 2 * level + 0.5 * z[:, 60]

    def luck(size):
        return size * rng.standard_normal((len(z), len(MONTHS)))

    calls = 1e6 * np.exp(level[:, None] + luck(0.04))
    answered = expit(odds[:, None] + luck(0.15))
    following = 12e6 * np.exp(level + 0.05 * z[:, 70] + 0.03 * rng.standard_normal(len(z)))
    return {"calls_resident": calls, "answered_share_resident": answered}, following


@cache
def learnt(name):
    said, pilots = invented()[0][name], np.arange(0, 1024, 1024 // PILOTS)
    positions = load_unknowns().positions
    first = Compared(FIGURES[name], MONTHS, said[0], said[pilots], np.zeros(len(MONTHS)))
    return emulated(first, positions[pilots], positions)


def weighed(world, names):
    """All draws but the world's own, by how well they fit what it enters; the model of a figure errs in the world."""
    rng, logs = np.random.default_rng([7, world]), np.zeros(1024)
    for name in names:
        figure, one = FIGURES[name], learnt(name)
        wrong = figure.model * rng.standard_normal()
        moved = figure.scaled(invented()[0][name][world]) + wrong
        stated = expit(moved) if figure.share else np.exp(moved)
        logs += replace(one, compared=replace(one.compared, stated=stated)).log_likelihood()
    logs[world] = -1e9
    return flattened(logs, 16)[0]


def held(names):
    """How often the 90 % band of the following year holds a world's own, and how wide it is beside that of all."""
    following, inside, width = invented()[1], [], []
    low, high = equal_weights(len(following)).quantiles(following, EDGES)
    for world in np.random.default_rng(6).choice(1024, WORLDS, replace=False):
        ends = weighed(world, names).quantiles(following, EDGES)
        inside.append(ends[0] <= following[world] <= ends[1])
        width.append((ends[1] - ends[0]) / (high - low))
    return np.mean(inside), np.mean(width)


def test_the_year_behind_the_months_entered_lies_in_its_band_and_each_figure_narrows_it():
    calls, rate = "calls_resident", "answered_share_resident"
    inside, width = zip(*(held(names) for names in ((calls,), (rate,), (calls, rate))), strict=True)
    assert all(0.80 <= share <= 0.97 for share in inside)
    assert width[2] <= width[0] * 1.02 < 0.6 and width[1] < 0.9


def test_what_surfaces_leave_out_is_what_they_are_off_by_elsewhere():
    for name in invented()[0]:
        one = learnt(name)
        off = one.compared.figure.scaled(invented()[0][name]) - one.said
        assert np.std(off.mean(axis=1)) == pytest.approx(np.sqrt(one.residual.mean()), rel=0.4)


def test_a_figure_that_no_unknown_moves_weighs_nothing_much():
    rng, positions = np.random.default_rng(8), load_unknowns().positions
    said = 1e6 * np.exp(0.1 * rng.standard_normal((PILOTS, 1)) + 0.04 * rng.standard_normal((PILOTS, len(MONTHS))))
    one = Compared(FIGURES["calls_resident"], MONTHS, np.full(len(MONTHS), 1.1e6), said, np.zeros(len(MONTHS)))
    found = emulated(one, positions[:PILOTS], positions)
    assert found.left_out > 0.8
    assert flattened(found.log_likelihood(), 16)[0].effective > 512


def test_the_density_is_that_of_normal_numbers_about_nothing():
    off = np.array([[1.0, 2.0], [0.0, 0.0]])
    # covariance 2, 1, 1, 2: its inverse is 2, -1, -1, 2 over 3
    assert log_density(off, np.array([[2.0, 1.0], [1.0, 2.0]])).tolist() == pytest.approx([-0.5 * (2 - 4 + 8) / 3, 0])
