"""Parameters turned once into plain numbers for a replication: what is uncertain is drawn here, then never again."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from datetime import date

import numpy as np

from sim.calendar import Calendar
from sim.parameters import Parameters, quantities, quantity
from sim.schedule import Quantity, Step
from sim.streams import Floats, Streams
from sim.unknowns import Hindsight, Unknowns


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
        self._chance_only = chance_only
        asked = None if paths is None else {path: quantity(parameters, path) for path in paths}
        self._quantities = quantities(parameters) if asked is None else asked
        self._joint = _joint(unknowns, streams, chance_only)
        self._streams = streams
        self._known: dict[tuple[str, date | None, float], float] = {}
        self._own: dict[str, float | None] = {}

    def at(self, path: str, day: date, joint_times: float = 1.0) -> float:
        """The drawn value of ``path`` on a date, so many times what a joint draw says where it is one."""
        return self._drawn(path, self._quantities[path].step_on(day), joint_times)

    def value(self, path: str) -> float:
        """The drawn value of ``path`` on the first reported day, for what does not change in a run."""
        return self.at(path, self.parameters.start)

    def daily(self, path: str, joint_times: float = 1.0) -> Floats:
        """The drawn value of ``path`` for each day of the calendar; ``joint_times`` as in ``at``."""
        quantity = self._quantities[path]
        steps = [step for step in quantity.steps[1:] if step.from_ is not None]
        series = np.full(self.calendar.days, self.at(path, self.calendar.first, joint_times))
        for step in steps:
            if step.from_ is not None and (start := self.calendar.index(step.from_)) < self.calendar.days:
                series[max(start, 0) :] = self._drawn(path, step, joint_times)
        return series

    def drawn(self, name: str, quantity: Quantity) -> float:
        """The value of a quantity that stands in a list: what is uncertain is drawn by its name alone."""
        own = None if self._chance_only or not quantity.uncertain else self._number(name)
        return quantity.steps[0].draw(own)

    def on(self, calendar: Calendar) -> Plan:
        """The same drawn values on other days."""
        other = copy(self)
        other.calendar = calendar
        return other

    def hindsight(self, path: str, day: date) -> Hindsight | None:
        """What is known of a centre's year if its seats of a date come from a joint draw; else none."""
        joint = not self._chance_only and self._from_joint(path, self._quantities[path].step_on(day))
        return self._unknowns.hindsight.get(path) if joint and self._unknowns else None

    def _from_joint(self, path: str, step: Step) -> bool:
        return self._unknowns is not None and path in self._joint and self._unknowns.keeps(path, step)

    def _drawn(self, path: str, step: Step, joint_times: float = 1.0) -> float:
        """A step at the position that the joint draw has for it, else at the quantity's own; worked out once."""
        key = path, step.from_, joint_times
        if key not in self._known:
            self._known[key] = self._worked_out(path, step, joint_times)
        return self._known[key]

    def _worked_out(self, path: str, step: Step, joint_times: float) -> float:
        if self._from_joint(path, step):
            return step.draw(self._joint[path]) * joint_times
        own = self._own_number(path)
        return step.draw(None if own is None else step.with_others(own, self._number))

    def _own_number(self, path: str) -> float | None:
        """The number of a quantity itself, where it has a range; drawn where one is asked for."""
        if path not in self._own:
            uncertain = not self._chance_only and self._quantities[path].uncertain
            self._own[path] = self._number(path) if uncertain else None
        return self._own[path]

    def _number(self, name: str) -> float:
        """The number in (0, 1) by which a quantity is drawn for itself."""
        return self._streams.uniform(f"parameter/{name}")


def _joint(unknowns: Unknowns | None, streams: Streams, chance_only: bool) -> dict[str, float]:
    if unknowns is None:
        return {}
    return unknowns.at(unknowns.central if chance_only else unknowns.row(streams.seed, streams.replication))
