"""Parameters turned once into plain numbers for a replication: what is uncertain is drawn here, then never again."""

from __future__ import annotations

from datetime import date

import numpy as np

from sim.calendar import Calendar
from sim.parameters import Parameters, quantities
from sim.streams import Floats, Streams


class Plan:
    """The drawn values of one replication, by path.

    ``chance_only`` leaves every uncertain quantity at its middle value, so that only chance varies.
    """

    def __init__(self, parameters: Parameters, streams: Streams, calendar: Calendar, chance_only: bool = False) -> None:
        self.parameters = parameters
        self.calendar = calendar
        self.chance_only = chance_only
        self._quantities = quantities(parameters)
        self.draws: dict[str, float | None] = {
            path: streams.uniform(f"parameter/{path}") if quantity.uncertain and not chance_only else None
            for path, quantity in self._quantities.items()
        }

    def at(self, path: str, day: date) -> float:
        """The drawn value of ``path`` on a date."""
        return self._quantities[path].at(day, self.draws[path])

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
                series[max(start, 0) :] = step.draw(self.draws[path])
        return series
