"""One centre with constant calls and agents, simulated until its averages are sharp, beside the formulas.

The run starts empty and is not counted until it has forgotten that. The rest is cut into batches of time; as a batch is
much longer than the queue's memory, the batches are nearly independent, and their spread gives the intervals (batch
means). A share of calls is a ratio of two sums: the batches' deviations from the whole ratio tell how many independent
calls the calls are worth, and so many give a Wilson interval, which stays open at 0 and 1. Where too few calls fell out
of the share to tell, losses are taken to come in bursts as long as the queue's memory.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtri
from scipy.stats import t as student

from sim.calendar import Floats
from sim.contact.erlang import Long, long_run
from sim.message import Message
from sim.streams import Streams

BATCHES = 30
CONFIDENCE = 0.95
_TIMES = float(student.ppf((1 + CONFIDENCE) / 2, BATCHES - 1))
_TAIL = (1 - CONFIDENCE) / 2
WITHIN_MINUTES = 20 / 60
WARM_UP_TIMES = 10
"""Relaxation times of warm-up: what is left of the empty start is a factor exp(-10), less than 1 in 20,000."""
BATCH_TIMES = 5
"""Relaxation times that a batch lasts at least; neighbours then share little."""
BATCH_CALLS = 10
"""Calls that a batch expects at least."""
ENOUGH = 100
"""Bursts of lost calls, or of waits, whose spread can be trusted."""
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


def mistakes(rate: float, handle: float, patience: float | None, seats: int, hours: float) -> list[tuple[str, Message]]:
    """What cannot be simulated: the name of an argument, and the rule with the value; nothing if all can."""
    found = []
    ranges = {"rate": (rate, 1e-6, 1e6), "handle": (handle, 1e-3, 1e6), "hours": (hours, 1e-3, 1e9)}
    for name, (value, least, most) in ranges.items():
        if not least <= value <= most:  # false of a number that is none, too
            ends = {"least": least, "most": most, "value": value}
            found.append((name, Message("must be from {least:g} to {most:,.0f}, not {value:g}", **ends)))
    if patience is not None and not (patience == 0 or 1e-3 <= patience <= 1e6):
        found.append(("patience", Message("must be 0 or from 0.001 to 1,000,000, not {value:g}", value=patience)))
    if not 1 <= seats <= MOST_SEATS:
        found.append(("seats", Message("must be from 1 to {most:,}, not {value:g}", most=MOST_SEATS, value=seats)))
    return found or _too_much_or_little(_Centre(rate, handle, patience, seats, hours))


def calls_of(rate: float, handle: float, patience: float | None, seats: int, hours: float) -> float:
    """How many calls ``simulate`` simulates, about, those included that come before it counts."""
    return rate * (60 * hours + warm_up(rate, handle, patience, seats))


def _too_much_or_little(centre: _Centre) -> list[tuple[str, Message]]:
    load = centre.rate * centre.handle
    if centre.patience is None and load >= centre.seats:
        rule = Message(
            "must be above rate x handle = {load:g} if callers wait for ever, not {seats}: "
            "the line would grow without end",
            load=load,
            seats=centre.seats,
        )
        return [("seats", rule)]
    batch = _least_batch(centre)
    before, least = warm_up(centre.rate, centre.handle, centre.patience, centre.seats), BATCHES * batch / 60
    most = (MOST_CALLS / centre.rate - before) / 60
    if most < least:
        # the line of a centre that can just keep up, and callers who wait almost for ever, forget slowly
        rule = Message(
            "and patience let the queue remember its past for {batch:,.0f} minutes: no number of hours is both long "
            "beside that and below {most:,.0f} calls; take more seats or less patience",
            batch=batch / BATCH_TIMES,
            most=MOST_CALLS,
        )
        return [("seats", rule)]
    if centre.hours > most:
        calls = calls_of(centre.rate, centre.handle, centre.patience, centre.seats, centre.hours)
        rule = Message(
            "must be fewer: {hours:g} hours need {calls:,.0f} calls, above {most:,.0f}; at most {fit:,.0f} hours",
            hours=centre.hours,
            calls=calls,
            most=MOST_CALLS,
            fit=math.floor(most),
        )
        return [("hours", rule)]
    if centre.hours < least:
        rule = Message(
            "must be at least {least:g} for {batches} batches of {batch:.3g} minutes, each long beside the queue's "
            "memory, not {hours:g}",
            least=math.ceil(least * 10) / 10,
            batches=BATCHES,
            batch=batch,
            hours=centre.hours,
        )
        return [("hours", rule)]
    return []


def _least_batch(centre: _Centre) -> float:
    """Minutes."""
    return max(BATCH_TIMES * _relaxation(centre), BATCH_CALLS / centre.rate)


def warm_up(rate: float, handle: float, patience: float | None, seats: int) -> float:
    """Minutes simulated before counting: ``WARM_UP_TIMES`` times the time in which the queue forgets its start."""
    return WARM_UP_TIMES * _relaxation(_Centre(rate, handle, patience, seats, 0.0))


def _relaxation(centre: _Centre) -> float:
    """Minutes in which a disturbance of the queue shrinks by a factor e, a little too long rather than too short.

    Calls in service change at the pace of a handle time. A line drains at the pace of patience, or, if agents can keep
    up, in 1 / (sqrt(n / handle) - sqrt(rate))^2 minutes, whichever is shorter (Blanc and van Doorn, *Relaxation times
    for queueing systems*, 1986).
    """
    return max(centre.handle, _line(centre))


def _line(centre: _Centre) -> float:
    """The same of the line alone, without the calls in service."""
    line = math.inf if centre.patience is None else centre.patience
    spare = math.sqrt(centre.seats / centre.handle) - math.sqrt(centre.rate)
    return min(line, spare**-2) if spare > 0 else line


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
        answered_share=_share(centre, sums.answered, sums.offered, theory.answered),
        mean_wait_s=_mean_wait(centre, 60 * sums.waited, sums.offered, 60 * theory.wait),
        within_20s_share=_share(centre, sums.soon, sums.offered, theory.within),
        utilisation=_measure(sums.busy, centre.seats * minutes, theory.utilisation, 1.0),
    )


def _measure(above: Floats, below: Floats, theory: float, most: float = math.inf) -> Measure:
    """The ratio of two sums over batches, with an interval that stays within 0 to ``most``."""
    value = float(above.sum() / below.sum())
    reach = _TIMES * _error(above, below)
    value = min(value, most)
    return Measure(value, max(value - reach, 0.0), min(value + reach, most), theory)


def _share(centre: _Centre, part: Floats, calls: Floats, theory: float) -> Measure:
    """A share of calls with its Wilson interval (Wilson 1927), on as many calls as they are worth."""
    total = float(calls.sum())
    value = float(part.sum()) / total
    worth = total / _burst(centre, part, calls, theory)
    low, high = wilson(value, worth, _TIMES)
    return Measure(value, low, high, theory)


def wilson(share: float, trials: float, times: float) -> tuple[float, float]:
    """The interval of a probability of which ``share`` was seen in ``trials``; ``times`` as of a normal law."""
    squared = times**2 / trials
    centre = (share + squared / 2) / (1 + squared)
    half = math.sqrt(share * (1 - share) * squared + squared**2 / 4) / (1 + squared)
    return max(centre - half, 0.0) if share else 0.0, min(centre + half, 1.0) if share < 1 else 1.0


def _burst(centre: _Centre, part: Floats, calls: Floats, theory: float) -> float:
    """How many calls are worth one independent call: more than one, as calls fall out of a share in bursts.

    As many as the batches' spread tells. Where that rests on few bursts, not fewer than the formula lets expect: the
    calls in a line's memory, before and after, times the probability that one that must wait falls out. That is too
    low by up to a quarter, so that it is raised by a third.
    """
    total, value = float(calls.sum()), float(part.sum() / calls.sum())
    waits = _waits(centre)
    out = min((1 - theory) / waits, 1.0) if waits > 0 else 1.0
    least = 1 + 2 * centre.rate * _memory(centre) * out * 4 / 3
    if not 0 < value < 1:
        return least
    seen = max(_error(part, calls) ** 2 / (value * (1 - value) / total), 1.0)
    return seen if min(value, 1 - value) * total > ENOUGH * seen else max(seen, least)


def _mean_wait(centre: _Centre, waited: Floats, calls: Floats, theory: float) -> Measure:
    """Seconds that callers wait. Waits come in bursts, so that their sum varies as a number of bursts does (Poisson's).

    With many of them that is the interval from the batches' spread; with few it is wider, and open at 0 where nobody
    waited. A wait is as good as exponential, and says little that others of its burst do not.
    """
    plain = _measure(waited, calls, theory)
    total = float(calls.sum())
    likely = total * _waits(centre) / (2 * (1 + 2 * centre.rate * _memory(centre)))
    seen = (plain.value / error) ** 2 if (error := _error(waited, calls)) > 0 else likely
    if theory == 0 or min(seen, likely) > ENOUGH:
        return plain
    bursts = min(seen, likely)
    if plain.value == 0:
        return Measure(0.0, 0.0, theory / likely * float(chdtri(1, _TAIL)) / 2, theory)
    low, high = (
        float(chdtri(2 * number, tail)) / 2 / bursts for number, tail in ((bursts, 1 - _TAIL), (bursts + 1, _TAIL))
    )
    return Measure(plain.value, plain.value * low, plain.value * high, theory)


def _waits(centre: _Centre) -> float:
    """The share of callers who find no idle agent, by the formula."""
    return 1 - long_run(centre.rate, centre.handle, centre.patience, centre.seats, 0.0).within


def _memory(centre: _Centre) -> float:
    """Minutes for which a line, or that all agents are busy, is remembered."""
    drain = centre.seats / centre.handle - centre.rate
    busy = min(1 / drain, centre.handle) if drain > 0 else centre.handle
    return _line(centre) if centre.patience != 0 else busy


def _error(above: Floats, below: Floats) -> float:
    """Standard error of the ratio of two sums over batches."""
    deviations = (above - above.sum() / below.sum() * below) / below.mean()
    return math.sqrt(float((deviations**2).sum()) / (BATCHES - 1) / BATCHES)
