"""Which targets have no word yet, and how many replications to have next so that they get one."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from scenarios.run.available import TARGET as AVAILABILITY
from scenarios.run.every_year import with_every_year
from scenarios.run.record import Decided, Undecided
from scenarios.run.statistic import EVERY_YEAR
from scenarios.run.words import replications_to_decide, word
from sim.calendar import RUN
from sim.targets import Statistic


def decided(replications: Sequence[Sequence[Statistic]], most: int) -> Decided:
    """Look at the verdict of every target: over all its fiscal years, or of the run where it has none.

    ``replications`` holds the statistics of each, in the same order. What was not tested waits for nothing, nor
    does availability: it is computed, or hangs on too few breakdowns to wait for.
    """
    found = []
    for same in _verdicts(replications):
        met = [one.met for one in same if one.met is not None]
        if word(met) == "undecided":
            needed = replications_to_decide(sum(met), len(met))
            found.append(Undecided(same[0].judged, same[0].period, sum(met), len(met), needed))
    return Decided(most, tuple(found))


def _verdicts(replications: Sequence[Sequence[Statistic]]) -> list[tuple[Statistic, ...]]:
    judged = (same for same in zip(*map(with_every_year, replications), strict=True) if same[0].decides)
    rows = [same for same in judged if same[0].target != AVAILABILITY]
    with_years = {(same[0].target, same[0].part) for same in rows if same[0].period == EVERY_YEAR}
    return [
        same
        for same in rows
        if same[0].period == EVERY_YEAR or (same[0].period == RUN and (same[0].target, same[0].part) not in with_years)
    ]


def next_count(replications: int, found: Decided) -> int:
    """How many replications to have next, in tens; as many as there are once all is decided, or the most.

    What the slowest would need if its share stayed, but at most twice as many: shares move.
    """
    if not found.undecided:
        return replications
    needed = [one.replications_to_decide or 2 * replications for one in found.undecided]
    tens = ceil(min(max(needed), 2 * replications) / 10) * 10
    return min(max(tens, replications + 1), found.most)
