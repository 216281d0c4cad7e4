"""A published answer rate as evidence, with the seats found rather than guessed.

Of a centre's unknowns the seats are pinned by its answer rate to a few per cent once all others are given; drawn from
their wide range, almost no draw would fit. So the sampler's coordinate of the seats says how far they are from those
with which the draw's calls are answered as published, in standard deviations of that; the prior density of the seats
found so is part of the weight (the seats are integrated over along the curve, as Rao and Blackwell advise).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from calibration.joint.answering import logit_by_measure, measure, rate_of, share
from calibration.joint.centre import Centre, Loaded
from calibration.joint.coordinates import positions_of, to_normal
from scenarios.surface import Surface
from sim.parameters import quantities
from sim.schedule import Step
from sim.streams import Floats
from sim.unknowns import Hindsight

_SCALES = (2e-3, 0.35)
"""Seats are never taken to be known better than to 0.2 %, nor to stray further than in their range."""


@dataclass(frozen=True)
class AnswerRate:
    """The answer rate of a centre in FY2025.

    Args:
        id: of the published figure.
        centre: calls and theory.
        published: measure of the share (``answering.measure``).
        deviation: of the published measure about the expected one: rounding, discrepancy, and the chance of a year.
        correction: what simulated years say more than theory, and by its residual how they vary.
        known_year: what is known of the year beside, by whose luck seats go.
    """

    id: str
    centre: Centre
    published: float
    deviation: float
    correction: Surface
    known_year: Hindsight

    @property
    def ids(self) -> tuple[str, ...]:
        """The one figure."""
        return (self.id,)

    @property
    def active(self) -> Sequence[int]:
        """Coordinates that it depends on."""
        return sorted({self.column, *self.correction.active.tolist(), *self.centre.active})

    @property
    def path(self) -> str:
        """The parameter path of the seats."""
        return f"contact.{self.centre.name}.seats"

    @property
    def column(self) -> int:
        """The coordinate of the seats."""
        return self.centre.column("seats")

    @cached_property
    def _range(self) -> Step:
        parameters = self.centre.unknowns.parameters
        return quantities(parameters)[self.path].step_on(parameters.start)

    def seats(self, w: Floats) -> tuple[Floats, Floats]:
        """Seats of each row of the sampler's coordinates, and the log of what they spread over for a step of one."""
        return self._seats(w, self.centre.under(w), self.correction(w)[:, 0])

    def _seats(self, w: Floats, loaded: Loaded, correction: Floats) -> tuple[Floats, Floats]:
        """The same: those with which the published measure is expected, and so much off as the coordinate says."""
        wanted = self.published - correction
        log_seats, slope = loaded.needed(rate_of(wanted))
        scale = np.clip(slope * logit_by_measure(wanted) * self.deviation, *_SCALES)
        return np.exp(log_seats + scale * w[:, self.column]), np.log(scale)

    def rate(self, w: Floats) -> Floats:
        """Measure of the share answered."""
        return np.asarray(measure(self.centre.rate(w, self.seats(w)[0])) + self.correction(w)[:, 0])

    def log_likelihood(self, w: Floats) -> Floats:
        """Of the rate, times the prior density of the seats over that of the sampler's coordinate."""
        loaded, correction = self.centre.under(w), self.correction(w)[:, 0]
        seats, log_scale = self._seats(w, loaded, correction)
        off = (self.published - measure(loaded.rate(seats)) - correction) / self.deviation
        prior = _log_density(self._range, seats) + np.log(seats) + log_scale
        return np.asarray(prior + 0.5 * w[:, self.column] ** 2 - 0.5 * off**2)

    def predicted(self, w: Floats) -> Floats:
        """Per cent answered, one column."""
        return share(self.rate(w))[:, None]

    def predicted_prior(self, z: Floats) -> Floats:
        """The same where the coordinate of the seats is their position in the range, as in the prior."""
        rate = measure(self.centre.rate(z, self.centre.value("seats", z))) + self.correction(z)[:, 0]
        return share(rate)[:, None]

    def located(self, w: Floats) -> Floats:
        """The rows with the seats' coordinate as the normal number of their position in the range."""
        z = w.copy()
        z[:, self.column] = to_normal(positions_of(self._range, self.seats(w)[0]))
        return z


def _log_density(step: Step, values: Floats) -> Floats:
    """Of the triangular law; minus infinity outside."""
    low, high = step.bounds
    up, down = (values - low) / max(step.value - low, 1e-300), (high - values) / max(high - step.value, 1e-300)
    height = 2 / (high - low) * np.minimum(up, down)
    return np.asarray(np.log(np.maximum(height, 1e-300)) + np.where(height > 0, 0.0, -np.inf))
