"""Draws of what is not known that fit months that came: picked in proportion, every beginning even, said as it is."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
import recorded
from update_sample import MONTHS, actuals, result, results, scenario

from reports import actuals as said
from reports import catalogue, values
from reports.document import Period
from scenarios.experiment.experiment import Point
from scenarios.files.from_actuals import apply
from scenarios.unknowns import load_unknowns, unknowns_of
from scenarios.update import narrow
from scenarios.update.likelihood import Outside
from scenarios.update.narrow import PILOTS, Pilots, narrowed, picked, pilots
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
    rows = [load_unknowns().row(1, number) for number in range(1, PILOTS + 1)]
    positions = load_unknowns().positions[:, CALLS]
    rng = np.random.default_rng(1)
    made = [pad(result(5_000 + 10_000 * positions[row], 0.99 - 0.1 * positions[row], rng), came) for row in rows]
    found = narrowed_by(came, made, monkeypatch)
    left, everywhere = positions[list(found.draws)], positions
    assert left.mean() < 0.6 * everywhere.mean() and left.std() < 0.6 * everywhere.std()
    assert len(set(found.draws) - set(rows)) > 20, "draws that were not simulated are candidates too"
    told = found.told
    assert told.as_of == date(2026, 6, 30) and told.outside == () and (told.draws, told.pilots) == (1024, PILOTS)
    assert 30 < told.effective < 512 and told.word == "trusted" and told.k_hat < 0.7
    assert told.figures == ("calls_resident", "answered_share_resident")
    assert all(share < 0.3 for share in told.left_out.values())


CALLS = list(load_unknowns().quantities).index("contact.resident.calls_per_holder")


def narrowed_by(came, made, monkeypatch):
    """What is left where these are the pilots, with and without what was entered."""
    monkeypatch.setattr(narrow, "keep_whole", lambda *_, **__: Kept(made))
    found = pilots(came, seed=1)
    assert isinstance(found, Pilots) and found.free.parameters.end == date(2026, 6, 30)
    return narrowed(came, found, store=None, workers=1).narrowed


def pad(result, of):
    """The replication with days of a run-in before its own, which ends on the as-of date."""
    before = (of.parameters.start - of.parameters.first_simulated_day).days
    days = before + (date(2026, 6, 30) - of.parameters.start).days + 1
    return replace(result, facts={name: np.r_[np.zeros(before, int), x][:days] for name, x in result.facts.items()})


def entered(**figures):
    rows = tuple(type(actuals().months[0])(month, **figures) for month in MONTHS[:3])
    return apply(scenario(), type(actuals())("f", date(2026, 6, 30), rows))


def with_facts(made, **facts):
    return replace(made, facts=made.facts | {name: np.full_like(made.facts[name], x) for name, x in facts.items()})


@pytest.mark.parametrize(("figure", "fact"), [("applications", "applications"), ("seats_resident", "calls_seats")])
def test_what_takes_the_place_of_simulated_figures_weighs_by_pilots_without_it(figure, fact, monkeypatch):
    level = {"applications": 50_000, "seats_resident": 100}[figure]
    came = entered(**{figure: round(level * (1.5 * 91 / 3 if figure == "applications" else 1.5))})
    found = pilots(came, seed=1)
    assert found.given is None and found.free.parameters.demand == came.before.parameters.demand
    assert found.free.parameters.contact == came.before.parameters.contact
    positions = load_unknowns().positions[:, CALLS]
    rows = [load_unknowns().row(1, number) for number in range(1, PILOTS + 1)]
    blank = pad(results(1)[0], came)
    made = [with_facts(blank, **{fact: round(level * (1 + positions[row]))}) for row in rows]
    told = narrowed_by(came, made, monkeypatch)
    assert told.told.figures == (figure,)
    left = positions[list(told.draws)]
    assert left.mean() == pytest.approx(0.5, abs=0.06) and left.std() < 0.15


def test_other_figures_weigh_by_pilots_with_what_was_entered():
    came = entered(applications=1_500_000, seats_resident=150, calls_resident=250_000)
    found = pilots(came, seed=1)
    assert found.given.parameters.demand == came.parameters.demand != found.free.parameters.demand
    assert found.given.parameters.contact == came.parameters.contact != found.free.parameters.contact
    assert found.given.parameters.opening == found.free.parameters.opening == came.before.parameters.opening
    assert len(found.tasks) == 2 * PILOTS
    seats = pilots(entered(seats_resident=150, calls_resident=250_000), seed=1)
    assert all(task.parts == {"resident"} for task in seats.tasks[PILOTS:]), "only what seats reach is run again"
    others = pilots(entered(calls_resident=250_000), seed=1)
    assert others.given is None and len(others.tasks) == PILOTS


def test_seats_that_every_draw_has_alike_say_nothing(monkeypatch):
    came = entered(seats_resident=120)
    assert narrowed_by(came, [pad(results(1)[0], came)] * PILOTS, monkeypatch) is None


def test_nothing_entered_is_nothing_to_weigh():
    assert pilots(scenario(), seed=1) is None
    assert pilots(entered(), seed=1) is None


@pytest.mark.parametrize(("lang", "words"), [("en", ("fewer than 30", "near: 1")), ("ja", ("30通り分未満", "1件"))])
def test_a_run_says_how_far_it_was_narrowed_and_whether_to_trust_it(lang, words):
    told = {
        "as_of": "2026-06-30",
        "draws": 1024,
        "pilots": 64,
        "effective": 12.34,
        "k_hat": 0.3,
        "word": "few",
        "power": 1.0,
        "left": 12.34,
        "left_out": {},
        "figures": ["calls_resident"],
    }
    month = Outside("calls_resident", "2026-06", 1.0, 9.0, 4.0)

    def told_of(**run):
        return values.texts(catalogue.load(lang), said.narrowed(recorded.run(**run)))

    text = " ".join(told_of(narrowed={**told, "outside": [month]}))
    assert "12.3" in text and all(word in text for word in words)
    assert values.text(catalogue.load(lang), said.heading(month.figure)) in text and month.figure not in text
    many = [Outside("calls_resident", f"2026-{number:02d}", 1.0, 9.0, float(number)) for number in range(4, 9)]
    named = told_of(narrowed={**told, "outside": many})[-1]
    shown = [values.text(catalogue.load(lang), Period(one.month)) in named for one in many]
    assert shown == [False, False, True, True, True], "the furthest are named, and how many more there are"
    assert "2" in named and "9.0" not in named
    heavy = told_of(narrowed={**told, "word": "heavy", "outside": []})
    assert len(heavy) == 2 and "0.7" in heavy[1]
    flat = told_of(narrowed={**told, "outside": [month], "power": 0.1, "left": 16.0})
    assert len(flat) == 4 and "16" in flat[2]
    assert told_of() == []


def test_months_that_nothing_comes_near_do_not_leave_a_single_draw(monkeypatch):
    came = apply(scenario(), actuals(80_000, 0.98))
    positions = load_unknowns().positions[:, CALLS]
    rows, rng = [load_unknowns().row(1, number) for number in range(1, PILOTS + 1)], np.random.default_rng(1)
    made = [pad(result(5_000 + 10_000 * positions[row], 0.9, rng), came) for row in rows]
    found = narrowed_by(came, made, monkeypatch)
    assert found.told.effective < 16 == pytest.approx(round(found.told.left, 3))
    assert 0 < found.told.power < 1 and len(found.told.outside) >= 3
    assert len(set(found.draws)) >= 16
