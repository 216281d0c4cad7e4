"""One replication, as a list of steps."""

from __future__ import annotations

from sim.calendar import Calendar, month_number
from sim.counters.handover import Handover
from sim.couplings import Couplings
from sim.journal import Journal
from sim.parameters import Parameters
from sim.people.history import CardHistory
from sim.people.people import People
from sim.plan import Plan
from sim.plant.plant import Plant
from sim.result import Result, coded_lead_times, coded_ledger
from sim.streams import Streams


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
    people = People(plan, streams, calendar, journal, history)
    plant = Plant(plan, streams, calendar, journal)
    counters = Handover(plan, streams, calendar, journal)
    couplings = Couplings(plan, streams, calendar, journal)
    plant.open_with(round(plan.at("opening.cards", calendar.first)))
    counters.open_with(round(plan.at("opening.at_municipalities", calendar.first)))

    for month, days in calendar.months():
        applications = people.open_month(month, days)
        express = applications.express_total.tolist()
        standard = (applications.total - applications.express_total).tolist()
        for day in range(days.start, days.stop):
            couplings.turn(day)
            plant.start_day(day)
            plant.accept(day, standard[day - days.start] + int(journal["resubmitted"][day]), express[day - days.start])
            people.issued(day, plant.run(day))
            counters.run(day)
            couplings.close(day)
        people.close_month(month)

    plant.close(calendar.days)
    facts = journal.close()
    first = calendar.index(parameters.start)
    first_month = month_number(parameters.start)
    return Result(
        facts={name: series[first:] for name, series in facts.items()},
        lead_times=coded_lead_times(plant.lead_times, first_month),
        ledger=coded_ledger(plant.lead_times, first_month),
    )
