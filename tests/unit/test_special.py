"""Special functions in compiled code are scipy's own."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

import sim.special as compiled_special
from sim.compiled import compiled
from sim.streams import Floats, Ints


@compiled
def _bdtr(k: Floats, n: Ints, p: Floats) -> list[float]:
    return [compiled_special.bdtr(*each) for each in zip(k, n, p)]  # noqa: B905


@compiled
def _pdtr(k: Floats, mean: Floats) -> list[float]:
    return [compiled_special.pdtr(*each) for each in zip(k, mean)]  # noqa: B905


@compiled
def _ndtri(u: Floats) -> list[float]:
    return [compiled_special.ndtri(each) for each in u]


def test_each_is_what_scipy_gives_to_the_last_bit() -> None:
    random = np.random.default_rng(1)
    n, p = random.integers(1, 300_000, 500), random.random(500) ** 3
    k = np.floor(random.random(500) * n)
    assert np.array_equal(_bdtr(k, n, p), special.bdtr(k, n, p))
    assert np.array_equal(_pdtr(np.floor(n * p), n * p), special.pdtr(np.floor(n * p), n * p))
    assert np.array_equal(_ndtri(p), special.ndtri(p))


def test_one_that_scipy_lacks_is_told() -> None:
    with pytest.raises(LookupError, match=r"has no bdtr of double \(double, int "):
        compiled_special._make_known("bdtr", compiled_special.float64)
