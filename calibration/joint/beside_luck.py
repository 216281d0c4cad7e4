"""How far simulated years are off theory by their unknowns and by their luck, one fitted beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from calibration.joint.answering import measure
from calibration.joint.years import Told
from scenarios.surface import Surface, fit
from sim.streams import Floats

_ROUNDS = 6
"""Of fitting unknowns and the noise of days in turn; after four nothing moves any more."""
_LEFT = 0.1
"""At least this share of the odds of being lost is left when outages are taken out."""
_MOST_A_CALL = 3.0
"""A call about an outage costs no more than so many lost ones, repeated attempts included."""
_UNLIKE = 0.25
"""A year is left out whose outages bring more calls than the known year's by this share of all that are usually lost:
of 224 years a few are several times as bad, and would say nearly all that is learnt of outages."""


@dataclass(frozen=True)
class ByLuck:
    """How a year's measure changes with its luck.

    Args:
        noise: for the logarithm of how many times as many calls as usual its days rang.
        lost_a_call: what a call about an outage adds to the odds of being lost.
        outage_minutes: how long systems were down in opening hours, as far as known (``years.Told``).
    """

    noise: float = 0.0
    lost_a_call: float = 0.0
    outage_minutes: float = 0.0


def beside_luck(
    z: Floats, theory: Floats, told: Told, columns: Sequence[int], calls: float, lost: float
) -> tuple[Surface, ByLuck]:
    """What simulated years say more than theory, as a surface and by their luck.

    What a call about an outage adds is the number with which the surface foretells best.

    Args:
        z: rows of coordinates at which years were simulated.
        theory: measures by theory.
        told: what the years said.
        columns: coordinates that the surface may depend on.
        calls: usual calls of a year.
        lost: usual odds of being lost.
    """
    like = told.luck[:, 1] <= _UNLIKE * lost * calls
    z, theory, said, (noise, outages) = z[like], theory[like], measure(told.rate[like]), told.luck[like].T

    def beside(lost_a_call: float) -> tuple[Surface, float]:
        odds, slope = np.exp(-said), 0.0
        off = -np.log(np.maximum(odds - lost_a_call * outages, _LEFT * odds)) - theory
        for _ in range(_ROUNDS):
            left = off - fit(z, (off - slope * noise)[:, None], columns)(z)[:, 0]
            slope = float(np.polyfit(noise, left, 1)[0])
        return fit(z, (off - slope * noise)[:, None], columns), slope

    def unexplained(lost_a_call: float) -> float:
        return float(beside(lost_a_call)[0].residual[0, 0])

    best, most = 0.0, _MOST_A_CALL / calls
    if outages.any():
        best = float(minimize_scalar(unexplained, bounds=(0.0, most), options={"xatol": most / 300}).x)
    surface, slope = beside(best)
    return surface, ByLuck(slope, best, told.outage_minutes)
