"""Where each target of a sweep is met with the probability asked for: along each path, by fiscal year and in all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scenarios.compare.compared import Key, Told
from scenarios.sweep.computed import Chances
from scenarios.sweep.crossing import PROBABILITY, Met, crossing, of_chances
from scenarios.sweep.design import Spot
from scenarios.sweep.record import Crossed
from scenarios.sweep.responses import Answers, judged

Along = Mapping[float, Sequence[int]]
"""By value of a path the places of the points there."""


def crossings(
    spots: Sequence[Spot], told: Sequence[Answers], paths: Sequence[str], seed: int, computed: Chances
) -> tuple[Crossed, ...]:
    """A row a path, target, period, and combination of the other paths' values with two points or more."""
    return tuple(row for path in paths for row in _along(path, spots, told, paths, seed, computed))


def _along(
    path: str,
    spots: Sequence[Spot],
    told: Sequence[Answers],
    paths: Sequence[str],
    seed: int,
    computed: Chances,
) -> list[Crossed]:
    found = []
    for at, along in _lines(spots, path, [other for other in paths if other != path]):
        values = sorted(along)
        for key in (key for key in told[0][0] if judged(key)):
            places = [along[value] for value in values]
            chances = _chances(key, places, computed)
            one = of_chances(values, chances) if chances else crossing(values, _met(key, places, told), seed)
            if one is not None:
                found.append(Crossed(path, at, *key, tuple(values), PROBABILITY, **vars(one)))
    return found


def _lines(spots: Sequence[Spot], path: str, others: Sequence[str]) -> list[tuple[dict[str, float], Along]]:
    """The points of each combination of the other paths' values, by value of the one."""
    lines: dict[tuple[float, ...], dict[float, list[int]]] = {}
    for place, spot in enumerate(spots):
        at = tuple(spot.values[other] for other in others)
        lines.setdefault(at, {}).setdefault(spot.values[path], []).append(place)
    return [(dict(zip(others, at, strict=True)), along) for at, along in lines.items() if len(along) > 1]


def _met(key: Key, places: Sequence[Sequence[int]], told: Sequence[Answers]) -> Met:
    """Whether each replication met the target at each value; NaN where it was not tested."""
    columns = [[_number(answer.get(key)) for answer in told[own[0]]] for own in places]
    return np.array(columns, dtype=np.float64).T


def _chances(key: Key, places: Sequence[Sequence[int]], computed: Chances) -> list[float | None]:
    """The computed probability at each value, None where it was not tested; nothing of what is counted."""
    found = [computed[own[0]].get(key) for own in places]
    return [] if all(one is None for one in found) else found


def _number(one: Told | None) -> float:
    return float("nan") if one is None or one.met is None else float(one.met)
