"""All targets, composed of what each part declares beside its code, and what one replication says about them."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from functools import lru_cache

from sim.calendar import Calendar
from sim.contact import targets as contact
from sim.counters import targets as counters
from sim.notices import targets as notices
from sim.parameters import Parameters
from sim.plant import targets as plant
from sim.result import Result
from sim.systems import targets as systems
from sim.target import Measure, Statistic, Target, parted

__all__ = [
    "LEAVES_OUT_CLOSURE",
    "MEASURES",
    "TARGETS",
    "Statistic",
    "judged_by_year",
    "measure",
    "part_of_target",
    "statistics",
]

LEAVES_OUT_CLOSURE = plant.LEAVES_OUT_CLOSURE
TARGETS: dict[str, Target] = {
    target.id: target for part in (plant, notices, contact, systems, counters) for target in part.TARGETS
}
MEASURES: dict[str, Measure] = {measure.name: measure for row in TARGETS.values() for measure in row.measures}


def measure(statistic: str) -> Measure | None:
    """What is known of a statistic; None of what no target has."""
    return MEASURES.get(re.sub(r"_\d+_days", "_n_days", statistic))


def statistics(result: Result, parameters: Parameters, targets: Collection[str] = TARGETS) -> list[Statistic]:
    """All statistics of a replication, or those of some targets, in a fixed order.

    Targets may be named with what is judged of them; then the statistics of all of it are told.
    """
    calendar = _reported(parameters.start, parameters.end)
    wanted = {parted(judged)[0] for judged in targets}
    chosen = [target for target in TARGETS.values() if target.id in wanted]
    return [said for target in chosen for said in target.statistics(target, result, parameters, calendar)]


@lru_cache(maxsize=4)
def _reported(first: date, last: date) -> Calendar:
    """The reported days, alike for all replications."""
    return Calendar(first, last)


def part_of_target(judged: str) -> str:
    """The part of the model that decides a target, which may be named with what is judged of it.

    Raises:
        LookupError: if no part does.
    """
    part = TARGETS[parted(judged)[0]].part
    if part is None:
        raise LookupError(f"no part of the model decides {judged}")
    return part


def judged_by_year() -> tuple[str, ...]:
    """What a fiscal year decides, each with its part, as in ``availability-99.9/jpki_counter``."""
    return tuple(code for target in TARGETS.values() if target.yearly for code in target.codes)
