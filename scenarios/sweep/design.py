"""Which values a sweep simulates: every combination, or a Latin hypercube; and what uncertain inputs are set to.

A Latin hypercube of n points cuts each range into n equal parts and takes one value from each part of each range
(McKay, Beckman and Conover, Technometrics 21, 1979, 239-245; scipy.stats.qmc).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Any, Protocol

import numpy as np

from scenarios.errors import UserError
from scenarios.experiment.experiment import Point
from scenarios.files.changes import flat
from scenarios.files.load import Scenario
from scenarios.sweep.ranges import MOST_POINTS, Range
from scenarios.unknowns import load_unknowns
from sim.message import Message
from sim.parameters import quantities, with_quantity
from sim.schedule import Quantity
from sim.streams import Streams

TENTH = 0.1
"""Of what replications draw, what lies below a low value, and above a high one."""


class Input(Protocol):
    """What can be moved between the two ends of its range."""

    @property
    def path(self) -> str:
        """The parameter."""

    def at(self, position: float) -> Any:
        """What to set at a position from 0 (low end) to 1 (high end), as a scenario file writes it."""

    def number(self, position: float) -> float:
        """The same on the first reported day, as one number."""

    @property
    def told_at(self) -> tuple[float, float]:
        """The positions of a low and a high value at which it is told what moving it alone does."""

    @property
    def beyond(self) -> float:
        """How often a value lies lower than the low one, and as often higher than the high one."""


@dataclass(frozen=True)
class Uncertain:
    """An uncertain parameter of a scenario: a position is the one that a replication draws (``sim.schedule.Step``)."""

    path: str
    quantity: Quantity
    first_day: date

    def at(self, position: float) -> Any:
        """Every step at that place of its own range."""
        steps = self.quantity.steps
        if len(steps) == 1 and steps[0].from_ is None:
            return steps[0].draw(position)
        return [{"from": step.from_, "value": step.draw(position)} for step in steps]

    def number(self, position: float) -> float:
        """The value on the first reported day."""
        return self.quantity.at(self.first_day, position)

    @property
    def beyond(self) -> float:
        """One in ten: the ends of a range are hardly ever met."""
        return TENTH

    @property
    def told_at(self) -> tuple[float, float]:
        """The positions of P10 and P90 among what replications draw: what was published may have narrowed them."""
        unknowns, step = load_unknowns(), self.quantity.step_on(self.first_day)
        if not unknowns.keeps(self.path, step):
            return TENTH, 1 - TENTH
        drawn = unknowns.positions[:, list(unknowns.quantities).index(self.path)]
        low, high = np.quantile(drawn, [TENTH, 1 - TENTH]).tolist()
        return low, high


def uncertain(scenario: Scenario) -> list[Uncertain]:
    """Every uncertain parameter of a scenario."""
    found = quantities(scenario.parameters)
    return [Uncertain(path, own, scenario.parameters.start) for path, own in found.items() if own.uncertain]


@dataclass(frozen=True)
class Spot:
    """One place in the ranges: the numbers of the varied paths there, and the point to simulate."""

    values: dict[str, float]
    point: Point


def grid(ranges: Sequence[Range]) -> list[tuple[float, ...]]:
    """Every combination of values, the last path moving first; every range has a step or a list."""
    return list(itertools.product(*(own.values for own in ranges)))


def without_step(ranges: Sequence[Range]) -> list[Message]:
    """What is wrong with ranges of a grid that have no step."""
    return [
        Message("{range}   needs a step, as in {range}:STEP; or give --lhs N", range=own.text)
        for own in ranges
        if not own.count
    ]


def refuse_too_many(ranges: Sequence[Range]) -> None:
    """Raise UserError for a grid of too many combinations."""
    count = prod(own.count for own in ranges)
    if count > MOST_POINTS:
        sizes = " x ".join(f"{own.count:,}" for own in ranges)
        raise UserError(
            "--vary",
            [
                Message(
                    "{sizes} = {count:,} points, more than {most:,}: take longer steps, vary fewer, or give --lhs N",
                    sizes=sizes,
                    count=count,
                    most=MOST_POINTS,
                )
            ],
        )


def latin(ranges: Sequence[Range], count: int, seed: int) -> list[tuple[float, ...]]:
    """``count`` places of a Latin hypercube; with a step or a list, at the nearest value of it."""
    from scipy.stats import qmc

    sampler = qmc.LatinHypercube(d=len(ranges), rng=Streams(seed, 0).generator("sweep/latin"))
    return [
        tuple(own.at(float(position)) for own, position in zip(ranges, places, strict=True))
        for places in sampler.random(count)
    ]


def spots(
    scenario: Scenario, paths: Sequence[str], rows: Sequence[Sequence[float]], seed: int, chance_only: bool
) -> list[Spot]:
    """The points at these values.

    Raises:
        UserError: where values break a rule together; of the first such point.
    """
    return [_spot(scenario, dict(zip(paths, row, strict=True)), seed, chance_only) for row in rows]


def _spot(scenario: Scenario, values: dict[str, float], seed: int, chance_only: bool) -> Spot:
    named = ", ".join(f"{path}={value:g}" for path, value in values.items())
    try:
        parameters = scenario.with_values(values).parameters
    except UserError as error:
        raise UserError(Message("--vary, at {values}", values=named), error.mistakes) from None
    return Spot(values, Point(f"{scenario.name}, {named}", parameters, seed, chance_only))


def moved(scenario: Scenario, inputs: Sequence[Input], positions: Sequence[float], seed: int) -> Spot:
    """The point with each input at its position and all other uncertain parameters at their middle."""
    placed = list(zip(inputs, positions, strict=True))
    drawn = {own.path: own.at(position) for own, position in placed if isinstance(own, Uncertain)}
    varied = {own.path: own.at(position) for own, position in placed if own.path not in drawn}
    parameters = scenario.with_values(varied).parameters
    for path, written in drawn.items():
        parameters = with_quantity(parameters, path, written)
    point = Point(f"{scenario.name}, moved", parameters, seed, chance_only=True)
    return Spot({own.path: own.number(position) for own, position in placed}, point)


def number_on(scenario: Scenario, path: str, day: date) -> float:
    """What a scenario itself has at a numeric path on a day; the middle of a range."""
    found = quantities(scenario.parameters).get(path)
    return found.at(day) if found is not None else float(flat(scenario.parameters)[path])
