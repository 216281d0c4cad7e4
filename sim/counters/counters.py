"""The counters of one replication: hand-over and certificates share the day and the JPKI servers behind them.

Where visits are by appointment no day takes more of them than stated. Certificates, which expire, come first; whose
visit is put off stays in line, and comes for a card on another day with the same chance as all who wait for theirs.
"""

from __future__ import annotations

import numpy as np

from sim.calendar import Calendar
from sim.counters.certificates import Certificates
from sim.counters.handover import Handover
from sim.counters.jpki import Jpki
from sim.journal import Journal
from sim.parameters import Restated
from sim.plan import Plan
from sim.streams import Floats, Streams


class Counters:
    """One national pool; the shares of a day's visits that find the systems working are as in ``Jpki``."""

    def __init__(
        self,
        plan: Plan,
        streams: Streams,
        calendar: Calendar,
        journal: Journal,
        with_jpki: Floats,
        with_both: Floats,
    ) -> None:
        self._journal = journal
        self._handover = Handover(plan, streams, calendar, journal)
        self._certificates = Certificates(plan, streams, calendar, journal)
        self._jpki = Jpki(plan, with_jpki, with_both)
        most = self.weights * plan.daily("counters.visits_by_appointment_per_day")
        self._most: list[int] = np.minimum(most, 1e15).astype(np.int64).tolist()

    @property
    def weights(self) -> Floats:
        """Daily weight of visits, 1 on average over a plain week."""
        return self._certificates.weights

    def open_with(self, cards: int) -> None:
        """Cards that wait to be collected before the first day."""
        self._handover.open_with(cards)

    def restate(self, day: int, state: Restated) -> None:
        """Let the stated cards be dispatched and not handed over as ``day`` begins."""
        self._handover.restate(day, state)

    def run(self, day: int) -> None:
        """Serve those who come on a day; failed transactions leave their persons waiting."""
        wanted, cards = self._certificates.attempts(day), self._handover.attempts(day)
        certificates = min(wanted, self._most[day])
        taken = min(cards, self._most[day] - certificates)
        passed = self._jpki.serve(day, taken, certificates)
        self._handover.serve(day, passed.cards)
        self._certificates.serve(day, passed.certificates)
        self._journal.post("visits_put_off", day, wanted - certificates + cards - taken)
        self._journal.post("transactions", day, passed.cards + passed.certificates)
        self._journal.post("transactions_failed", day, passed.failed)
        self._journal.post("jpki_overloaded", day, int(passed.overloaded))
