"""Months entered narrow what follows, held to worlds whose truth is known.

Each world is a row of what is not known, walked through the holders and their demand: the cheap part of the model that
notices and applications come from. It enters its notices and applications of FY2026, with the chance of a month; from
these alone its FY2027 is forecast by the weights of the other rows. Some of those are pilots, from which is learnt what
all would have said.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

from calibration.holders_walk import outlook
from scenarios.files.load import load
from scenarios.unknowns import load_unknowns
from scenarios.update.emulated import Emulated, emulated
from scenarios.update.figures import FIGURES
from scenarios.update.likelihood import Compared
from scenarios.update.narrow import PILOTS
from scenarios.update.smoothing import Weights, equal_weights, flattened
from sim.streams import Floats, Streams

WORLDS = 64
ENTERED = ("applications", "notices")
MONTHS = tuple(f"2026-{month:02}" for month in range(4, 13)) + tuple(f"2027-{month:02}" for month in range(1, 4))
EDGES = np.array([0.05, 0.95])


@cache
def walked() -> dict[str, Floats]:
    """By figure the months of FY2026 and FY2027, a row a replication: pilots first, then worlds."""
    parameters, last = load("plan-period").parameters, date(2028, 3, 31)
    found = [
        outlook(parameters, last, Streams(1, number), unknowns=load_unknowns())
        for number in range(1, PILOTS + WORLDS + 1)
    ]
    return {name: np.array([getattr(one, name)[-24:] for one in found]) for name in ENTERED}


@cache
def learnt() -> dict[str, Emulated]:
    """What all rows would say of FY2026, from the pilots."""
    rows = [load_unknowns().row(1, number) for number in range(1, PILOTS + WORLDS + 1)]
    positions = load_unknowns().positions[rows]
    return {
        name: emulated(
            Compared(FIGURES[name], MONTHS, said[0, :12], said[:PILOTS, :12], np.zeros(12)),
            positions[:PILOTS],
            positions,
        )
        for name, said in walked().items()
    }


def weighed(world: int, entered: tuple[str, ...], rng: np.random.Generator) -> Weights:
    """All rows but the world's own, by how well they fit what it enters."""
    logs = np.zeros(PILOTS + WORLDS)
    for name in entered:
        chance = np.exp(FIGURES[name].month * rng.standard_normal(12))
        one = learnt()[name]
        logs += replace(
            one, compared=replace(one.compared, stated=walked()[name][world, :12] * chance)
        ).log_likelihood()
    logs[world] = -1e6
    return flattened(logs, 16)[0]


@pytest.mark.parametrize("name", ENTERED)
def test_a_year_behind_the_months_entered_lies_in_its_band_and_the_band_is_narrower(name: str) -> None:
    rng, following = np.random.default_rng(3), walked()[name][:, 12:].sum(axis=1)
    low, high = equal_weights(len(following)).quantiles(following, EDGES)
    inside, width = [], []
    for world in range(PILOTS, PILOTS + WORLDS):
        ends = weighed(world, ENTERED, rng).quantiles(following, EDGES)
        inside.append(ends[0] <= following[world] <= ends[1])
        width.append((ends[1] - ends[0]) / (high - low))
    assert 0.80 <= np.mean(inside) <= 0.97
    assert np.mean(width) < 0.9


def test_pilots_that_had_no_part_check_what_is_learnt() -> None:
    """What surfaces say of worlds that were no pilots is off by as much as they say of themselves."""
    for name, one in learnt().items():
        off = FIGURES[name].scaled(walked()[name][PILOTS:, :12]) - one.said[PILOTS:]
        assert off.mean(axis=1).std() == pytest.approx(np.sqrt(one.residual.mean()), rel=0.5)
        assert one.left_out < 0.8
