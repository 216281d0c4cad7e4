"""When one replication breaks a target: which fiscal years fail, when that first shows, and when the year is lost.

The fiscal year decides, as in every verdict. A target of 95 % allows a year to lose 5 %: the year is lost in the month
in which it has lost more than that, whatever the rest of it brings. Warnings must come before that month. The break
first shows earlier, in the first month that is in breach by itself: what mends it should work by then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from scenarios.run.periods import spans
from sim.calendar import Calendar, Flags, Floats
from sim.facts import SYSTEMS
from sim.parameters import Parameters
from sim.result import Result
from sim.targets import Statistic, statistics

Event = tuple[str, str]
"""A target with its part, as in ``availability-99.9/jpki_counter``, and a fiscal year, as in ``FY2027``."""
TARGETS = (
    "issue-14-days/standard",
    "express-7-days/express",
    "dispatch-4.8m",
    "calls-95",
    "helpdesk-95",
    *(f"availability-99.9/{name}" for name in SYSTEMS),
    "availability-99.9",
    "renewed-in-time",
)
"""Targets that a fiscal year decides. ``intake-160k`` is not among them: its load is stated, nobody waits for it."""
Sums = Callable[..., Floats]
"""Sums of facts, added up, by month of a year."""


@dataclass(frozen=True)
class Outcome:
    """What a replication says of an event; months by their first day, None unless the year misses the target.

    ``met`` is None where the target was not tested. ``broke``: the first month of the year in breach by itself, or that
    in which the year is lost, whichever is earlier. ``lost``: the month in which more is lost than the year allows, or
    else its last.
    """

    met: bool | None
    broke: date | None = None
    lost: date | None = None


def outcomes(result: Result, parameters: Parameters, targets: Sequence[str] = TARGETS) -> dict[Event, Outcome]:
    """What a replication says of every event of some targets, in order of targets and years."""
    decided = [said for said in statistics(result, parameters) if said.decides]
    found: dict[Event, Outcome] = {}
    for target in targets:
        own = [said for said in decided if _judged(said) == target]
        for year in (said for said in own if said.period.startswith("FY")):
            found[target, year.period] = _outcome(year, own, result, parameters)
    return found


def _judged(said: Statistic) -> str:
    return f"{said.target}/{said.part}" if said.part else said.target


def _outcome(year: Statistic, own: Sequence[Statistic], result: Result, parameters: Parameters) -> Outcome:
    if year.met is not False:
        return Outcome(year.met)
    first, last = spans(parameters)[year.period]
    calendar = Calendar(parameters.start, parameters.end)
    spells = [days for _, days in calendar.months() if first <= calendar.dates[days.start] <= last]
    months = [calendar.dates[days.start].replace(day=1) for days in spells]
    by_label = {f"{month:%Y-%m}": month for month in months}
    monthly = {by_label[said.period]: said for said in own if said.period in by_label}

    def sums(*names: str) -> Floats:
        return np.array([sum(int(result.facts[name][days].sum()) for name in names) for days in spells], dtype=float)

    shares = np.array(
        [said.value if (said := monthly.get(month)) and said.value is not None else 1 for month in months]
    )
    over = _over(year, sums, shares)
    lost = months[int(np.argmax(over))] if over.any() else months[-1]
    return Outcome(False, min([lost, *(month for month, said in monthly.items() if said.met is False)]), lost)


def _over(year: Statistic, sums: Sums, shares: Floats) -> Flags:
    """By month whether the year has lost more than it allows; ``shares``: what each month by itself reaches.

    Cards of a month are its applications: the lead-time tables go by month of receipt too.
    """
    threshold = year.threshold or 0.0
    if year.target == "dispatch-4.8m":
        return np.asarray(sums("due_to_leave") > threshold)
    if year.target in _PREFIX:
        prefix = _PREFIX[year.target]
        total = sums(f"{prefix}_offered")
        lost = total - sums(f"{prefix}_answered")
    elif year.target == "availability-99.9":
        systems = [year.part] if year.part else list(SYSTEMS)
        total = sums(*(f"service_minutes_{system}" for system in systems))
        lost = sums(*(f"outage_minutes_{system}" for system in systems))
    elif year.target == "renewed-in-time":
        lost = sums("expired_waiting", "gave_up_in_time")
        total = lost + sums("renewed_in_time")
    else:
        express = sums("applications_express")
        total = express if year.part == "express" else sums("applications") - express
        lost = (1 - shares) * total
    return np.asarray(np.cumsum(lost) > (1 - threshold) * total.sum())


_PREFIX = {"calls-95": "calls", "helpdesk-95": "helpdesk"}
