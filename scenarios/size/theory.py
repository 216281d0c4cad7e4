"""Where to begin to look: what formulas expect a year to need of a resource, from the loads of one replication.

Seats by Erlang A month by month (``sim.contact.staffing``); stations as a fluid queue, whose backlog drains at the
capacity; appointments and servers by what is asked of them. None of this decides anything: it says where to look first.
"""

from __future__ import annotations

import numpy as np

from scenarios.resources import LINES
from sim.calendar import Calendar, Flags
from sim.counters.jpki import peak_load
from sim.counters.visits import CERTIFICATE, HAND_OVER, OTHER, SETTING
from sim.facts import CENTRES
from sim.parameters import Parameters, quantities
from sim.result import Result
from sim.streams import Floats, Ints

_PIPELINE_DAYS = 4
"""Worked days from receipt to dispatch in a plant without queues: four stations, and work starts on the next day."""
_BUSIEST = 0.99
"""Servers are wanted for all but the busiest days."""
_STEPS = 24
_OF_COUNTERS = "counters.slots_per_day", "systems.jpki_per_day"


def expected(path: str, result: Result, parameters: Parameters, days: slice) -> float:
    """What a resource is expected to need in some of the reported days; 0 where nothing is asked of it.

    Args:
        path: of the resource.
        result: a replication, whose loads are taken as they are.
        parameters: its parameters.
        days: of the fiscal year among the reported ones.
    """
    calendar = Calendar(parameters.start, parameters.end, parameters.disruptions.changed_holidays)
    facts = {name: series[days] for name, series in result.facts.items()}
    for centre, prefix in CENTRES.items():
        if path == f"contact.{centre}.seats":
            return _seats(facts, prefix)
    if path == "plant.dispatch_cap_per_month":
        months = calendar.month[days]
        return float(max(facts["due_to_leave"][months == month].sum() for month in np.unique(months)))
    if path in _OF_COUNTERS:
        return _at_counters(path, facts, parameters, calendar, days)
    if path == "plant.weekend_days_per_month":
        return 0.0
    arrivals = facts["applications"] + facts["resubmitted"]
    daily = path == "plant.card_system_per_day" and parameters.plant.card_system_daily
    worked = np.ones(len(arrivals), dtype=np.bool_) if daily else _worked(calendar, parameters)[days]
    targets = parameters.targets
    share = targets.issue_share.at(parameters.start)
    need = fluid(arrivals, worked, targets.issue_days, _PIPELINE_DAYS, share)
    if path == LINES:
        first = calendar.dates[days.start or 0]
        return need * parameters.plant.lines / quantities(parameters)["plant.cards_per_day"].at(first)
    return need


def _at_counters(path: str, facts: dict[str, Ints], parameters: Parameters, calendar: Calendar, days: slice) -> float:
    """Slots, or transactions, on a day of weight 1: of a mean day, or of all but the busiest."""
    settings = parameters.counters
    weights = calendar.weights(settings.weekdays, settings.weekdays[6], 0.0, settings.closures)[days]
    if path == "counters.slots_per_day":
        names = "certificates_wanted", "signing_wanted", "stays_extended", "came_back", "slots_taken"
        return sum(float(facts[name].sum()) for name in names) / float(weights.sum()) if weights.any() else 0.0
    first = calendar.dates[days.start or 0]
    cards = (facts["handed_over"] - facts["express_delivered"]).astype(np.float64)
    others = facts["slots_taken"] - cards * quantities(parameters)["counters.handover_slots"].at(first)
    certificates = facts["transactions"] - cards + facts["transactions_failed"]
    visits = {HAND_OVER: cards, CERTIFICATE: certificates, OTHER: others, SETTING: facts["settings_made"]}
    load = peak_load(settings, {kind: count.astype(np.float64) for kind, count in visits.items()})
    return float(np.quantile(load, _BUSIEST))


def _seats(facts: dict[str, Ints], prefix: str) -> float:
    """Seats that each month needs by Erlang A, weighted by its first calls."""
    calls = facts[f"{prefix}_offered"] - facts[f"{prefix}_call_backs"]
    return float((facts[f"{prefix}_seats_needed"] * calls).sum() / calls.sum()) if calls.any() else 0.0


def _worked(calendar: Calendar, parameters: Parameters) -> Flags:
    plant = parameters.plant
    return (calendar.weekday < 5) & ~calendar.closed(plant.closures) & (plant.works_holidays | ~calendar.holiday)


def fluid(arrivals: Ints, worked: Flags, target_days: int, pipeline: int, share: float) -> float:
    """Least capacity of a worked day with which a share of a fluid is through in time.

    What is received on a day finds a backlog and leaves once so many worked days' capacity as the backlog holds have
    passed. It is in time if these, and the ``pipeline``, fit into the worked days of the target.

    Args:
        arrivals: received by day.
        worked: whether a day is worked.
        target_days: calendar days from receipt.
        pipeline: worked days that everything takes.
        share: of what is received, to be through in time.
    """
    total = int(arrivals.sum())
    if not total:
        return 0.0
    counted = np.concatenate([[0], np.cumsum(np.concatenate([worked, np.resize(worked[-7:], target_days + 1)]))])
    after = np.arange(len(arrivals)) + 1
    room = np.maximum(counted[after + target_days] - counted[after] - pipeline, 0)

    def in_time(capacity: float) -> bool:
        backlog = _backlog(arrivals, worked, capacity)
        return float(arrivals[backlog <= room * capacity].sum()) >= share * total

    low, high = 0.0, float(total)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if in_time(middle) else (middle, high)
    return high


def _backlog(arrivals: Ints, worked: Flags, capacity: float) -> Floats:
    """What is inside at the end of each day, that day's receipts included."""
    inside, found = 0.0, []
    for received, open_ in zip(arrivals.tolist(), worked.tolist(), strict=True):
        inside = max(inside - capacity, 0.0) + received if open_ else inside + received
        found.append(inside)
    return np.array(found)
