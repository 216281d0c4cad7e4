"""The rungs of the headroom ladder, and how much of them is likely to be climbed.

Parts drop out as their targets break under rising load.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import dropwhile
from math import ceil
from typing import Any

from scenarios.cost import Work, seconds
from scenarios.experiment import Point, Task
from sim.parameters import with_quantity
from sim.parts import COUNTERS, HELPDESK, PARTS, RESIDENT

_BREAKS = {
    COUNTERS: ((1.6, 3.0), (1.8, 3.4)),
    RESIDENT: ((1.1, 1.9), (1.5, 2.6)),
    HELPDESK: ((1.0, 1.5), (1.3, 2.0)),
}
"""Up to the first load the targets of a part hold in all replications, from the second on in none, about: where one
year is reported, and where three or more are, of which the lightest holds on longest. The cards' hold on and on.
"""
_MANY_YEARS = 3.0


def heavier(point: Point, loads: Iterable[float]) -> dict[float, Point]:
    """The same point under so many times its load."""
    written = point.parameters.demand.load.model_dump()
    return {
        load: replace(
            point,
            label=f"{point.label}, load x{load:g}",
            parameters=with_quantity(point.parameters, "demand.load", _times(written, load)),
        )
        for load in loads
    }


def _times(written: Any, load: float) -> Any:
    if isinstance(written, list):
        return [{key: part if key == "from" else part * load for key, part in step.items()} for step in written]
    return {key: part * load for key, part in written.items()} if isinstance(written, dict) else written * load


def idle(tasks: int, workers: int) -> float:
    """By how much the cost of a rung grows because its last tasks leave processes idle: all wait for them."""
    return ceil(tasks / workers) * workers / tasks if tasks else 1.0


def likely(points: Mapping[float, Point], replications: int, workers: int) -> Work:
    """What so many replications are expected to take on all rungs. Every rung counts in full, but not its cost."""
    times = idle(replications, workers)
    return sum((_rung(load, point, 1.0, PARTS, times) * replications for load, point in points.items()), Work())


def likely_from(load: float, tasks: Sequence[Task], points: Mapping[float, Point]) -> Work:
    """What the rungs from a load on are expected to take, where these tasks are those of the first."""
    later = [each for each in dropwhile(lambda each: each[0] != load, points.items()) if each[0] != load]
    of_task = (_rung(above, point, load, task.parts, task.times) for task in tasks for above, point in later)
    return sum((task.work for task in tasks), Work()) + sum(of_task, Work())


def _rung(load: float, point: Point, known_at: float, parts: Iterable[str], times: float) -> Work:
    """One replication under a load, of which these parts were still asked for at another."""
    years = (point.parameters.end - point.parameters.start).days / 365
    shares = {part: _held(part, load, years) / max(_held(part, known_at, years), 0.2) for part in parts}
    costs = (min(share, 1.0) * seconds(point.parameters, [part]) for part, share in shares.items())
    return Work(1, sum(costs) * times)


def _held(part: str, load: float, years: float) -> float:
    """The share of replications in which a part is still asked for."""
    if part not in _BREAKS:
        return 1.0
    many = min(max((years - 1) / (_MANY_YEARS - 1), 0.0), 1.0)
    first, last = (of_one + (of_many - of_one) * many for of_one, of_many in zip(*_BREAKS[part], strict=True))
    return min(max((last - load) / (last - first), 0.0), 1.0)
