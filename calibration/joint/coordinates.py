"""The unknowns of a scenario as coordinates: positions in ranges, and standard normal numbers ``z = Phi^-1(u)``.

An uncertain quantity is one coordinate for all its steps, except steps of past years that say nothing of later ones:
each of these is a coordinate of its own, wanted for what was published of those years and left out of the table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from calibration.fitting import Uncertain
from calibration.values import split
from sim.parameters import Parameters, quantities, with_quantity
from sim.schedule import Quantity, Step
from sim.streams import Floats

_EDGE = 1e-9
"""Nothing is drawn nearer than this to the end of a range."""


@dataclass(frozen=True)
class Coordinates:
    """The coordinates of a scenario.

    Args:
        parameters: of the scenario, ranges included.
        past: steps of past years, such as ``demand.first_time_per_year@2024-04-01``, with the range that each has
            before any figure is looked at.
    """

    parameters: Parameters
    past: tuple[Uncertain, ...] = ()

    @property
    def quantities(self) -> dict[str, Quantity]:
        """What the table is made for: each uncertain quantity with the steps that its coordinate stands for."""
        apart = {split(one.name) for one in self.past}
        found = {}
        for path, quantity in quantities(self.parameters).items():
            steps = tuple(step for step in quantity.steps if (path, step.from_) not in apart)
            if any(low < high for low, high in (step.bounds for step in steps)):
                found[path] = Quantity(steps=steps)
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """The table's columns, then the past steps."""
        return (*self.quantities, *(one.name for one in self.past))

    @property
    def middle(self) -> Floats:
        """One row: the normal numbers at which the ranges have their middle values."""
        known = quantities(self.parameters)
        steps = [known[path].step_on(self.parameters.start) for path in self.quantities]
        steps += [Step(value=one.value, low=one.low, high=one.high) for one in self.past]
        return to_normal(np.array([[float(positions_of(step, np.array([step.value]))[0]) for step in steps]]))

    def at(self, u: Mapping[str, float | None]) -> Parameters:
        """The parameters with every coordinate at its position; nothing is uncertain any more."""
        known = quantities(self.parameters)
        past = {split(one.name): Step(value=one.value, low=one.low, high=one.high) for one in self.past}
        changed = self.parameters
        for path in {split(name)[0]: None for name in u}:
            steps = []
            for step in known[path].steps:
                own = past.get((path, step.from_))
                name = path if own is None else f"{path}@{step.from_}"
                steps.append(Step(**{"from": step.from_}, value=(own or step).draw(u.get(name))))
            changed = with_quantity(changed, path, {"steps": tuple(steps)})
        return changed

    def values(self, name: str, u: Floats) -> Floats:
        """Values of a coordinate at positions: of the step that holds on the scenario's first day, or the past one."""
        path, day = split(name)
        own = {one.name: one for one in self.past}.get(name)
        if own is not None and day is not None:
            step = Step(value=own.value, low=own.low, high=own.high)
        else:
            step = quantities(self.parameters)[path].step_on(self.parameters.start)
        return drawn(step, u)


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
