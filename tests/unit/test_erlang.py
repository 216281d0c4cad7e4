"""Erlang A, B and C against the balance of a birth-death chain, published numbers, and each other."""

import itertools
import math

import numpy as np
import pytest

from sim.contact.erlang import erlang_a_answered, erlang_b, long_run

SOON = 1 / 3


def chain(rate: float, handle: float, patience: float, agents: int) -> tuple[float, float, float, float]:
    """Answered, wait, within ``SOON`` and utilisation from the states themselves.

    A caller in the line answered within ``SOON`` needs every call before it gone by then: integrated over the time.
    """
    length = int(3 * rate * patience + 60 * math.sqrt(rate * patience + agents) + 300)
    number = np.arange(agents + length)
    leaves = np.minimum(number[1:], agents) / handle + np.maximum(number[1:] - agents, 0) / patience
    weight = np.concatenate([[0.0], np.cumsum(np.log(rate) - np.log(leaves))])
    share = np.exp(weight - weight.max())
    share /= share.sum()
    wait = float((np.maximum(number - agents, 0) * share).sum()) / rate
    time = np.linspace(0.0, SOON, 200_001)
    grows = rate * patience * -np.expm1(-time / patience) - agents * time / handle - time / patience
    with np.errstate(under="ignore"):
        density = share[agents] * agents / handle * np.exp(grows)
    within = share[:agents].sum() + np.trapezoid(density, time)
    return 1 - wait / patience, wait, float(within), float((np.minimum(number, agents) * share).sum() / agents)


GRID = [
    (rate, handle, patience, agents)
    for rate, handle, patience, agents in itertools.product(
        (0.01, 1, 94, 500), (0.5, 6), (0.1, 3, 20), (1, 2, 17, 560, 5000)
    )
]


@pytest.mark.parametrize(("rate", "handle", "patience", "agents"), GRID)
def test_erlang_a_is_the_balance_of_its_chain(rate, handle, patience, agents):
    answered, wait, within, busy = chain(rate, handle, patience, agents)
    found = long_run(rate, handle, patience, agents, SOON)
    assert found.answered == pytest.approx(answered, abs=1e-9)
    assert found.wait == pytest.approx(wait, abs=1e-9 * patience)
    assert found.within == pytest.approx(within, abs=1e-7)
    assert found.utilisation == pytest.approx(busy, abs=1e-9)


def test_many_at_once_are_the_same_as_one_by_one():
    rates, agents = np.array([0.0, 0.0, 1.0, 1.0, 94.0, 94.0, 1e4]), np.array([0, 5, 0, 7, 560, 1, 9])
    many = erlang_a_answered(rates, 6.0, 3.0, agents)
    assert many[:3].tolist() == [1.0, 1.0, 0.0]
    singly = [
        long_run(r, 6.0, 3.0, n, SOON).answered for r, n in zip(rates[3:].tolist(), agents[3:].tolist(), strict=True)
    ]
    np.testing.assert_allclose(many[3:], singly, rtol=0, atol=1e-10)


def test_more_agents_answer_more_and_more_calls_are_answered_less():
    agents = np.arange(1, 700)
    assert (np.diff(erlang_a_answered(np.full(699, 94.0), 6.0, 3.0, agents)) >= -1e-13).all()
    assert (np.diff(erlang_a_answered(np.linspace(0.1, 300, 500), 6.0, 3.0, np.full(500, 560))) <= 1e-13).all()


def test_erlang_b_is_the_textbook_recursion():
    for load in (0.5, 10.0, 900.0):
        blocked = 1.0
        for agents in range(1, 1200):
            blocked = load * blocked / (agents + load * blocked)
            assert float(erlang_b(np.array([load]), np.array([agents]))[0]) == pytest.approx(
                blocked, rel=1e-9, abs=1e-300
            )


def test_published_values():
    # Erlang's tables: 10 erlangs on 10 trunks block 21.46 %; with a line, 40.92 % wait at 8 erlangs on 10
    assert float(erlang_b(np.array([10.0]), np.array([10]))[0]) == pytest.approx(0.2146, abs=5e-5)
    assert 1 - long_run(8.0, 1.0, None, 10, 0.0).within == pytest.approx(0.4092, abs=5e-5)


def test_patience_without_end_is_erlang_c_and_none_at_all_is_erlang_b():
    for agents in (600, 1200):
        c, b = long_run(94, 6, None, agents, SOON), long_run(94, 6, 0, agents, SOON)
        nearly_c, nearly_b = long_run(94, 6, 1e6, agents, SOON), long_run(94, 6, 1e-6, agents, SOON)
        for name in ("answered", "within", "utilisation"):
            assert getattr(nearly_c, name) == pytest.approx(getattr(c, name), abs=1e-5)
            assert getattr(nearly_b, name) == pytest.approx(getattr(b, name), abs=1e-5)
        assert nearly_c.wait == pytest.approx(c.wait, rel=1e-3)
        assert b.wait == 0.0


def test_a_line_without_end_is_refused():
    with pytest.raises(ValueError, match="564 of 564"):
        long_run(94, 6, None, 564, SOON)


def test_nothing_overflows_at_the_ends():
    for rate, handle, patience, agents in itertools.product((1e-6, 1e6), (1e-3, 1e4), (1e-3, 1e6), (1, 5000)):
        found = long_run(rate, handle, patience, agents, SOON)
        assert 0 <= found.within <= found.answered <= 1 and 0 <= found.utilisation <= 1
        assert 0 <= found.wait <= patience
