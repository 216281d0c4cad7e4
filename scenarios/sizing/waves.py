"""What the replications need of one resource, in waves: first those that theory expects to need most.

A plan gives up a few replications at most, so that of those that need little it need not be known how little. The
first wave is searched from where theory expects the answer; what it found corrects theory for the second, and both for
the rest. Nobody is searched below the level that too many are already known to need, and of the rest those that stay
clearly below it, by theory so corrected, are not searched at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scenarios.experiment import do_missing
from scenarios.sizing.choose import NEVER
from scenarios.sizing.scales import Scale
from scenarios.sizing.search import Hands, Search, SearchJob
from sim.streams import Floats, Ints

_FIRST, _SECOND = 2, 6
"""Replications of the first two waves; the second is larger where many may be given up."""
_BEYOND_SPARE = 4
"""The second wave has at least so many more than may be given up."""
_OFF = (0.05, 0.02, 0.01)
"""Share by which the level expected may well be off, wave by wave."""
_ENOUGH_TO_KNOW = 3
_SCATTER_UNKNOWN = 1.1
"""How far above the level expected a need may lie, as long as fewer replications tell."""
_BESIDES = 1.01
"""So much more than that, to be on the safe side."""

Expectations = Mapping[str, Floats]
"""Fiscal year -> the level that theory expects each replication to need."""
Prepare = Callable[[Sequence[int]], None]
"""Have ready what a search of some replications rests on."""


@dataclass(frozen=True)
class _Theory:
    """What is known of theory in one fiscal year.

    Needs lie at ``correction`` times the level expected, in the middle, and at ``scatter`` times that at the most.
    """

    correction: float = 1.0
    scatter: float = _SCATTER_UNKNOWN


def search_in_waves(
    search: Search, expected: Expectations, numbers: Sequence[int], spare: int, prepare: Prepare, hands: Hands
) -> dict[str, Ints]:
    """Least rungs by fiscal year, in the order of ``numbers``; ``NEVER`` where no rung will do.

    A rung is exact where it lies above the one that all but ``spare`` replications can do with; lower ones may be even
    lower.

    Args:
        search: its floors are not looked at.
        expected: by theory.
        numbers: the replications.
        spare: so many of them may be given up, at the most.
        prepare: called with those about to be searched.
        hands: who does it.
    """
    scales = search.scales[search.path]
    needs = {period: np.zeros(len(numbers), dtype=np.int64) for period in scales}
    exact = {period: np.zeros(len(numbers), dtype=np.bool_) for period in scales}
    known: list[int] = []
    waves = _waves(expected, len(numbers), spare)
    for wave, off in zip(waves, _OFF, strict=True):
        floors = {period: _floor(needs[period][known], spare, scale.top) for period, scale in scales.items()}
        theories = {
            period: _learnt(needs[period][exact[period]], expected[period][exact[period]], scale)
            for period, scale in scales.items()
        }
        last = wave is waves[-1]
        asked = [place for place in wave if not last or _may_exceed(place, floors, theories, expected, scales)]
        below = sorted(set(wave) - set(asked))
        prepare([numbers[place] for place in asked])
        found = _searched(replace(search, floors=floors), theories, expected, asked, numbers, off, hands)
        for place in below:
            hands.on_done(replace(search.task(numbers[place]), simulated=False))
        for period, floor in floors.items():
            needs[period][asked], needs[period][below] = found[period], floor
            exact[period][asked] = (found[period] > floor) & (found[period] < NEVER)
        known += wave
    return needs


def _waves(expected: Expectations, count: int, spare: int) -> list[list[int]]:
    """The replications by place, those that theory expects to need most first; each wave in order of place."""
    relative = [levels / levels.mean() for levels in expected.values() if levels.any()]
    order = np.argsort(-np.sum(relative, axis=0), kind="stable").tolist() if relative else list(range(count))
    second = _FIRST + max(_SECOND, spare + _BEYOND_SPARE)
    return [sorted(order[:_FIRST]), sorted(order[_FIRST:second]), sorted(order[second:])]


def _floor(found: Ints, spare: int, top: int) -> int:
    """The rung that more than ``spare`` replications are known to need: none below it will do."""
    return min(int(np.sort(found)[-1 - spare]), top) if len(found) > spare else 0


def _learnt(needs: Ints, expected: Floats, scale: Scale) -> _Theory:
    ratios = np.array([scale.level(int(rung)) for rung in needs]) / np.maximum(expected, 1e-9)
    ratios = ratios[expected > 0]
    if not len(ratios):
        return _Theory()
    correction = float(np.median(ratios))
    scatter = float(ratios.max()) / correction
    return _Theory(correction, scatter if len(ratios) >= _ENOUGH_TO_KNOW else max(scatter, _SCATTER_UNKNOWN))


def _may_exceed(
    place: int,
    floors: Mapping[str, int],
    theories: Mapping[str, _Theory],
    expected: Expectations,
    scales: Mapping[str, Scale],
) -> bool:
    """Whether a replication may need more than the floor in some year; always where theory expects nothing at all."""
    for period, theory in theories.items():
        level = float(expected[period][place])
        most = level * theory.correction * theory.scatter * _BESIDES
        if level == 0 or most > scales[period].level(floors[period]):
            return True
    return False


def _searched(
    search: Search,
    theories: Mapping[str, _Theory],
    expected: Expectations,
    places: Sequence[int],
    numbers: Sequence[int],
    off: float,
    hands: Hands,
) -> dict[str, Ints]:
    """What some of the replications need, those known from an earlier search included."""
    scales = search.scales[search.path]
    jobs = []
    for place in places:
        starts = {
            period: scale.rung(float(expected[period][place]) * theories[period].correction)
            for period, scale in scales.items()
        }
        jobs.append(SearchJob(search, search.task(numbers[place]), starts, off))
    do_missing(jobs, lambda job: search.known(job.task.replication) is not None, hands.workers, hands.on_done)
    known = [search.known(job.task.replication) or {} for job in jobs]
    return {
        period: np.array([NEVER if (rung := each[period]) is None else rung for each in known], dtype=np.int64)
        for period in scales
    }
