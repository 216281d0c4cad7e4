"""The bookings of a replication alone, walked again under louder visits for a tenth of what all counters cost.

Who else takes slots does not depend on who books, nor do post offices and outages of the servers; so all of it is as
the whole simulation left it, and the lines of bookings alone move (``sim.counters.lines.walk``). That holds as long as
hardly a day asks for more than the servers take, or than may come by appointment, and load breaks nothing; a walk says
whether it does (``Spell.sees_all``). Outages fail the same share of visits under any load.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sim.counters.certificates import Certificates
from sim.counters.jpki import peak_load
from sim.counters.lines import Known, Standing
from sim.counters.visits import CERTIFICATE, HAND_OVER, SETTING, VISITS, uncounted
from sim.couplings import COUPLINGS, chances, rates
from sim.journal import Journal
from sim.louder import Run, booked
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams

_OUTCOMES = "renewed_in_time", "expired_waiting", "gave_up_in_time"
ASKED = "asked"
"""Who had a slot, got through to the servers or not."""
_FEW = 0.01
"""Of a year's visits so few may fall on days on which the servers are overloaded: who fails there comes a day later."""
(_COMING_BACK,) = (row for row in COUPLINGS if row.effect == "came_back")


class Bookings:
    """The bookings of one replication."""

    def __init__(self, run: Run) -> None:
        self._run, self._plan, facts = run, run.plan, run.known.facts
        calendar, places = self._plan.calendar, run.history.places
        journal = Journal(calendar.days)
        journal.post_days("post_offices_beyond", slice(None), facts["post_offices_beyond"])
        self._certificates = Certificates(self._plan, Streams(run.seed, run.replication), calendar, journal, places)
        self._known = _known(self._plan, self._certificates.weights, facts)
        self._booked = booked(run, np.ones(calendar.days), slice(None))
        self._standing = Standing(np.zeros(len(places.codes)), 0, 0.0)

    def spells(self, years: Mapping[str, Ints]) -> Iterator[tuple[str, Spell]]:
        """Some years, one after the other; each is to be done with before the next is asked for.

        Args:
            years: the simulated days of each, in order.
        """
        day = 0
        for year, days in years.items():
            self._live_through(range(day, int(days[0])))
            before, day = self._standing, int(days[-1]) + 1
            slots = self._live_through(range(int(days[0]), day))
            yield year, Spell(self, slice(int(days[0]), day), before, slots)

    def _live_through(self, days: range) -> Floats:
        """Walk some days under the load that they had; the slots of each day and municipality."""
        taken = self._run.known.facts["slots_taken"][days.start : days.stop]
        slots = self._certificates.free(days.start, taken.astype(np.float64))
        self._standing, _ = self._certificates.walk(days.start, self._booked, self._standing, slots, self._known)
        return slots

    def under(self, factor: Floats, days: slice, before: Standing, slots: Floats) -> dict[str, Floats]:
        """Some days with ``factor`` times the visits of each, from how the lines stood before them."""
        visits = self._booked[:, : days.stop].copy()
        visits[:, days] = booked(self._run, factor, days)
        _, told = self._certificates.walk(days.start, visits, before, slots, self._known)
        return dict(zip((*_OUTCOMES, ASKED), told.T, strict=True))

    def strained(self, days: slice, certificates: Floats) -> float:
        """The share of these visits that falls on days on which the servers are (or were) asked for more than they
        take, or more would come (or did) than may by appointment; all where load can break the servers.
        """
        parameters, daily, facts = self._plan.parameters, self._plan.daily, self._run.known.facts
        if parameters.systems.load_breaks:
            return 1.0
        visits = {kind: count[days] for kind, count in self._visits.items()} | {CERTIFICATE: certificates}
        overload = peak_load(parameters.counters, visits) > daily("systems.jpki_per_day")[days]
        most = self._certificates.weights * daily("counters.visits_by_appointment_per_day")
        put_off = certificates + visits[HAND_OVER] > most[days]
        known = (facts["jpki_overloaded"] > 0) | (facts["visits_put_off"] > 0)
        return float(certificates[overload | put_off | known[days]].sum() / max(float(certificates.sum()), 1.0))

    @cached_property
    def _visits(self) -> dict[str, Floats]:
        """What is asked of the servers, by kind and day, as it was; settings in office hours alone."""
        facts, weights = self._run.known.facts, self._certificates.weights
        visits = {visit.kind: sum(facts[name] for name in visit.facts) for visit in VISITS if visit.facts}
        counts = visits | uncounted(self._plan, weights)
        found = {kind: np.asarray(count, dtype=np.float64) for kind, count in counts.items()}
        found[HAND_OVER] = found[HAND_OVER] - facts["express_delivered"]
        found[SETTING] = found[SETTING] * (1 - self._plan.daily("systems.setting_off_peak_share"))
        return found


@dataclass(frozen=True)
class Spell:
    """Some days of the bookings, to be walked under any load."""

    bookings: Bookings
    days: slice
    before: Standing
    slots: Floats

    def under(self, factor: float) -> dict[str, Floats]:
        """Persons by day under ``factor`` times the visits that there were: who renewed in time, lost the certificate
        waiting, or gave up before that, each by the name of the fact; and who had a slot (``ASKED``)."""
        return self.bookings.under(np.full(len(self.slots), factor), self.days, self.before, self.slots)

    def sees_all(self, walked: Mapping[str, Floats]) -> bool:
        """Whether nothing was at work in what ``under`` told that a walk of the bookings does not see."""
        return self.bookings.strained(self.days, walked[ASKED]) <= _FEW


def _known(plan: Plan, weights: Floats, facts: Mapping[str, Ints]) -> Known:
    """What is known by day; where transactions failed or visits were put off, who was served says what got through."""
    served = (facts["certificates_renewed"] + facts["signing_reissued"]).astype(np.float64)
    troubled = (facts["transactions_failed"] > 0) | (facts["visits_put_off"] > 0)
    return Known(
        came_back=facts["came_back"].astype(np.float64),
        gave_up=facts["slots_given_up"].astype(np.float64),
        served=served,
        through=np.where(troubled, np.nan, 1.0),
        share_back=rates(_COMING_BACK, plan),
        chance_back=chances(plan.daily("counters.come_back_days"), weights),
    )
