"""Calls of the planner's own months: with calls, seats and answer rates, load and handle time are both pinned down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot, sqrt

from calibration.fitting import Aim, Problem, Uncertain, Values
from calibration.problems import answers
from calibration.values import assumed, with_values
from scenarios.files.actuals import Actuals, Month, month_end
from scenarios.files.from_actuals import apply
from scenarios.files.load import load
from scenarios.update.figures import FIGURES
from sim.facts import CENTRES

SCENARIO = "plan-period"
WHY = "the planner's own figure"
_CALLS_SHARE = 0.01
_RATE_POINTS = 0.1
_LEAST = 5e-4
"""Half of a tenth of a point: a share of 1 has chance too."""
_LUCKS = 2
"""What came had its luck, and so had the one replication that it is held against."""


def problems(centre: str, actuals: Actuals, seed: int = 1) -> Iterator[Problem]:
    """Load and handle time of a centre from months with calls, seats and answer rate all stated; none without."""
    stated = [month for month in actuals.months if None not in _of(month, centre)]
    if stated:
        yield _problem(centre, actuals, stated, seed)


def aims_of(centre: str, stated: Sequence[Month]) -> tuple[Aim, Aim]:
    """Calls and answer rate (per cent) of all stated months together.

    Their tolerances are what is stated of the model and, on top, the chance of so many months (``FIGURES``), a relative
    one of calls and one in log-odds of rates; rates are known no better than they were rounded.
    """
    offered = sum(float(_of(month, centre)[0] or 0) for month in stated)
    answered = sum(float(_of(month, centre)[0] or 0) * float(_of(month, centre)[1] or 0) for month in stated)
    share, lucks = answered / offered, sqrt(_LUCKS / len(stated))
    by_calls = FIGURES[f"calls_{centre}"].month * lucks
    by_rate = 100 * FIGURES[f"answered_share_{centre}"].month * lucks * max(share * (1 - share), _LEAST)
    return (
        Aim(f"calls ({centre})", offered, hypot(_CALLS_SHARE, by_calls) * offered),
        Aim(f"answer rate ({centre})", 100 * share, hypot(_RATE_POINTS, by_rate)),
    )


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
    calls, rate = aims = aims_of(centre, stated)

    def predict(values: Values) -> Values:
        changed = with_values(known.scenario, {handle: values[handle]}).parameters
        told = known.taken(centre, changed, 1, values[answers.LOAD])
        offered, answered = (
            sum(float(told[f"{CENTRES[centre]}_{name}"][span].sum()) for span in spans)
            for name in ("offered", "answered")
        )
        return {calls.id: offered, rate.id: 100 * answered / offered}

    uncertain = (Uncertain(answers.LOAD, 1.0, 0.2, 5.0, "multiplier"), assumed(scenario, handle, "minutes"))
    return Problem(f"{centre}, actual", SCENARIO, uncertain, aims, predict)
