"""Noise from the numbers of a stream, and whole numbers that follow a series without any."""

from __future__ import annotations

import numpy as np

from sim.streams import Floats, Ints


def whole_numbers(series: Floats) -> Ints:
    """Whole numbers whose running total stays within one half of that of a series."""
    running = np.floor(np.cumsum(series) + 0.5)
    return np.diff(running, prepend=0.0).astype(np.int64)


def correlated(normals: Floats, correlation: float) -> Floats:
    """A stationary first-order autoregression with unit variance from independent standard normals."""
    if len(normals) == 0:
        return normals
    series: Floats = normals * np.sqrt(1 - correlation**2)
    series[0] = normals[0]
    for i in range(1, len(series)):
        series[i] += correlation * series[i - 1]
    return series


def log_noise(normals: Floats, size: float, correlation: float) -> Floats:
    """Logarithm of noise about 1 by day: lognormal with mean 1, ``size`` its spread on the log scale."""
    return np.asarray(size * correlated(normals, correlation) - size**2 / 2)
