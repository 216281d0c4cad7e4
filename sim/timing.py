"""When holders act around an expiry: daily shares from the opening of the window to a year after."""

from __future__ import annotations

from functools import cache

import numpy as np

from sim.streams import Floats

DAYS_A_YEAR = 365.25
DAYS_A_MONTH = DAYS_A_YEAR / 12
LAST_LATE_DAY = 365


def in_time(window_days: int, mean_days: float) -> Floats:
    """Shares of in-time renewals by day of the window: a gamma law of shape 2 cut off at expiry."""
    day = np.arange(window_days) + 0.5
    weight = day * np.exp(-2 * day / mean_days)
    return np.asarray(weight / weight.sum())


def late(mean_days: float) -> Floats:
    """Shares of late renewals by day after expiry: an exponential law cut off after a year."""
    weight = np.exp(-(np.arange(LAST_LATE_DAY) + 0.5) / mean_days)
    return np.asarray(weight / weight.sum())


@cache
def _uniform(days: int) -> Floats:
    return np.full(days, 1 / days)


def over_birthdays(shares: Floats, days_in_month: int) -> Floats:
    """The same shares for a whole birth month: birthdays are uniform over its days."""
    return np.convolve(shares, _uniform(days_in_month))
