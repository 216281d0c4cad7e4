"""The share of a centre's calls that Erlang A expects to be answered, half-hour by half-hour.

The noise of days is summed over at a few sizes of it. Calls about an outage come while it lasts: theory is asked once
more for a usual day with these on top. Who is in line as the centre closes is lost whatever the seats
(``sim.hindsight.FLOOR``).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from scenarios.margin.centre import Loss
from scenarios.quick.ai import ByAi, by_ai
from scenarios.quick.calls import Calls
from scenarios.quick.inside import known
from scenarios.quick.middle import Middle, is_used
from sim.contact.call_backs import with_call_backs
from sim.contact.centre import Centre
from sim.facts import CENTRES, WITH_AI
from sim.hindsight import FLOOR, HEARS_OF_OUTAGES
from sim.journal import Journal
from sim.parameters import Parameters
from sim.plan import Plan
from sim.reach import lends
from sim.streams import Floats

_NODES, _SUMS = np.polynomial.hermite_e.hermegauss(5)
_SHARES = _SUMS / _SUMS.sum()
_BY_POLICY = "last_year"


def can_say(name: str, parameters: Parameters) -> bool:
    """Whether theory knows the centre: fixed seats of its own, and callers who wait on the line or hang up."""
    path = f"contact.{name}"
    chance = (f"{path}.site_losses_per_year",) if name in WITH_AI else ()
    by_policy = getattr(parameters.contact, name).seats_policy == _BY_POLICY
    return not (by_policy or lends(parameters) or is_used(parameters, f"{path}.offer_accepted_share", *chance))


class Answers:
    """What becomes of the calls of one centre.

    Args:
        name: of the centre.
        parameters: of the scenario.
        plan: its values at their middle.
        first: first calls of each day.
        down: share of each day in which systems that it hears of are down.
    """

    def __init__(self, name: str, parameters: Parameters, plan: Plan, first: Calls, down: Floats) -> None:
        self._name, self._parameters, self._plan, self._down = name, parameters, plan, down
        self._ai: ByAi = by_ai(name, plan, first)
        calls, prefix = self._ai.to_agents, CENTRES[name]
        self._first: Floats = np.sum(list(calls.values()), axis=0)
        self._minutes = np.sum([calls[cause] * weight for cause, weight in _weights(name, plan)], axis=0)
        self._minutes = self._minutes * self._daily("handle_minutes")
        facts = {f"{prefix}_{cause}": series for cause, series in calls.items()}
        facts |= {f"{prefix}_answered": self._first, f"{prefix}_busy_minutes": self._minutes}
        self._loss = Loss(known(parameters, facts), name, self._centre)
        self._noise = _noise(getattr(parameters.contact, name).noise.at(parameters.start))

    def rate(self, days: slice) -> float | None:
        """The answer rate of some days together, as the target reads it; None where nobody rings."""
        times = np.zeros(self._plan.calendar.days)
        times[days] = 1.0
        lost, offered = (float(_SHARES @ one) for one in self._loss.attempts(times, self._noise))
        if self._name == HEARS_OF_OUTAGES:
            more_lost, more = self._in_outages(days)
            lost, offered = lost + more_lost, offered + more
        lost += FLOOR * (offered - lost)
        return self._ai.rate(self._name, self._parameters, days, offered - lost, offered)

    def _in_outages(self, days: slice) -> tuple[float, float]:
        """Attempts that outages add to those lost, and to all, on days that are each like the usual one of them."""
        usual = self._usual(days)
        callers, agents = self._centre.callers, self._centre.agents(usual)
        opened = self._centre.is_open(usual)
        plain = self._first[usual] * callers.profile[callers.kinds[usual]][opened] / 30
        rush = self._daily("calls_per_outage_hour")[usual] / 60
        handle = float(self._minutes[days].sum() / max(float(self._first[days].sum()), 1.0))
        law = handle, float(self._daily("patience_minutes")[usual]), np.maximum(agents[opened], 0.1).astype(np.float64)
        again = float(self._daily("call_back_share")[usual]), self._most
        (quiet, quiet_lost), (all_, all_lost) = (with_call_backs(rate, *law, *again) for rate in (plain, plain + rush))
        minutes = float((self._down[days] * self._opened[days]).sum()) * 30
        return minutes * float((all_ * all_lost - quiet * quiet_lost).mean()), minutes * float((all_ - quiet).mean())

    def _usual(self, days: slice) -> int:
        """The day with the median of calls among those on which the centre is open."""
        opened = np.flatnonzero(self._opened[days] > 0) + days.start
        return int(opened[np.argsort(self._first[opened], kind="stable")[len(opened) // 2]])

    def _daily(self, what: str) -> Floats:
        return self._plan.daily(f"contact.{self._name}.{what}")

    @cached_property
    def _centre(self) -> Centre:
        return Centre(self._name, self._plan, Middle(), self._plan.calendar, Journal(self._plan.calendar.days))

    @cached_property
    def _opened(self) -> Floats:
        """Half-hours of each day in which the centre is open."""
        return np.array([self._centre.is_open(day).sum() for day in range(self._plan.calendar.days)], dtype=np.float64)

    @property
    def _most(self) -> int:
        most: int = getattr(self._parameters.contact, self._name).most_call_backs
        return most


def _weights(name: str, plan: Plan) -> Iterator[tuple[str, float]]:
    """Of the calls of each cause the mean handle time, relative to that of a call of weight 1."""
    types = np.array(getattr(plan.parameters.contact, name).handle_weights)
    for cause, mix in plan.parameters.contact.mix_of(name).items():
        yield cause, float(types @ np.array(mix))


def _noise(size: float) -> Floats:
    """Sizes of a day's noise about 1, over which ``_SHARES`` sum."""
    return np.asarray(np.exp(size * _NODES - size**2 / 2))
