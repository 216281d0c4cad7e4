"""Evidence on fresh replications, simulated whole: in how many of them the targets held at the chosen levels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from scenarios.experiment import Point, Task, simulate_missing
from scenarios.sizing.claims import error_of_look, interval, lower_bound
from scenarios.sizing.question import Judged, Question, judged
from scenarios.store import Store
from sim.calendar import Calendar
from sim.facts import CENTRES
from sim.parameters import Parameters
from sim.result import Result

EVERY_YEAR = "all"
_WEEKENDS = "plant.weekend_days_per_month"


@dataclass
class Evidence:
    """What fresh replications said: by fiscal year, and in ``all`` of them, together and target by target."""

    of: int = 0
    held: Counter[str] = field(default_factory=Counter)
    tested: dict[str, Counter[str]] = field(default_factory=dict)
    met: dict[str, Counter[str]] = field(default_factory=dict)
    short_of: dict[str, Counter[str]] = field(default_factory=dict)
    usage: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, said: dict[str, Judged]) -> None:
        """Count what one replication says."""
        self.of += 1
        for period, judgement in said.items():
            self.held[period] += judgement.together
            if judgement.short_of:
                self.short_of.setdefault(period, Counter())[judgement.short_of] += 1
            for target, met in judgement.met.items():
                self.tested.setdefault(period, Counter())[target] += met is not None
                self.met.setdefault(period, Counter())[target] += met is True
        self.held[EVERY_YEAR] += all(judgement.together for judgement in said.values())

    def use(self, used: dict[str, dict[str, int]]) -> None:
        """Add up what one replication used."""
        for period, uses in used.items():
            self.usage.setdefault(period, Counter()).update(uses)

    def shows(self, period: str, probability: float, look: int) -> bool:
        """Whether a probability of at least so much is shown, at the n-th look."""
        return lower_bound(self.held[period], self.of, error_of_look(look)) >= probability

    def share(self, period: str) -> float:
        """How often the targets held."""
        return self.held[period] / self.of

    def as_json(self, period: str) -> dict[str, object]:
        """The evidence for a period as it stands in ``size.json``."""
        low, high = interval(self.held[period], self.of)
        told: dict[str, object] = {
            "period": period,
            "held": self.held[period],
            "of": self.of,
            "probability": self.share(period),
            "low": low,
            "high": high,
        }
        if period != EVERY_YEAR:
            causes = self.short_of.get(period)
            told["targets"] = dict(self.met.get(period, {}))
            told["not_tested"] = [target for target, count in self.tested.get(period, {}).items() if not count]
            told["short_of"] = causes.most_common(1)[0][0] if causes else None
        return told

    def mean_usage(self) -> dict[str, dict[str, float]]:
        """What is used in a fiscal year, on average."""
        return {period: {use: count / self.of for use, count in uses.items()} for period, uses in self.usage.items()}


def used(result: Result, parameters: Parameters, resources: Sequence[str]) -> dict[str, dict[str, int]]:
    """What a replication uses by fiscal year of what is paid each time (``scenarios.price_file.USES``).

    Weekend days that are bought as a resource are not paid for each time too.
    """
    calendar = Calendar(parameters.start, parameters.end)
    weekends = result.facts["weekend_worked"]
    if _WEEKENDS in resources:
        wanted = [parameters.plant.weekend_days_per_month.at(day) for day in calendar.dates]
        so_far = np.cumsum(weekends)
        before_month = np.array([so_far[calendar.month < month].max(initial=0) for month in calendar.month])
        weekends = weekends * (so_far - before_month > np.array(wanted))
    calls = np.sum([result.facts[f"{prefix}_answered"] for prefix in CENTRES.values()], axis=0)
    cards = result.facts["dispatched_standard"] + result.facts["dispatched_express"]
    series = {
        "per_card": cards,
        "per_notice": result.facts["notices_sent"],
        "per_mail": result.facts["dispatched_express"],
        "per_call": calls,
        "overtime_hour": result.facts["overtime_hours"],
        "weekend_day": weekends,
    }
    return {
        year: {use: int(count[days].sum()) for use, count in series.items()} for year, days in calendar.years().items()
    }


def gather(
    question: Question,
    point: Point,
    numbers: Sequence[int],
    store: Store,
    workers: int,
    on_done: Callable[[Task], None],
    evidence: Evidence,
) -> Evidence:
    """Simulate replications whole and add what they say to the evidence."""
    simulate_missing([point], numbers, store, workers, on_done)
    for number in numbers:
        result = store.load(point.digest, number)
        evidence.add(judged(result, point.parameters, question.targets, question.monthly_floor))
        evidence.use(used(result, point.parameters, [each.path for each in question.resources]))
    return evidence
