"""Cards handed over to the end of 2022 as evidence: what is not known of today moves them by one parameter.

The holders' walk begins with cards as they were handed over, so that no unknown moves its count of them. The hindcast
of 2022 hands them over again from applications (``calibration.problems.hand_over``): there the share never collected
moves them, and so do the time to collect and the servers' capacity. Those two were the surge's own, not those of
today: what is not known of them counts as error, and only the share is told of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

import numpy as np

from calibration.agreement import load as load_agreements
from calibration.fitting import Predict
from calibration.joint.coordinates import Coordinates, to_positions
from calibration.joint.figures import Group, covariance
from calibration.joint.walks import Keep
from calibration.problems import hand_over
from scenarios.surface import fit
from sim.streams import Floats

KIND, SHARE = "handed_over", "counters.never_collected_share"
MEMORY = 1 / 12
"""Years in which what the model leaves out fades: a month, as the weeks of a surge go. If it lasted a year, no draw
could give all four counts (chi-square 58 at the best); with a month they are met (7)."""
_AT = np.linspace(-2.2, 2.2, 9)
"""Normal numbers of the share at which it is counted again."""
_OTHERS = tuple(uncertain for uncertain in hand_over.UNCERTAIN if uncertain.name != SHARE)
_ASIDE = 0.5
"""So many standard deviations of what was assumed of the others, either way, their slopes are taken from."""


def handed_over(unknowns: Coordinates, seed: int, keep: Keep, predict: Predict | None = None) -> Group:
    """The published counts from 2022-10-31 to 2022-12-31.

    Args:
        unknowns: the coordinates.
        seed: of the hindcast's chance.
        keep: remembers evaluations by key.
        predict: from parameters to the counts; by default the hindcast, simulated once and its counters again.
    """
    figures = [one for one in load_agreements().values() if one.problem == hand_over.NAME]
    ids = tuple(one.published.id for one in figures)

    @cache
    def hindcast() -> Predict:
        return predict or hand_over.predictor(hand_over.until_2022(), list(ids), seed)

    def counted(values: Mapping[str, float]) -> Floats:
        told = keep(f"{KIND}/{sorted(values.items())}", lambda: dict(hindcast()(values)))
        return np.array([told[id_] for id_ in ids])

    shares = unknowns.values(SHARE, to_positions(_AT)).tolist()
    middle = {one.name: one.value for one in _OTHERS}
    said = np.array([counted({**middle, SHARE: share}) for share in shares])
    moved = [_moved(counted, {**middle, SHARE: shares[len(shares) // 2]}, one.name, one.deviation) for one in _OTHERS]
    own = covariance(
        [one.tolerance for one in figures],
        [one.rounding for one in figures],
        [date.fromisoformat(one.published.period).toordinal() / 365.25 for one in figures],
        MEMORY,
    )
    column = unknowns.names.index(SHARE)
    z = np.zeros((len(_AT), len(unknowns.names)))
    z[:, column] = _AT
    spread = own + np.sum([np.outer(one, one) for one in moved], axis=0)
    return Group(KIND, ids, np.array([one.published.value for one in figures]), spread, fit(z, said, [column]))


def _moved(counted: Callable[[Mapping[str, float]], Floats], at: Mapping[str, float], name: str, by: float) -> Floats:
    """By how much the counts move with one standard deviation of a parameter, to first order."""
    low, high = (counted({**at, name: at[name] + side * _ASIDE * by}) for side in (-1, 1))
    return np.asarray((high - low) / (2 * _ASIDE))
