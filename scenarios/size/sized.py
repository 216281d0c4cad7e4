"""All that a sizing found, put together to its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from scenarios.resources import RESOURCES, hundred
from scenarios.size.budget import Budget
from scenarios.size.claims import ASSURANCE, least_trials
from scenarios.size.direction import Key
from scenarios.size.evidence import FreshEvidence, of_today
from scenarios.size.fresh import steps_of
from scenarios.size.levels import best_partial, levels_told, rows_told
from scenarios.size.money import Money
from scenarios.size.needs import Needs
from scenarios.size.plan import Claim, Found, Plan, towards
from scenarios.size.problem import Bounded, Problem
from scenarios.size.promises import promise_of
from scenarios.size.record import Plan as Told
from scenarios.size.record import Sizing, Sought, Withheld
from scenarios.size.today import Today
from sim import __version__

CERTAINTIES = (0.8, 0.9, 0.95, 0.99)
"""A budget is shown for these, beside the one asked for."""


@dataclass(frozen=True)
class Sized:
    """All that a sizing found: ``said`` is what fresh replications said, simulated at ``floors``; ``as_of`` the day
    that counts as today.
    """

    problem: Problem
    money: Money
    today: Today
    needs: Needs
    floors: Mapping[Key, int]
    said: Sequence[Mapping[str, Any]]
    as_of: date | None = None

    @cached_property
    def claims(self) -> list[Claim]:
        """One a fiscal year, or one of all."""
        periods = self.needs.periods
        return [self._claim(own) for own in ([periods] if self.problem.together == "run" else [(p,) for p in periods])]

    def _claim(self, periods: tuple[str, ...]) -> Claim:
        keys = [key for key in self.needs.steps if key[1] in periods]
        direction = towards(
            {key: self.needs.mixes[key] for key in keys},
            {key: self.needs.costs(key, self.money.of_level) for key in keys},
            {key: self.needs.steps[key] for key in keys},
            {key: self.needs.expected[key] for key in keys},
            self.problem.confidence,
        )
        steps = {key: steps_of(self.said, key) for key in keys}
        return Claim(periods, direction, Found(steps, {key: self.floors[key] for key in keys}))

    @cached_property
    def usage(self) -> dict[str, dict[str, float]]:
        """What is used in a fiscal year on average, as simulated: at the floor, for every certainty alike."""
        of = len(self.said)
        return {
            period: {use: sum(each["used"][period][use] for each in self.said) / of for use in uses}
            for period, uses in self.said[0]["used"].items()
        }

    def plan(self, certainty: float) -> Plan:
        """The plan for a certainty."""
        return Plan(certainty, [claim.level(certainty) for claim in self.claims])

    @cached_property
    def plans(self) -> list[Plan]:
        """The plan asked for, and with prices those of other certainties that may be claimed."""
        asked = self.problem.confidence
        others = [] if self.money.prices is None else [self.plan(c) for c in CERTAINTIES if c != asked]
        return sorted([self.plan(asked), *(each for each in others if each.shown)], key=lambda plan: plan.certainty)

    @cached_property
    def budget(self) -> Budget:
        """What the plans cost."""
        return Budget(self.money, self.needs, self.claims, self.usage, self.plans)

    # as a record ----------------------------------------------------------------------------------------------------

    def record(self) -> Sizing:
        """What is told of it."""
        problem, parameters = self.problem, self.problem.scenario.parameters
        evidence = FreshEvidence(self.said, {key: steps_of(self.said, key) for key in self.needs.steps}, problem)
        told = tuple(self._told(plan, evidence) for plan in self.plans)
        asked = next(plan for plan in told if plan.asked)
        priced = self.money.prices is not None
        lined = priced and any(plan.shown for plan in self.plans)
        return Sizing(
            version=__version__,
            scenario=problem.scenario.name,
            title=problem.scenario.title,
            seed=problem.seed,
            chance_only=problem.chance_only,
            first_day=parameters.start,
            last_day=parameters.end,
            confidence=problem.confidence,
            assurance=ASSURANCE,
            together=problem.together,
            by=problem.by,
            monthly_floor=problem.monthly_floor,
            below_promises=problem.below_promises,
            targets=problem.targets,
            search_replications=len(self.today.said),
            fresh_replications=len(self.said),
            resources=tuple(map(self._sought, problem.resources)),
            prices=None if self.money.prices is None else self.money.prices.origin,
            plans=told,
            withheld=self._withheld() if priced else (),
            curve=self.budget.curve() if lined else None,
            further=self.budget.further(problem.seed) if lined else (),
            best_partial=best_partial(asked),
            rows=rows_told(asked, problem),
            as_of=self.as_of,
        )

    def _sought(self, one: Bounded) -> Sought:
        path = one.path
        unit, index = RESOURCES[path].unit, hundred(self.problem.scenario, path)
        return Sought(**vars(one), unit=unit, hundred=index, promise=promise_of(path))

    def _told(self, plan: Plan, evidence: FreshEvidence) -> Told:
        years, every_year = evidence.at(plan.steps)
        shown = {
            period: level.shown
            for claim, level in zip(self.claims, plan.levels, strict=True)
            for period in claim.periods
        }
        today, today_every_year = of_today(self.today)
        return Told(
            certainty=plan.certainty,
            asked=plan.certainty == self.problem.confidence,
            shown=plan.shown,
            reached=plan.reached,
            levels=levels_told(self.problem, self.needs, plan),
            evidence=tuple(replace(years[period], shown=shown[period]) for period in self.needs.periods),
            every_year=every_year,
            today_evidence=tuple(today[period] for period in self.needs.periods),
            today_every_year=today_every_year,
            usage=self.usage,
            cost=self.budget.bill(plan) if plan.shown and self.money.prices is not None else None,
        )

    def _withheld(self) -> tuple[Withheld, ...]:
        """Certainties that no budget is shown for, and why: too few replications, or nothing within the bounds does."""
        told, of = {plan.certainty for plan in self.plans if plan.shown}, len(self.said)
        return tuple(
            Withheld(certainty, of, "too_few", least_trials(certainty))
            if of < least_trials(certainty)
            else Withheld(certainty, of, "out_of_reach")
            for certainty in sorted({*CERTAINTIES, self.problem.confidence} - told)
        )
