"""What a sweep is asked to do, checked, and which points that asks for.

The points of a grid or a Latin hypercube are all known beforehand; those of a screening depend on what came before. So
a study asks for points step by step, and whoever drives it either simulates them or only looks whether they are stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scenarios.errors import Mistake, Together, UserError
from scenarios.experiment.experiment import Point
from scenarios.files.load import Scenario
from scenarios.files.scenario_file import complete_file
from scenarios.folder.question import Question
from scenarios.sweep.computed import chances, with_computed
from scenarios.sweep.crossings import crossings
from scenarios.sweep.design import Input, Spot, grid, latin, refuse_too_many, spots, uncertain, without_step
from scenarios.sweep.drawn import LEAST_DRAWS, correlations, drawn, drivers
from scenarios.sweep.ranges import MOST_POINTS, Range, judge_ranges, read_ranges
from scenarios.sweep.record import Drawn, Points
from scenarios.sweep.responses import in_every_year, rows
from scenarios.sweep.screening import (
    MOST_DRIVERS,
    SCREEN_REPLICATIONS,
    TRAJECTORIES,
    Ask,
    Asked,
    Steps,
    screen,
)
from scenarios.sweep.table import Block
from sim.message import Message
from sim.parameters import Parameters, quantities, with_quantity

REPLICATIONS = 5
"""Of each point of a grid or a Latin hypercube, by default."""


@dataclass(frozen=True)
class SweepOptions:
    """How to sweep.

    ``vary`` holds texts such as ``plant.lines=4:12:2``, or maps paths to ``"4:12:2"`` or lists of values. ``lhs`` is
    the number of points of a Latin hypercube, None for every combination. ``screen`` looks which inputs drive the
    targets: those varied, or all that are uncertain; ``sobol`` adds Sobol's indices of the few. ``draws`` looks for the
    same in so many replications of the scenario as it is, by what each draws of what is not known: those that another
    command has simulated need no new run. ``replications`` of each point: 5, or 2 of a screening, by default.
    ``chance_only`` leaves uncertain parameters at their middle; a screening always does.
    """

    vary: Sequence[str] | Mapping[str, Any] = ()
    lhs: int | None = None
    screen: bool = False
    sobol: bool = False
    trajectories: int = TRAJECTORIES
    replications: int | None = None
    seed: int = 1
    workers: int = 1
    chance_only: bool = False
    draws: int | None = None

    @property
    def screens(self) -> bool:
        """Whether this is a screening."""
        return self.screen or self.sobol

    @property
    def design(self) -> str:
        """``draws``, ``screen``, ``latin`` or ``grid``."""
        if self.draws is not None:
            return "draws"
        return "screen" if self.screens else "grid" if self.lhs is None else "latin"

    @property
    def each(self) -> int:
        """Replications of each point."""
        return self.draws or self.replications or (SCREEN_REPLICATIONS if self.screens else REPLICATIONS)


@dataclass
class Study:
    """A checked request: the scenario, what is varied and how. ``blocks`` fill as points are told.

    Raises:
        UserError: as it is made, with all that is wrong with the ranges or the options.
    """

    scenario: Scenario
    options: SweepOptions
    ranges: list[Range] = field(init=False)
    blocks: list[Block] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        refuse(self.scenario, self.options)
        self.ranges = read_ranges(self.options.vary, self.scenario)

    @property
    def inputs(self) -> Sequence[Input]:
        """What a screening moves, and what replications draw."""
        return self.ranges or uncertain(self.scenario)

    @property
    def paths(self) -> list[str]:
        """The paths that are varied."""
        if self.options.draws is not None:
            return []
        return [own.path for own in (self.inputs if self.options.screens else self.ranges)]

    @property
    def heaviest(self) -> Parameters:
        """The scenario with every varied quantity at its high end, which no point has more work than."""
        parameters, known = self.scenario.parameters, quantities(self.scenario.parameters)
        for own in self.ranges:
            if own.path in known:
                parameters = with_quantity(parameters, own.path, own.high)
        return parameters

    @property
    def question(self) -> Question:
        """What is asked: the scenario, what is varied, how, and how often."""
        options = self.options
        ranges = [own.text for own in self.ranges]
        screened = [options.trajectories, options.sobol] if options.screens else []
        how = [options.design, options.lhs, screened, options.each, options.seed, options.chance_only]
        return Question("sweep", self.scenario.name, [complete_file(self.scenario), ranges, how])

    def steps(self) -> Steps:
        """The points that it asks for, one design after the other; returns what is found."""
        options = self.options
        if options.draws is not None:
            return self._drawn()
        if options.screens:
            how = Asked(options.trajectories, options.each, options.seed, options.sobol)
            return screen(self.scenario, self.inputs, how)
        return self._spread()

    def _drawn(self) -> Steps:
        """What goes with the targets in the replications that there are, or that are simulated for it."""
        spot = Spot({}, Point(self.scenario.name, self.scenario.parameters, self.options.seed))
        (told,), doubts = yield Ask("draws", [spot], self.options.each)
        doubts = with_computed(doubts, chances([spot], [told]))
        unknown = uncertain(self.scenario)
        found = correlations(unknown, drawn(spot.point, unknown, self.options.each), told)
        kept = drivers(found, doubts, MOST_DRIVERS)
        return doubts, Drawn(kept, found)

    def _spread(self) -> Steps:
        options = self.options
        places = grid(self.ranges) if options.lhs is None else latin(self.ranges, options.lhs, options.seed)
        chosen = spots(self.scenario, self.paths, places, options.seed, options.chance_only)
        told, doubts = yield Ask(options.design, chosen, options.each)
        computed = chances(chosen, told)
        doubts = with_computed(in_every_year(doubts, told), computed)
        crossed = crossings(chosen, told, self.paths, options.seed, computed)
        return doubts, Points(rows(chosen, told, computed), crossed)


def refuse(scenario: Scenario | None, options: SweepOptions) -> None:
    """Raise UserError with what is wrong with options and ranges; without a scenario, with what is whatever it is."""
    wrong = Together()
    with wrong.noted():
        _refuse_options(options)
    with wrong.noted():
        _refuse_ranges(scenario, options)
    wrong.refuse()


def _refuse_ranges(scenario: Scenario | None, options: SweepOptions) -> None:
    ranges, mistakes = judge_ranges(options.vary, scenario)
    lacking = [Mistake(message) for message in without_step(ranges)] if options.design == "grid" else []
    if mistakes or lacking:
        raise UserError("--vary", [*mistakes, *lacking])
    if options.design == "grid":
        refuse_too_many(ranges)


def _refuse_options(options: SweepOptions) -> None:
    mistakes = _refuse_draws(options)
    if not options.screens and not options.vary and options.draws is None:
        rule = Message("takes --vary PATH=LOW:HIGH:STEP (once or more), or --screen for all uncertain values")
        mistakes.append(rule)
    if options.lhs is not None and options.screens:
        mistakes.append(Message("--lhs and --screen: a screening chooses its own points, so leave --lhs out"))
    if options.lhs is not None and not 2 <= options.lhs <= MOST_POINTS:
        mistakes.append(Message("--lhs {count}: must be between 2 and {most:,}", count=options.lhs, most=MOST_POINTS))
    if options.replications is not None and options.replications < 1:
        mistakes.append(Message("--replications {count}: must be 1 or more", count=options.replications))
    if options.screens and options.trajectories < 2:
        mistakes.append(Message("--trajectories {count}: must be 2 or more", count=options.trajectories))
    if mistakes:
        raise UserError("sweep", mistakes)


def _refuse_draws(options: SweepOptions) -> list[Message]:
    if options.draws is None:
        return []
    mistakes = []
    if options.draws < LEAST_DRAWS:
        told = {"count": options.draws, "least": LEAST_DRAWS}
        mistakes.append(Message("--draws {count}: must be {least} or more, for a correlation to say anything", **told))
    others = (options.vary, options.lhs, options.screens, options.replications, options.chance_only)
    if any(others):
        mistakes.append(
            Message("--draws takes the scenario as it is: leave --vary, --lhs, --screen and --chance-only out")
        )
    return mistakes
