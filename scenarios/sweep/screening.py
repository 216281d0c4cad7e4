"""Which assumptions drive each target: Morris over all, one at a time for the drivers, Sobol over the few if asked.

Every uncertain parameter is fixed, and all points meet the same luck, so that only the input moves the output.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.compare.compared import Key
from scenarios.experiment.paired import paired
from scenarios.files.load import Scenario
from scenarios.run.judge import largest
from scenarios.sweep.design import Input, Spot, moved, number_on
from scenarios.sweep.record import Change, Doubt, Drawn, Effect, Points, Response, Screened, Share, Swing
from scenarios.sweep.responses import Answers, responses, yearly
from scenarios.sweep.sensitivity import morris_design, morris_effects, sobol_design, sobol_shares
from sim.streams import Floats

TRAJECTORIES = 8
"""Of Morris' design, by default; each costs one point more than there are inputs."""
SCREEN_REPLICATIONS = 2
"""Of each point of a design, by default: all meet the same luck, so few will do."""
SWING_REPLICATIONS = 5
"""Of each low and high value of a driver, at least: the interval of an effect comes from them."""
MOST_DRIVERS = 8
"""Inputs that are looked at one at a time."""
MOST_SHARED = 5
"""Inputs that Sobol's indices are worked out for."""
SOBOL_SAMPLES = 64
"""Of Saltelli's design; it has ``samples * (inputs + 2)`` points."""
LEAST_SHARE = 0.1
"""An input drives a target if its mu* is at least this share of the largest one."""
MATERIAL = 0.001
"""A target that no input moves by this share of its own value is not driven by any."""


@dataclass(frozen=True)
class Ask:
    """Points to simulate next, how many replications of each, and how many there may be later at most."""

    design: str
    spots: Sequence[Spot]
    replications: int
    later: int = 0


@dataclass(frozen=True)
class Asked:
    """How to screen."""

    trajectories: int = TRAJECTORIES
    replications: int = SCREEN_REPLICATIONS
    seed: int = 1
    sobol: bool = False


Findings = tuple[list[Doubt], Points | Screened | Drawn]
"""Of each target the year in doubt, and what is found by a design."""
Steps = Generator[Ask, tuple[list[Answers], list[Doubt]], Findings]
"""Asks for points and is sent what they say, and of each target the year in doubt; returns these and what is found."""


def screen(scenario: Scenario, inputs: Sequence[Input], how: Asked) -> Steps:
    """Screen the inputs."""
    drivers = min(len(inputs), MOST_DRIVERS)
    few = min(len(inputs), MOST_SHARED)
    swing_replications = max(how.replications, SWING_REPLICATIONS)
    sobol_runs = SOBOL_SAMPLES * (few + 2) * how.replications if how.sobol else 0
    swing_runs = (2 * drivers + 1) * swing_replications

    positions = morris_design(len(inputs), how.trajectories, how.seed)
    spots = [moved(scenario, inputs, row, how.seed) for row in positions.tolist()]
    told, doubts = yield Ask("morris", spots, how.replications, swing_runs + sobol_runs)
    effects = _effects(inputs, positions, told, how.seed)
    kept = _drivers(effects, doubts)
    chosen = [own for own in inputs if own.path in kept]

    ends = [moved(scenario, [], [], how.seed)]
    ends += [moved(scenario, [own], [place], how.seed) for own in chosen for place in own.told_at]
    told, _ = yield Ask("one_at_a_time", ends, swing_replications, sobol_runs)
    swings = _swings(scenario, chosen, told)

    shares: tuple[Share, ...] | None = None
    if how.sobol:
        few_inputs = [own for own in chosen if own.path in kept[:MOST_SHARED]]
        shares = yield from _sobol(scenario, few_inputs, how)
    return doubts, Screened(tuple(kept), swing_replications, tuple(effects), tuple(swings), shares)


def _sobol(
    scenario: Scenario, inputs: Sequence[Input], how: Asked
) -> Generator[Ask, tuple[list[Answers], list[Doubt]], tuple[Share, ...]]:
    if not inputs:
        return ()
    positions = sobol_design(len(inputs), SOBOL_SAMPLES, how.seed)
    spots = [moved(scenario, inputs, row, how.seed) for row in positions.tolist()]
    told, _ = yield Ask("sobol", spots, how.replications)
    found = []
    for key, values in _outputs(told).items():
        shares = sobol_shares(len(inputs), values, how.seed)
        for own, shared in zip(inputs, shares or [], strict=bool(shares)):
            found.append(Share(own.path, *key, **vars(shared)))
    return tuple(found)


def _outputs(told: Sequence[Answers]) -> dict[Key, Floats]:
    """Of every target by year the mean over replications at each point, if all points have a value."""
    found = {}
    for key, first in told[0][0].items():
        if not yearly(key) or first.met is None:
            continue
        means = [_mean(key, answers) for answers in told]
        if None not in means:
            found[key] = np.array(means, dtype=np.float64)
    return found


def _mean(key: Key, answers: Answers) -> float | None:
    values = [told[key].value for told in answers]
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if len(known) == len(values) else None


def _effects(inputs: Sequence[Input], positions: Floats, told: Sequence[Answers], seed: int) -> list[Effect]:
    found = []
    for key, values in _outputs(told).items():
        screened = morris_effects(positions, values, seed)
        size = float(np.abs(values).mean())
        material = max(one.mu_star for one in screened) >= MATERIAL * size and size > 0
        for own, one in zip(inputs, screened, strict=True):
            found.append(Effect(own.path, *key, **vars(one), material=material))
    return found


def _drivers(effects: Sequence[Effect], doubts: Sequence[Doubt]) -> list[str]:
    """Paths that drive some target in its year in doubt, the largest first, target by target in turn.

    Targets met at some points and missed at others come first.
    """
    ranked = []
    for doubt in sorted(doubts, key=lambda doubt: doubt.settled):
        own = [row for row in doubt.of(effects) if row.material]
        most = max((row.mu_star for row in own), default=0.0)
        driving = [row for row in own if row.mu_star >= LEAST_SHARE * most and row.mu_star > 0]
        ranked.append([row.path for row in sorted(driving, key=lambda row: -row.mu_star)])
    longest = max(map(len, ranked), default=0)
    turns = [paths[turn] for turn in range(longest) for paths in ranked if turn < len(paths)]
    return list(dict.fromkeys(turns))[:MOST_DRIVERS]


def _swings(scenario: Scenario, chosen: Sequence[Input], told: Sequence[Answers]) -> list[Swing]:
    """What each driver does where it is low and where it is high, all others at their middle: paired differences."""
    middle = told[0]
    found = []
    for place, own in enumerate(chosen):
        low, high = told[1 + 2 * place], told[2 + 2 * place]
        least, most = (own.number(position) for position in own.told_at)
        number = number_on(scenario, own.path, scenario.parameters.start)
        at = {end: _rows(answers) for end, answers in (("low", low), ("middle", middle), ("high", high))}
        for key, first in middle[0].items():
            if not yearly(key) or first.met is None:
                continue
            ends = [at[end][key[:2]] for end in ("low", "middle", "high")]
            values, met = zip(*((one.value, one.met) for one in ends), strict=True)
            effects = (_difference(key, *pair) for pair in ((low, middle), (high, middle), (high, low)))
            inputs = own.beyond, least, number, most
            found.append(Swing(own.path, *key, *inputs, *values, *met, *effects))
    return found


def _rows(answers: Answers) -> dict[tuple[str, str], Response]:
    return {(row.id, row.period): row for row in responses(answers)}


def _difference(key: Key, answers: Answers, against: Answers) -> Change | None:
    """Mean and 95 % t interval of the differences, replication by replication."""
    own, other = ([told[key].value for told in side] for side in (answers, against))
    found = paired(own, other, largest(key[2]))
    if found is None:
        return None
    return Change(found.mean, *found.interval())
