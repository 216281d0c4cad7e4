"""The counters of one replication: all visits share the slots of a day and the JPKI servers behind them.

Who comes for a card, or for anything else that takes a terminal, takes the slots that come first, settings before
hand-over next; the bookings for certificates have those that are left in their municipality. Where visits are by
appointment no day takes more of them than stated. Certificates, which expire, come first; whose visit is put off stays
in line, and comes for a card on another day with the same chance as all who wait for theirs.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.calendar import Calendar
from sim.counters.certificates import Certificates
from sim.counters.handover import Handover
from sim.counters.jpki import Jpki, Strain
from sim.counters.licences import Licences
from sim.counters.settings import Settings
from sim.counters.visits import HAND_OVER, KINDS, OTHERS, SETTING, VISITS, slots_each, uncounted
from sim.journal import Journal
from sim.municipalities import ONE, Municipalities
from sim.parameters import Restated
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams


class Counters:
    """Bookings by municipality, hand-over as one pool; the systems behind them are as in ``Jpki``."""

    def __init__(
        self,
        plan: Plan,
        streams: Streams,
        calendar: Calendar,
        journal: Journal,
        jpki: Mapping[int, Floats],
        both: Mapping[int, Floats],
        places: Municipalities = ONE,
        strain: Strain | None = None,
    ) -> None:
        self._journal = journal
        self._handover = Handover(plan, streams, calendar, journal)
        self._settings = Settings(plan, calendar, journal)
        self._certificates = Certificates(plan, streams, calendar, journal, places)
        self._jpki = Jpki(plan, jpki, both, strain)
        most = self.weights * plan.daily("counters.visits_by_appointment_per_day")
        self._most: list[int] = np.minimum(most, 1e15).astype(np.int64).tolist()
        self._licences = Licences(plan, calendar, journal, self.weights)
        self._each: dict[str, list[float]] = {kind: slots.tolist() for kind, slots in slots_each(plan).items()}
        counted = {kind: [journal[fact] for fact in VISITS[KINDS[kind]].facts] for kind in OTHERS}
        others = counted | {kind: [visits] for kind, visits in uncounted(plan, self.weights).items()}
        self._others = [(self._each[kind], others[kind]) for kind in OTHERS]

    @property
    def by_municipality(self) -> Ints:
        """What happened in each municipality, by fiscal year (``sim.result.COUNTER_COLUMNS``)."""
        return self._certificates.years.table

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
        others = [sum(visits.item(day) for visits in series) for _, series in self._others]
        taken_first = sum(count * each[day] for count, (each, _) in zip(others, self._others, strict=True))
        a_card = self._each[HAND_OVER][day]
        room = self._certificates.slots(day) - taken_first - self._handover.expected(day) * a_card
        made = self._settings.run(day, room)
        cards = self._handover.attempts(day)
        taken_first += cards * a_card + made * self._each[SETTING][day]
        self._journal.post("slots_taken", day, round(taken_first))
        wanted = self._certificates.attempts(day, taken_first)
        certificates = min(wanted, self._most[day])
        taken = min(cards, self._most[day] - certificates)
        passed = self._jpki.serve(day, taken, certificates, others, made)
        self._handover.serve(day, passed.cards)
        self._licences.hand_over(day, passed.cards)
        served = self._certificates.serve(day, passed.certificates)
        self._journal.post("visits_put_off", day, wanted - certificates + cards - taken)
        counts = {name: getattr(passed, name) for name in ("tried", "done", "given_up", "still_trying", "timeouts")}
        self._journal.post_all(day, {**counts, "overloaded": int(passed.timeouts > 0)}, "jpki_")
        self._journal.post_all(day, {"transactions": passed.cards + served, "transactions_failed": passed.failed})
