"""Cross-trained agents: some of the residents' centre sit in for a while at the help desk.

What the last open day's calls say of today, half-hour by half-hour, decides before the day begins. Lent is what the
help desk lacks, at most what the residents' centre can spare, at most the agents who were trained for both, and only
while both are open. Nobody is fetched back inside the day: a day that goes otherwise than the last one finds the agents
where they are. A lent agent works at the help desk's pace; training and its cost are not in the model.
"""

from __future__ import annotations

import numpy as np

from sim.contact.centre import Centre, agent_minutes
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Floats, Ints


class Lending:
    """Agents of ``lender`` who help ``borrower`` out."""

    def __init__(self, plan: Plan, journal: Journal, lender: Centre, borrower: Centre) -> None:
        self._journal = journal
        self._lender, self._borrower = lender, borrower
        self._trained: Floats = plan.daily("contact.cross_trained_share")

    def run(self, day: int) -> None:
        """Let both centres take their calls of a day."""
        lent = self._lent(day)
        self._lender.run(day, None if lent is None else -lent)
        self._borrower.run(day, lent)
        if lent is not None:
            self._journal.post("agent_minutes_lent", day, agent_minutes(lent))

    def _lent(self, day: int) -> Ints | None:
        """Agents lent in each half-hour; None where nobody can be."""
        if self._trained[day] == 0 or not (both := self._lender.is_open(day) & self._borrower.is_open(day)).any():
            return None
        agents = self._lender.agents(day)
        spare = np.minimum(agents - self._lender.agents_needed(day), np.floor(agents * self._trained[day] + 1e-9))
        lacking = self._borrower.agents_needed(day) - self._borrower.agents(day)
        lent = np.maximum(np.minimum(spare, lacking), 0)
        return np.asarray(np.where(both, lent, 0), dtype=np.int64)
