"""A run that starts from months that came: its replications take what is not known from draws that fit them.

The first draws of the joint distribution (``scenarios.unknowns``) are simulated to the as-of date and weighed as stored
replications are (``scenarios.update.likelihood``). Each then stands in proportion to its weight among the draws that
the run's replications take in turn, in the order of the tree, so that every beginning of them is spread as the weights
are. Applications and seats that came say nothing here: the run has them as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from scenarios.experiment.experiment import Point, Task, keep_whole
from scenarios.experiment.store import Store
from scenarios.files.actuals import Actuals, month_end
from scenarios.files.load import Narrowed, Scenario
from scenarios.track.bands import daily_of
from scenarios.unknowns import load_unknowns
from scenarios.update.likelihood import Compared, compared
from scenarios.update.smoothing import Weights, flattened, smoothed
from sim.calendar import Calendar, month_label
from sim.facts import CENTRES
from sim.parameters import Parameters
from sim.result import Result
from sim.streams import Floats, Ints

PILOTS = 64
"""So many draws are simulated to the as-of date, each in a fraction of the time of a replication."""
LEFT = 16
"""At least so many draws, in effect, are left to a run, however little of them fits: weights are flattened until then.
A run of one draw would look certain of all that the figures say nothing about."""
_GIVEN = ("applications", *(f"seats_{centre}" for centre in CENTRES))


def pilot(scenario: Scenario, seed: int) -> Point | None:
    """What is simulated to weigh the draws; None where the figures that came say nothing of them."""
    if scenario.actuals is None or not _speak(scenario.actuals, scenario.parameters):
        return None
    end = max(scenario.actuals.as_of, month_end(scenario.parameters.start))
    parameters = scenario.parameters.model_copy(update={"end": min(end, scenario.parameters.end)})
    return Point(f"{scenario.name}, to weigh what is not known", parameters, seed)


def narrowed(
    scenario: Scenario, point: Point, store: Store, workers: int, on_done: Callable[[Task], None] = lambda task: None
) -> Scenario:
    """The scenario with the draws that its actual figures leave of what is not known; as it is without any."""
    if scenario.actuals is None:
        return scenario
    numbers = range(1, PILOTS + 1)
    kept = keep_whole(point, numbers, store, workers, on_done)
    results = [kept.load(point.digest, number) for number in numbers]
    unknowns = load_unknowns()
    rows = [unknowns.row(point.seed, number) for number in numbers]
    fits = fits_of(scenario.actuals, results, point.parameters)
    if not fits:
        return scenario
    likelihood = np.asarray(np.sum([fit.log_likelihood() for fit in fits], axis=0))
    left, power = flattened(likelihood, LEFT)
    draws = picked(rows, left.shares, len(unknowns.positions))
    said = {**told(scenario.actuals, fits, smoothed(likelihood)), "power": power, "left": left.effective}
    return replace(scenario, narrowed=Narrowed(draws, said))


def fits_of(actuals: Actuals, results: Sequence[Result], parameters: Parameters) -> list[Compared]:
    """The figures that came beside every simulated day of the pilots."""
    calendar = Calendar(parameters.first_simulated_day, parameters.end)
    months = {month_label(number): days for number, days in calendar.months()}
    return compared(_without_given(actuals), daily_of(results), months)


def picked(rows: Sequence[int], shares: Floats, count: int) -> tuple[int, ...]:
    """So many of the rows, each as often as its share says to within one, in rising order (systematic resampling).

    Args:
        rows: places in the tree's order.
        shares: of each, 1 in all.
        count: how many, a power of two.
    """
    order: Ints = np.argsort(rows)
    ends = np.cumsum(shares[order])
    places = np.searchsorted(ends / ends[-1], (np.arange(count) + 0.5) / count)
    return tuple(int(rows[order[place]]) for place in places)


def told(actuals: Actuals, fits: Sequence[Compared], weights: Weights) -> Mapping[str, Any]:
    """How a run says that it was narrowed."""
    return {
        "as_of": actuals.as_of.isoformat(),
        "pilots": len(weights.shares),
        "effective": weights.effective,
        "k_hat": weights.k_hat,
        "word": weights.word,
        "figures": [fit.figure.name for fit in fits],
        "outside": [vars(month) for fit in fits for month in fit.outside()],
    }


def _without_given(actuals: Actuals) -> Actuals:
    given: dict[str, Any] = dict.fromkeys(_GIVEN)
    return replace(actuals, months=tuple(replace(month, **given) for month in actuals.months))


def _speak(actuals: Actuals, parameters: Parameters) -> bool:
    """Whether some month of the simulated days has a figure that depends on what is not known."""
    first, last = parameters.first_simulated_day, parameters.end
    return any(_within(month.month, first, last) and _says(month) for month in _without_given(actuals).months)


def _within(month: date, first: date, last: date) -> bool:
    return first <= month and month_end(month) <= last


def _says(month: object) -> bool:
    return any(value is not None for name, value in vars(month).items() if name != "month")
