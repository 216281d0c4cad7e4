"""Lead times: planned working days and the share after the cut-off, from the four published statistics.

A lead time without queues is a plan: so many working days after receipt, one more for what comes after the daily
cut-off. The plan alone is laid over a year's receipts here, under several calendars and both readings of the mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from calibration.agreement import aims
from calibration.agreement import load as load_agreements
from calibration.figures import load_published
from calibration.fits_record import PlantCalendar
from calibration.fitting import Problem, Uncertain, Values
from scenarios.files.load import load
from scenarios.history import load_history
from sim.calendar import Calendar, Flags
from sim.replication import whole
from sim.streams import Floats, Ints

NAME = "lead_times"
SCENARIO = "baseline-fy2025"
SHARE = "plant.after_cutoff_share"
Class = Literal["standard", "express"]
Reading = Literal["excl_closure", "whole_year"]
"""Whether the published mean leaves out cards that touch the year-end closure, as the published maxima do."""
Weekends = Literal["closed", "saturdays", "worked"]

_FIGURES = {"standard": ("JLIS-008", "JLIS-007"), "express": ("JLIS-010", "JLIS-009")}
"""Mean and maximum by class."""
_PLANS = {"standard": range(5, 14), "express": range(1, 7)}


@dataclass(frozen=True)
class Receipts:
    """A year's receipts by class on each day of a calendar that goes on after it; the closure's days."""

    calendar: Calendar
    closure: Flags
    standard: Ints
    express: Ints


def receipts(seed: int = 1) -> Receipts:
    """Complete applications of FY2025 by day, from one replication by chance alone."""
    parameters = load(SCENARIO).parameters
    facts = whole(parameters, load_history(), seed, 1, chance_only=True).facts
    first = (parameters.start - parameters.first_simulated_day).days
    calendar = Calendar(parameters.start, parameters.end.replace(year=parameters.end.year + 1))
    days = np.zeros(calendar.days, dtype=np.int64)
    express, standard = days.copy(), days.copy()
    year = len(facts["applications"]) - first
    express[:year] = facts["applications_express"][first:]
    complete = facts["applications"] - facts["applications_express"] + facts["resubmitted"] - facts["returned"]
    standard[:year] = complete[first:]
    return Receipts(calendar, calendar.closed(parameters.plant.closures), standard, express)


def problem(reading: Reading = "excl_closure", seed: int = 1) -> Problem:
    """The share after the cut-off, fitted to the mean; the maxima follow from the plan and the calendar."""
    known = receipts(seed)
    plant = load(SCENARIO).parameters.plant
    worked = working_days(known, plant.works_holidays, "closed")
    plans: dict[Class, int] = {"standard": plant.plan_days_standard, "express": plant.plan_days_express}

    def predict(values: Values) -> Values:
        told: dict[str, float] = {}
        for kind, plan_days in plans.items():
            mean, longest = _FIGURES[kind]
            share = values[SHARE] if kind == "standard" else 0.0
            told[mean] = _mean(known, kind, worked, plan_days, share, reading)
            told[longest] = float(_longest(known, kind, worked, plan_days, share))
        return told

    def forecast(values: Values) -> Values:
        return {_FORECAST: values[SHARE]}

    uncertain = (Uncertain(SHARE, 0.5, 0.0, 1.0, "share"),)
    return Problem(NAME, SCENARIO, uncertain, aims(NAME), predict, forecast, {_FORECAST: "share"})


_FORECAST = "cards planned a day later"


def calendars(known: Receipts, reading: Reading = "excl_closure") -> Iterator[PlantCalendar]:
    """Every calendar and plan near the published statistics: ruled out or left open."""
    weekends: tuple[Weekends, ...] = ("closed", "saturdays", "worked")
    kinds: tuple[Class, ...] = ("standard", "express")
    for kind in kinds:
        mean, longest = (load_published()[figure].value for figure in _FIGURES[kind])
        slack = load_agreements()[_FIGURES[kind][0]].tolerance
        for holidays in (True, False):
            for weekend in weekends:
                worked = working_days(known, holidays, weekend)
                rows = (_row(known, kind, holidays, weekend, worked, plan, reading) for plan in _PLANS[kind])
                near = [row for row in rows if row.mean_low - 1.0 <= mean <= row.mean_high + slack]
                yield from (_judged(row, mean, longest, slack) for row in near)


def _row(
    known: Receipts, kind: Class, holidays: bool, weekend: Weekends, worked: Flags, plan_days: int, reading: Reading
) -> PlantCalendar:
    ends = [_mean(known, kind, worked, plan_days, share, reading) for share in (0.0, 1.0)]
    mean = load_published()[_FIGURES[kind][0]].value
    share = (mean - ends[0]) / (ends[1] - ends[0])
    if kind == "express":
        ends[1], share = ends[0], 0.0  # express applications have no cut-off
    inside = 0 <= share <= 1
    return PlantCalendar(
        holidays="worked" if holidays else "closed",
        weekends=weekend,
        plan_days=plan_days,
        mean_low=ends[0],
        mean_high=ends[1],
        share=share if inside else None,
        open=False,
        why="",
        class_=kind,
        max=_longest(known, kind, worked, plan_days, share if inside else 0.5),
    )


def _judged(row: PlantCalendar, mean: float, longest: float, slack: float) -> PlantCalendar:
    mean_fits = row.mean_low - slack <= mean <= row.mean_high + slack
    longest_fits = row.max == longest
    why = "mean" if not mean_fits else "fits" if longest_fits else "max"
    return replace(row, open=mean_fits and longest_fits, why=why)


def working_days(known: Receipts, holidays: bool, weekends: Weekends) -> Flags:
    """Days worked: weekdays, national holidays if so, weekends as said, never the closure."""
    weekday = known.calendar.weekday
    worked = weekday < {"closed": 5, "saturdays": 6, "worked": 7}[weekends]
    return np.asarray(worked & ~known.closure & (holidays | ~known.calendar.holiday))


def planned_days(worked: Flags, plan_days: int) -> Ints:
    """Days from each day to the n-th worked day after it; -1 where the calendar ends first."""
    before = np.cumsum(worked)
    at = np.flatnonzero(worked)
    index = before + plan_days - 1
    inside = index < len(at)
    return np.where(inside, at[np.minimum(index, len(at) - 1)] - np.arange(len(worked)), -1)


def _lead_times(known: Receipts, worked: Flags, plan_days: int) -> tuple[Ints, Flags]:
    """Planned lead time of each day's receipts, and whether it touches the closure."""
    days = planned_days(worked, plan_days)
    running = np.concatenate([[0], np.cumsum(known.closure)])
    end = np.minimum(np.arange(len(days)) + days + 1, len(days))
    return days, np.asarray(running[end] > running[:-1])


def _mean(known: Receipts, kind: Class, worked: Flags, plan_days: int, share: float, reading: Reading) -> float:
    """Mean lead time in days with a share of each day's cards planned one working day later."""
    received: Floats = getattr(known, kind).astype(float)
    total, cards = 0.0, 0.0
    for days_planned, part in ((plan_days, 1 - share), (plan_days + 1, share)):
        days, touches = _lead_times(known, worked, days_planned)
        weight = received * part * (~touches if reading == "excl_closure" else 1.0)
        total, cards = total + float((weight * days).sum()), cards + float(weight.sum())
    return total / cards


def _longest(known: Receipts, kind: Class, worked: Flags, plan_days: int, share: float) -> int:
    """Longest lead time in days of cards that do not touch the closure, as published."""
    received = getattr(known, kind) > 0
    plans = [plan_days] * (share < 1) + [plan_days + 1] * (share > 0)
    told = [_lead_times(known, worked, plan) for plan in plans]
    return max(int(days[received & ~touches].max()) for days, touches in told)
