"""In how many replications targets held: of the fresh ones at the steps bought, of the search's at today's levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.size.claims import interval
from scenarios.size.direction import Key
from scenarios.size.question import Question
from scenarios.size.today import Today
from sim.calendar import RUN
from sim.streams import Ints

EVERY_YEAR = RUN


def counted(period: str, held: int, of: int) -> dict[str, Any]:
    """A count with its share and 95 % interval."""
    low, high = interval(held, of)
    return {"period": period, "held": held, "of": of, "probability": held / of, "low": low, "high": high}


@dataclass(frozen=True)
class FreshEvidence:
    """What fresh replications need: ``steps`` by group and fiscal year, ``said`` as they wrote it down."""

    said: Sequence[Mapping[str, Any]]
    steps: Mapping[Key, Ints]
    question: Question

    def at(self, bought: Mapping[Key, int]) -> dict[str, dict[str, Any]]:
        """By fiscal year, and for all of them together, in how many the targets held at some steps.

        Of a target alone a replication that falls short counts as held where the target was met one step below what all
        of its group need together.
        """
        short = {key: self.steps[key] > bought[key] for key in self.steps}
        periods = list(dict.fromkeys(period for _, period in self.steps))
        found, every = {}, np.ones(len(self.said), dtype=np.bool_)
        for period in periods:
            own = {name: missed for (name, year), missed in short.items() if year == period}
            together = ~np.any(list(own.values()), axis=0)
            every &= together
            told = counted(period, int(together.sum()), len(self.said))
            found[period] = told | self._alone(period, own)
        found[EVERY_YEAR] = counted(EVERY_YEAR, int(every.sum()), len(self.said))
        return found

    def _alone(self, period: str, short: Mapping[str, np.ndarray]) -> dict[str, Any]:
        missed, causes = Counter[str](), Counter[str]()
        for name, which in short.items():
            for place in np.flatnonzero(which).tolist():
                each = self.said[place]
                missed.update(each["missed"][name].get(period, []))
                causes.update(filter(None, [each["short_of"][name].get(period)]))
        of = len(self.said)
        return {
            "targets": {target: of - missed[target] for target in self.question.targets},
            "not_tested": [
                target
                for target in self.question.targets
                if all(target in each["not_tested"].get(period, []) for each in self.said)
            ],
            "short_of": causes.most_common(1)[0][0] if causes else None,
        }


def of_today(today: Today) -> dict[str, dict[str, Any]]:
    """The same of the replications of the search, with today's levels."""
    of = len(today.said)
    found = {}
    for period in today.said[0]:
        said = [each[period] for each in today.said]
        causes = Counter(judged.short_of for judged in said if judged.short_of)
        targets = said[0].met
        found[period] = counted(period, sum(judged.together for judged in said), of) | {
            "targets": {target: sum(judged.met[target] is True for judged in said) for target in targets},
            "not_tested": [target for target in targets if all(judged.met[target] is None for judged in said)],
            "short_of": causes.most_common(1)[0][0] if causes else None,
        }
    every = sum(all(judged.together for judged in each.values()) for each in today.said)
    return found | {EVERY_YEAR: counted(EVERY_YEAR, every, of)}
