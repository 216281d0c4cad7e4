"""How persons and cards pass on from day to day by expectation: the laws of ``sim.couplings`` without chance."""

from __future__ import annotations

import numpy as np

from sim.streams import Floats


def after(cause: Floats, rate: Floats, days: Floats, weight: Floats) -> Floats:
    """The effects by day of a share of a cause, so many days later on average (``geometric``), by a daily weight."""
    due, pending = np.zeros_like(cause), 0.0
    sent, chance = (cause * np.minimum(rate, 1.0)).tolist(), np.minimum(weight / days, 1.0).tolist()
    for day, (more, now) in enumerate(zip(sent, chance, strict=True)):
        due[day] = pending * now
        pending += more - due[day]
    return due


def while_standing(stock: Floats, rate: Floats, days: Floats, weight: Floats) -> Floats:
    """Who of a stock acts, once each, after so many days in it on average (``while``)."""
    due, acted, before = np.zeros_like(stock), 0.0, 0.0
    chance = np.minimum(weight / days, 1.0).tolist()
    for day, inside in enumerate(stock[:-1].tolist()):
        acted *= min(inside / before, 1.0) if before else 0.0
        due[day + 1] = max(inside * float(rate[day + 1]) - acted, 0.0) * chance[day + 1]
        acted, before = acted + due[day + 1], inside
    return due


def served(wanted: Floats, able: Floats) -> tuple[Floats, Floats]:
    """Who is served each day, first come first served, and who waits as it ends."""
    over = np.cumsum(wanted - able)
    waiting = over - np.minimum(np.minimum.accumulate(over), 0.0)
    return wanted - np.diff(waiting, prepend=0.0), waiting


def later(series: Floats, days: int) -> Floats:
    """The same so many days later."""
    return np.concatenate([np.zeros(days), series[: len(series) - days]])
