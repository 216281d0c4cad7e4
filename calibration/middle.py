"""The expected year: what a fit or a validation holds against published figures is no single year's luck of demand.

By chance alone, the demand of a fiscal year still swings around what is expected. A published year had one such swing,
which nobody knows; to fit to it, or to call it the model's value, would put that luck of one seed into the parameters.
"""

from __future__ import annotations

from scenarios.load import Scenario

_SWING = "demand.year_swing"


def expected_year(scenario: Scenario) -> Scenario:
    """The scenario without the swing of demand from year to year; chance within the year stays."""
    return scenario.with_values({_SWING: 0.0})
