"""Sizings of needs with a known law, by the project's own functions: a search, its direction, fresh needs, levels."""

from collections.abc import Callable, Mapping
from datetime import date

import numpy as np

from scenarios.sizing.mixes import Mixes, of_one
from scenarios.sizing.plan import Claim, Found, towards
from scenarios.sizing.scales import Scale

FY = "FY2027"
Law = Callable[[np.random.Generator, int], Mapping[str, np.ndarray]]
"""Levels that so many replications need, by resource."""


def scale(path: str, top: int = 4000, low: float = 0, step: float = 1) -> Scale:
    return Scale(path, FY, low, step, top, (date(2027, 4, 1),), (1.0,))


def lognormal(rng: np.random.Generator, count: int, spread: float = 0.12) -> Mapping[str, np.ndarray]:
    return {"seats": 1000 * np.exp(spread * rng.standard_normal(count))}


def skewed(rng: np.random.Generator, count: int) -> Mapping[str, np.ndarray]:
    """A gamma law of the same spread about its mean, shifted: most need little, some much more."""
    return {"seats": 800 + 14_400 / 9 * 0.125 * rng.gamma(2.25, 0.4, count) / 0.9}


def two(rng: np.random.Generator, count: int) -> Mapping[str, np.ndarray]:
    """Seats, and cards that vary by a third as much, half related to each other."""
    both = rng.standard_normal(count)
    own = [0.7 * both + 0.51**0.5 * rng.standard_normal(count) for _ in range(2)]
    return {"seats": 1000 * np.exp(0.12 * own[0]), "cards": 500 * np.exp(0.04 * own[1])}


def found(levels: Mapping[str, np.ndarray]) -> Found:
    steps = {(path, FY): np.ceil(own).astype(np.int64) for path, own in levels.items()}
    return Found(steps, dict.fromkeys(steps, 0))


def sized(rng: np.random.Generator, law: Law, certainty: float, search: int = 24, fresh: int = 150) -> Claim:
    """A sizing at one yen a step of each resource."""
    searched = found(law(rng, search)).steps
    mixes: dict[tuple[str, str], Mixes] = {key: of_one(scale(key[0])) for key in searched}
    costs = {key: np.arange(own.top + 1.0) for key, own in mixes.items()}
    nothing = {key: np.zeros(search) for key in mixes}
    return Claim((FY,), towards(mixes, costs, searched, nothing, certainty), found(law(rng, fresh)))
