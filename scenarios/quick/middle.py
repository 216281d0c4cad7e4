"""Luck that is none: every number of every stream in the middle of its range.

What the model draws with these is its own expectation, to within a half of one person a day, by its own code. Noise
about 1 is taken out beside that, since its middle lies a little below its mean.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np

from scenarios.unknowns import load_unknowns
from sim.parameters import Parameters, quantities, with_quantity
from sim.plan import Plan
from sim.streams import Floats, Streams

_NOISE = ("demand.noise", "demand.year_swing", "contact.resident.noise", "contact.helpdesk.noise")


class Middle(Streams):
    """Streams whose every number is one half."""

    def __init__(self) -> None:
        super().__init__(0, 0)

    def uniforms(self, name: str, block: int, count: int) -> Floats:
        """As many halves."""
        return np.full(count, 0.5)


def without(parameters: Parameters, paths: tuple[str, ...] = _NOISE) -> Parameters:
    """The parameters with nothing where noise is, or where else it is said."""
    for path in paths:
        parameters = with_quantity(parameters, path, 0.0)
    return parameters


def middle_plan(parameters: Parameters, **other: Any) -> Plan:
    """All that is not known where the joint draws have their middle, which is also what ``chance_only`` runs with."""
    how = {"chance_only": True, "unknowns": load_unknowns(), **other}
    return Plan(parameters, Middle(), parameters.calendar(), **how)


def is_used(parameters: Parameters, *paths: str) -> bool:
    """Whether any of some values is more than 0 at any time."""
    known = quantities(parameters)
    return any(number > 0 for path in paths for number in known[path].numbers())


def middles(parameters: Parameters, paths: Collection[str]) -> dict[str, float]:
    """What the estimate takes values to be on the first reported day."""
    plan = middle_plan(parameters, paths=paths)
    return {path: plan.value(path) for path in paths}
