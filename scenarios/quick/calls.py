"""First calls of each centre by cause and day, by expectation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from scenarios.quick.coming import Coming
from scenarios.quick.flows import after, while_standing
from scenarios.quick.inside import Cards, Visits
from scenarios.quick.middle import Middle
from sim.calendar import Calendar
from sim.contact.callers import Callers
from sim.journal import Journal
from sim.plan import Plan
from sim.services.phones import post_phones
from sim.services.post_offices import post_post_offices
from sim.streams import Floats
from sim.timing import DAYS_A_YEAR

Calls = Mapping[str, Floats]
"""First calls of each day, by cause."""


def of_residents(plan: Plan, calendar: Calendar, asked: Coming, made: Cards, visited: Visits) -> Calls:
    """Those of the resident centre."""
    own, load, weight = _daily(plan, "resident"), plan.daily("demand.load"), _weight("resident", plan, calendar)
    services = Journal(calendar.days)
    post_phones(plan, Middle(), calendar, services)
    phones = services["phone_certificates_on_top"].astype(np.float64)
    return {
        "notices": after(asked.notices, own("calls_per_notice") * load, own("notice_days"), weight),
        "applications": after(asked.applications, own("calls_per_application"), own("application_days"), weight),
        "late_cards": while_standing(made.late_inside, own("late_callers_share"), own("late_days"), weight),
        "counter_waits": while_standing(visited.waiting, own("waiting_callers_share"), own("waiting_days"), weight),
        "holders": asked.held * own("calls_per_holder") / DAYS_A_YEAR * weight * load,
        "loss": asked.held * own("loss_reports_per_holder") / DAYS_A_YEAR * load,
        "launch": after(asked.exchanged, own("calls_per_early_card"), own("launch_days"), weight),
        "licences": after(visited.licences, own("calls_per_licence"), own("licence_days"), weight),
        "phones": after(phones, own("calls_per_phone_certificate") * load, own("phone_days"), weight),
    }


def of_municipalities(plan: Plan, calendar: Calendar, visited: Visits) -> Calls:
    """Those of the help desk, without the calls that come while an outage lasts (``centre.answered`` adds them)."""
    own, load, weight = _daily(plan, "helpdesk"), plan.daily("demand.load"), _weight("helpdesk", plan, calendar)
    services = Journal(calendar.days)
    post_post_offices(plan, calendar, services)
    begun = services["post_offices_on_top"].astype(np.float64)
    return {
        "transactions": visited.done * own("calls_per_transaction") * (weight > 0),
        "errors": visited.failed * own("calls_per_error") * (weight > 0),
        "outages": np.zeros(calendar.days),
        "office": own("calls_per_open_day") * weight * load,
        "post_offices": begun * own("calls_per_post_office") * weight * load,
    }


def _daily(plan: Plan, centre: str) -> Callable[[str], Floats]:
    return lambda name: plan.daily(f"contact.{centre}.{name}")


def _weight(centre: str, plan: Plan, calendar: Calendar) -> Floats:
    """Of each day, without its noise."""
    callers = Callers(centre, plan, Middle(), calendar)
    return np.asarray(callers.weights / callers.noise)
