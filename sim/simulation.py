"""The parts of one replication, and the order in which they work through its days."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sim.calendar import Calendar, Flags
from sim.contact.centre import Centre
from sim.contact.lending import Lending
from sim.counters.counters import Counters
from sim.counters.jpki import Strain
from sim.couplings import COUPLINGS, Coupling
from sim.facts import AT_COUNTERS, JPKI_COUNTER
from sim.flows import Flows
from sim.handed_over import since_2016
from sim.hindsight import seats_by_luck
from sim.journal import Journal
from sim.municipalities import Municipalities
from sim.notices.notices import Notices
from sim.parameters import Parameters, Restated
from sim.parts import CARDS, COUNTERS, HELPDESK, PART_OF, PARTS, RESIDENT
from sim.people.history import CardHistory
from sim.people.people import People
from sim.plan import Plan
from sim.plant.lead_times import LeadTimes
from sim.plant.plant import Plant
from sim.result import Result
from sim.services.phones import post_phones
from sim.services.pins import Pins
from sim.services.post_offices import post_post_offices
from sim.services.shown import post_shown
from sim.streams import Floats, Ints, Streams
from sim.systems.outages import Outages
from sim.systems.validation import post_validation
from sim.unknowns import Unknowns

_ALL_DAY = (1.0,) * 24


class Simulation:
    """The parts of one replication, and the order in which they work.

    Args:
        parameters: of the scenario.
        history: cards issued by month.
        seed: of the random streams.
        replication: number of the replication, which is part of every stream's name.
        chance_only: leave uncertain parameters at their middle.
        parts: those that work (``sim.parts.PARTS``); the facts of the others are ``known``.
        known: every simulated day, as an earlier simulation left it.
        rows: couplings at work; effects of others are ``known``.
        unknowns: what is not known as one joint distribution.
    """

    def __init__(
        self,
        parameters: Parameters,
        history: CardHistory,
        seed: int,
        replication: int,
        chance_only: bool = False,
        parts: Collection[str] = PARTS,
        known: Result | None = None,
        rows: Sequence[Coupling] = COUPLINGS,
        unknowns: Unknowns | None = None,
    ) -> None:
        streams = Streams(seed, replication)
        self._streams = streams
        self._calendar = calendar = parameters.calendar()
        self._plan = plan = Plan(parameters, streams, calendar, chance_only, unknowns)
        self._history = history
        self.journal = journal = Journal(calendar.days)
        rows = [row for row in rows if PART_OF[row.effect] in parts]
        if known is not None:
            _post_known(journal, known, parts, rows)
        self._outages = outages = Outages(plan, streams, calendar, journal)
        post_phones(plan, streams, calendar, journal)
        post_validation(plan, streams, calendar, journal)
        post_post_offices(plan, calendar, journal)
        self._cards = Cards(plan, streams, calendar, journal, history, outages) if CARDS in parts else None
        places, strain = history.places, self._strain if parameters.systems.load_breaks else None
        self._counters = (
            _open_counters(plan, streams, calendar, journal, outages, places, strain) if COUNTERS in parts else None
        )
        self._contact = Contact(plan, streams, calendar, journal, outages, parts)
        patterns = self._contact.patterns | ({"counters": self._counters.weights} if self._counters else {})
        self._flows = Flows(plan, streams, calendar, journal, patterns, rows)
        self._pins = Pins(plan, streams, calendar, journal) if COUNTERS in parts else None
        self._restated = {calendar.index(state.as_of) + 1: state for state in parameters.opening.restated}

    @property
    def lead_times(self) -> LeadTimes:
        """What is kept of cards that left.

        Raises:
            ValueError: if the cards were not among the parts.
        """
        if self._cards is None:
            raise ValueError("no card moved in this simulation: its lead times are those of the one it rests on")
        return self._cards.plant.lead_times

    @property
    def by_municipality(self) -> Ints | None:
        """What happened at the counters of each municipality, by fiscal year; None if they were not among the parts."""
        return self._counters.by_municipality if self._counters else None

    def run(self) -> None:
        """From the first simulated day to the last."""
        for month, days in self._calendar.months():
            if self._cards:
                self._cards.open_month(month, days)
            if self._pins:
                self._pins.open_month(days)
            self._contact.open_month(days)
            for day in range(days.start, days.stop):
                self._run_day(day, self._restated.get(day))
            if self._cards:
                self._cards.close_month(month)
            self._contact.close_month(days)
        if self._cards:
            self._cards.plant.close(self._calendar.days)
        if self._counters:
            cumulative = since_2016(self._plan, self._history, self.journal["handed_over"])
            self.journal.post_days("cards_handed_over_cumulative", slice(None), cumulative)
        post_shown(self._plan, self.journal)

    def _strain(self, day: int, utilisation: float) -> None:
        """A day so busy may break the servers behind the counters, and the help desk hears of that."""
        changed = self._outages.strain(day, utilisation)
        down = self._outages.down(AT_COUNTERS) if changed else {}
        self._contact.hear({each: down[each] for each in changed if each in down})

    def _run_day(self, day: int, state: Restated | None) -> None:
        self._flows.turn(day)
        if self._cards:
            self._cards.run(day, state)
        if self._counters:
            if state is not None:
                self._counters.restate(day, state)
            self._counters.run(day)
        self._flows.follow(day)
        self._contact.run(day)
        self._flows.close(day)


def _post_known(journal: Journal, known: Result, parts: Collection[str], rows: Sequence[Coupling]) -> None:
    """Post the facts of parts that do not work, and effects that no coupling at work brings about."""
    brought = {row.effect for row in rows}
    effects = {row.effect for row in COUPLINGS if row.law != "queue"} - brought
    for name, series in known.facts.items():
        part = PART_OF[name]
        if part is None or (part in parts and name not in effects):
            continue
        if name in known.along:
            journal.post_along(name, slice(None), known.along[name])
        else:
            journal.post_days(name, slice(None), series)
    if COUNTERS in parts and CARDS not in parts:
        journal.post_days("handed_over", slice(None), journal["express_delivered"])


class Cards:
    """Holders, their notices and applications, the plant: one part, since cards dispatched later are valid longer."""

    def __init__(
        self, plan: Plan, streams: Streams, calendar: Calendar, journal: Journal, history: CardHistory, outages: Outages
    ) -> None:
        self._journal = journal
        self._people = People(plan, streams, calendar, journal, history)
        self._notices = Notices(plan, calendar, journal)
        self.plant = Plant(plan, streams, calendar, journal, outages.working_share(["card_management"], _ALL_DAY))
        self.plant.open_with(round(plan.at("opening.cards", calendar.first)))
        self._first = 0
        self._standard: list[int] = []
        self._express: list[int] = []

    def open_month(self, month: int, days: slice) -> None:
        """Turn the holders, draw the month's applications, and post its notices."""
        applications = self._people.open_month(month, days)
        self._notices.run(days)
        self._first = days.start
        self._express = applications.express_total.tolist()
        self._standard = (applications.total - applications.express_total).tolist()

    def run(self, day: int, state: Restated | None) -> None:
        """Let the plant work through a day, from a stated amount of work inside where there is one."""
        if state is not None:
            self.plant.restate(day, state)
        self.plant.start_day(day)
        standard = self._standard[day - self._first] + int(self._journal["resubmitted"][day])
        self.plant.accept(day, standard, self._express[day - self._first])
        self._people.issued(day, self.plant.run(day))

    def close_month(self, month: int) -> None:
        """Let the month's cards join the stock."""
        self._people.close_month(month)


class Contact:
    """Those of the call centres that work; both together lend each other agents."""

    def __init__(
        self,
        plan: Plan,
        streams: Streams,
        calendar: Calendar,
        journal: Journal,
        outages: Outages,
        parts: Collection[str],
    ) -> None:
        heard = {RESIDENT: None, HELPDESK: outages.down(AT_COUNTERS)}
        self._centres = {
            name: Centre(name, plan, streams, calendar, journal, heard[name], seats_by_luck(name, plan, streams))
            for name in heard
            if name in parts
        }
        both = len(self._centres) == len(heard)
        self._lending = (
            Lending(plan, journal, lender=self._centres[RESIDENT], borrower=self._centres[HELPDESK]) if both else None
        )

    @property
    def patterns(self) -> dict[str, Floats]:
        """Daily weights of calls."""
        return {name: weights for centre in self._centres.values() for name, weights in centre.patterns.items()}

    def hear(self, outages: Mapping[int, Flags]) -> None:
        """Let the help desk know of outages that were not known from the start."""
        if HELPDESK in self._centres:
            self._centres[HELPDESK].hear(outages)

    def open_month(self, days: slice) -> None:
        """Contract seats where the policy says so."""
        for centre in self._centres.values():
            centre.open_month(days)

    def run(self, day: int) -> None:
        """Take the calls of a day."""
        if self._lending:
            self._lending.run(day)
        else:
            for centre in self._centres.values():
                centre.run(day)

    def close_month(self, days: slice) -> None:
        """Say how many seats the month's calls would have needed."""
        for centre in self._centres.values():
            centre.close_month(days)


def _open_counters(
    plan: Plan,
    streams: Streams,
    calendar: Calendar,
    journal: Journal,
    outages: Outages,
    places: Municipalities,
    strain: Strain | None,
) -> Counters:
    """The counters, and the systems behind them."""
    jpki, both = (outages.minutes(systems) for systems in ([JPKI_COUNTER], AT_COUNTERS))
    counters = Counters(plan, streams, calendar, journal, jpki, both, places, strain)
    counters.open_with(round(plan.at("opening.at_municipalities", calendar.first)))
    return counters
