"""What a sizing found, as it stands in ``size.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from scenarios.resources import RESOURCES, hundred
from scenarios.size.budget import Budget
from scenarios.size.claims import ASSURANCE, least_trials
from scenarios.size.direction import Key
from scenarios.size.evidence import EVERY_YEAR, FreshEvidence, of_today
from scenarios.size.fresh import steps_of
from scenarios.size.levels import best_partial, levels_told, rows_told
from scenarios.size.money import Money
from scenarios.size.needs import Needs
from scenarios.size.plan import Claim, Found, Plan, towards
from scenarios.size.promises import promise_of
from scenarios.size.question import Question
from scenarios.size.today import Today
from sim import __version__

CERTAINTIES = (0.8, 0.9, 0.95, 0.99)
"""A budget is shown for these, beside the one asked for."""


@dataclass(frozen=True)
class Sized:
    """All that a sizing found: ``said`` is what fresh replications said, simulated at ``floors``."""

    question: Question
    money: Money
    today: Today
    needs: Needs
    floors: Mapping[Key, int]
    said: Sequence[Mapping[str, Any]]

    @cached_property
    def claims(self) -> list[Claim]:
        """One a fiscal year, or one of all."""
        periods = self.needs.periods
        return [self._claim(own) for own in ([periods] if self.question.together == "run" else [(p,) for p in periods])]

    def _claim(self, periods: tuple[str, ...]) -> Claim:
        keys = [key for key in self.needs.steps if key[1] in periods]
        direction = towards(
            {key: self.needs.mixes[key] for key in keys},
            {key: self.needs.costs(key, self.money.of_level) for key in keys},
            {key: self.needs.steps[key] for key in keys},
            {key: self.needs.expected[key] for key in keys},
            self.question.confidence,
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
        asked = self.question.confidence
        others = [] if self.money.prices is None else [self.plan(c) for c in CERTAINTIES if c != asked]
        return sorted([self.plan(asked), *(each for each in others if each.shown)], key=lambda plan: plan.certainty)

    @cached_property
    def budget(self) -> Budget:
        """What the plans cost."""
        return Budget(self.money, self.needs, self.claims, self.usage, self.plans)

    # as JSON --------------------------------------------------------------------------------------------------------

    def as_json(self) -> dict[str, Any]:
        """What stands in ``size.json``."""
        question, parameters = self.question, self.question.scenario.parameters
        evidence = FreshEvidence(self.said, {key: steps_of(self.said, key) for key in self.needs.steps}, question)
        told = [self._plan(plan, evidence) for plan in self.plans]
        asked = next(plan for plan in told if plan["asked"])
        priced = self.money.prices is not None
        lined = priced and any(plan.shown for plan in self.plans)
        return {
            "version": __version__,
            "scenario": question.scenario.name,
            "title": question.scenario.title,
            "seed": question.seed,
            "chance_only": question.chance_only,
            "first_day": parameters.start.isoformat(),
            "last_day": parameters.end.isoformat(),
            "confidence": question.confidence,
            "assurance": ASSURANCE,
            "together": question.together,
            "by": question.by,
            "monthly_floor": question.monthly_floor,
            "below_promises": question.below_promises,
            "targets": list(question.targets),
            "search_replications": len(self.today.said),
            "fresh_replications": len(self.said),
            "resources": [
                asdict(one)
                | {"unit": RESOURCES[one.path].unit, "hundred": hundred(question.scenario, one.path)}
                | {"promise": promise_of(one.path)}
                for one in question.resources
            ],
            "prices": self.money.told(),
            "plans": told,
            "withheld": self._withheld() if priced else [],
            "curve": self.budget.curve() if lined else None,
            "further": self.budget.further(question.seed) if lined else [],
            "best_partial": best_partial(asked),
            "rows": rows_told(asked, question),
        }

    def _plan(self, plan: Plan, evidence: FreshEvidence) -> dict[str, Any]:
        steps = plan.steps
        told = evidence.at(steps)
        shown = {
            period: level.shown
            for claim, level in zip(self.claims, plan.levels, strict=True)
            for period in claim.periods
        }
        today = of_today(self.today)
        return {
            "certainty": plan.certainty,
            "asked": plan.certainty == self.question.confidence,
            "shown": plan.shown,
            "reached": plan.reached,
            "levels": levels_told(self.question, self.needs, steps, plan.low, plan.high),
            "evidence": [told[period] | {"shown": shown[period]} for period in self.needs.periods],
            "every_year": told[EVERY_YEAR],
            "today_evidence": [today[period] for period in self.needs.periods],
            "today_every_year": today[EVERY_YEAR],
            "usage": self.usage,
            "cost": self.budget.bill(plan) if plan.shown and self.money.prices is not None else None,
        }

    def _withheld(self) -> list[dict[str, Any]]:
        """Certainties that no budget is shown for, and why: too few replications, or nothing within the bounds does."""
        told = {plan.certainty for plan in self.plans if plan.shown}
        found = []
        for certainty in sorted({*CERTAINTIES, self.question.confidence}):
            if certainty not in told:
                few = len(self.said) < least_trials(certainty)
                reason = {"reason": "too_few", "needs": least_trials(certainty)} if few else {"reason": "out_of_reach"}
                found.append({"certainty": certainty, "of": len(self.said), **reason})
        return found
