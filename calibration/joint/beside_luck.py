"""How far simulated years are off theory by their unknowns and by their luck, one fitted beside the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize_scalar

from calibration.joint.surface import Surface, fit
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
    z: Floats, theory: Floats, said: Floats, columns: Sequence[int], luck: Floats, calls: float, lost: float
) -> tuple[Surface, float, float]:
    """What simulated years say more than theory as a surface, and the two slopes of ``ByLuck``.

    What a call about an outage adds is the number that lets the others be foretold best.

    Args:
        z: rows of coordinates at which years were simulated.
        theory: measures by theory.
        said: measures that the years said.
        columns: coordinates that the surface may depend on.
        luck: of each year (``years.Told``).
        calls: usual calls of a year.
        lost: usual odds of being lost.
    """
    like = luck[:, 1] <= _UNLIKE * lost * calls
    z, theory, said, luck = z[like], theory[like], said[like], luck[like]

    def told(lost_a_call: float) -> tuple[Surface, float]:
        odds = np.exp(-said)
        off = -np.log(np.maximum(odds - lost_a_call * luck[:, 1], _LEFT * odds)) - theory
        noise = 0.0
        for _ in range(_ROUNDS):
            left = off - fit(z, (off - noise * luck[:, 0])[:, None], columns)(z)[:, 0]
            noise = float(np.polyfit(luck[:, 0], left, 1)[0])
        return fit(z, (off - noise * luck[:, 0])[:, None], columns), noise

    def unexplained(lost_a_call: float) -> float:
        return float(told(lost_a_call)[0].residual[0, 0])

    heard = bool(luck[:, 1].any())
    bounds = (0.0, _MOST_A_CALL / calls)
    best = (
        float(minimize_scalar(unexplained, bounds=bounds, method="bounded", options={"xatol": bounds[1] / 300}).x)
        if heard
        else 0.0
    )
    return *told(best), best
