"""A run that starts from months that came: its replications take what is not known from draws that fit them.

Some draws of the joint distribution (``scenarios.unknowns``) are simulated to the as-of date; what all of them would
say is learnt from these (``scenarios.update.emulated``), and each is weighed as stored replications are. It then stands
in proportion to its weight among the draws that the run's replications take in turn, in the order of the tree, so that
every beginning of them is spread as the weights are.

Applications and seats that came take the place of simulated ones in a run, and tell of what is not known all the same:
how likely they were is asked of pilots simulated without them, how likely the other figures were of pilots with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from scenarios.experiment.experiment import Point, Task, keep_whole, tasks_again
from scenarios.experiment.store import Store
from scenarios.files.actuals import Actuals, month_end
from scenarios.files.load import Narrowed, Scenario
from scenarios.run.record import Narrowing
from scenarios.track.bands import daily_of
from scenarios.unknowns import load_unknowns
from scenarios.update.emulated import Emulated, emulated
from scenarios.update.figures import FIGURES
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
_ENTERED = ("applications", *(f"seats_{centre}" for centre in CENTRES))
"""Figures that take the place of simulated ones."""
_NUMBERS = range(1, PILOTS + 1)


@dataclass(frozen=True)
class Pilots:
    """What is simulated to weigh the draws.

    Args:
        free: the scenario as it was before figures took the place of simulated ones.
        given: the same with them, where other figures came too; only what they reach is simulated again.
    """

    free: Point
    given: Point | None

    @property
    def tasks(self) -> list[Task]:
        """All replications."""
        tasks = [Task(self.free, number) for number in _NUMBERS]
        return tasks + (tasks_again(self.given, self.free, _NUMBERS) if self.given else [])


def pilots(scenario: Scenario, seed: int) -> Pilots | None:
    """What is simulated to weigh the draws; None where the figures that came say nothing of them."""
    actuals, before = scenario.actuals, scenario.before
    if actuals is None or before is None or not _stated(actuals, scenario.parameters):
        return None
    end = max(actuals.as_of, month_end(scenario.parameters.start))
    label = f"{scenario.name}, to weigh what is not known"
    same = {"end": min(end, scenario.parameters.end), "opening": before.parameters.opening}
    free, given = (one.parameters.model_copy(update=same) for one in (before, scenario))
    others = _stated(_without(actuals, _ENTERED), scenario.parameters)
    point = Point(label, free, seed)
    return Pilots(point, replace(point, parameters=given) if others and given != free else None)


def narrowed(
    scenario: Scenario, found: Pilots, store: Store, workers: int, on_done: Callable[[Task], None] = lambda task: None
) -> Scenario:
    """The scenario with the draws that its actual figures leave of what is not known; as it is without any."""
    if scenario.actuals is None:
        return scenario
    fits = _fits(scenario.actuals, found, store, workers, on_done)
    if not fits:
        return scenario
    unknowns = load_unknowns()
    rows = [unknowns.row(found.free.seed, number) for number in _NUMBERS]
    known = [emulated(fit, unknowns.positions[rows], unknowns.positions) for fit in fits]
    likelihood = np.asarray(np.sum([one.log_likelihood() for one in known], axis=0))
    left, power = flattened(likelihood, LEFT)
    draws = picked(range(len(likelihood)), left.shares, len(likelihood))
    said = told(scenario.actuals, known, smoothed(likelihood), power, left)
    return replace(scenario, narrowed=Narrowed(draws, said))


def _fits(
    actuals: Actuals, found: Pilots, store: Store, workers: int, on_done: Callable[[Task], None]
) -> list[Compared]:
    """The figures that came beside every simulated day of the pilots that say how likely they were."""
    kept = keep_whole(found.free, _NUMBERS, store, workers, on_done)
    own = _without(actuals, [name for name in FIGURES if name not in _ENTERED])
    entered = fits_of(own, _results(kept, found.free), found.free.parameters)
    given = found.given or found.free
    if found.given:
        keep_whole(found.given, _NUMBERS, store, workers, on_done, base=found.free)
    others = fits_of(_without(actuals, _ENTERED), _results(kept, given), given.parameters)
    return [*(fit for fit in entered if np.ptp(fit.said, axis=0).any()), *others]


def _results(kept: Store, point: Point) -> list[Result]:
    return [kept.load(point.digest, number) for number in _NUMBERS]


def fits_of(actuals: Actuals, results: Sequence[Result], parameters: Parameters) -> list[Compared]:
    """The figures that came beside every simulated day of replications."""
    calendar = Calendar(parameters.first_simulated_day, parameters.end)
    months = {month_label(number): days for number, days in calendar.months()}
    return compared(actuals, daily_of(results), months)


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


def told(actuals: Actuals, known: Sequence[Emulated], weights: Weights, power: float, left: Weights) -> Narrowing:
    """How a run says that it was narrowed."""
    return Narrowing(
        as_of=actuals.as_of,
        draws=len(weights.shares),
        pilots=PILOTS,
        effective=weights.effective,
        k_hat=weights.k_hat,
        word=weights.word,
        figures=tuple(one.compared.figure.name for one in known),
        left_out={one.compared.figure.name: round(one.left_out, 3) for one in known},
        outside=tuple(month for one in known for month in one.compared.outside()),
        power=power,
        left=left.effective,
    )


def _without(actuals: Actuals, names: Iterable[str]) -> Actuals:
    nothing: dict[str, Any] = dict.fromkeys(names)
    return replace(actuals, months=tuple(replace(month, **nothing) for month in actuals.months))


def _stated(actuals: Actuals, parameters: Parameters) -> bool:
    """Whether some month of the simulated days has a figure."""
    first, last = parameters.first_simulated_day, parameters.end
    return any(_within(month.month, first, last) and _says(month) for month in actuals.months)


def _within(month: date, first: date, last: date) -> bool:
    return first <= month and month_end(month) <= last


def _says(month: object) -> bool:
    return any(value is not None for name, value in vars(month).items() if name != "month")
