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
from sim.parameters import Parameters
from sim.result import Result
from sim.targets import TARGETS, Statistic, judged_by_year, statistics

Event = tuple[str, str]
"""A target with its part, as in ``availability-99.9/jpki_counter``, and a fiscal year, as in ``FY2027``."""
JUDGED = judged_by_year()
"""Targets that a fiscal year decides, each with its part."""
Sums = Callable[..., Floats]
"""Sums of facts, added up, by month of a year."""


@dataclass(frozen=True)
class Outcome:
    """What a replication says of an event; months by their first day, None unless the year misses the target.

    ``met`` is None where the target was not tested. ``broke``: the first month of the year in breach by itself, or that
    in which the year is lost, whichever is earlier. ``lost``: the month in which more is lost than the year allows, or
    else its last. ``by_year``, ``by_month``: the statistics that decide the year and, None without one, a month.
    """

    met: bool | None
    broke: date | None = None
    lost: date | None = None
    by_year: str = ""
    by_month: str | None = None


def outcomes(result: Result, parameters: Parameters, targets: Sequence[str] = JUDGED) -> dict[Event, Outcome]:
    """What a replication says of every event of some targets, in order of targets and years."""
    decided = [said for said in statistics(result, parameters, targets) if said.decides]
    found: dict[Event, Outcome] = {}
    for target in targets:
        own = [said for said in decided if said.judged == target]
        for year in (said for said in own if said.period.yearly):
            found[target, year.period] = _outcome(year, own, result, parameters)
    return found


def _outcome(year: Statistic, own: Sequence[Statistic], result: Result, parameters: Parameters) -> Outcome:
    by_month = next((said.name for said in own if said.period.monthly), None)
    if year.met is not False:
        return Outcome(year.met, by_year=year.name, by_month=by_month)
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
    broke = min([lost, *(month for month, said in monthly.items() if said.met is False)])
    return Outcome(False, broke, lost, year.name, by_month)


def _over(year: Statistic, sums: Sums, shares: Floats) -> Flags:
    """By month whether the year has lost more than it allows; ``shares``: what each month by itself reaches.

    Cards of a month are its applications: the lead-time tables go by month of receipt too.
    """
    threshold, loss = year.threshold or 0.0, TARGETS[year.target].lost_of(year.part)
    if loss and loss.peak:
        return np.asarray(sums(loss.peak) > threshold)
    if loss:
        total = sums(*loss.counted)
        lost = sums(*loss.lost) if loss.lost else total - sums(*loss.kept)
    else:
        express = sums("applications_express")
        total = express if year.part == "express" else sums("applications") - express
        lost = (1 - shares) * total
    return np.asarray(np.cumsum(lost) > (1 - threshold) * total.sum())
