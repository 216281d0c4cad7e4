"""One centre with constant calls and agents, simulated until its averages are sharp, beside the formulas.

The run starts empty and is not counted until it has forgotten that. The rest is cut into batches of time; as a batch is
much longer than the queue's memory, the batches are nearly independent, and their spread gives the intervals (batch
means). A share of calls is a ratio of two sums: its interval comes from the batches' deviations from the whole ratio.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student

from sim.calendar import Floats
from sim.contact.erlang import Long, long_run
from sim.streams import Streams

BATCHES = 30
CONFIDENCE = 0.95
WITHIN_MINUTES = 20 / 60
WARM_UP_TIMES = 10
"""Relaxation times of warm-up: what is left of the empty start is a factor exp(-10), less than 1 in 20,000."""
BATCH_TIMES = 5
"""Relaxation times that a batch lasts at least; neighbours then share little."""
BATCH_CALLS = 10
"""Calls that a batch expects at least."""
MOST_CALLS = 2e9
MOST_SEATS = 1_000_000
_CHUNK = 1 << 15  # calls drawn and served at a time: memory stays the same however long the run


@dataclass(frozen=True)
class Measure:
    """A simulated average with its 95 % interval, and what the formula says."""

    value: float
    low: float
    high: float
    theory: float


@dataclass(frozen=True)
class Steady:
    """The five figures of a centre in its long run."""

    offered: Measure
    """Calls in the counted hours."""
    answered_share: Measure
    mean_wait_s: Measure
    """Seconds, of all callers; those who leave count until they leave."""
    within_20s_share: Measure
    """Answered within 20 seconds, of all offered."""
    utilisation: Measure
    """Share of their time that agents serve."""


@dataclass(frozen=True)
class _Centre:
    rate: float
    handle: float
    patience: float | None
    seats: int
    hours: float


def simulate(rate: float, handle: float, patience: float | None, seats: int, hours: float, seed: int) -> Steady:
    """Simulate ``hours`` of Poisson calls, ``rate`` a minute, with exponential handle time and patience (mean minutes).

    ``patience`` ``None``: callers wait for ever; 0: who finds no idle agent leaves. The same arguments give the same
    figures. Raises ``ValueError`` with what ``mistakes`` says.
    """
    wrong = mistakes(rate, handle, patience, seats, hours)
    if wrong:
        raise ValueError("; ".join(f"{name} {said}" for name, said in wrong))
    centre = _Centre(rate, handle, patience, seats, hours)
    theory = long_run(rate, handle, patience, seats, WITHIN_MINUTES)
    return _measured(centre, _batches(centre, Streams(seed, 0)), theory)


def mistakes(rate: float, handle: float, patience: float | None, seats: int, hours: float) -> list[tuple[str, str]]:
    """What cannot be simulated: the name of an argument, and the rule with the value; nothing if all can."""
    found = []
    ranges = {"rate": (rate, 1e-6, 1e6), "handle": (handle, 1e-3, 1e6), "hours": (hours, 1e-3, 1e9)}
    for name, (value, least, most) in ranges.items():
        if not least <= value <= most:  # false of a number that is none, too
            found.append((name, f"must be from {least:g} to {most:,.0f}, not {value:g}"))
    if patience is not None and not (patience == 0 or 1e-3 <= patience <= 1e6):
        found.append(("patience", f"must be 0 or from 0.001 to 1,000,000, not {patience:g}"))
    if not 1 <= seats <= MOST_SEATS:
        found.append(("seats", f"must be from 1 to {MOST_SEATS:,}, not {seats}"))
    return found or _too_much_or_little(_Centre(rate, handle, patience, seats, hours))


def _too_much_or_little(centre: _Centre) -> list[tuple[str, str]]:
    load = centre.rate * centre.handle
    if centre.patience is None and load >= centre.seats:
        rule = f"must be above rate x handle = {load:g} if callers wait for ever, not {centre.seats}"
        return [("seats", f"{rule}: the line would grow without end")]
    calls = centre.rate * (60 * centre.hours + warm_up(centre.rate, centre.handle, centre.patience, centre.seats))
    if calls > MOST_CALLS:
        return [("hours", f"must be fewer: {centre.hours:g} hours need {calls:,.0f} calls, above {MOST_CALLS:,.0f}")]
    batch = max(BATCH_TIMES * _relaxation(centre), BATCH_CALLS / centre.rate)
    least = BATCHES * batch / 60
    if centre.hours < least:
        needs = f"{BATCHES} batches of {batch:.3g} minutes, each long beside the queue's memory"
        return [("hours", f"must be at least {math.ceil(least * 10) / 10:g} for {needs}, not {centre.hours:g}")]
    return []


def warm_up(rate: float, handle: float, patience: float | None, seats: int) -> float:
    """Minutes simulated before counting: ``WARM_UP_TIMES`` times the time in which the queue forgets its start."""
    return WARM_UP_TIMES * _relaxation(_Centre(rate, handle, patience, seats, 0.0))


def _relaxation(centre: _Centre) -> float:
    """Minutes in which a disturbance of the queue shrinks by a factor e, a little too long rather than too short.

    Calls in service change at the pace of a handle time. A line drains at the pace of patience, or, if agents can keep
    up, in 1 / (sqrt(n / handle) - sqrt(rate))^2 minutes, whichever is shorter (Blanc and van Doorn, *Relaxation times
    for queueing systems*, 1986).
    """
    line = math.inf if centre.patience is None else centre.patience
    spare = math.sqrt(centre.seats / centre.handle) - math.sqrt(centre.rate)
    if spare > 0:
        line = min(line, spare**-2)
    return max(centre.handle, line)


@dataclass
class _Sums:
    """A number a batch."""

    offered: Floats
    answered: Floats
    waited: Floats
    soon: Floats
    busy: Floats


def _batches(centre: _Centre, streams: Streams) -> _Sums:
    """Draw calls, serve them and add them up by the batch in which they ring, agents' time by when it passes."""
    from sim.contact.fast import idle, serve

    start = warm_up(centre.rate, centre.handle, centre.patience, centre.seats)
    edges = start + np.linspace(0.0, 60 * centre.hours, BATCHES + 1)
    arrivals, handles, patiences = (streams.generator(f"queue {name}") for name in ("arrivals", "handle", "patience"))
    sums = _Sums(*(np.zeros(BATCHES) for _ in range(5)))
    free, now = idle(centre.seats), 0.0
    while now < edges[-1]:
        time = now + np.cumsum(arrivals.exponential(1 / centre.rate, _CHUNK))
        handle = handles.exponential(centre.handle, _CHUNK)
        if centre.patience is None:
            patience = np.full(_CHUNK, np.inf)
        else:
            patience = patiences.exponential(centre.patience, _CHUNK)
        _add(sums, edges, time, handle, patience, serve(free, centre.seats, time, handle, patience))
        now = float(time[-1])
    return sums


def _add(sums: _Sums, edges: Floats, time: Floats, handle: Floats, patience: Floats, wait: Floats) -> None:
    answered = np.isfinite(wait)
    waited = np.where(answered, wait, patience)
    rows = np.searchsorted(time, edges)

    def by_batch(values: Floats) -> Floats:
        return np.diff(np.concatenate([[0.0], np.cumsum(values)])[rows])

    sums.offered += np.diff(rows)
    sums.answered += by_batch(answered.astype(np.float64))
    sums.waited += by_batch(waited)
    sums.soon += by_batch((wait <= WITHIN_MINUTES).astype(np.float64))
    begin, length = (time + waited)[answered], handle[answered]
    sums.busy += np.diff(_served_until(edges, begin, length))


def _served_until(edges: Floats, begin: Floats, length: Floats) -> Floats:
    """Agent-minutes served before each edge."""
    if not len(begin):
        return np.zeros(len(edges))
    served = np.where(edges <= begin.min(), 0.0, length.sum())
    for k in np.flatnonzero((edges > begin.min()) & (edges < (begin + length).max())):
        served[k] = np.clip(edges[k] - begin, 0.0, length).sum()
    return served


def _measured(centre: _Centre, sums: _Sums, theory: Long) -> Steady:
    minutes = np.full(BATCHES, 60 * centre.hours / BATCHES)
    expected = centre.rate * 60 * centre.hours
    return Steady(
        offered=_measure(sums.offered, np.full(BATCHES, 1 / BATCHES), expected),
        answered_share=_measure(sums.answered, sums.offered, theory.answered, 1.0),
        mean_wait_s=_measure(60 * sums.waited, sums.offered, 60 * theory.wait),
        within_20s_share=_measure(sums.soon, sums.offered, theory.within, 1.0),
        utilisation=_measure(sums.busy, centre.seats * minutes, theory.utilisation, 1.0),
    )


def _measure(above: Floats, below: Floats, theory: float, most: float = math.inf) -> Measure:
    """The ratio of two sums over batches, with an interval that stays within 0 to ``most``."""
    value = float(above.sum() / below.sum())
    deviations = (above - value * below) / below.mean()
    error = math.sqrt(float((deviations**2).sum()) / (BATCHES - 1) / BATCHES)
    reach = float(student.ppf((1 + CONFIDENCE) / 2, BATCHES - 1)) * error
    value = min(value, most)
    return Measure(value, max(value - reach, 0.0), min(value + reach, most), theory)
