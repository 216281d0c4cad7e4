"""One replication, as a list of steps."""

from __future__ import annotations

from sim.calendar import Calendar, month_number
from sim.contact.centre import Centre
from sim.counters.counters import Counters
from sim.couplings import Couplings
from sim.journal import Journal
from sim.parameters import Parameters
from sim.people.history import CardHistory
from sim.people.people import People
from sim.plan import Plan
from sim.plant.plant import Plant
from sim.result import Result, coded_lead_times, coded_ledger
from sim.streams import Streams
from sim.systems.outages import Outages

AT_COUNTERS = ("card_management", "jpki_counter")
"""Systems without which no card is handed over, and for which municipalities ring the help desk."""
_ALL_DAY = (1.0,) * 24


def replicate(
    parameters: Parameters, history: CardHistory, seed: int, replication: int, chance_only: bool = False
) -> Result:
    """Simulate from the run-in to the end; the result holds the reported days only.

    Raises:
        ConservationError: if cards were lost or made up, which is a fault of the model.
    """
    streams = Streams(seed, replication)
    calendar = Calendar(parameters.first_simulated_day, parameters.end)
    plan = Plan(parameters, streams, calendar, chance_only)
    journal = Journal(calendar.days)
    outages = Outages(plan, streams, calendar, journal)
    people = People(plan, streams, calendar, journal, history)
    plant = Plant(plan, streams, calendar, journal, outages.working_share(["card_management"], _ALL_DAY))
    visits = parameters.counters.hour_weights
    with_jpki = outages.working_share(["jpki_counter"], visits)
    with_both = outages.working_share(AT_COUNTERS, visits)
    counters = Counters(plan, streams, calendar, journal, with_jpki, with_both)
    resident = Centre("resident", plan, streams, calendar, journal)
    helpdesk = Centre("helpdesk", plan, streams, calendar, journal, outages.down(AT_COUNTERS))
    patterns = {**resident.patterns, **helpdesk.patterns, "counters": counters.weights}
    couplings = Couplings(plan, streams, calendar, journal, patterns)
    plant.open_with(round(plan.at("opening.cards", calendar.first)))
    counters.open_with(round(plan.at("opening.at_municipalities", calendar.first)))

    for month, days in calendar.months():
        applications = people.open_month(month, days)
        resident.open_month(days)
        helpdesk.open_month(days)
        express = applications.express_total.tolist()
        standard = (applications.total - applications.express_total).tolist()
        for day in range(days.start, days.stop):
            couplings.turn(day)
            plant.start_day(day)
            plant.accept(day, standard[day - days.start] + int(journal["resubmitted"][day]), express[day - days.start])
            people.issued(day, plant.run(day))
            counters.run(day)
            couplings.follow(day)
            resident.run(day)
            helpdesk.run(day)
            couplings.close(day)
        people.close_month(month)
        resident.close_month(days)
        helpdesk.close_month(days)

    plant.close(calendar.days)
    facts = journal.close()
    first = calendar.index(parameters.start)
    first_month = month_number(parameters.start)
    return Result(
        facts={name: series[first:] for name, series in facts.items()},
        lead_times=coded_lead_times(plant.lead_times, first_month),
        ledger=coded_ledger(plant.lead_times, first_month),
    )
