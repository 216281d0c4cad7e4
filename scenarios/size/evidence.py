"""In how many replications targets held: of the fresh ones at the steps bought, of the search's at today's levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.size.direction import Key
from scenarios.size.problem import Problem
from scenarios.size.record import Evidence, Held
from scenarios.size.today import Today
from sim.calendar import RUN
from sim.streams import Ints

EVERY_YEAR = RUN

Years = dict[str, Evidence]
"""By fiscal year."""


@dataclass(frozen=True)
class FreshEvidence:
    """What fresh replications need: ``steps`` by group and fiscal year, ``said`` as they wrote it down."""

    said: Sequence[Mapping[str, Any]]
    steps: Mapping[Key, Ints]
    problem: Problem

    def at(self, bought: Mapping[Key, int]) -> tuple[Years, Held]:
        """By fiscal year, and for all of them together, in how many the targets held at some steps.

        Of a target alone a replication that falls short counts as held where the target was met one step below what all
        of its group need together.
        """
        short = {key: self.steps[key] > bought[key] for key in self.steps}
        periods = list(dict.fromkeys(period for _, period in self.steps))
        found, every = dict[str, Evidence](), np.ones(len(self.said), dtype=np.bool_)
        for period in periods:
            own = {name: missed for (name, year), missed in short.items() if year == period}
            together = ~np.any(list(own.values()), axis=0)
            every &= together
            found[period] = self._alone(Held.counted(period, int(together.sum()), len(self.said)), own)
        return found, Held.counted(EVERY_YEAR, int(every.sum()), len(self.said))

    def _alone(self, together: Held, short: Mapping[str, np.ndarray]) -> Evidence:
        missed, causes, period = Counter[str](), Counter[str](), together.period
        for name, which in short.items():
            for place in np.flatnonzero(which).tolist():
                each = self.said[place]
                missed.update(each["missed"][name].get(period, []))
                causes.update(filter(None, [each["short_of"][name].get(period)]))
        targets = self.problem.targets
        idle = (one for one in targets if all(one in each["not_tested"].get(period, []) for each in self.said))
        held = {target: together.of - missed[target] for target in targets}
        return Evidence(**vars(together), targets=held, not_tested=tuple(idle), short_of=_most(causes))


def of_today(today: Today) -> tuple[Years, Held]:
    """The same of the replications of the search, with today's levels."""
    of = len(today.said)
    found = {}
    for period in today.said[0]:
        said = [each[period] for each in today.said]
        targets = said[0].met
        together = Held.counted(period, sum(judged.together for judged in said), of)
        found[period] = Evidence(
            **vars(together),
            targets={target: sum(judged.met[target] is True for judged in said) for target in targets},
            not_tested=tuple(target for target in targets if all(judged.met[target] is None for judged in said)),
            short_of=_most(Counter(judged.short_of for judged in said if judged.short_of)),
        )
    every = sum(all(judged.together for judged in each.values()) for each in today.said)
    return found, Held.counted(EVERY_YEAR, every, of)


def _most(causes: Counter[str]) -> str | None:
    return causes.most_common(1)[0][0] if causes else None
