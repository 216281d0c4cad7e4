"""Parameters turned once into plain numbers for a replication: what is uncertain is drawn here, then never again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import numpy as np

from sim.calendar import Calendar
from sim.parameters import Parameters, quantities
from sim.schedule import Step
from sim.streams import Floats, Streams
from sim.unknowns import Unknowns


class Plan:
    """The drawn values of one replication, by path.

    Args:
        parameters: of the scenario.
        streams: of the replication; each uncertain quantity that ``unknowns`` does not hold has a stream of its own.
        calendar: the simulated days.
        chance_only: leave every uncertain quantity at its middle, so that only chance varies.
        unknowns: what is not known as one joint distribution; without it all quantities are independent.
        paths: the quantities that are asked for; all by default.
    """

    def __init__(
        self,
        parameters: Parameters,
        streams: Streams,
        calendar: Calendar,
        chance_only: bool = False,
        unknowns: Unknowns | None = None,
        paths: Collection[str] | None = None,
    ) -> None:
        self.parameters = parameters
        self.calendar = calendar
        self._unknowns = unknowns
        known = quantities(parameters)
        self._quantities = known if paths is None else {path: known[path] for path in paths}
        self._joint = _joint(unknowns, streams, chance_only)
        self._own: dict[str, float | None] = {
            path: streams.uniform(f"parameter/{path}") if quantity.uncertain and not chance_only else None
            for path, quantity in self._quantities.items()
        }

    def at(self, path: str, day: date) -> float:
        """The drawn value of ``path`` on a date."""
        return self._drawn(path, self._quantities[path].step_on(day))

    def value(self, path: str) -> float:
        """The drawn value of ``path`` on the first reported day, for what does not change in a run."""
        return self.at(path, self.parameters.start)

    def daily(self, path: str) -> Floats:
        """The drawn value of ``path`` for each day of the calendar."""
        quantity = self._quantities[path]
        steps = [step for step in quantity.steps[1:] if step.from_ is not None]
        series = np.full(self.calendar.days, self.at(path, self.calendar.first))
        for step in steps:
            if step.from_ is not None and (start := self.calendar.index(step.from_)) < self.calendar.days:
                series[max(start, 0) :] = self._drawn(path, step)
        return series

    def _drawn(self, path: str, step: Step) -> float:
        """A step at the position that the joint draw has for it, else at the quantity's own."""
        joint = self._unknowns is not None and path in self._joint and self._unknowns.keeps(path, step)
        return step.draw(self._joint[path] if joint else self._own[path])


def _joint(unknowns: Unknowns | None, streams: Streams, chance_only: bool) -> dict[str, float]:
    if unknowns is None:
        return {}
    return unknowns.at(unknowns.central if chance_only else unknowns.row(streams.seed, streams.replication))
