"""The parts of the joint distribution: coordinates, order, table, theory of answering, seats found, availability."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.special import logit

from calibration.joint.answer_rates import AnswerRate
from calibration.joint.answering import LADDER, Shape, fit, measure, rate_of
from calibration.joint.availability import availability
from calibration.joint.centre import CALLS_OF, Centre, inside_share
from calibration.joint.coordinates import Coordinates, drawn, positions_of, to_normal, to_positions
from calibration.joint.narrowing import Told, narrowed
from calibration.joint.order import balanced, evened, placed, spread, thinned
from calibration.joint.sampler import prior, sample
from calibration.joint.table import digest, table, written
from calibration.joint.walks import READ, outputs
from scenarios.files.load import load
from scenarios.surface import Surface, terms
from scenarios.unknowns_record import JointDraws
from sim.contact.erlang import erlang_a_answered
from sim.parameters import quantities
from sim.schedule import Step
from sim.streams import Floats
from sim.unknowns import Hindsight

KNOWN_YEAR = Hindsight((), 0.0)


@cache
def coordinates() -> Coordinates:
    return Coordinates(load("baseline-fy2025").parameters)


def test_positions_and_values_are_each_others_inverse() -> None:
    step = Step(value=3, low=2, high=7)
    u = np.linspace(0, 1, 41)
    assert drawn(step, u) == pytest.approx([step.draw(at) for at in u])
    assert positions_of(step, drawn(step, u)) == pytest.approx(u)
    assert to_positions(to_normal(u[1:-1])) == pytest.approx(u[1:-1])


def test_a_row_of_positions_leaves_nothing_uncertain_and_none_is_the_middle() -> None:
    known = coordinates()
    parameters = known.at(dict.fromkeys(known.names, 0.9))
    assert not [path for path, quantity in quantities(parameters).items() if quantity.uncertain]
    written_ = quantities(known.parameters)["demand.first_time_per_year"]
    drawn_ = quantities(parameters)["demand.first_time_per_year"]
    assert [step.value for step in drawn_.steps] == [step.draw(0.9) for step in written_.steps]
    middle = quantities(known.at(dict.fromkeys(known.names)))
    assert all(middle[path].steps[0].value == quantity.steps[0].value for path, quantity in known.quantities.items())


def test_what_the_walk_reads_are_coordinates() -> None:
    assert set(READ) <= set(coordinates().names)


# order and table ----------------------------------------------------------------------------------------------------


def test_every_beginning_of_the_order_is_one_side_of_a_split() -> None:
    scores = np.random.default_rng(1).standard_normal((256, 3))
    order = spread(scores)
    assert sorted(order.tolist()) == list(range(256))
    halves = scores[order[:128], 0], scores[order[128:], 0]
    assert halves[0].max() <= halves[1].min()
    for half in (order[:128], order[128:]):
        assert scores[half[:64], 1].max() <= scores[half[64:], 1].min()
    with pytest.raises(ValueError, match="power of two"):
        spread(scores[:100])


def test_thinning_keeps_one_of_each_part() -> None:
    scores = np.random.default_rng(1).standard_normal((256, 2))
    places = np.argsort(spread(scores))
    kept = thinned(scores, 64, np.random.default_rng(2))
    assert (places[kept] // 4).tolist() == list(range(64))


def test_the_sequence_of_four_by_hand() -> None:
    # pairs by the first score are (0, 1) and (2, 3); the second score is 5 and 1 in the first, 0 and 4 in the other
    scores = np.array([[1.0, 5.0], [2.0, 1.0], [3.0, 0.0], [4.0, 4.0]])
    order = balanced(scores)
    assert {frozenset(order[:2].tolist()), frozenset(order[2:].tolist())} == {frozenset({0, 2}), frozenset({1, 3})}
    with pytest.raises(ValueError, match="power of two"):
        balanced(scores[:3])


def test_every_block_of_the_sequence_is_like_all() -> None:
    scores = np.random.default_rng(1).standard_normal((1024, 6))
    order = balanced(scores)
    assert sorted(order.tolist()) == list(range(1024))
    for length, share in ((4, 0.7), (16, 0.4), (64, 0.3)):
        blocks = scores[order].reshape(-1, length, 6).mean(axis=1)
        assert (blocks.std(axis=0) < share / np.sqrt(length)).all()  # of blocks by lot 1 / sqrt(length)
        quarters = np.argsort(np.argsort(scores[:, 0]))[order].reshape(-1, length) * 4 // 1024
        assert (np.sort(quarters, axis=1) == np.repeat(np.arange(4), length // 4)).all()


def test_even_columns_are_exactly_even_with_the_middle_at_its_row() -> None:
    u = evened(np.random.default_rng(1).random(64))
    assert np.sort(u) == pytest.approx((np.arange(64) + 0.5) / 64)
    traded = placed(u, 5, 0.3)
    assert np.sort(traded) == pytest.approx(np.sort(u)) and abs(traded[5] - 0.3) < 1 / 64


def test_the_table_keeps_what_was_narrowed_and_evens_the_rest() -> None:
    known = coordinates()
    z = prior(64, len(known.names), 3)
    first, second = known.names[:2]
    z[:, 0] = 0.2 * z[:, 0] + 1

    def as_it_is(rows: Floats) -> Floats:
        return rows

    made = table(known, z, as_it_is, known.middle[0], frozenset({first}), frozenset({first, second}), seed=1)
    rest = np.delete(np.arange(64), made.central)
    assert made.positions.dtype == np.float32
    assert made.positions[rest, 0] == pytest.approx(to_positions(z[rest, 0]), abs=1e-6)
    for column in range(1, len(known.names)):
        assert np.sort(made.positions[:, column]) == pytest.approx((np.arange(64) + 0.5) / 64, abs=1e-6)
    ranks = np.argsort(np.argsort(z[:, 1]))
    assert np.corrcoef(ranks, made.positions[:, 1])[0, 1] > 0.9  # all but the two rows that were traded
    again = table(known, z, as_it_is, known.middle[0], frozenset({first}), frozenset({first, second}), seed=1)
    record = JointDraws(
        digest="",
        version="",
        seed=1,
        draws=64,
        effective=64,
        ancestors=64,
        log_evidence=0.0,
        central=made.central,
        sequence=tuple(range(64)),
        hindsight={},
        figures=(),
        conflicts=(),
        seats={},
        unknowns=(),
        written=written(known),
    )
    assert digest(made, record) == digest(again, record)
    other = table(known, z, as_it_is, known.middle[0], frozenset(), frozenset({first, second}), seed=1)
    assert digest(other, record) != digest(made, record)


def test_a_figure_that_no_draw_gives_is_a_conflict() -> None:
    draws = np.random.default_rng(1).normal(10, 1, 500)
    assert Told("A", 10.5, 0.2, draws, draws, True).conflict is None
    assert Told("A", 30.0, 0.2, draws, draws, True).conflict == "no draw"
    assert Told("A", 12.9, 0.1, draws, draws / 10, True).conflict == "not met"


def test_who_narrowed_what_is_told() -> None:
    free = prior(512, 3, 1)
    tight = free * [0.3, 1.0, 1.0]
    rows = narrowed(("a", "b", "c"), tight, {"one": free, "other": tight}, active={0, 1})
    assert [(row.path, row.narrowed, row.by) for row in rows] == [
        ("a", True, "other"),
        ("b", False, None),
        ("c", False, None),
    ]


# answering ----------------------------------------------------------------------------------------------------------


@cache
def shape() -> Shape:
    """Half-hours of three sizes, two rosters."""
    calls = np.array([4e-5, 6e-5, 8e-5] * 2)
    often = np.array([2000.0, 2000.0, 1000.0, 1500.0, 1500.0, 500.0])
    return Shape(calls / float((calls * often).sum()), often, np.array([0.7] * 3 + [0.5] * 3))


def test_one_kind_of_half_hour_without_call_backs_is_erlang_a() -> None:
    only = Shape(np.array([1e-4]), np.array([1e4]), np.array([1.0]))
    load, handle = 3e6, 6.0
    answered = only.answered(load, handle, 3.0, 0.0, 3, np.array([18.0, 22.0, 30.0]))
    rate = np.full(3, load / handle * 1e-4 / 30)
    assert answered == pytest.approx(erlang_a_answered(rate, handle, 3.0, np.array([18, 22, 30])), abs=1e-12)


def test_polynomials_carry_the_theory_everywhere() -> None:
    box = [(4e6, 4e7), (5.0, 9.0), (2.0, 5.0), (0.4, 0.8)]
    seats = fit(shape(), box, 3, 32, 1)
    assert seats.worst < 0.01
    generator = np.random.default_rng(5)
    low, high = (np.array(ends) for ends in zip(*box, strict=True))
    for busy, handle, patience, again in low + (high - low) * generator.random((6, 4)):
        at = tuple(np.array([value]) for value in (busy, patience / handle, again))
        log_seats, slope = seats.under(*at).needed(logit(np.array([0.97])))
        answered = shape().answered(busy, handle, patience, again, 3, np.exp(log_seats))
        assert float(logit(answered)[0]) == pytest.approx(float(logit(0.97)), abs=0.12)
        back = seats.under(*at).rate(np.exp(log_seats + 0.1 * slope))
        assert float(back[0]) == pytest.approx(float(logit(0.97)) + 0.1, abs=0.02)
    assert (np.diff(seats.log_ratios(*at)) >= 0).all() and len(LADDER) == seats.coefficients.shape[1]


def test_whole_agents_change_the_seats_that_work() -> None:
    effective = shape().effective(np.array([100.0, 100.4, 101.6]))
    assert effective[0] == pytest.approx(100, rel=1e-9)
    assert effective[1] == effective[0] < effective[2]


def test_the_measure_and_its_inverse_agree_where_the_floor_lets_them() -> None:
    rate = logit(np.array([0.5, 0.9, 0.98, 0.996]))
    assert rate_of(measure(rate)) == pytest.approx(rate)


@cache
def answer_rate() -> AnswerRate:
    known, names = coordinates(), CALLS_OF["resident"]
    active = [known.names.index("holders.loss_rate")]
    coefficients = np.zeros((terms(np.zeros((1, 1))).shape[1], len(outputs())))
    coefficients[0] = 1.0
    walk = Surface(np.array(active), coefficients, np.zeros((len(outputs()), len(outputs()))))
    usual = np.array(
        [{"notices": 5e5, "applications": 4e5, "holders": 4e5, "loss": 2e5}.get(cause, 0.0) for cause in names]
    )
    rates = [
        quantities(known.parameters)[f"contact.resident.{rate}"].steps[0].value if rate else 1.0
        for rate, _ in names.values()
    ]
    at_usual = np.column_stack([rates, np.ones(len(names))])
    box = [(4e6, 4e7), (4.0, 12.0), (1.5, 6.0), (0.4, 0.8)]
    seats = fit(shape(), box, 3, 32, 1)
    centre = Centre(
        "resident", known, walk, usual, at_usual, inside_share("resident", known.parameters), shape(), seats
    )
    correction = Surface(np.empty(0, dtype=np.int64), np.zeros((1, 1)), np.zeros((1, 1)))
    return AnswerRate("JLIS-012", centre, float(measure(logit(np.array([0.99])))[0]), 0.2, correction, KNOWN_YEAR)


def test_seats_found_answer_as_published_and_are_weighed_by_their_prior() -> None:
    """The integral over the coordinate of the seats is that over the seats themselves."""
    rate, known = answer_rate(), coordinates()
    row = prior(4, len(known.names), 2)[:1]
    w = np.repeat(row, 401, axis=0)
    w[:, rate.column] = t = np.linspace(-8, 8, 401)
    assert float(rate.rate(w)[200]) == pytest.approx(rate.published, abs=0.1)  # agents are whole
    found = float(np.trapezoid(np.exp(rate.log_likelihood(w) - 0.5 * t**2), dx=t[1] - t[0]))

    u = (np.arange(4000) + 0.5) / 4000
    seats = drawn(known.step("contact.resident.seats"), u)
    off = rate.published - measure(rate.centre.rate(np.repeat(row, len(u), axis=0), seats))
    exact = float(np.exp(-0.5 * (off / rate.deviation) ** 2).mean())
    assert found == pytest.approx(exact, rel=0.05)


def test_sampling_finds_seats_for_every_load() -> None:
    rate, known = answer_rate(), coordinates()
    active = list(rate.active)

    def likelihood(w: np.ndarray) -> np.ndarray:
        whole = np.zeros((len(w), len(known.names)))
        whole[:, active] = w
        return rate.log_likelihood(whole)

    found = sample(likelihood, len(active), 512, seed=1)
    w = np.zeros((512, len(known.names)))
    w[:, active] = found.z
    assert np.quantile(rate.predicted(w), (0.05, 0.95)) == pytest.approx((98.6, 99.3), abs=0.25)
    seats, calls = rate.seats(w)[0], rate.centre.calls(w).sum(axis=1)
    assert np.corrcoef(np.log(seats), np.log(calls))[0, 1] > 0.7
    assert np.corrcoef(rate.located(w)[:, rate.column], np.log(seats))[0, 1] > 0.95


# availability -------------------------------------------------------------------------------------------------------


def test_a_year_without_an_outage_speaks_for_few_failures() -> None:
    """With repairs long beside the tolerance, the likelihood is that of no failure: exp(-failures)."""
    known = availability("JLIS-020", coordinates(), "jpki_verifier", 100.0, 0.0005)
    z = np.zeros((3, len(coordinates().names)))
    failures, repair = (
        coordinates().names.index(name)
        for name in ("systems.jpki_verifier.failures_per_year", "systems.jpki_verifier.repair_hours")
    )
    z[:, failures], z[:, repair] = (-2.0, 0.0, 2.0), 2.0
    often = coordinates().values("systems.jpki_verifier.failures_per_year", to_positions(z[:, failures]))
    told = known.log_likelihood(z)
    assert np.diff(told) == pytest.approx(-np.diff(often), rel=0.1)


def test_hours_of_a_published_event_are_not_asked_of_breakdowns() -> None:
    known = availability("JLIS-019", coordinates(), "jpki_counter", 99.85, 0.026)
    assert known.known == 3.0
    z = np.zeros((1, len(coordinates().names)))
    lost = known.hours * (1 - float(known.predicted(z)[0, 0]) / 100)
    assert lost > known.known
