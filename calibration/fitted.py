"""The whole model with the fitted values: as scenario parts, and simulated beside the published figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from calibration import simulated
from calibration.agreement import load as load_agreements
from calibration.fits_record import Confirmed, Fits
from calibration.holders_walk import outlook
from calibration.problems import actual_calls, answers, hand_over, holders
from calibration.values import calibrated, drawn_with, multiplied, name_of, scaled, weights_of, whole_range
from scenarios.experiment.experiment import Point, Task, evaluate
from scenarios.experiment.store import Store
from scenarios.files.load import Scenario, load
from scenarios.files.scenario_file import part_file
from sim import __version__
from sim.facts import CENTRES
from sim.parameters import Parameters
from sim.result import Result

CONFIRMING_REPLICATIONS = answers.REPLICATIONS
_SPEAKERS: Mapping[str, Callable[[Result, Parameters], dict[str, float]]] = {
    holders.SCENARIO: simulated.of_fy2025,
    hand_over.SCENARIO: simulated.of_hindcast,
}
"""What says of a replication which figures it gives, by scenario."""


@dataclass(frozen=True)
class Whole:
    """What was found, by fit, put into the scenarios that were fitted."""

    found: Mapping[str, Fits]
    seed: int

    def parts(self) -> dict[str, str]:
        """The scenario parts with fitted values, by file name."""
        texts = {}
        for name in (holders.SCENARIO, hand_over.SCENARIO):
            values = self._values(name)
            if values:
                file = "calibrated.toml" if name == holders.SCENARIO else f"calibrated-{name}.toml"
                why = f"Written by cardflow calibrate {__version__}, seed {self.seed}."
                texts[file] = part_file(f"Fitted values of {name}", why, values)
        return texts

    def _values(self, name: str) -> dict[str, Any]:
        lines = [line for part in self.found.values() for line in part.fits if line.scenario == name]
        usable = [line for line in lines if line.usable]
        ranges: dict[str, dict[str, Any]] = {}
        for fit in dict.fromkeys(line.problem for line in usable):
            own = [line for line in usable if line.problem == fit]
            others = drawn_with(own)
            ranges |= {key: {**whole_range(line), "with": others[key]} for line in own for key in (name_of(line),)}
        values = calibrated(load(name), ranges)
        return values | self._calls_and_seats() if name == holders.SCENARIO else values

    def _calls_and_seats(self) -> dict[str, Any]:
        """Seats that meet the published rate at the assumed load; with the planner's figures load and handle time."""
        values: dict[str, Any] = {}
        scenario = load(holders.SCENARIO)
        for centre, part in ((name, self.found[name]) for name in CENTRES if name in self.found):
            own = [line for line in part.fits if line.scenario == actual_calls.SCENARIO]
            actual = {line.path: whole_range(line) for line in own}
            weighed = {line.path: weights_of(line) for line in own}
            (contracted,) = part.contracted
            handle = f"contact.{centre}.handle_minutes"
            if actual:
                first, *_ = paths = answers.RATES[centre]
                values |= {path: scaled(scenario, path, actual[answers.LOAD], number=first) for path in paths}
                weights = weighed[handle]
                others = {first: weights[answers.LOAD]} if answers.LOAD in weights else {}
                values |= calibrated(scenario, {handle: {**actual[handle], "with": others}})
            else:
                times = contracted.load
                values |= {path: multiplied(scenario, path, times) for path in answers.RATES[centre]}
                values[f"contact.{centre}.seats"] = contracted.seats
        return values

    def confirmed(self, store: Store, workers: int, on_done: Callable[[Task], None]) -> tuple[Confirmed, ...]:
        """Simulate the fitted scenarios; each figure that a fit aimed at beside its published value."""
        told: list[dict[str, float]] = [{} for _ in range(CONFIRMING_REPLICATIONS)]
        wanted = {line.id for part in self.found.values() for line in part.figures}
        for name, scenario in self._scenarios().items():
            ((_, results),) = evaluate([self._point(scenario)], CONFIRMING_REPLICATIONS, store, workers, on_done)
            walk = self._walk(scenario, wanted) if name == holders.SCENARIO else {}
            for known, result in zip(told, results, strict=True):
                known.update(_SPEAKERS[name](result, scenario.parameters) | walk)
        return tuple(
            _confirmation(id_, [known[id_] for known in told])
            for id_ in load_agreements()
            if id_ in wanted and all(id_ in known for known in told)
        )

    def tasks(self) -> list[Task]:
        """What ``confirmed`` simulates."""
        points = [self._point(scenario) for scenario in self._scenarios().values()]
        return [Task(point, number + 1) for point in points for number in range(CONFIRMING_REPLICATIONS)]

    def _scenarios(self) -> dict[str, Scenario]:
        """The scenarios that were fitted, with their fitted values, by name."""
        fitted = {line.scenario for part in self.found.values() for line in part.fits}
        return {name: load(name).with_values(self._values(name)) for name in _SPEAKERS if name in fitted}

    def _point(self, scenario: Scenario) -> Point:
        return Point(f"{scenario.name}, fitted", scenario.parameters, self.seed, chance_only=True)

    def _walk(self, scenario: Scenario, wanted: set[str]) -> dict[str, float]:
        return simulated.of_walk(outlook(scenario.parameters, holders.LAST_DAY), sorted(wanted))


def _confirmation(id_: str, values: Sequence[float]) -> Confirmed:
    agreement = load_agreements()[id_]
    mean = float(np.mean(values))
    return Confirmed(
        id=id_,
        published=agreement.published.value,
        simulated=mean,
        low=min(values),
        high=max(values),
        tolerance=agreement.tolerance,
        met=abs(mean - agreement.published.value) <= agreement.tolerance,
    )
