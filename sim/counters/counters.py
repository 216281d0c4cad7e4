"""The counters of one replication: hand-over and certificates share the JPKI servers behind them."""

from __future__ import annotations

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
        passed = self._jpki.serve(day, self._handover.attempts(day), self._certificates.attempts(day))
        self._handover.serve(day, passed.cards)
        self._certificates.serve(day, passed.certificates)
        self._journal.post("transactions", day, passed.cards + passed.certificates)
        self._journal.post("transactions_failed", day, passed.failed)
        self._journal.post("jpki_overloaded", day, int(passed.overloaded))
