"""Which inputs drive an output: Morris' elementary effects, and Sobol's shares of the variance (SALib).

Inputs are positions between 0 (low end) and 1 (high end). An elementary effect of an input is the change of the output
over a jump of that input alone, divided by the jump: what the output would change from end to end, were it straight.
mu* is the mean of their absolute values, sigma their standard deviation: a large one says that the effect depends on
the other inputs, or is not straight (Morris, Technometrics 33, 1991, 161-174; Campolongo, Cariboni and Saltelli,
Environmental Modelling & Software 22, 2007, 1509-1518).

Sobol's first-order index S1 is the share of the output's variance that an input explains alone, ST the share with all
in which it takes part (Saltelli and others, Computer Physics Communications 181, 2010, 259-270).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from scenarios.sweep.record import Elementary, Portion
from sim.streams import Floats, Streams

LEVELS = 4
"""Positions that Morris' design uses: 0, 1/3, 2/3 and 1."""
_RESAMPLES = 1000
"""Of the bootstrap behind intervals."""


def morris_design(count: int, trajectories: int, seed: int) -> Floats:
    """Positions of ``count`` inputs, a row a point; a trajectory has ``count + 1`` rows, each moving one input."""
    from SALib.sample import morris

    generator = Streams(seed, 0).generator("sweep/morris")
    positions: Floats = morris.sample(_problem(count), trajectories, num_levels=LEVELS, seed=generator)
    return np.clip(positions, 0.0, 1.0)


def morris_effects(positions: Floats, outputs: Floats, seed: int) -> list[Elementary]:
    """What each input does to the output, from the rows of ``morris_design`` and the output of each."""
    from SALib.analyze import morris

    count = positions.shape[1]
    generator = Streams(seed, 0).generator("sweep/morris bootstrap")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = morris.analyze(
            _problem(count), positions, outputs, num_levels=LEVELS, num_resamples=_RESAMPLES, seed=generator
        )
    spread = _sigma_intervals(elementary_effects(positions, outputs), generator)
    return [
        Elementary(
            mu_star=float(found["mu_star"][place]),
            low=max(float(found["mu_star"][place] - found["mu_star_conf"][place]), 0.0),
            high=float(found["mu_star"][place] + found["mu_star_conf"][place]),
            mu=float(found["mu"][place]),
            sigma=float(found["sigma"][place]),
            sigma_low=float(spread[0, place]),
            sigma_high=float(spread[1, place]),
        )
        for place in range(count)
    ]


def elementary_effects(positions: Floats, outputs: Floats) -> Floats:
    """Elementary effects: a row a trajectory, a column an input."""
    count = positions.shape[1]
    places = positions.reshape(-1, count + 1, count)
    jumps = np.diff(places, axis=1)
    changes = np.diff(outputs.reshape(-1, count + 1), axis=1)
    which = np.abs(jumps).argmax(axis=2)
    size = np.take_along_axis(jumps, which[:, :, None], axis=2)[:, :, 0]
    effects = np.zeros((len(places), count))
    np.put_along_axis(effects, which, changes / size, axis=1)
    return effects


def _sigma_intervals(effects: Floats, generator: np.random.Generator) -> Floats:
    """2.5 and 97.5 % points of sigma over trajectories drawn again, a column an input."""
    picked = generator.integers(len(effects), size=(_RESAMPLES, len(effects)))
    ends: Floats = np.percentile(np.std(effects[picked], axis=1, ddof=1), [2.5, 97.5], axis=0)
    return ends


def sobol_design(count: int, samples: int, seed: int) -> Floats:
    """Positions of ``count`` inputs, ``samples * (count + 2)`` rows; ``samples`` a power of two."""
    from SALib.sample import sobol

    generator = Streams(seed, 0).generator("sweep/sobol")
    positions: Floats = sobol.sample(_problem(count), samples, calc_second_order=False, seed=_whole(generator))
    return positions


def sobol_shares(count: int, outputs: Floats, seed: int) -> list[Portion] | None:
    """What share of the output's variance each input explains; None for an output that does not vary."""
    from SALib.analyze import sobol

    if np.ptp(outputs) <= 1e-12 * max(float(np.abs(outputs).max()), 1e-300):
        return None
    generator = Streams(seed, 0).generator("sweep/sobol bootstrap")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = sobol.analyze(
            _problem(count), outputs, calc_second_order=False, num_resamples=_RESAMPLES, seed=_whole(generator)
        )
    return [_shared(found, place) for place in range(count)]


def _shared(found: Any, place: int) -> Portion:
    s1, st = float(found["S1"][place]), float(found["ST"][place])
    s1_half, st_half = float(found["S1_conf"][place]), float(found["ST_conf"][place])
    numbers = (s1, s1 - s1_half, s1 + s1_half, st, st - st_half, st + st_half)
    return Portion(*(min(max(number, 0.0), 1.0) for number in numbers))


def _problem(count: int) -> dict[str, Any]:
    names: Sequence[str] = [f"x{place}" for place in range(count)]
    return {"num_vars": count, "names": names, "bounds": [[0.0, 1.0]] * count}


def _whole(generator: np.random.Generator) -> int:
    """A seed for SALib, never 0, which it takes for none."""
    return int(generator.integers(1, 2**31))
