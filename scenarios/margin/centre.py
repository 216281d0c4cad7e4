"""What Erlang A expects a centre to lose of a year's calls, day by day, over factors on them.

A day's loss depends on its calls, the agents of its half-hours, handle time and patience: a table over calls a day, for
each kind of day with its agents, serves all days of a run. Who is lost rings again with the chance that the replication
drew; the first calls are those that it had.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from sim.calendar import Floats
from sim.contact.callers import URGENT
from sim.contact.centre import Centre
from sim.contact.erlang import erlang_a_answered
from sim.facts import CALL_CAUSES, CENTRES
from sim.journal import Journal
from sim.louder import Run, with_seats_kept
from sim.streams import Ints, Streams

_VOLUMES = np.geomspace(0.02, 8.0, 40)
"""Calls a day in the tables, as multiples of what the agents can answer."""
_ROUNDS = 6
"""Of lost callers who ring again and raise the loss."""


class Loss:
    """The share of a centre's attempts that is lost, by theory, on some days of one replication."""

    def __init__(self, run: Run, name: str) -> None:
        calendar, prefix = run.calendar, CENTRES[name]
        parameters = with_seats_kept(run, name)
        plan = run.plan(parameters)
        self._centre = Centre(name, plan, Streams(run.seed, run.replication), calendar, Journal(calendar.days))
        calls = {cause: run.known.facts[f"{prefix}_{cause}"].astype(np.float64) for cause in CALL_CAUSES[name]}
        self._first: Floats = np.sum(list(calls.values()), axis=0)
        urgent = sum(float(series.sum()) for cause, series in calls.items() if cause in URGENT)
        self._urgent_share = urgent / max(float(self._first.sum()), 1.0)
        self._again = np.minimum(plan.daily(f"contact.{name}.call_back_share"), 0.999)
        self._most_again = getattr(parameters.contact, name).most_call_backs
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

    def shares(self, days: Ints, factors: Floats) -> Floats:
        """The share lost on some days together, for each factor on their first calls."""
        lost, offered = self.attempts(days, factors)
        return np.divide(lost, offered, out=np.zeros_like(lost), where=offered > 0)

    def attempts(self, days: Ints, factors: Floats) -> tuple[Floats, Floats]:
        """Attempts lost, and all attempts, on some days together, for each factor on their first calls."""
        lost, offered = np.zeros(len(factors)), np.zeros(len(factors))
        wanted = np.zeros(len(self._first), dtype=np.bool_)
        wanted[days] = True
        for alike, volumes, shares in self._groups:
            some = alike[wanted[alike]]
            first = self._first[some] * factors[:, None]
            attempts, share = self._with_call_backs(first, self._again[some], volumes, shares)
            lost += (attempts * share).sum(axis=1)
            offered += attempts.sum(axis=1)
        return lost, offered

    def _with_call_backs(self, first: Floats, again: Floats, volumes: Floats, shares: Floats) -> tuple[Floats, Floats]:
        """Attempts, and the share of them that is lost."""
        attempts = first
        for _ in range(_ROUNDS):
            share = np.interp(attempts, volumes, shares)
            ratio = again * share
            attempts = first * (1 - ratio ** (self._most_again + 1)) / (1 - ratio)
        return attempts, share
