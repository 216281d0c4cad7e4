"""One replication, as a list of steps."""

from __future__ import annotations

from sim.calendar import Calendar, month_number
from sim.contact.centre import Centre
from sim.contact.lending import Lending
from sim.counters.counters import Counters
from sim.couplings import Couplings
from sim.handed_over import since_2016
from sim.journal import Journal
from sim.parameters import Parameters, Restated
from sim.people.history import CardHistory
from sim.people.people import People
from sim.plan import Plan
from sim.plant.lead_times import LeadTimes
from sim.plant.plant import Plant
from sim.result import Result, coded_lead_times, coded_ledger
from sim.streams import Ints, Streams
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
    facts, lead_times = simulate(parameters, history, seed, replication, chance_only)
    first = (parameters.start - parameters.first_simulated_day).days
    first_month = month_number(parameters.start)
    return Result(
        facts={name: series[first:] for name, series in facts.items()},
        lead_times=coded_lead_times(lead_times, first_month),
        ledger=coded_ledger(lead_times, first_month),
    )


def open_counters(plan: Plan, streams: Streams, calendar: Calendar, journal: Journal, outages: Outages) -> Counters:
    """The counters, and the systems behind them as they work at the hours of visits."""
    visits = plan.parameters.counters.hour_weights
    with_jpki = outages.working_share(["jpki_counter"], visits)
    counters = Counters(plan, streams, calendar, journal, with_jpki, outages.working_share(AT_COUNTERS, visits))
    counters.open_with(round(plan.at("opening.at_municipalities", calendar.first)))
    return counters


def restated_on(parameters: Parameters, calendar: Calendar) -> dict[int, Restated]:
    """States that hold as a day begins."""
    return {calendar.index(state.as_of) + 1: state for state in parameters.opening.restated}


def simulate(
    parameters: Parameters, history: CardHistory, seed: int, replication: int, chance_only: bool = False
) -> tuple[dict[str, Ints], LeadTimes]:
    """The same with the days of the run-in: every fact by simulated day, and the lead times."""
    streams = Streams(seed, replication)
    calendar = Calendar(parameters.first_simulated_day, parameters.end)
    plan = Plan(parameters, streams, calendar, chance_only)
    journal = Journal(calendar.days)
    outages = Outages(plan, streams, calendar, journal)
    people = People(plan, streams, calendar, journal, history)
    plant = Plant(plan, streams, calendar, journal, outages.working_share(["card_management"], _ALL_DAY))
    counters = open_counters(plan, streams, calendar, journal, outages)
    resident = Centre("resident", plan, streams, calendar, journal)
    helpdesk = Centre("helpdesk", plan, streams, calendar, journal, outages.down(AT_COUNTERS))
    lending = Lending(plan, journal, lender=resident, borrower=helpdesk)
    patterns = {**resident.patterns, **helpdesk.patterns, "counters": counters.weights}
    couplings = Couplings(plan, streams, calendar, journal, patterns)
    plant.open_with(round(plan.at("opening.cards", calendar.first)))
    restated = restated_on(parameters, calendar)

    for month, days in calendar.months():
        applications = people.open_month(month, days)
        resident.open_month(days)
        helpdesk.open_month(days)
        express = applications.express_total.tolist()
        standard = (applications.total - applications.express_total).tolist()
        for day in range(days.start, days.stop):
            couplings.turn(day)
            if (state := restated.get(day)) is not None:
                plant.restate(day, state)
                counters.restate(day, state)
            plant.start_day(day)
            plant.accept(day, standard[day - days.start] + int(journal["resubmitted"][day]), express[day - days.start])
            people.issued(day, plant.run(day))
            counters.run(day)
            couplings.follow(day)
            lending.run(day)
            couplings.close(day)
        people.close_month(month)
        resident.close_month(days)
        helpdesk.close_month(days)

    plant.close(calendar.days)
    journal.post_days("cards_handed_over_cumulative", slice(None), since_2016(plan, history, journal["handed_over"]))
    return journal.close(), plant.lead_times
