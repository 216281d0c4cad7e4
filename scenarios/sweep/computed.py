"""The probability that availability is met at the points of a sweep, computed as that of a run and not counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scenarios.compare.compared import Key
from scenarios.run.available import availabilities, is_computed
from scenarios.sweep.design import Spot
from scenarios.sweep.record import Doubt
from scenarios.sweep.responses import Answers, judged
from sim.calendar import YEARS, Period

Chances = Sequence[Mapping[Key, float]]
"""By point the probability of each target and period that is computed."""


def chances(spots: Sequence[Spot], told: Sequence[Answers]) -> Chances:
    """Of what replications of a point have tested; nothing where availability is no target of theirs.

    Nor where it is counted at any point: all points are told in one way.
    """
    known = availabilities([spot.point for spot in spots])
    return [
        {
            key: own.of(key[0], key[1])
            for key in answers[0]
            if judged(key)
            and all(is_computed(key[0], spot.point.parameters) for spot in spots)
            and _tested(key, answers)
        }
        for own, answers in zip(known, told, strict=True)
    ]


def _tested(key: Key, answers: Answers) -> bool:
    return any(answer[key].met is not None for answer in answers)


def with_computed(doubts: Sequence[Doubt], found: Chances) -> list[Doubt]:
    """Doubts, those of availability in the year in which its probability over all points is nearest to one half.

    Of one about all years together it is the probability of these.
    """
    means: dict[str, dict[Key, float]] = {}
    for key in dict.fromkeys(key for of in found for key in of):
        means.setdefault(key[0], {})[key] = float(np.mean([of[key] for of in found if key in of]))
    return [_computed(doubt, means[doubt.id]) if doubt.id in means else doubt for doubt in doubts]


def _computed(doubt: Doubt, means: Mapping[Key, float]) -> Doubt:
    together = [key for key in means if key[1] == doubt.period == YEARS]
    years = together or [key for key in means if Period(key[1]).yearly] or list(means)
    nearest = min(years, key=lambda key: abs(means[key] - 0.5))
    return Doubt(*nearest, met=None, tested=None, threshold=doubt.threshold, computed=means[nearest])
