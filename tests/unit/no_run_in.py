"""Simulations without the year before their first reported day. No scenario may start so; most tests need no more."""

from sim.parameters import Parameters


def without_run_in(parameters: Parameters, months: int = 0) -> Parameters:
    """The same from the first reported month on, or from so many months before it."""
    opening = parameters.opening.model_copy(update={"run_in_months": months})
    return parameters.model_copy(update={"opening": opening})
