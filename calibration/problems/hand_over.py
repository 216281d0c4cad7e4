"""Hand-over after the surge: time to collect, the never-collected share and the servers' capacity, on data to 2022-12.

Only the counters depend on these parameters, so the chain up to dispatch is simulated once and the counters are run
again on its facts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import numpy as np

from calibration.agreement import aims
from calibration.figures import load_published
from calibration.fitting import Problem, Uncertain, Values
from calibration.values import with_values
from scenarios.files.load import Scenario, load
from scenarios.history import load_history
from sim.parts import COUNTERS
from sim.replication import rerun, whole
from sim.streams import Ints

NAME = "hand_over"
SCENARIO = "hindcast-2023"
START = "HANDED-2022-10-18"
"""Hand-overs are counted from this published count: the work inside is set to the published one on that day."""
_LAST_DAY = date(2022, 12, 31)
UNCERTAIN = (
    Uncertain("counters.collection_days", 30, 10, 60, "days"),
    Uncertain("counters.never_collected_share", 0.03, 0.015, 0.05, "share"),
    Uncertain("systems.jpki_per_day@2016-01-01", 240_000, 190_000, 400_000, "transactions/day"),
)
"""Ranges before anything is known of 2022; the scenario holds the fitted ones."""


def problem(seed: int = 1) -> Problem:
    """Fitted to hand-overs from 2022-10-31 to 2022-12-31; the first half of 2023 is held back."""
    figures = aims(NAME)
    forecasts = {f"cards handed over by {load_published()[id_].period}": id_ for id_ in _FORECAST}
    ahead = predictor(load(SCENARIO), list(_FORECAST), seed)

    def forecast(values: Values) -> Values:
        told = ahead(values)
        return {name: told[id_] for name, id_ in forecasts.items()}

    predict = predictor(until_2022(), [aim.id for aim in figures], seed)
    return Problem(NAME, SCENARIO, UNCERTAIN, figures, predict, forecast, dict.fromkeys(forecasts, "cards"))


_FORECAST = ("HANDED-2023-02-28", "HANDED-2023-06-30")


def predictor(scenario: Scenario, figures: list[str], seed: int = 1) -> Callable[[Values], Values]:
    """From parameters to published counts of cards handed over, by chance alone and the middle of all else."""
    history = load_history()
    known = whole(scenario.parameters, history, seed, 1, chance_only=True)
    first = scenario.parameters.first_simulated_day

    def predict(values: Values) -> Values:
        changed = with_values(scenario, values).parameters
        again = rerun({COUNTERS}, known, changed, history, seed, 1, chance_only=True)
        return counts(np.cumsum(again.facts["handed_over"]), first, figures)

    return predict


def counts(counted: Ints, first: date, figures: list[str]) -> dict[str, float]:
    """Cards handed over since 2016 by the days of published counts, counting on from ``START``."""
    start = load_published()[START]
    by_then = int(counted[(date.fromisoformat(start.period) - first).days])
    days = {figure: (date.fromisoformat(load_published()[figure].period) - first).days for figure in figures}
    return {figure: start.value + float(counted[day] - by_then) for figure, day in days.items()}


def until_2022() -> Scenario:
    """The hindcast up to the last day of the data it is fitted to."""
    whole = load(SCENARIO)
    kept: Mapping[str, object] = {
        "end": _LAST_DAY + timedelta(days=1),
        "demand.actual": [
            {**window.model_dump(by_alias=True), "to": min(window.to, _LAST_DAY)}
            for window in whole.parameters.demand.actual
            if window.from_ <= _LAST_DAY
        ],
        "opening.restated": [state for state in whole.parameters.opening.restated if state.as_of < _LAST_DAY],
    }
    return whole.with_values(dict(kept))
