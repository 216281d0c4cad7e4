"""Calls of the planner's own months: with calls, seats and answer rates, load and handle time are both pinned down."""

from __future__ import annotations

from collections.abc import Iterator

from calibration.fitting import Aim, Problem, Uncertain, Values
from calibration.problems import answers
from calibration.values import assumed, with_values
from scenarios.actuals import Actuals, Month, month_end
from scenarios.from_actuals import apply
from scenarios.load import load
from sim.facts import CENTRES

SCENARIO = "plan-period"
WHY = "the planner's own figure"
_CALLS_SHARE = 0.01
_RATE_POINTS = 0.1


def problems(centre: str, actuals: Actuals, seed: int = 1) -> Iterator[Problem]:
    """Load and handle time of a centre from months with calls, seats and answer rate all stated; none without."""
    stated = [month for month in actuals.months if None not in _of(month, centre)]
    if stated:
        yield _problem(centre, actuals, stated, seed)


def _of(month: Month, centre: str) -> tuple[float | None, ...]:
    names = (f"calls_{centre}", f"answered_share_{centre}", f"seats_{centre}")
    return tuple(getattr(month, name) for name in names)


def _problem(centre: str, actuals: Actuals, stated: list[Month], seed: int) -> Problem:
    scenario = load(SCENARIO).with_values({"start": stated[0].month, "end": actuals.as_of})
    known = answers.Year(apply(scenario, actuals), seed, replications=1)
    handle = f"contact.{centre}.handle_minutes"
    first_day = known.scenario.parameters.first_simulated_day
    days = [(month.month - first_day).days for month in stated]
    spans = [slice(day, day + month_end(m.month).day) for day, m in zip(days, stated, strict=True)]
    offered_in_all = sum(float(_of(month, centre)[0] or 0) for month in stated)
    answered_in_all = sum(float(_of(month, centre)[0] or 0) * float(_of(month, centre)[1] or 0) for month in stated)
    calls, rate = f"calls ({centre})", f"answer rate ({centre})"
    aims = (
        Aim(calls, offered_in_all, _CALLS_SHARE * offered_in_all),
        Aim(rate, 100 * answered_in_all / offered_in_all, _RATE_POINTS),
    )

    def predict(values: Values) -> Values:
        changed = with_values(known.scenario, {handle: values[handle]}).parameters
        told = known.taken(centre, changed, 1, values[answers.LOAD])
        offered, answered = (
            sum(float(told[f"{CENTRES[centre]}_{name}"][span].sum()) for span in spans)
            for name in ("offered", "answered")
        )
        return {calls: offered, rate: 100 * answered / offered}

    uncertain = (Uncertain(answers.LOAD, 1.0, 0.2, 5.0, "multiplier"), assumed(scenario, handle, "minutes"))
    return Problem(f"{centre}, actual", SCENARIO, uncertain, aims, predict)
