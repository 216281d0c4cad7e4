"""The making of the joint distribution, step by step.

Theory and surfaces screen, reruns of a part decide: what the holders' walk and the centres say is first learnt over the
whole prior, then again where the figures leave the unknowns, and the draws of that second round are the ones kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.special import logit

from calibration.agreement import load as load_agreements
from calibration.joint import evidence, walks
from calibration.joint.answer_rates import AnswerRate
from calibration.joint.conditioned import PARTICLES, Known, alone, conditioned, effective_number
from calibration.joint.coordinates import Coordinates, rows_of, to_positions
from calibration.joint.figures import Likelihood
from calibration.joint.record import Conditioned, Made, kept
from calibration.joint.reruns import Year, centre_of, rerun_rates, with_walk, years
from calibration.joint.sampler import Sample, prior
from calibration.joint.surface import Surface, fit
from calibration.joint.walks import Keep
from scenarios.load import load
from sim.facts import CENTRES
from sim.streams import Floats

SCENARIO = "baseline-fy2025"


@dataclass(frozen=True)
class Size:
    """How much is evaluated: draws kept, particles, simulated years, and by round walks and reruns of each centre."""

    draws: int = 1024
    particles: int = PARTICLES
    years: int = 8
    walks: tuple[int, int] = (512, 256)
    reruns: tuple[int, int] = (64, 64)


@dataclass(frozen=True)
class Tick:
    """Told of each evaluation as it is done."""

    walk: Callable[[], None] = lambda: None
    year: Callable[[], None] = lambda: None
    rerun: Mapping[str, Callable[[], None]] = field(default_factory=dict)


@dataclass
class _Points:
    """Evaluations so far: rows of coordinates, the seats that went with them, and what was said."""

    z: Floats
    seats: Floats
    said: Floats

    def add(self, z: Floats, seats: Floats, said: Floats) -> None:
        self.z = np.concatenate([self.z, z])
        self.seats = np.concatenate([self.seats, seats])
        self.said = np.concatenate([self.said, said])


def make(seed: int, size: Size, keep: Keep, tick: Tick | None = None) -> Made:
    """Condition the unknowns on the published figures.

    Args:
        seed: of every choice by lot.
        size: how much is evaluated.
        keep: remembers evaluations by key.
        tick: told of them.
    """
    return _Making(seed, size, keep, tick or Tick()).made()


class _Making:
    """One making: the coordinates, and all evaluations so far."""

    def __init__(self, seed: int, size: Size, keep: Keep, tick: Tick) -> None:
        self.coordinates = Coordinates(load(SCENARIO).parameters)
        self._seed, self._size, self._keep, self._tick = seed, size, keep, tick
        self._count = len(self.coordinates.names)
        self._read = [self.coordinates.names.index(name) for name in walks.READ]
        self._walks = self._no_points(len(walks.outputs()))
        self._reruns = {name: self._no_points() for name in CENTRES}
        self._years: list[Year] = []

    def _no_points(self, *outputs: int) -> _Points:
        return _Points(np.empty((0, self._count)), np.empty(0), np.empty((0, *outputs)))

    def made(self) -> Made:
        """All steps."""
        size, seed = self._size, self._seed
        self._walk(prior(size.walks[0], self._count, seed))
        self._years = years(self.coordinates, seed, self._tick.year, size.years)
        first = self._learnt(prior(size.reruns[0], self._count, seed + 1), {})
        draws = conditioned(first, self._count, seed, size.particles)
        effective = self._walked_again(first.located(self._by_lot(draws, size.walks[1], 6)))
        corrections = {rate.centre.name: rate for rate in first.rates}
        known = self._learnt(self._by_lot(draws, size.reruns[1], 7), corrections)
        final = conditioned(known, self._count, seed + 1, size.particles)
        kinds = alone(known, self._count, seed + 2, max(size.particles // 2, 256))
        surface, before = self._surface(), prior(2048, self._count, seed + 3)
        return kept(Conditioned(self.coordinates, known, final, kinds, surface, before, effective), size.draws, seed)

    def _by_lot(self, draws: Sample, count: int, purpose: int) -> Floats:
        chosen = np.random.default_rng([self._seed, purpose]).permutation(len(draws.z))[:count]
        return np.asarray(draws.z[chosen])

    # the holders' walk ----------------------------------------------------------------------------------------------

    def _walk(self, z: Floats) -> Floats:
        """Walk at these points; what was said of each."""
        inside = np.zeros_like(z)
        inside[:, self._read] = z[:, self._read]
        rows = rows_of(walks.READ, to_positions(z[:, self._read]))
        said = walks.evaluated(self.coordinates, rows, self._keep, self._tick.walk)
        self._walks.add(inside, np.empty(0), said)
        return said

    def _walked_again(self, z: Floats) -> float:
        """Walk where the figures leave the unknowns; the share of draws that the surfaces were right enough for."""
        stock = evidence.of_stock(self._surface())
        said, names = self._walk(z), walks.outputs()
        real = sum((group.of(said[:, [names.index(id_) for id_ in group.ids]]) for group in stock), np.zeros(len(z)))
        return effective_number(Likelihood(tuple(stock))(z), real)

    def _surface(self) -> Surface:
        return fit(self._walks.z, self._walks.said, self._read)

    # the centres ----------------------------------------------------------------------------------------------------

    def _learnt(self, w: Floats, before: Mapping[str, AnswerRate]) -> Known:
        """All evidence, after reruns of both centres at rows of the sampler's coordinates."""
        walk = self._surface()
        rates = tuple(self._rate(name, walk, w, before.get(name)) for name in CENTRES)
        stock = {group.kind: (group,) for group in evidence.of_stock(walk)}
        return Known(rates, {**stock, "availability": tuple(evidence.of_systems(self.coordinates))})

    def _rate(self, name: str, walk: Surface, w: Floats, before: AnswerRate | None) -> AnswerRate:
        """The answer rate as evidence, from reruns with about the seats that answer as published."""
        if before:
            centre = with_walk(before.centre, walk)
        else:
            centre = centre_of(name, self.coordinates, walk, self._years, self._seed)
        published = float(logit(load_agreements()[evidence.ANSWERS[name]].published.value / 100))
        off = before.correction(w)[:, 0] if before else np.zeros(len(w))
        seats = np.exp(centre.needed(w, published - off)[0])
        tick = self._tick.rerun.get(name, lambda: None)
        points = self._reruns[name]
        points.add(w, seats, rerun_rates(centre, w, seats, self._years, self._keep, tick))
        return evidence.of_centre(centre, points.z, points.said - centre.rate(points.z, points.seats))
