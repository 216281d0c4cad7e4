"""The unknowns of a scenario as coordinates: positions in ranges, and standard normal numbers ``z = Phi^-1(u)``.

An uncertain quantity is one coordinate for all its steps, as in a replication.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import ndtr, ndtri

from sim.parameters import Parameters, quantities, with_quantity
from sim.schedule import Quantity, Step
from sim.streams import Floats

_EDGE = 1e-9
"""Nothing is drawn nearer than this to the end of a range."""


@dataclass(frozen=True)
class Coordinates:
    """The coordinates of a scenario: its parameters, ranges included."""

    parameters: Parameters

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """Each uncertain quantity by its path."""
        return {path: quantity for path, quantity in quantities(self.parameters).items() if quantity.uncertain}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The paths, in order."""
        return tuple(self.quantities)

    @cached_property
    def middle(self) -> Floats:
        """One row: the normal numbers at which the ranges have their middle values."""
        steps = [self.step(name) for name in self.names]
        return to_normal(np.array([[float(positions_of(step, np.array([step.value]))[0]) for step in steps]]))

    def step(self, name: str) -> Step:
        """The step of a quantity that tells of it: the one of the first day, or the first that has a range."""
        return self._steps[name]

    @cached_property
    def _steps(self) -> dict[str, Step]:
        return {name: self._telling(quantity) for name, quantity in self.quantities.items()}

    def _telling(self, quantity: Quantity) -> Step:
        today = quantity.step_on(self.parameters.start)
        return next(step for step in (today, *quantity.steps) if step.bounds[0] < step.bounds[1])

    def at(self, u: Mapping[str, float | None]) -> Parameters:
        """The parameters with these coordinates at positions, ``None`` for the middle; no range is left in them."""
        changed = self.parameters
        for name, position in u.items():
            steps = tuple(
                Step(**{"from": step.from_}, value=step.draw(position)) for step in self.quantities[name].steps
            )
            changed = with_quantity(changed, name, {"steps": steps})
        return changed

    def values(self, name: str, u: Floats) -> Floats:
        """Values of a coordinate at positions, on the scenario's first day."""
        return drawn(self.step(name), u)


def drawn(step: Step, u: Floats) -> Floats:
    """The triangular quantile of a step at many positions."""
    low, high = step.bounds
    if low == high:
        return np.full_like(u, step.value)
    rise = (step.value - low) / (high - low)
    up = low + np.sqrt(u * (high - low) * (step.value - low))
    down = high - np.sqrt((1 - u) * (high - low) * (high - step.value))
    return np.asarray(np.where(u < rise, up, down))


def positions_of(step: Step, values: Floats) -> Floats:
    """Where in the range of a step values lie: the inverse of ``drawn``; 0.5 where there is no range."""
    low, high = step.bounds
    if low == high:
        return np.full_like(values, 0.5)
    inside = np.clip(values, low, high)
    below = (inside - low) ** 2 / ((high - low) * max(step.value - low, 1e-300))
    above = 1 - (high - inside) ** 2 / ((high - low) * max(high - step.value, 1e-300))
    return np.asarray(np.where(inside < step.value, below, above))


def to_normal(u: Floats) -> Floats:
    """Standard normal numbers of positions."""
    return np.asarray(ndtri(np.clip(u, _EDGE, 1 - _EDGE)))


def to_positions(z: Floats) -> Floats:
    """Positions of standard normal numbers."""
    return np.asarray(np.clip(ndtr(z), _EDGE, 1 - _EDGE))


def rows_of(names: Sequence[str], u: Floats) -> list[dict[str, float]]:
    """One mapping a row of positions."""
    return [dict(zip(names, row, strict=True)) for row in u.tolist()]
