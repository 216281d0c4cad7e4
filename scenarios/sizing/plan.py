"""Levels that show a probability: chosen from the needs found, confirmed on fresh replications, raised if need be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from scenarios.sizing.choose import NEVER, cheapest, count_held
from scenarios.sizing.claims import error_of_look, least_trials, needed
from scenarios.sizing.confirm import EVERY_YEAR, Evidence
from scenarios.sizing.needs import Needs
from scenarios.sizing.question import Together
from scenarios.sizing.scales import Rungs
from sim.streams import Floats, Ints

_LOOKS_AT_MOST = 12
"""Each further look at fresh replications asks for more evidence; so many are enough."""
_LEAST_MORE_HELD = 0.02
"""Each time evidence falls short, such a share more of the replications must hold, at least."""
_RAISE_OF_SPREAD = 0.2
"""Where all of them hold already, levels rise by this part of what the highest needs more than the middle one."""
_LEAST_RAISE = 0.02
"""By such a share at least."""
Costs = Callable[[str, str, float], float]
"""What a level of a resource costs in a fiscal year."""


Observe = Callable[[float, Rungs, Sequence[int], Evidence], None]
"""Adds to the evidence what replications of these numbers say at some rungs, for a certainty."""


@dataclass(frozen=True)
class Limits:
    """Replications of the search, of the first look at fresh ones, and at most of these for one look."""

    search: int
    first_look: int
    most: int


@dataclass(frozen=True)
class Plan:
    """Levels for a certainty, with the evidence of fresh replications.

    ``reached``: enough replications of the search hold within the bounds. ``shown``: fresh ones show the certainty, by
    fiscal year.
    """

    certainty: float
    rungs: dict[str, dict[str, int]]
    reached: dict[str, bool]
    shown: dict[str, bool]
    evidence: dict[str, Evidence]


class Planner:
    """Plans for any certainty on the same needs; ``together`` says whether a year is a claim of its own, or the run."""

    def __init__(self, needs: Needs, costs: Costs, limits: Limits, together: Together, observe: Observe) -> None:
        self._needs, self._costs, self._limits = needs, costs, limits
        self._run = together == "run"
        self._observe = observe
        self._paths = list(needs.rungs)
        self._periods = list(next(iter(needs.rungs.values())))

    def choose(self, held: Mapping[str, int]) -> tuple[dict[str, dict[str, int]], dict[str, bool]]:
        """The cheapest rungs with which so many replications of the search hold in each fiscal year, or all in all.

        Where there are not so many, those with which as many hold as can; and whether there were enough.
        """
        if self._run:
            keys = [(path, period) for path in self._paths for period in self._periods]
            chosen, enough = self._cheapest(keys, max(held.values()))
            return chosen, dict.fromkeys(self._periods, enough)
        rungs: dict[str, dict[str, int]] = {path: {} for path in self._paths}
        reached = {}
        for period in self._periods:
            chosen, reached[period] = self._cheapest([(path, period) for path in self._paths], held[period])
            for path in self._paths:
                rungs[path] |= chosen[path]
        return rungs, reached

    def _cheapest(self, keys: Sequence[tuple[str, str]], held: int) -> tuple[dict[str, dict[str, int]], bool]:
        needs = self._matrix(keys)
        costs = [self._costs_of(path, period) for path, period in keys]
        possible = int((needs < NEVER).all(axis=1).sum())
        found = cheapest(needs, costs, min(held, possible)) or [0] * len(keys)
        if not possible:
            found = [self._needs.scales[path][period].top for path, period in keys]
        rungs: dict[str, dict[str, int]] = {path: {} for path in self._paths}
        for (path, period), rung in zip(keys, found, strict=True):
            rungs[path][period] = rung
        return rungs, possible >= held

    def _matrix(self, keys: Sequence[tuple[str, str]]) -> Ints:
        return np.stack([self._needs.rungs[path][period] for path, period in keys], axis=1)

    def _costs_of(self, path: str, period: str) -> Floats:
        scale = self._needs.scales[path][period]
        return np.array([self._costs(path, period, scale.level(rung)) for rung in range(scale.top + 1)])

    def held_in_search(self, period: str, rungs: Mapping[str, Mapping[str, int]]) -> int:
        """Replications of the search that hold at some rungs in a fiscal year."""
        keys = [(path, period) for path in self._paths]
        return count_held(self._matrix(keys), [rungs[path][period] for path in self._paths])

    def plan(self, certainty: float) -> Plan:
        """Choose levels by the lower bound of what the search found, and confirm them, raising them where need be."""
        search = self._limits.search
        wanted = dict.fromkeys(self._periods, needed(search, certainty) or search)
        raised = dict.fromkeys(self._periods, 0)
        shown: dict[str, bool] = {}
        evidence: dict[str, Evidence] = {}
        fresh, look = search, 0
        while True:
            rungs, reached = self.choose(wanted)
            rungs = self._raised(rungs, raised)
            gathered, look, fresh = self._confirm(rungs, certainty, look, fresh, shown)
            for period in self._judged_periods():
                if not shown.get(period):
                    shown[period] = gathered.shows(period, certainty, look)
                    evidence[period] = gathered
            for period in (*self._periods, EVERY_YEAR):
                if period not in shown:
                    evidence[period] = gathered
            missing = [period for period in self._periods if not self._is_shown(shown, period)]
            can_rise = [period for period in missing if not self._at_top(rungs, period)]
            beyond_showing = least_trials(certainty, error_of_look(look + 1)) > self._limits.most
            if not can_rise or look >= _LOOKS_AT_MOST or beyond_showing:
                told = {period: self._is_shown(shown, period) for period in self._periods}
                return Plan(certainty, rungs, reached, told, evidence)
            for period in can_rise:
                self._ask_for_more(period, certainty, gathered, wanted, raised)

    def _judged_periods(self) -> list[str]:
        return [EVERY_YEAR] if self._run else self._periods

    def _is_shown(self, shown: Mapping[str, bool], period: str) -> bool:
        return shown.get(EVERY_YEAR if self._run else period, False)

    def _at_top(self, rungs: Mapping[str, Mapping[str, int]], period: str) -> bool:
        return all(rungs[path][period] == self._needs.scales[path][period].top for path in self._paths)

    def _ask_for_more(
        self, period: str, certainty: float, gathered: Evidence, wanted: dict[str, int], raised: dict[str, int]
    ) -> None:
        """Let as many more replications of the search hold as fresh ones fell short; past all of them, buy more."""
        search = self._limits.search
        judged_by = EVERY_YEAR if self._run else period
        if wanted[period] == search:
            raised[period] += 1
        lacking = certainty - gathered.share(judged_by)
        wanted[period] = min(wanted[period] + ceil(max(lacking, _LEAST_MORE_HELD) * search), search)

    def _raised(self, rungs: dict[str, dict[str, int]], times: Mapping[str, int]) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for path, by_period in rungs.items():
            scales, spread = self._needs.scales[path], self._needs.spread[path]
            share = {period: max(_RAISE_OF_SPREAD * spread[period], _LEAST_RAISE) for period in by_period}
            found[path] = {
                period: scales[period].rung(scales[period].level(rung) * (1 + times[period] * share[period]))
                if times[period]
                else rung
                for period, rung in by_period.items()
            }
        return found

    def _confirm(
        self, rungs: Rungs, certainty: float, look: int, fresh: int, shown: Mapping[str, bool]
    ) -> tuple[Evidence, int, int]:
        """Fresh replications, doubled as long as they speak for the claim without showing it."""
        evidence = Evidence()
        most = self._limits.most
        count = min(max(self._limits.first_look, least_trials(certainty, error_of_look(look + 1))), most)
        while True:
            self._observe(certainty, rungs, range(fresh + evidence.of + 1, fresh + count + 1), evidence)
            look += 1
            open_ = [
                period
                for period in self._judged_periods()
                if not shown.get(period) and not evidence.shows(period, certainty, look)
            ]
            hopeful = [period for period in open_ if evidence.share(period) > certainty]
            if not open_ or hopeful != open_ or count >= most:
                return evidence, look, fresh + count
            count = min(2 * count, most)
