"""Which unknowns a run's targets go with, from its own replications: each has drawn what is not known.

``scenarios.sweep.drawn`` says what that can tell. Asked of each target in the fiscal year in which it is most in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.compare.compared import of_targets
from scenarios.experiment.experiment import Point
from scenarios.files.load import Scenario
from scenarios.sweep.design import uncertain
from scenarios.sweep.drawn import LEAST_DRAWS, correlations, drawn
from scenarios.sweep.record import Correlation
from scenarios.sweep.responses import in_doubt
from sim.targets import Statistic


def drivers(scenario: Scenario, point: Point, told: Sequence[Sequence[Statistic]]) -> tuple[Correlation, ...] | None:
    """What clearly goes with a target, the strongest first; None where replications cannot say.

    Args:
        scenario: what was run.
        point: what was simulated.
        told: the statistics of its replications, in their order.
    """
    if point.chance_only or len(told) < LEAST_DRAWS or not (inputs := uncertain(scenario)):
        return None
    answers = [of_targets(each) for each in told]
    doubted = {(doubt.id, doubt.period, doubt.statistic) for doubt in in_doubt([answers], [])}
    asked = [{key: one for key, one in answer.items() if key in doubted} for answer in answers]
    found = correlations(inputs, drawn(point, inputs, len(told)), asked)
    return tuple(sorted((row for row in found if row.clear), key=lambda row: -abs(row.rho)))
