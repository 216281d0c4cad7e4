"""What the model says of published figures, by replication of FY2025, of the hindcast, and of the holders' walk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from calibration.figures import load_published
from calibration.holders_walk import Outlook
from calibration.problems import hand_over, holders
from sim.facts import SYSTEMS
from sim.parameters import Parameters
from sim.result import Result
from sim.targets import Statistic, statistics

_FIGURE_OF_SYSTEM = dict(zip(SYSTEMS, ("JLIS-018", "JLIS-019", "JLIS-020"), strict=True))


def of_fy2025(result: Result, parameters: Parameters) -> dict[str, float]:
    """Figures of FY2025 from a replication of it: lead times, answer rates, availability, capacities."""
    told = {(s.target, s.part, s.name): s for s in statistics(result, parameters) if s.period == "FY2025"}

    def value(target: str, part: str | None, name: str) -> float:
        return _value(told[target, part, name])

    found = {
        "JLIS-007": value("issue-14-days", "standard", "max_days_excl_closure"),
        "JLIS-008": value("issue-14-days", "standard", "mean_days_excl_closure"),
        "JLIS-009": value("express-7-days", "express", "max_days_excl_closure"),
        "JLIS-010": value("express-7-days", "express", "mean_days_excl_closure"),
        "JLIS-012": 100 * value("calls-95", None, "answered_share"),
        "JLIS-013": 100 * value("helpdesk-95", None, "answered_share"),
        "JLIS-001": parameters.plant.dispatch_cap_per_month.at(parameters.start),
        "JLIS-004": float(result.facts["capacity_data"].max()),
    }
    for system, figure in _FIGURE_OF_SYSTEM.items():
        found[figure] = 100 * value("availability-99.9", system, "availability")
    return found


def of_hindcast(result: Result, parameters: Parameters) -> dict[str, float]:
    """Cards handed over and applications of 2022 and 2023.

    Up to the end of 2022 hand-overs are counted on from the published count of 2022-10-18, afterwards from that of
    2022-12-31, on which the work inside is set to the published one again.
    """
    first = parameters.start
    fitted_until = parameters.opening.handed_over.as_of
    counted = np.cumsum(result.facts["handed_over"])
    known = load_published()
    days = {
        key: date.fromisoformat(known[key].period) for key in known if key.startswith("HANDED") or key == "HOLD-007"
    }
    early = [key for key, day in days.items() if first <= day <= fitted_until]
    late = [key for key, day in days.items() if fitted_until < day <= parameters.end]
    since_2016 = result.facts["cards_handed_over_cumulative"]
    found = hand_over.counts(counted, first, early)
    found |= {key: float(since_2016[(days[key] - first).days]) for key in late}
    return found | _applications(result, parameters)


def _applications(result: Result, parameters: Parameters) -> dict[str, float]:
    known = load_published()
    received = np.cumsum(result.facts["applications"])
    start = known[_APPLIED_FROM]
    before = int(received[(date.fromisoformat(start.period) - parameters.start).days])
    days = {key: date.fromisoformat(known[key].period) for key in known if key.startswith("APPLIED")}
    inside = {key: day for key, day in days.items() if date.fromisoformat(start.period) < day <= parameters.end}
    return {key: start.value + float(received[(day - parameters.start).days] - before) for key, day in inside.items()}


_APPLIED_FROM = "APPLIED-2022-10-18"


def handed_over_by_day(result: Result, parameters: Parameters) -> Mapping[date, float]:
    """Cards handed over since 2016 on every day from 2022-10-18 on, counted as above."""
    start = date.fromisoformat(load_published()[hand_over.START].period)
    until = parameters.opening.handed_over.as_of
    offset = (start - parameters.start).days
    counted = np.cumsum(result.facts["handed_over"])
    series = result.facts["cards_handed_over_cumulative"].astype(float)
    early = slice(offset, (until - parameters.start).days + 1)
    series[early] = load_published()[hand_over.START].value + counted[early] - counted[offset]
    ordinal = parameters.start.toordinal()
    return {date.fromordinal(ordinal + day): float(series[day]) for day in range(offset, len(series))}


def of_walk(found: Outlook, figures: list[str]) -> dict[str, float]:
    """Cards held, notices, cards no longer valid and holding rates by age."""
    return {figure: holders.told(found, figure) for figure in figures if holders.speaks_of(figure)}


def _value(statistic: Statistic) -> float:
    if statistic.value is None:
        raise ValueError(f"{statistic.target} {statistic.name}: nothing to tell")
    return statistic.value
