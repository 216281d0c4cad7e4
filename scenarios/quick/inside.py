"""Plant and counters as lines without chance: what comes is a fluid, and a day does no more than its capacity.

The plant's line is that by which margins are looked for (``scenarios.margin.queues``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.history import load_history
from scenarios.margin.queues import Line
from scenarios.quick.bookings import Bookings
from scenarios.quick.coming import Coming
from scenarios.quick.flows import after, later, served
from scenarios.quick.middle import without
from scenarios.unknowns import load_unknowns
from sim.calendar import Calendar
from sim.counters.licences import in_calls
from sim.counters.visits import HAND_OVER, PIN, READING, SETTING, slots_each, uncounted
from sim.draws import whole_numbers
from sim.facts import PINS
from sim.louder import Run
from sim.parameters import Parameters
from sim.plan import Plan
from sim.result import Result
from sim.services.pins import store_share
from sim.streams import Floats
from sim.timing import DAYS_A_YEAR

_ONCE = np.array([[1.0]])
_NO_ROWS = np.zeros((0, 0), dtype=np.int64)


@dataclass(frozen=True)
class Cards:
    """Standard cards by day of receipt, and what the plant has inside as each day ends."""

    gone: Floats
    """Those that leave before the run ends, as mean lead times count them."""
    days: Floats
    """From receipt until the last card of the day leaves, those received after the cut-off too."""
    counted: Floats
    late: Floats
    """Of those that count for the target, which leaves out what touches the New Year closure."""
    late_inside: Floats
    """Past the planned day."""
    asked: Floats
    able: Floats
    """All cards that come in, and can be made."""
    sent: Floats
    """Standard cards dispatched."""


@dataclass(frozen=True)
class Visits:
    """Visits at the counters by day."""

    wanted: Floats
    lost: Floats
    """Who set out to renew in time, and of them who will not, by day of booking."""
    waiting: Floats
    """For a slot, as the day ends."""
    licences: Floats
    """Written on cards handed over, beyond those of FY2025."""
    done: Floats
    failed: Floats
    """Transactions with the servers of certificates: that get through, and that find them full or down."""
    taken: Floats
    slots: Floats
    """Slots that all visits take, and that there are."""


def known(parameters: Parameters, facts: dict[str, Floats]) -> Run:
    """Expected facts as if they were those of a simulated replication, for what works on one."""
    result = Result({name: whole_numbers(series) for name, series in facts.items()}, _NO_ROWS, _NO_ROWS)
    return Run(result, without(parameters), load_history(), 0, 0, chance_only=True, unknowns=load_unknowns())


def cards(parameters: Parameters, plan: Plan, asked: Coming) -> Cards:
    """The plant's line."""
    standard, daily = asked.applications - asked.express, plan.daily
    returned = standard * daily("plant.returned_share")
    even = np.ones(len(standard))
    again = after(returned, daily("plant.returned_comes_back_share"), daily("plant.returned_days"), even)
    names = "applications", "applications_express", "resubmitted", "returned"
    line = Line(known(parameters, dict(zip(names, (asked.applications, asked.express, again, returned), strict=True))))
    received = standard + again - returned
    everything = (received + asked.express)[None, :]
    ready = line.ready(everything)[0]
    counted, late = (one[0] for one in line.late(_ONCE))
    sent = np.diff(ready, prepend=0.0) * received / np.maximum(everything[0], 1.0)
    overdue = np.maximum(line.planned_by(everything)[0] - ready, 0.0)
    after_cutoff = daily("plant.after_cutoff_share")
    days = (1 - after_cutoff) * line.days(_ONCE)[0] + after_cutoff * line.days(_ONCE, after_cutoff=True)[0]
    gone = np.where(np.arange(plan.calendar.days) + days < plan.calendar.days, received, 0.0)
    return Cards(gone, days, counted, late, overdue, everything[0], line.able, sent)


def visits(parameters: Parameters, plan: Plan, calendar: Calendar, asked: Coming, sent: Floats, down: Floats) -> Visits:
    """The counters' lines; ``down``: share of each day in which the systems behind them do not work."""
    daily, settings = plan.daily, parameters.counters
    weight = calendar.weights(settings.weekdays, settings.weekdays[6], 0.0, settings.closures)
    residence = asked.residence / np.maximum(asked.applications - asked.express, 1.0)
    set_ = _to_be_set(plan, sent * np.maximum(1 - residence, 0.0))
    handed = _handed_over(plan, set_, weight)
    again = "holders.signing_reissue"
    signing = after(asked.signing_ended, daily(f"{again}_share"), daily(f"{again}_days"), weight)
    taken = _taken_first(plan, calendar, asked, {HAND_OVER: handed, SETTING: set_}, weight)
    in_time = asked.early + asked.in_time
    facts = {
        "certificates_wanted_early": asked.early,
        "certificates_wanted_in_time": in_time,
        "certificates_wanted": in_time + asked.late,
        "signing_wanted": signing,
        "stays_extended": asked.extended,
        "came_back": np.zeros_like(taken),
        "slots_taken": taken,
    }
    wanted, lost = (one[0] for one in Bookings(known(parameters, facts)).late(_ONCE))
    slots = weight * daily("counters.slots_per_day")
    booked = in_time + asked.late + signing + asked.extended
    certificates, waiting = served(booked, np.maximum(slots - taken, 0.0))
    done, failed = _through_servers(plan, handed + certificates, down)
    written = handed * daily("counters.licence_share")
    licences = np.maximum(written - in_calls(plan, calendar, weight), 0.0)
    return Visits(wanted, lost, waiting, licences, done, failed, taken + certificates, slots)


def _to_be_set(plan: Plan, sent: Floats) -> Floats:
    """Standard cards that are set before hand-over by day, at once."""
    collected = 1 - plan.daily("counters.never_collected_share")
    return np.asarray(later(sent, round(plan.value("counters.preparation_days"))) * collected)


def _handed_over(plan: Plan, set_: Floats, weight: Floats) -> Floats:
    """Standard cards collected by day."""
    daily, arrived = plan.daily, set_.copy()
    arrived[0] += plan.at("opening.at_municipalities", plan.calendar.first)
    chance = np.minimum(weight / plan.value("counters.collection_days"), 1.0).tolist()
    most, waiting, found = daily("counters.handover_per_day").tolist(), 0.0, []
    for day, more in enumerate(arrived.tolist()):
        waiting += more
        found.append(min(waiting * chance[day], most[day] if chance[day] else 0.0))
        waiting -= found[-1]
    return np.array(found)


def _taken_first(plan: Plan, calendar: Calendar, asked: Coming, cards: dict[str, Floats], weight: Floats) -> Floats:
    """Slots of all visits but those for certificates, which have the rest."""
    daily, path = plan.daily, "counters"
    readings = asked.held * daily("demand.readings_share") / DAYS_A_YEAR
    months = np.array(plan.parameters.services.pins.month_weights)
    season = (months / months.mean())[calendar.month % 12]
    pins = np.zeros_like(readings)
    for kind in PINS:
        locked = asked.held * daily(f"services.pins.{kind}_locked_share") * season / DAYS_A_YEAR
        to_counter = locked * (1 - store_share(plan, kind))
        pins += after(to_counter, daily(f"{path}.pin_visit_share"), daily(f"{path}.pin_visit_days"), weight)
    visits = cards | {READING: readings, PIN: pins} | uncounted(plan, weight)
    each = slots_each(plan)
    return np.asarray(sum(count * each[kind] for kind, count in visits.items()))


def _through_servers(plan: Plan, tried: Floats, down: Floats) -> tuple[Floats, Floats]:
    """Transactions that get through and that fail: an overload as in ``sim.counters.jpki``, by whole days."""
    able, waste = plan.daily("systems.jpki_per_day"), plan.daily("systems.jpki_waste_share")
    least = able * plan.daily("systems.jpki_least_share")
    through = np.where(tried <= able, tried, np.maximum(able - waste * (tried - able), least)) * (1 - down)
    return through, tried - through
