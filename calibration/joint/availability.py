"""A system's published availability as evidence about how often it fails and how long a repair takes.

Hours lost in a year are those of the events that stand in the scenario and of breakdowns: Poisson in number, lognormal
in length, cut off where the day's service ends. How likely they are is averaged over many such years for each pair of a
grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.interpolate import RegularGridInterpolator
from scipy.stats import poisson

from calibration.joint.coordinates import Coordinates, to_positions
from sim.calendar import Calendar
from sim.hours import kinds_of_days, open_half_hours
from sim.parameters import quantities
from sim.streams import Floats

_GRID, _YEARS, _MOST = 13, 4000, 16


@dataclass(frozen=True)
class Availability:
    """The availability of a system in a fiscal year, per cent.

    ``table`` holds the log likelihood by failures a year and mean repair hours; ``columns`` are their coordinates.
    ``hours`` of service, and ``known`` hours of events that are entered.
    """

    id: str
    unknowns: Coordinates
    system: str
    hours: float
    known: float
    table: RegularGridInterpolator

    @property
    def ids(self) -> tuple[str, ...]:
        """The one figure."""
        return (self.id,)

    @property
    def _names(self) -> tuple[str, str]:
        return f"systems.{self.system}.failures_per_year", f"systems.{self.system}.repair_hours"

    @property
    def active(self) -> Sequence[int]:
        """Coordinates that it depends on."""
        return [self.unknowns.names.index(name) for name in self._names]

    def _values(self, z: Floats) -> Floats:
        u = to_positions(z[:, self.active])
        return np.column_stack([self.unknowns.values(name, u[:, at]) for at, name in enumerate(self._names)])

    def log_likelihood(self, z: Floats) -> Floats:
        """Up to a constant."""
        return np.asarray(self.table(self._values(z)))

    def predicted(self, z: Floats) -> Floats:
        """Expected availability in per cent, one column; repairs that outlast the day left out of account."""
        lost = self.known + self._values(z).prod(axis=1)
        return np.asarray(100 * (1 - lost / self.hours))[:, None]


def availability(id_: str, unknowns: Coordinates, system: str, published: float, deviation: float) -> Availability:
    """From a published per cent with a standard deviation (rounding and discrepancy), in points."""
    parameters = unknowns.parameters
    settings = getattr(parameters.systems, system)
    kinds = kinds_of_days(Calendar(parameters.start, parameters.end), settings.closures)
    by_kind = open_half_hours(settings.hours).sum(axis=1) / 2
    day = by_kind[kinds[kinds >= 0]]
    hours = float(day.sum())
    known = sum(event.hours for event in parameters.systems.published_events if event.system == system)
    names = [f"systems.{system}.{name}" for name in ("failures_per_year", "repair_hours")]
    ranges = [quantities(parameters)[name].step_on(parameters.start).bounds for name in names]
    axes = [np.linspace(low, high, _GRID) for low, high in ranges]
    spread = settings.repair_spread.at(parameters.start)
    lost, size = hours * (1 - published / 100) - known, hours * deviation / 100
    table = _table(axes, spread, float(day.mean()), lost, size)
    return Availability(id_, unknowns, system, hours, known, RegularGridInterpolator(axes, table))


def _table(axes: list[Floats], spread: float, day: float, lost: float, size: float) -> Floats:
    """Log likelihood of hours lost to breakdowns, by failures a year and mean repair hours."""
    generator = np.random.default_rng(20250401)
    lengths = np.exp(spread * generator.standard_normal((_YEARS, _MOST)) - spread**2 / 2)
    left = day * generator.random((_YEARS, _MOST))
    table = np.empty((len(axes[0]), len(axes[1])))
    for column, mean in enumerate(axes[1]):
        summed = np.cumsum(np.minimum(mean * lengths, left), axis=1)
        off = (np.column_stack([np.zeros(_YEARS), summed]) - lost) / size
        likely = np.exp(-0.5 * off**2).mean(axis=0)
        for row, often in enumerate(axes[0]):
            table[row, column] = np.log(poisson.pmf(np.arange(_MOST + 1), often) @ likely + 1e-300)
    return table
