"""The making of the joint distribution, step by step.

Theory and surfaces screen, real years decide: what the holders' walk and the centres say is first learnt over the
whole prior, the centres by theory; then the walk is taken, and whole years are simulated, where the figures leave the
unknowns, and the draws conditioned on what that says are the ones kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from calibration.joint import evidence, walks
from calibration.joint.answer_rates import AnswerRate
from calibration.joint.conditioned import PARTICLES, Known, alone, conditioned, effective_number
from calibration.joint.coordinates import Coordinates, rows_of, to_positions
from calibration.joint.figures import Likelihood
from calibration.joint.handed_over import handed_over
from calibration.joint.record import Conditioned, Made, kept
from calibration.joint.sampler import Sample, prior
from calibration.joint.walks import Keep
from calibration.joint.years import Year, centre_of, rates, with_walk, years
from scenarios.files.load import load
from scenarios.surface import Surface, fit
from sim.facts import CENTRES
from sim.parameters import Parameters
from sim.streams import Floats

SCENARIO = "baseline-fy2025"


@dataclass(frozen=True)
class Size:
    """How much is evaluated: draws kept, particles, simulated years, walks by round, whole replications."""

    draws: int = 1024
    particles: int = PARTICLES
    years: int = 6
    walks: tuple[int, int] = (512, 256)
    wholes: int = 448


@dataclass(frozen=True)
class Tick:
    """Told of each evaluation as it is done."""

    walk: Callable[[], None] = lambda: None
    year: Callable[[], None] = lambda: None


def make(seed: int, size: Size, keep: Keep, tick: Tick | None = None, parameters: Parameters | None = None) -> Made:
    """Condition the unknowns on the published figures.

    Args:
        seed: of every choice by lot.
        size: how much is evaluated.
        keep: remembers evaluations by key.
        tick: told of them.
        parameters: of the year that is simulated; by default those of the scenario of FY2025.
    """
    unknowns = Coordinates(parameters or load(SCENARIO).parameters)
    return _Making(unknowns, seed, size, keep, tick or Tick()).made()


class _Making:
    """One making: the coordinates, and all evaluations so far."""

    def __init__(self, unknowns: Coordinates, seed: int, size: Size, keep: Keep, tick: Tick) -> None:
        self.coordinates = unknowns
        self._seed, self._size, self._keep, self._tick = seed, size, keep, tick
        self._count = len(self.coordinates.names)
        self._read = [self.coordinates.names.index(name) for name in walks.READ]
        self._points, self._said = np.empty((0, self._count)), np.empty((0, len(walks.outputs())))
        self._years: list[Year] = []

    def made(self) -> Made:
        """All steps."""
        size, seed = self._size, self._seed
        self._walk(prior(size.walks[0], self._count, seed))
        self._years = years(self.coordinates, seed, self._tick.year, size.years)
        screened = self._screened()
        draws = conditioned(screened, self._count, seed, size.particles)
        effective = self._walked_again(screened.located(self._by_lot(draws, size.walks[1], 6)))
        known = self._decided(screened, self._by_lot(draws, size.wholes, 7))
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
        self._points, self._said = np.vstack([self._points, inside]), np.vstack([self._said, said])
        return said

    def _walked_again(self, z: Floats) -> float:
        """Walk where the figures leave the unknowns; the share of draws that the surfaces were right enough for."""
        stock = evidence.of_stock(self._surface())
        said, names = self._walk(z), walks.outputs()
        real = sum((group.of(said[:, [names.index(id_) for id_ in group.ids]]) for group in stock), np.zeros(len(z)))
        return effective_number(Likelihood(tuple(stock))(z), real)

    def _surface(self) -> Surface:
        return fit(self._points, self._said, self._read)

    # the centres ----------------------------------------------------------------------------------------------------

    def _screened(self) -> Known:
        """All evidence, the centres by theory alone."""
        walk = self._surface()
        centres = [centre_of(name, self.coordinates, walk, self._years, self._seed) for name in CENTRES]
        z, years = np.empty((0, self._count)), self._years
        return self._known(walk, [evidence.of_centre(one, z, evidence.known_year(one.name, years)) for one in centres])

    def _decided(self, screened: Known, w: Floats) -> Known:
        """All evidence, after whole replications at rows of the sampler's coordinates."""
        walk, z = self._surface(), screened.located(w)
        said = rates(self.coordinates, z, self._seed, self._keep, self._tick.year)
        found = []
        for before in screened.rates:
            centre = with_walk(before.centre, walk)
            found.append(evidence.of_centre(centre, z, before.known_year, said[centre.name]))
        return self._known(walk, found)

    def _known(self, walk: Surface, rates: Sequence[AnswerRate]) -> Known:
        stock = {group.kind: (group,) for group in evidence.of_stock(walk)}
        handed = handed_over(self.coordinates, self._seed, self._keep)
        systems = tuple(evidence.of_systems(self.coordinates))
        return Known(tuple(rates), {**stock, handed.kind: (handed,), "availability": systems})
