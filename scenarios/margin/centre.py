"""What Erlang A expects a centre to lose of a year's calls, day by day, over factors on them.

A day's loss depends on its calls, the agents of its half-hours, handle time and patience: a table over calls a day, for
each kind of day with its agents, serves all days of a run. Who is lost rings again with the chance that the replication
drew; the first calls are those that it had.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from sim.calendar import Flags, Floats
from sim.contact.callers import URGENT
from sim.contact.centre import Centre
from sim.contact.erlang import erlang_a_answered
from sim.facts import CALL_CAUSES, CENTRES
from sim.louder import Run
from sim.streams import Ints

_VOLUMES = np.geomspace(0.02, 8.0, 40)
"""Calls a day in the tables, as multiples of what the agents can answer."""
_ROUNDS = 6
"""Of lost callers who ring again and raise the loss."""


class Loss:
    """The share of a centre's attempts that is lost, by theory, on some days of one replication."""

    def __init__(self, run: Run, name: str, centre: Centre) -> None:
        calendar, prefix, plan = run.calendar, CENTRES[name], run.plan
        self._centre = centre
        calls = {cause: run.known.facts[f"{prefix}_{cause}"].astype(np.float64) for cause in CALL_CAUSES[name]}
        self._first: Floats = np.sum(list(calls.values()), axis=0)
        urgent = sum(float(series.sum()) for cause, series in calls.items() if cause in URGENT)
        self._urgent_share = urgent / max(float(self._first.sum()), 1.0)
        self._again = np.minimum(plan.daily(f"contact.{name}.call_back_share"), 0.999)
        self._most_again = getattr(run.parameters.contact, name).most_call_backs
        self._handle = self._centre.callers.handle * self._slower(run, prefix)
        self._groups = self._alike(calendar.days)

    def _slower(self, run: Run, prefix: str) -> float:
        """Mean handle time over that of a call of mean type, as it was."""
        answered = run.known.facts[f"{prefix}_answered"]
        usual = float((answered * self._centre.callers.handle).sum())
        return float(run.known.facts[f"{prefix}_busy_minutes"].sum()) / usual if usual else 1.0

    def _alike(self, days: int) -> list[tuple[Ints, Floats, Floats]]:
        """Days with the same agents and callers, and the loss of such a day by its attempts."""
        groups: dict[tuple[int, bytes, float, float], list[int]] = defaultdict(list)
        patience = self._centre.callers.patience
        for day in range(days):
            kind, agents = int(self._centre.callers.kinds[day]), self._centre.agents(day)
            groups[kind, agents.tobytes(), float(self._handle[day]), float(patience[day])].append(day)
        return [(np.array(alike), *self._table(alike[0])) for alike in groups.values()]

    def _table(self, day: int) -> tuple[Floats, Floats]:
        callers, agents = self._centre.callers, self._centre.agents(day)
        handle, patience = float(self._handle[day]), float(callers.patience[day])
        ordinary, urgent = callers.profile[callers.kinds[day]], callers.urgent_profile[callers.kinds[day]]
        share = self._urgent_share if ordinary.any() else 1.0
        weight = (1 - share) * ordinary + share * urgent
        weight = weight / max(float(weight.sum()), 1e-9)
        volumes = _VOLUMES * max(float(agents[weight > 0].sum()) * 30 / handle, 1.0)
        answered = erlang_a_answered(volumes[:, None] * weight / 30, handle, patience, agents)
        return volumes, ((1 - answered) * weight).sum(axis=1)

    def shares(self, times: Floats, factors: Floats) -> Floats:
        """The share lost on some days together, for each factor on their first calls; ``times`` as in ``attempts``."""
        lost, offered = self.attempts(times, factors)
        return np.divide(lost, offered, out=np.zeros_like(lost), where=offered > 0)

    def attempts(self, times: Floats, factors: Floats) -> tuple[Floats, Floats]:
        """Attempts lost, and all attempts, on some days together, for each factor on their first calls.

        Args:
            times: by simulated day how many such days there are.
            factors: on the first calls.
        """
        lost, offered = np.zeros(len(factors)), np.zeros(len(factors))
        for days, attempts, share in self._of_groups(times > 0, factors):
            lost += (attempts * share * times[days]).sum(axis=1)
            offered += (attempts * times[days]).sum(axis=1)
        return lost, offered

    def lost(self, days: Ints, factor: float) -> Floats:
        """Attempts lost on each of some days under a factor on their first calls."""
        found, wanted = np.zeros(len(self._first)), np.zeros(len(self._first), dtype=np.bool_)
        wanted[days] = True
        for some, attempts, share in self._of_groups(wanted, np.array([factor])):
            found[some] = (attempts * share)[0]
        return np.asarray(found[days])

    def _of_groups(self, wanted: Flags, factors: Floats) -> Iterator[tuple[Ints, Floats, Floats]]:
        """Days alike; their attempts, and the share of them that is lost, by factor and day."""
        for alike, volumes, shares in self._groups:
            days = alike[wanted[alike]]
            first = self._first[days] * factors[:, None]
            yield days, *self._with_call_backs(first, self._again[days], volumes, shares)

    def _with_call_backs(self, first: Floats, again: Floats, volumes: Floats, shares: Floats) -> tuple[Floats, Floats]:
        """Attempts, and the share of them that is lost."""
        attempts = first
        for _ in range(_ROUNDS):
            share = np.interp(attempts, volumes, shares)
            ratio = again * share
            attempts = first * (1 - ratio ** (self._most_again + 1)) / (1 - ratio)
        return attempts, share
