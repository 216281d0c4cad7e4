"""What fits say, as the lines of ``fits.json``."""

from __future__ import annotations

from typing import Any

from calibration.agreement import load as load_agreements
from calibration.fitting import Fit, Fitted, Problem
from calibration.problems import actual_calls, lead_times
from calibration.values import split
from sim.facts import CENTRES


def add(found: dict[str, Any], fitted: Fit) -> None:
    """Add what a fit says to the lines that were found."""
    problem, known = fitted.problem, load_agreements()
    found["fits"] += [_line(problem, each) for each in fitted.parameters]
    found["figures"] += [
        {
            "problem": problem.name,
            "id": aim.id,
            "published": aim.value,
            "fitted": fitted.predicted[aim.id],
            "tolerance": aim.tolerance,
            "why": known[aim.id].why if aim.id in known else actual_calls.WHY,
            "met": abs(fitted.predicted[aim.id] - aim.value) <= aim.tolerance,
        }
        for aim in problem.aims
    ]
    found["influence"] += [
        {**vars(each), "share": abs(each.change) / (abs(each.level) or 1.0)} for each in fitted.influences()
    ]
    if not fitted.converged:
        found["messages"].append(f"{problem.name}: stopped after {fitted.evaluations} evaluations, before it settled")
    found["messages"] += [
        f"{problem.name}: no values within what is assumed meet {aim.id} = {aim.value:g}: "
        f"the nearest give {fitted.predicted[aim.id]:g}"
        for aim in fitted.missed()
    ]


def _line(problem: Problem, each: Fitted) -> dict[str, Any]:
    uncertain = each.uncertain
    path, day = split(uncertain.name)
    return {
        "problem": problem.name,
        "scenario": problem.scenario,
        "path": path,
        "from": day.isoformat() if day else None,
        **interval(each),
        "assumed_value": uncertain.value,
        "assumed_low": uncertain.low,
        "assumed_high": uncertain.high,
        "unit": uncertain.unit,
        "pinned": each.pinned,
        "word": each.word,
        "with": split(each.partner)[0] if each.partner else None,
        "correlation": each.correlation,
        "drawn_with": dict(each.drawn_with),
        "usable": problem.scenario != actual_calls.SCENARIO and problem.name not in CENTRES,
    }


def interval(each: Fitted) -> dict[str, float]:
    """The fitted value with its interval."""
    return {"value": each.value, "low": each.low, "high": each.high}


def calendar(row: lead_times.Row) -> dict[str, Any]:
    """A reading of the calendar as ``fits.json`` has it."""
    told = {**vars(row), "class": row.kind, "holidays": "worked" if row.holidays else "closed", "max": row.longest}
    return {key: value for key, value in told.items() if key not in ("kind", "longest")}
