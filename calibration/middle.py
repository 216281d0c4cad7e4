"""The expected year: what a fit holds against figures of a year that is over is no single seed's luck of demand.

By chance alone, the demand of a fiscal year to come still swings around what is expected. A year of which a planner has
figures had one such swing; to fit to another would put the luck of one seed into the parameters. Past years of the
library have no swing anyway (``demand.year_swing``).
"""

from __future__ import annotations

from scenarios.files.load import Scenario

_SWING = "demand.year_swing"


def expected_year(scenario: Scenario) -> Scenario:
    """The scenario without the swing of demand from year to year; chance within the year stays."""
    return scenario.with_values({_SWING: 0.0})
