"""How much of the beginning of a series to leave out: MSER-5.

For stationary parts only: a queue with constant load, a counter with constant demand. A run over dated demand has no
steady state to wait for; it starts on history instead (``opening.run_in_months``).
"""

from __future__ import annotations

import numpy as np

from sim.calendar import Floats

GROUP = 5
"""Observations that are averaged before the rule looks at them."""
LEAST_GROUPS = 10


def mser5(series: Floats) -> int | None:
    """Observations to leave out at the beginning, a multiple of 5; None where the series is too short to tell.

    The series is averaged in groups of 5, Z_1 to Z_n (a rest below 5 is dropped). Of all cuts d up to n / 2 the one is
    taken that makes the squared standard error of the rest, as if its groups were independent, least:

        MSER(d) = sum over j > d of (Z_j - mean of the rest)^2 / (n - d)^2

    A least value at n / 2 itself says that the transient may not have ended, as the literature advises.

    Source: White, *An effective truncation heuristic for bias reduction in simulation output*, Simulation 69 (1997);
    groups of 5 after White, Cobb and Spratt, *A comparison of five steady-state truncation heuristics for simulation*,
    Winter Simulation Conference 2000.

    Args:
        series: one number a moment or interval, equally spaced; of one run, or the mean of several.

    Raises:
        ValueError: for a series with numbers that are none or infinite, or of more than one dimension.
    """
    values = np.asarray(series, dtype=np.float64)
    if values.ndim != 1 or not np.isfinite(values).all():
        raise ValueError("series must be finite numbers in one dimension")
    count = len(values) // GROUP
    if count < LEAST_GROUPS:
        return None
    groups = values[: count * GROUP].reshape(count, GROUP).mean(axis=1)
    groups = groups - groups[count // 2 :].mean()  # the same errors, but no digits lost where the mean is large
    left = np.arange(count, count - count // 2 - 1, -1)
    sums, squares = (np.cumsum(part[::-1])[::-1][: count // 2 + 1] for part in (groups, groups**2))
    errors = (squares - sums**2 / left) / left**2
    cut = int(errors.argmin())
    return None if cut == count // 2 else cut * GROUP
