"""The formulas of Erlang (B: who finds no idle agent leaves; C: all wait) and Palm (A: patience is exponential).

All are written with two ratios between 0 and 1, so that nothing overflows from one agent to thousands: ``B``, the share
that a loss system blocks, and ``R``, one over the summed weights of the states with all agents busy, the weight of the
state without a line being 1.

Sources: Erlang (1917) for B and C; Palm (1957), Baccelli and Hebuterne, *On queues with impatient customers* (1981),
and Zeltyn and Mandelbaum, *Call centers with impatient customers* (2005) for A; Loader, *Fast and accurate computation
of binomial probabilities* (2000) for the density of Poisson's law.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

import numpy as np
from scipy.special import gammainc, gammaincc, gammaln

from sim.calendar import Floats
from sim.streams import Ints

_TINY = -600.0  # logarithm of a density below which the tail beside it may be too small for a float


@dataclass(frozen=True)
class Long:
    """What a queue tends to in the long run; shares are of all callers."""

    answered: float
    wait: float
    """Mean minutes of all callers, of those who leave until they leave."""
    within: float
    """Share answered within the stated minutes."""
    utilisation: float
    """Share of their time that agents serve."""


def long_run(rate: float, handle: float, patience: float | None, agents: int, minutes: float) -> Long:
    """Poisson calls (``rate`` a minute), exponential handle time and patience (mean minutes; ``None``: for ever).

    Erlang A; with patience 0 Erlang B; with ``None`` Erlang C. ``within`` counts answers within ``minutes``. Raises
    ``ValueError`` if everybody waits and the agents cannot keep up.
    """
    if patience is None:
        return _erlang_c(rate, handle, agents, minutes)
    if patience == 0:
        answered = 1 - float(erlang_b(np.array([rate * handle]), np.array([agents]))[0])
        return Long(answered, 0.0, answered, answered * rate * handle / agents)
    return _erlang_a(rate, handle, patience, agents, minutes)


def _erlang_c(rate: float, handle: float, agents: int, minutes: float) -> Long:
    load = rate * handle
    if load >= agents:
        raise ValueError(f"rate times handle must be below the agents, not {load:g} of {agents}: the line has no end")
    lost = float(erlang_b(np.array([load]), np.array([agents]))[0])
    waits = lost / (1 - load / agents * (1 - lost))
    drain = agents / handle - rate
    return Long(1.0, waits / drain, 1 - waits * math.exp(-drain * minutes), load / agents)


def _erlang_a(rate: float, handle: float, patience: float, agents: int, minutes: float) -> Long:
    """Zeltyn and Mandelbaum, section 2: the wait that an endlessly patient caller would meet has the density
    ``p(n) n/handle exp(y (1 - exp(-v / patience)) - n v / handle)``; its integral is an incomplete gamma function.
    """
    load, x, y = rate * handle, agents * patience / handle, rate * patience
    b = _log_b(np.array([float(load)]), np.array([float(agents)]))
    r = _log_r(np.array([x]), np.array([y]))
    lost, ratio = float(np.exp(b[0])), float(np.exp(r[0]))
    total = ratio + (1 - ratio) * lost
    left = max(lost * (1 - (1 - ratio) * agents / load) / total, 0.0)  # 0 but for rounding where nobody leaves
    later = y * math.exp(-minutes / patience)  # the same as y for a caller who comes with so much patience less
    log_sums = -_log_r(np.array([x + 1, x + 1]), np.array([y, later]))
    shift = np.array([0.0, y - later - (x + 1) * minutes / patience])
    all_busy = float(b[0] + r[0]) - math.log(total)
    late, much_later = np.exp(all_busy + log_sums + shift) * x / (x + 1)
    within = ratio * (1 - lost) / total + float(late - much_later)
    answered = 1 - left
    return Long(answered, left * patience, min(max(within, 0.0), answered), min(answered * load / agents, 1.0))


def erlang_b(load: Floats, agents: Ints) -> Floats:
    """The share of calls that a loss system blocks; ``load`` in erlangs (rate times handle time), both above 0."""
    return cast(Floats, np.exp(_log_b(np.asarray(load, dtype=np.float64), np.asarray(agents, dtype=np.float64))))


def erlang_a_answered(rate: Floats, handle: float, patience: float, agents: Ints | Floats) -> Floats:
    """The share answered, element by element: ``rate`` in calls a minute, mean ``handle`` and ``patience`` in minutes.

    No calls are all answered (1.0); without agents none is (0.0). Patience 0 is Erlang B.
    """
    rates, posts = np.broadcast_arrays(np.asarray(rate, dtype=np.float64), np.asarray(agents, dtype=np.float64))
    answered = np.where(rates > 0, 0.0, 1.0)
    some = (rates > 0) & (posts > 0)
    load, busy = rates[some] * handle, posts[some]
    lost = np.exp(_log_b(load, busy))
    ratio = np.exp(_log_r(busy * patience / handle, rates[some] * patience)) if patience > 0 else np.ones_like(lost)
    answered[some] = ((1 - lost) * ratio + busy / load * (1 - ratio) * lost) / (ratio + (1 - ratio) * lost)
    return answered


def _log_b(load: Floats, agents: Floats) -> Floats:
    """Logarithm of B: Poisson's density at ``agents`` over the probability up to there."""
    density = _log_density(agents, load)
    far = (density < _TINY) & (load > agents)
    log_b = np.empty_like(density)
    log_b[~far] = density[~far] - np.log(gammaincc(agents[~far] + 1, load[~far]))
    log_b[far] = -np.log(_falling(agents[far], load[far]))
    return log_b


def _log_r(x: Floats, y: Floats) -> Floats:
    """Logarithm of R = 1 / (1 + y/(x+1) + y^2/((x+1)(x+2)) + ...), by the incomplete gamma function."""
    density = _log_density(x, y)
    far = (density < _TINY) & (y < x)
    log_r = np.empty_like(density)
    log_r[~far] = density[~far] - np.log(gammainc(x[~far], y[~far]))
    log_r[far] = -np.log(_rising(x[far], y[far]))
    return log_r


def _falling(n: Floats, load: Floats) -> Floats:
    """1 + n/load + n(n-1)/load^2 + ... for n well below the load, where few terms count."""
    total, term, k = np.ones_like(n), np.ones_like(n), 0
    while len(term) and term.max() > 1e-17:
        term = term * np.maximum(n - k, 0.0) / load
        total += term
        k += 1
    return total


def _rising(x: Floats, y: Floats) -> Floats:
    """1 + y/(x+1) + y^2/((x+1)(x+2)) + ... for y well below x, where few terms count."""
    total, term, k = np.ones_like(x), np.ones_like(x), 0
    while len(term) and term.max() > 1e-17:
        k += 1
        term = term * y / (x + k)
        total += term
    return total


def _log_density(x: Floats, y: Floats) -> Floats:
    """Logarithm of y^x e^-y / Gamma(x + 1), without the cancellation of large terms (Loader's form)."""
    away = (y - x) / x
    large = np.maximum(x, 16.0)
    series = (1 / 12 - (1 / 360 - 1 / (1260 * large**2)) / large**2) / large  # Stirling's error, from 16 on
    with np.errstate(divide="ignore"):  # y = 0 has density 0
        stirling = x * (np.log1p(away) - away) - 0.5 * np.log(2 * np.pi * x) - series
        return cast(Floats, np.where(x < 16, x * np.log(y) - y - gammaln(x + 1), stirling))
