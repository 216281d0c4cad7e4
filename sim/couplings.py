"""The one table of who affects whom: facts of a day that become other facts on later days.

Each row takes a share of a fact and spreads it over the days after, as whole numbers; what is left over is posted as
another fact, so nothing vanishes. Renewals are not here: which holders come due, and when they act, is the cohorts' own
business (``sim/people/holders.py``).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal

from sim.calendar import Calendar
from sim.draws import binomial
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Streams


@dataclass(frozen=True)
class Coupling:
    """A cause, its effect, the share that has it, and its lag of a day or more.

    ``rate`` names the parameter of the share, ``lag`` that of the days: all after exactly so many (``fixed``), or after
    so many on average, each with the same chance every day (``geometric``). ``rest`` is the fact of those without the
    effect, ``pending`` the stock of those on the way to it.
    """

    cause: str
    effect: str
    rate: str
    lag: str
    law: Literal["fixed", "geometric"]
    rest: str | None = None
    pending: str | None = None
    rate_is_of_the_rest: bool = False


COUPLINGS = (
    Coupling(
        cause="returned",
        effect="resubmitted",
        rate="plant.returned_comes_back_share",
        lag="plant.returned_days",
        law="geometric",
        rest="withdrawn",
        pending="waiting_return",
    ),
    Coupling(
        cause="dispatched_standard",
        effect="arrived",
        rate="counters.never_collected_share",
        lag="counters.preparation_days",
        law="fixed",
        rest="never_collected",
        pending="on_the_way",
        rate_is_of_the_rest=True,
    ),
    Coupling(
        cause="signing_ended",
        effect="signing_reissued",
        rate="holders.signing_reissue_share",
        lag="holders.signing_reissue_days",
        law="geometric",
    ),
)


class Couplings:
    """Carries effects from the day of their cause to the days on which they fall due."""

    def __init__(self, plan: Plan, streams: Streams, calendar: Calendar, journal: Journal) -> None:
        self._journal = journal
        self._flows = [_Flow(coupling, plan, streams, calendar) for coupling in COUPLINGS]

    def turn(self, day: int) -> None:
        """Post what earlier days make due today."""
        for flow in self._flows:
            self._journal.post(flow.coupling.effect, day, flow.fall_due(day))

    def close(self, day: int) -> None:
        """Take in the facts of a day that is over."""
        for flow in self._flows:
            coupling = flow.coupling
            cause = int(self._journal[coupling.cause][day])
            rest = flow.take_in(day, cause)
            if coupling.rest:
                self._journal.post(coupling.rest, day, rest)
            if coupling.pending:
                self._journal.post(coupling.pending, day, flow.pending)


class _Flow:
    """One row at work. Its luck is tied to the date, so that a run's past does not move it."""

    def __init__(self, coupling: Coupling, plan: Plan, streams: Streams, calendar: Calendar) -> None:
        self.coupling = coupling
        self.pending = 0
        rate = plan.daily(coupling.rate)
        self._rate: list[float] = (1 - rate if coupling.rate_is_of_the_rest else rate).tolist()
        self._days = plan.value(coupling.lag)
        self._in_order: deque[tuple[int, int]] = deque()
        name = f"couplings/{coupling.cause}/{coupling.effect}"
        self._share: list[float] = streams.daily_uniforms(f"{name}/share", calendar).tolist()
        self._lag: list[float] = streams.daily_uniforms(f"{name}/lag", calendar).tolist()

    def take_in(self, day: int, cause: int) -> int:
        """Send a share of a day's cause on its way; returns how many have no effect."""
        effects = min(int(cause * self._rate[day] + self._share[day]), cause)
        self.pending += effects
        if self.coupling.law == "fixed":
            self._in_order.append((day + max(round(self._days), 1), effects))
        return cause - effects

    def fall_due(self, day: int) -> int:
        """Effects that fall due on a day."""
        count = self._arriving(day) if self.coupling.law == "fixed" else self._leaving(day)
        self.pending -= count
        return count

    def _arriving(self, day: int) -> int:
        count = 0
        while self._in_order and self._in_order[0][0] <= day:
            count += self._in_order.popleft()[1]
        return count

    def _leaving(self, day: int) -> int:
        return binomial(self._lag[day], self.pending, min(1 / self._days, 1.0))
