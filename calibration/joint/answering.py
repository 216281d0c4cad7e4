"""How many seats answer what share of a year's calls, by Erlang A: theory that screens, before anything is rerun.

A year of a centre is a distribution of half-hours: so many with so large a share of the year's calls. The shares come
from simulated years; the year's calls, handle time, patience and call-backs differ from draw to draw. With load ``a``
(calls a year times handle minutes), the seats that answer a share are ``rho a``, and by the scaling of Erlang A
``ln rho`` is a smooth function of ``ln a``, of patience over handle time, and of the share of lost callers who ring
again. It is worked out at some points for a ladder of answered shares; cubic polynomials carry it everywhere else.

Calls after a lost one come back in the same half-hour here, and times are exponential: simulated years tell how
far off that is (``years.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import combinations_with_replacement

import numpy as np
from scipy.special import expit, logit
from scipy.stats import qmc

from sim.contact.call_backs import with_call_backs
from sim.hindsight import FLOOR
from sim.streams import Floats

LADDER = np.array([0.6, 0.75, 0.85, 0.9, 0.94, 0.96, 0.975, 0.985, 0.99, 0.9935, 0.996, 0.998, 0.999, 0.9995, 0.9999])
"""Answered shares at which the seats are known; between them, the logit of the share is linear in the log of seats."""
_RATIOS = np.exp(np.linspace(-0.9, 1.6, 36))
"""Seats times their mean presence, over the load, at which theory is evaluated."""
_LEAST_LOST = 1e-5


@dataclass(frozen=True)
class Shape:
    """Half-hours of a year's opening hours.

    Args:
        calls: share of the year's calls in such a half-hour.
        often: how many of them a year has.
        staffed: agents at their post for each contracted seat.
    """

    calls: Floats
    often: Floats
    staffed: Floats

    @cached_property
    def staffing(self) -> Floats:
        """Calls by the distinct staffed shares, adding up to 1: what part of the year falls to each."""
        return np.array([float((self.calls * self.often)[self.staffed == one].sum()) for one in self.levels])

    @cached_property
    def levels(self) -> Floats:
        """The distinct staffed shares."""
        return np.unique(self.staffed)

    def effective(self, seats: Floats) -> Floats:
        """Seats as they work once agents are whole: weighted by calls, seats that would give these agents unrounded."""
        posts = [np.rint(seats * one) / one for one in self.levels]
        logs = [w * np.log(np.maximum(post, 0.1)) for w, post in zip(self.staffing, posts, strict=True)]
        return np.asarray(np.exp(np.sum(logs, axis=0)))

    def answered(self, load: float, handle: float, patience: float, again: float, most: int, seats: Floats) -> Floats:
        """Share of attempts answered with each number of seats; ``load`` is calls a year times handle minutes."""
        rate = load / handle * self.calls / 30
        agents = np.maximum(seats[:, None] * self.staffed, 0.1)
        first = np.broadcast_to(rate, agents.shape)
        offered, lost = with_call_backs(first, handle, patience, agents, again, most)
        weight = offered * self.often
        return np.asarray((weight * (1 - lost)).sum(axis=1) / weight.sum(axis=1))


@dataclass(frozen=True)
class Seats:
    """Seats over load that answer each share of ``LADDER``, as polynomials.

    ``middle`` and ``scale`` turn ``(ln load, ln patience/handle, again)`` into numbers around -1 to 1.
    """

    middle: Floats
    scale: Floats
    coefficients: Floats
    worst: float
    """Largest error of ``ln rho`` at the points it was made from."""

    def log_ratios(self, load: Floats, patience_over_handle: Floats, again: Floats) -> Floats:
        """``ln rho`` for each step of the ladder, shape (rows, steps), rising."""
        x = (np.column_stack([np.log(load), np.log(patience_over_handle), again]) - self.middle) / self.scale
        return np.asarray(np.maximum.accumulate(_cubic(x) @ self.coefficients, axis=1))

    def under(self, load: Floats, patience_over_handle: Floats, again: Floats) -> Answering:
        """How seats and answered share go together under such loads, one a row."""
        return Answering(load, self.log_ratios(load, patience_over_handle, again))


@dataclass(frozen=True)
class Answering:
    """How seats and answered share go together under known loads: ``log_ratios[row, step]`` is ``ln rho``."""

    load: Floats
    log_ratios: Floats

    def rate(self, seats: Floats) -> Floats:
        """Logit of the answered share with so many seats."""
        return along(self.log_ratios, self._steps, np.log(seats / self.load))

    def needed(self, rate: Floats) -> tuple[Floats, Floats]:
        """Log of the seats at which the logit of the answered share is ``rate``, and its slope there by that logit."""
        log_seats = along(self._steps, self.log_ratios, rate) + np.log(self.load)
        further, less = (along(self._steps, self.log_ratios, rate + side * 0.25) for side in (1, -1))
        return log_seats, (further - less) / 0.5

    @property
    def _steps(self) -> Floats:
        return np.broadcast_to(logit(LADDER), self.log_ratios.shape)


def along(x: Floats, y: Floats, at: Floats) -> Floats:
    """Row by row the broken line through ``(x, y)`` at one place, going on straight beyond its ends."""
    place = np.clip((x < at[:, None]).sum(axis=1), 1, x.shape[1] - 1)
    rows = np.arange(len(x))
    x0, x1, y0, y1 = x[rows, place - 1], x[rows, place], y[rows, place - 1], y[rows, place]
    return np.asarray(y0 + (at - x0) * (y1 - y0) / np.maximum(x1 - x0, 1e-9))


def fit(shape: Shape, box: Sequence[tuple[float, float]], most: int, points: int, seed: int) -> Seats:
    """Work the ladder out at points of a box and carry it by polynomials.

    Args:
        shape: of the centre's year.
        box: low and high of the load, of handle minutes, of patience in minutes, and of the share ringing again.
        most: call-backs after the first call, at most.
        points: how many, a power of two.
        seed: of the points.
    """
    u = qmc.Sobol(len(box), seed=np.random.default_rng([seed, 3])).random(points)
    low, high = (np.array(ends) for ends in zip(*box, strict=True))
    values = np.column_stack([low[:3] * (high / low)[:3] ** u[:, :3], low[3] + (high - low)[3] * u[:, 3]])
    presence = float((shape.staffed * shape.calls * shape.often).sum())
    hours = float(1 / (shape.calls**2 * shape.often).sum()) * 30  # minutes, if all were as full as the mean call meets
    rows = []
    for load, handle, patience, again in values:
        seats = load / hours / presence * _RATIOS
        rate = logit(np.clip(shape.answered(load, handle, patience, again, most, seats), 1e-6, 1 - 1e-9))
        rows.append(np.interp(logit(LADDER), np.maximum.accumulate(rate), np.log(seats / load)))
    known = np.array(rows)
    x = np.column_stack([np.log(values[:, 0]), np.log(values[:, 2] / values[:, 1]), values[:, 3]])
    middle, scale = x.mean(axis=0), x.std(axis=0)
    basis = _cubic((x - middle) / scale)
    coefficients = np.linalg.lstsq(basis, known, rcond=None)[0]
    return Seats(middle, scale, coefficients, float(np.abs(basis @ coefficients - known).max()))


def _cubic(x: Floats) -> Floats:
    """All products of at most three of the columns."""
    columns = [np.ones(len(x))]
    for degree in (1, 2, 3):
        for chosen in combinations_with_replacement(range(x.shape[1]), degree):
            columns.append(reduce(np.multiply, (x[:, column] for column in chosen)))
    return np.column_stack(columns)


def measure(rate: Floats) -> Floats:
    """The scale on which simulated years stray evenly from theory, from the logit of an answered share.

    The negative log of the odds of being lost, of which a few in ten thousand always are (``FLOOR``): those in line as
    the centre closes, or who ring at night. Where nearly all is answered, the share no longer tells how many seats.
    """
    lost = expit(-rate)
    return np.asarray(-np.log((lost + FLOOR) / (1 - lost)))


def rate_of(measured: Floats) -> Floats:
    """The logit of the answered share from its measure; of one that the floor hides, a very high one."""
    odds = np.exp(-measured)
    lost = np.maximum((odds - FLOOR) / (1 + odds), _LEAST_LOST)
    return np.asarray(logit(1 - lost))


def logit_by_measure(measured: Floats) -> Floats:
    """How the logit grows with the measure."""
    lost = expit(-rate_of(measured))
    return np.asarray((lost + FLOOR) / (lost * (1 + FLOOR)))


def share(measured: Floats) -> Floats:
    """Per cent answered."""
    return np.asarray(100 * expit(rate_of(measured)))
