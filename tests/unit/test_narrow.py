"""Draws of what is not known that fit months that came: picked in proportion, every beginning even, said as it is."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from update_sample import MONTHS, actuals, results, scenario

from reports import actuals as said
from reports import catalogue, values
from scenarios.experiment.experiment import Point
from scenarios.files.from_actuals import apply
from scenarios.unknowns import load_unknowns, unknowns_of
from scenarios.update import narrow
from scenarios.update.narrow import PILOTS, narrowed, picked, pilot
from sim.schedule import Quantity
from sim.unknowns import Unknowns


def table(rows=64):
    u = (np.arange(rows) + 0.5) / rows
    return Unknowns({"a": Quantity.model_validate({"value": 1, "low": 0, "high": 2})}, u[:, None], digest="d")


class Kept:
    """A store of replications that need no simulation: those of the sample, at the places of the pilots' draws."""

    def __init__(self, made):
        self.made = made

    def load(self, digest, number):
        return self.made[number - 1]


def test_rows_are_picked_as_often_as_their_share_says_to_within_one():
    rng = np.random.default_rng(2)
    rows, shares = rng.permutation(64), rng.dirichlet(np.full(64, 0.3))
    draws = picked(rows.tolist(), shares, 1024)
    assert len(draws) == 1024 and list(draws) == sorted(draws)
    for row, share in zip(rows, shares, strict=True):
        assert abs(draws.count(row) - 1024 * share) <= 1


def test_every_beginning_of_replications_is_spread_as_the_weights_are():
    shares = np.linspace(1, 5, 64) / np.linspace(1, 5, 64).sum()
    chosen = table().chosen(picked(range(64), shares, 64))
    for seed in range(20):
        for many in (4, 8, 16, 32):
            taken = np.sort([chosen.positions[chosen.row(seed, number), 0] for number in range(1, many + 1)])
            share = np.interp(taken, table().positions[:, 0], np.cumsum(shares))
            assert np.abs(share - (np.arange(many) + 0.5) / many).max() < 1 / many + 2 * shares.max()


def test_a_linear_world_is_narrowed_to_the_posterior_that_is_known():
    rows, rng = 1024, np.random.default_rng(4)
    level = np.sort(rng.standard_normal(rows))
    weights = np.exp(-0.5 * (level - 1) ** 2 / 0.5**2)
    left = level[list(picked(range(rows), weights / weights.sum(), rows))]
    assert left.mean() == pytest.approx(1 / 1.25, abs=0.03)
    assert left.std() == pytest.approx(np.sqrt(0.25 / 1.25), rel=0.05)


def test_chosen_draws_have_their_own_middle_and_digest():
    chosen = table().chosen([60, 61, 62, 63])
    assert chosen.positions[:, 0].min() > 0.9 and chosen.central in (1, 2)
    assert chosen.digest not in (table().digest, table().chosen([0, 1, 2, 3]).digest)
    with pytest.raises(ValueError, match="power of two"):
        table().chosen([1, 2, 3])


def test_draws_tell_points_apart_and_reach_the_simulation():
    point = Point("p", scenario().parameters, 1)
    other = replace(point, draws=(1,) * 1024)
    assert point.digest != other.digest
    assert point.unknowns is load_unknowns() and other.unknowns is unknowns_of((1,) * 1024)
    assert np.all(other.unknowns.positions == load_unknowns().positions[1])


def test_months_that_came_leave_the_draws_that_fit_them(monkeypatch):
    came = apply(scenario(), actuals(6_000, 0.98))
    made = results(PILOTS)
    made = [pad(one, came) for one in made]
    monkeypatch.setattr(narrow, "keep_whole", lambda *_: Kept(made))
    point = pilot(came, seed=1)
    assert point is not None and point.parameters.end == date(2026, 6, 30)
    found = narrowed(came, point, store=None, workers=1)
    rows = [load_unknowns().row(1, number) for number in range(1, PILOTS + 1)]
    offered = {row: one.facts["calls_offered"].sum() for row, one in zip(rows, made, strict=True)}
    left = [offered[row] for row in found.narrowed.draws]
    assert np.mean(left) < 0.75 * np.mean(list(offered.values()))
    told = found.narrowed.told
    assert told["as_of"] == "2026-06-30" and 1 < told["effective"] < PILOTS and told["outside"] == []
    assert told["figures"] == ["calls_resident", "answered_share_resident"]


def pad(result, of):
    """The replication with days of a run-in before its own, which ends on the as-of date."""
    before = (of.parameters.start - of.parameters.first_simulated_day).days
    days = before + (date(2026, 6, 30) - of.parameters.start).days + 1
    return replace(result, facts={name: np.r_[np.zeros(before, int), x][:days] for name, x in result.facts.items()})


def test_figures_that_the_run_takes_as_they_are_weigh_nothing():
    rows = tuple(type(actuals().months[0])(month, applications=1_000_000, seats_resident=100) for month in MONTHS[:3])
    came = apply(scenario(), type(actuals())("f", date(2026, 6, 30), rows))
    assert pilot(came, seed=1) is None
    assert pilot(scenario(), seed=1) is None


@pytest.mark.parametrize(("lang", "words"), [("en", ("fewer than 30", "near: 1")), ("ja", ("30通り分未満", "1件"))])
def test_a_run_says_how_far_it_was_narrowed_and_whether_to_trust_it(lang, words):
    told = {
        "as_of": "2026-06-30",
        "pilots": 64,
        "effective": 12.34,
        "k_hat": 0.3,
        "word": "few",
        "power": 1.0,
        "left": 12.34,
    }
    run = {"narrowed": {**told, "figures": ["calls_resident"], "outside": [{}]}}

    def told_of(run):
        return values.texts(catalogue.load(lang), said.narrowed(run))

    text = " ".join(told_of(run))
    assert "12.3" in text and all(word in text for word in words)
    heavy = told_of({"narrowed": {**run["narrowed"], "word": "heavy", "outside": []}})
    assert len(heavy) == 2 and "0.7" in heavy[1]
    flat = told_of({"narrowed": {**run["narrowed"], "power": 0.1, "left": 16.0}})
    assert len(flat) == 4 and "16" in flat[2]
    assert told_of({}) == []


def test_months_that_nothing_comes_near_do_not_leave_a_single_draw(monkeypatch):
    came = apply(scenario(), actuals(60_000, 0.98))
    made = [pad(one, came) for one in results(PILOTS)]
    monkeypatch.setattr(narrow, "keep_whole", lambda *_: Kept(made))
    found = narrowed(came, pilot(came, seed=1), store=None, workers=1).narrowed
    assert found.told["effective"] < 16 == pytest.approx(round(found.told["left"], 3))
    assert 0 < found.told["power"] < 1 and len(found.told["outside"]) >= 3
    assert len(set(found.draws)) >= 16
