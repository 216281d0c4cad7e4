"""One integer array per fact and day: the parts' notice board, the daily result, and the conservation check."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from sim.facts import CENTRES, FACTS, LOST, LOST_CAUSES, OUTCOMES, SOURCES, STATIONS
from sim.parts import COUNTERS
from sim.streams import Ints


class ConservationError(RuntimeError):
    """Cards appeared from nowhere or vanished: a fault of the model."""


class Journal:
    """Facts by name and day."""

    def __init__(self, days: int) -> None:
        self.days = days
        self._facts: dict[str, Ints] = {name: np.zeros(days, dtype=np.int64) for name in FACTS}

    def __getitem__(self, name: str) -> Ints:
        return self._facts[name]

    def post(self, name: str, day: int, count: int) -> None:
        """Add to a fact of a day; what falls after the run is left out."""
        if 0 <= day < self.days:
            self._facts[name][day] += count

    def post_days(self, name: str, days: slice, counts: Ints) -> None:
        """Add a series to a fact."""
        self._facts[name][days] += counts

    def close(self, unknown: Collection[str] = ()) -> dict[str, Ints]:
        """Check conservation for every day and hand over the facts; nothing is known of the parts ``unknown``.

        Raises:
            ConservationError: naming the balance and the first day on which it does not hold.
        """
        flows = {name: np.cumsum(series) for name, series in self._facts.items()}
        inside = np.sum([self._facts[f"waiting_{name}"] for name in (*STATIONS, "dispatch")], axis=0)
        dispatched = flows["dispatched_standard"] + flows["dispatched_express"]
        received = flows["applications"] + flows["resubmitted"] + flows["opening_work"] + flows["restated_cards"]
        _check("cards in the plant", received, flows["returned"] + dispatched + inside)
        sent_back = flows["resubmitted"] + flows["withdrawn"] + self._facts["waiting_return"]
        _check("returned applications", flows["returned"], sent_back)
        reasons = np.sum([flows[f"applications_{name}"] for name in SOURCES], axis=0)
        _check("reasons of applications", flows["applications"], reasons)
        if COUNTERS not in unknown:
            self._check_counters(flows)
        for centre, prefix in CENTRES.items():
            decided = np.sum([flows[f"{prefix}_{outcome}"] for outcome in OUTCOMES], axis=0)
            inside = self._facts[f"{prefix}_waiting"] + self._facts[f"{prefix}_in_service"]
            _check(f"{prefix} offered", flows[f"{prefix}_offered"], decided + inside)
            lost = np.sum([flows[f"{prefix}_{outcome}"] for outcome in LOST], axis=0)
            causes = np.sum([flows[f"{prefix}_lost_{cause}"] for cause in LOST_CAUSES[centre]], axis=0)
            _check(f"{prefix} lost", lost, causes)
        return self._facts

    def _check_counters(self, flows: dict[str, Ints]) -> None:
        placed = flows["opening_at_municipalities"] + flows["restated_at_municipalities"]
        sent_out = flows["arrived"] - placed + self._facts["on_the_way"]
        _check("dispatched standard cards", flows["dispatched_standard"], flows["never_collected"] + sent_out)
        handed_over = flows["handed_over"] - flows["express_delivered"]
        _check("cards at municipalities", flows["arrived"], handed_over + self._facts["at_municipalities"])
        asked = flows["certificates_wanted"] + flows["signing_wanted"] + flows["stays_extended"]
        wanted = asked + flows["came_back"]
        served = flows["certificates_renewed"] + flows["signing_reissued"] + flows["slots_given_up"]
        _check("people who book a slot", wanted, served + self._facts["booking_backlog"])
        gone = flows["came_back"] + flows["certificates_lapsed"] + self._facts["coming_back"]
        _check("people who gave up a slot", flows["slots_given_up"], gone)


def _check(balance: str, left: Ints, right: Ints) -> None:
    off = np.flatnonzero(left != right)
    if len(off):
        day = int(off[0])
        raise ConservationError(f"{balance}: {left[day]} in, {right[day]} accounted for on day {day}")
