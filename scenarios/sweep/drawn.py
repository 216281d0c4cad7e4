"""What drives a target, from replications as they are: each has drawn what is not known, so no new runs are needed.

The rank correlation (Spearman's) of each unknown with a target's value says how far the two go together, whatever the
shape of a rising or falling curve; its square is about the share of the spread that goes with the unknown. The 95 %
interval is that of Bonett and Wright (Psychometrika 65, 2000, 23-28). Of many unknowns some correlate by luck: what is
``clear`` stays so under Holm's step-down over all unknowns of a target (Scandinavian Journal of Statistics 6, 1979,
65-70). Unknowns that published figures tie to each other share their correlation, so that one may seem to drive what
the other does: what goes with a stronger one by ``TIED`` or more is told as tied to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import atanh, sqrt, tanh

import numpy as np
from scipy.special import ndtr

from scenarios.compare.compared import Key, Told
from scenarios.experiment.experiment import Point
from scenarios.sweep.design import Uncertain
from scenarios.sweep.record import Correlation, Doubt, Ranked
from scenarios.sweep.responses import Answers, yearly
from sim.calendar import Calendar
from sim.plan import Plan
from sim.streams import Floats, Streams

LEAST_DRAWS = 20
"""Replications from which a rank correlation says anything."""
TIED = 0.5
"""A rank correlation of two unknowns from which the weaker is told as tied to the stronger."""
LEVEL = 0.05
"""The chance of any wrong claim about a target."""
_Z95 = 1.959963984540054
_MOST = 1 - 1e-12


def ranked(inputs: Floats, output: Floats) -> list[Ranked | None]:
    """Of each column of ``inputs`` its correlation with ``output``; None where either is constant."""
    count = len(output)
    ranks, target = _ranks(inputs), _ranks(output)
    ranks, target = ranks - ranks.mean(axis=0), target - target.mean()
    size = np.sqrt((ranks**2).sum(axis=0) * (target**2).sum())
    rho = np.divide(target @ ranks, size, out=np.full(ranks.shape[1], np.nan), where=size > 0)
    clear = holm(_chances(rho[~np.isnan(rho)], count))
    claims = iter(clear)
    return [None if np.isnan(one) else Ranked(one, *_interval(one, count), next(claims)) for one in rho.tolist()]


def _ranks(values: Floats) -> Floats:
    """The rank of each value in its column, from 1; the mean of theirs for those that are equal.

    As ``scipy.stats.rankdata``, which takes longer to load than a report to be told.
    """
    if values.ndim > 1:
        return np.column_stack([_ranks(column) for column in values.T])
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (count.cumsum() - (count - 1) / 2)[place]
    return ranks


def _chances(rho: Floats, count: int) -> Floats:
    """How likely so strong a rank correlation is were there nothing to it.

    By the Edgeworth series of its law over all orders (Best and Roberts, Applied Statistics 24, 1975, 377-379).
    Student's t, the usual stand-in, is too sure where it matters: of 0.7 among 20 it says 0.0006, and 0.0008 of all
    orders reach it.
    """
    part, normal = 1 / count, np.abs(rho) * sqrt(count - 1)
    square = normal**2
    eighth = 0.0131 - 0.00046 * square
    sixth = 0.0072 - 0.0831 * part + square * part * eighth
    fourth = 0.1033 + 0.3932 * part - square * (0.0879 + 0.0151 * part - square * sixth)
    second = 0.2274 + part * (0.2531 + 0.1745 * part) + square * (-0.0758 + part * fourth)
    series = normal * part * second * np.exp(-square / 2)
    chances: Floats = np.clip(2 * (series + ndtr(-normal)), 0.0, 1.0)
    return chances


def _interval(rho: float, count: int) -> tuple[float, float]:
    half = _Z95 * sqrt((1 + rho**2 / 2) / (count - 3))
    middle = atanh(min(max(rho, -_MOST), _MOST))
    return tanh(middle - half), tanh(middle + half)


def holm(chances: Floats) -> list[bool]:
    """Which of several claims stand, given the chance of each were there nothing to it."""
    order, count = np.argsort(chances), len(chances)
    stands = np.zeros(count, dtype=np.bool_)
    for place, own in enumerate(order.tolist()):
        if chances[own] > LEVEL / (count - place):
            break
        stands[own] = True
    found: list[bool] = stands.tolist()
    return found


def drawn(point: Point, inputs: Sequence[Uncertain], replications: int) -> Floats:
    """What replications draw of some unknowns, a row each: values on a day on which they are not known."""
    parameters = point.parameters
    calendar = Calendar(parameters.first_simulated_day, parameters.end)
    days = [_unknown_on(own) for own in inputs]
    rows = []
    for number in range(1, replications + 1):
        plan = Plan(parameters, Streams(point.seed, number), calendar, point.chance_only, point.unknowns)
        rows.append([plan.at(own.path, day) for own, day in zip(inputs, days, strict=True)])
    return np.array(rows, dtype=np.float64)


def _unknown_on(own: Uncertain) -> date:
    """The first day of a step that has a range; the first reported day where that one has."""
    if len(set(own.quantity.step_on(own.first_day).bounds)) > 1:
        return own.first_day
    return next(step.from_ or own.first_day for step in own.quantity.steps if len(set(step.bounds)) > 1)


def correlations(inputs: Sequence[Uncertain], values: Floats, told: Answers) -> tuple[Correlation, ...]:
    """A row an unknown, target and period, by how far they go together."""
    found = []
    for key, first in told[0].items():
        if not yearly(key) or not _judged(key, told, first):
            continue
        kept = [place for place, one in enumerate(told) if one[key].value is not None]
        if len(kept) < LEAST_DRAWS:
            continue
        output = np.array([told[place][key].value for place in kept], dtype=np.float64)
        rows = ranked(values[kept], output)
        ties = tied(values[kept], rows)
        for place, (own, one) in enumerate(zip(inputs, rows, strict=True)):
            if one is not None:
                to = inputs[ties[place]].path if place in ties else None
                found.append(Correlation(own.path, *key, len(kept), **vars(one), tied_to=to))
    return tuple(found)


def tied(inputs: Floats, rows: Sequence[Ranked | None]) -> dict[int, int]:
    """Of clear columns those that go with a clear one that is stronger and not tied itself: the place of that one."""
    clear = {place: one for place, one in enumerate(rows) if one is not None and one.clear}
    ordered = sorted(clear, key=lambda place: -abs(clear[place].rho))
    ranks = _ranks(inputs)
    found: dict[int, int] = {}
    for rank, place in enumerate(ordered):
        for stronger in ordered[:rank]:
            if stronger not in found and abs(np.corrcoef(ranks[:, place], ranks[:, stronger])[0, 1]) >= TIED:
                found[place] = stronger
                break
    return found


def _judged(key: Key, told: Answers, first: Told) -> bool:
    return first.met is not None or any(one[key].met is not None for one in told)


def drivers(rows: Sequence[Correlation], doubts: Sequence[Doubt], most: int) -> tuple[str, ...]:
    """Paths that clearly go with some target in its year in doubt, the strongest first."""
    keys = {(doubt.id, doubt.period) for doubt in doubts}
    clear = [row for row in rows if row.clear and not row.tied_to and (row.id, row.period) in keys]
    ordered = sorted(clear, key=lambda row: -abs(row.rho))
    return tuple(dict.fromkeys(row.path for row in ordered))[:most]
