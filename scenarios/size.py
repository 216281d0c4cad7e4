"""Size resources: the least capacity with which targets hold together as surely as asked, with evidence and cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import binom

from scenarios.errors import UserError
from scenarios.experiment import Point, Task
from scenarios.folder.question import Question as Asked
from scenarios.load import Scenario
from scenarios.prices import Prices, bill, cost, refuse_missing, unit_yen
from scenarios.progress import Expected, Progress
from scenarios.resources import RESOURCES, hundred, level, rounded
from scenarios.run_folder import RunFolder, at_work
from scenarios.scenario_file import complete_file
from scenarios.sizing.bounds import bounded, targets
from scenarios.sizing.claims import ASSURANCE, needed, trials_for
from scenarios.sizing.confirm import EVERY_YEAR, Evidence, gather
from scenarios.sizing.needs import Needs, find_needs, look_at_today
from scenarios.sizing.plan import Limits, Plan, Planner
from scenarios.sizing.question import By, Question, Together
from scenarios.sizing.scales import Rungs, Scale, equipped, levels, periods
from scenarios.sizing.search import TRIES, Hands, searched
from sim import __version__
from sim.message import Message

LIST_KEYS = ("resource", "period", "least", "probability", "low", "high", "cost_yen")
"""What ``cardflow size --json`` prints of each row."""
CERTAINTIES = (0.8, 0.9, 0.95)
"""A budget is shown for these, beside the one asked for."""
BELOW = 0.2
MOST_CERTAIN = 0.99
"""And for this one, where so many replications are allowed that it can be shown."""
LEAST_OF_SEARCH, MOST_OF_SEARCH = 40, 120
"""Replications of a search, unless they are stated."""


@dataclass(frozen=True)
class SizeOptions:
    """How to size.

    ``replications`` of the search; by default as many as ``indifference`` needs: levels that hold with a probability up
    to that much above the one asked for are taken to be as good as the least. ``first_look`` fresh replications confirm
    a plan, more if need be, ``most`` at the most.
    """

    confidence: float = 0.9
    by: By = "year"
    monthly_floor: float | None = None
    together: Together = "year"
    replications: int | None = None
    first_look: int = 60
    most: int = 400
    indifference: float = 0.1
    seed: int = 1
    workers: int = 1
    chance_only: bool = False

    @property
    def of_search(self) -> int:
        """Replications of the search."""
        enough = trials_for(self.confidence, self.indifference, MOST_OF_SEARCH)
        return self.replications or max(enough, LEAST_OF_SEARCH)


def question(
    scenario: Scenario, resources: Sequence[str], asked: Sequence[str], options: SizeOptions, prices: Prices | None
) -> Asked:
    """What is asked of a sizing: everything but how many processes share the work."""
    how = {name: value for name, value in asdict(options).items() if name != "workers"}
    priced = prices and [prices.file, prices.text]
    return Asked("size", scenario.name, [complete_file(scenario), list(resources), list(asked), how, priced])


def size(
    scenario: Scenario,
    resources: Sequence[str],
    asked: Sequence[str],
    out: RunFolder | Path | None,
    options: SizeOptions,
    prices: Prices | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Size a scenario's resources; returns what stands in ``size.json``.

    Args:
        scenario: what is to be met.
        resources: paths, maybe with bounds: ``contact.resident.seats=400:900:10``.
        asked: targets; all that the resources can help to meet where there are none.
        out: the folder; that of the question by default. What is finished in it is not done again.
        options: how surely, and with how much evidence.
        prices: what a unit of each resource costs.
        progress: told of each replication.

    Raises:
        UserError: with all that is wrong with the resources, the targets, the options, the prices or the folder.
    """
    asked_for = ask(scenario, resources, asked, options)
    years = periods(scenario.parameters.start, scenario.parameters.end)
    if prices is not None:
        refuse_missing(prices, [one.path for one in asked_for.resources], [int(name[2:]) for name in years])
    with at_work(out, question(scenario, resources, asked, options, prices)) as runs:
        runs.prepare(scenario.parameters, 2 * options.of_search)
        runs.take()
        sizing = Sizing(asked_for, options, prices, runs, progress or Progress())
        sizing.announce()
        priced = {} if prices is None else {"prices.toml": prices.text}
        runs.begin({"scenario.toml": complete_file(scenario), **priced})
        found = sizing.done()
        with runs.answer() as draft:
            draft.write_json("size.json", found)
    return found


def listed(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of ``size.json`` as ``cardflow size --json`` prints them."""
    return [{key: row[key] for key in LIST_KEYS} for row in found["rows"]]


def ask(scenario: Scenario, resources: Sequence[str], asked: Sequence[str], options: SizeOptions) -> Question:
    """The question in full.

    Raises:
        UserError: with what is wrong with it.
    """
    mistakes = []
    if not 0.5 <= options.confidence <= 0.999:
        mistakes.append(Message("--confidence {share:g}: must be between 0.5 and 0.999", share=options.confidence))
    if options.monthly_floor is not None and not 0 < options.monthly_floor < 1:
        mistakes.append(
            Message("--monthly-floor {share:g}: must be a share of calls between 0 and 1", share=options.monthly_floor)
        )
    if options.replications is not None and options.replications < 5:
        mistakes.append(Message("--replications {count}: a search takes 5 or more", count=options.replications))
    if options.first_look < 5 or options.most < options.first_look:
        least = max(options.first_look, 5)
        mistakes.append(Message("--most {most}: must be {least} or more", most=options.most, least=least))
    if not 0 < options.indifference < 0.5:
        mistakes.append(Message("--indifference {share:g}: must be between 0 and 0.5", share=options.indifference))
    if mistakes:
        raise UserError("size", mistakes)
    chosen = bounded(scenario, resources)
    wanted = targets(asked, chosen)
    if options.monthly_floor is not None and not {"calls-95", "helpdesk-95"} & set(wanted):
        raise UserError("size", [Message("--monthly-floor   is a share of calls, but no call centre is sized")])
    return Question(
        scenario,
        chosen,
        wanted,
        options.confidence,
        options.by,
        options.monthly_floor,
        options.together,
        options.seed,
        options.chance_only,
    )


class Sizing:
    """One sizing at work."""

    def __init__(
        self, question: Question, options: SizeOptions, prices: Prices | None, runs: RunFolder, progress: Progress
    ) -> None:
        self._question, self._options, self._prices = question, options, prices
        scenario = question.scenario
        self._base = Point(scenario.name, scenario.parameters, question.seed, question.chance_only)
        self._hands = Hands(runs.store, runs.home / "needs", options.workers, progress.done)
        self._progress = progress
        self._years = periods(scenario.parameters.start, scenario.parameters.end)

    @property
    def certainties(self) -> list[float]:
        """Those to plan for; more than the one asked where there are prices."""
        asked = {self._question.confidence}
        if self._prices is None:
            return sorted(asked)
        most_certain = (
            {MOST_CERTAIN} if trials_for(MOST_CERTAIN, 0.5, self._options.most) < self._options.most else set()
        )
        return sorted(asked | set(CERTAINTIES) | most_certain)

    @property
    def _lowest(self) -> float:
        """What less certainty would need is not looked for: a little below the lowest planned for."""
        return max(min(self.certainties) - BELOW, 0.3)

    @property
    def _spare(self) -> int:
        """Replications of the search that may be given up, at the most."""
        of = self._options.of_search
        least_held = needed(of, self._question.confidence) or of
        return of - (least_held if self._prices is None else min(least_held, int(self._lowest * of)))

    def announce(self) -> None:
        """Tell what there is to simulate, about; that some of it may be there already is found out later."""
        question, options = self._question, self._options
        one = Task(self._base, 1)
        tried = (
            replace(one, parts=searched(question, resource.path, self._base), times=TRIES)
            for resource in question.resources
        )
        searches = sum((task.work for task in tried), one.work) * options.of_search
        looks = one.work * (options.first_look * len(self.certainties))
        self._progress.expect(Expected(searches + looks, options.workers))

    def done(self) -> dict[str, Any]:
        """Search, choose, confirm; what stands in ``size.json``."""
        question, options = self._question, self._options
        numbers = range(1, options.of_search + 1)
        today = look_at_today(question, self._base, numbers, self._hands)
        needs = find_needs(question, self._base, today, numbers, self._hands, self._spare)
        limits = Limits(len(numbers), options.first_look, options.most)
        planner = Planner(needs, self._cost_of_level, limits, question.together, self._observer(needs))
        plans = [planner.plan(certainty) for certainty in self.certainties]
        now = Evidence()
        for said in today.said:
            now.add(said)
        for uses in today.used:
            now.use(uses)
        told = [self._plan(plan, needs, now) for plan in plans]
        asked = next(plan for plan in told if plan["asked"])
        return {
            "version": __version__,
            "scenario": question.scenario.name,
            "title": question.scenario.title,
            "seed": question.seed,
            "chance_only": question.chance_only,
            "first_day": question.scenario.parameters.start.isoformat(),
            "last_day": question.scenario.parameters.end.isoformat(),
            "confidence": question.confidence,
            "assurance": ASSURANCE,
            "together": question.together,
            "by": question.by,
            "monthly_floor": question.monthly_floor,
            "targets": list(question.targets),
            "search_replications": len(numbers),
            "resources": [
                asdict(one) | {"unit": RESOURCES[one.path].unit, "hundred": hundred(question.scenario, one.path)}
                for one in question.resources
            ],
            "prices": self._prices_told(),
            "plans": told,
            "curve": self._curve(planner, needs, plans, now) if self._prices else None,
            "best_partial": _best_partial(asked),
            "rows": self._rows(asked),
        }

    # what it costs --------------------------------------------------------------------------------------------------

    def _cost_of_level(self, path: str, period: str, level_: float) -> float:
        """Yen for a level through a fiscal year; without prices, the level as a share of today's."""
        share = len(self._years[period]) / 12
        if self._prices is not None:
            return unit_yen(self._prices, path, int(period[2:])) * level_ * share
        today = np.mean([level(self._question.scenario, path, month) for month in self._years[period]])
        return level_ / max(float(today), 1.0) * share

    def _today(self) -> dict[str, dict[str, float]]:
        """Today's levels by resource and month."""
        months = [month for year in self._years.values() for month in year]
        return {
            one.path: {_month(month): level(self._question.scenario, one.path, month) for month in months}
            for one in self._question.resources
        }

    def _bill(self, scales: Mapping[str, Mapping[str, Scale]], rungs: Rungs, usage: Any, now: Any) -> Any:
        if self._prices is None:
            return None
        by_month = {
            path: {_month(month): found for month, found in months.items()}
            for path, months in levels(scales, rungs).items()
        }
        return bill(cost(self._prices, by_month, self._today(), usage, now))

    def _prices_told(self) -> dict[str, Any] | None:
        if self._prices is None:
            return None
        return self._prices.as_json()

    # plans ----------------------------------------------------------------------------------------------------------

    def _observer(self, needs: Needs) -> Callable[[float, Rungs, Sequence[int], Evidence], None]:
        """Simulates fresh replications at some rungs, whole."""
        question, hands = self._question, self._hands
        expected = {certainty: self._options.first_look for certainty in self.certainties}

        def observe(certainty: float, rungs: Rungs, numbers: Sequence[int], evidence: Evidence) -> None:
            scenario = equipped(question.scenario, needs.scales, rungs)
            label = f"{question.scenario.name}, sized for {certainty:.0%}"
            point = Point(label, scenario.parameters, question.seed, question.chance_only)
            if len(numbers) > expected[certainty]:
                self._progress.more(Task(point, 1).work * (len(numbers) - expected[certainty]))
            expected[certainty] = max(expected[certainty] - len(numbers), 0)
            gather(question, point, numbers, hands.store, hands.workers, hands.on_done, evidence)

        return observe

    def _plan(self, plan: Plan, needs: Needs, now: Evidence) -> dict[str, Any]:
        latest = plan.evidence[EVERY_YEAR]
        usage = latest.mean_usage()
        return {
            "certainty": plan.certainty,
            "asked": plan.certainty == self._question.confidence,
            "shown": all(plan.shown.values()),
            "reached": all(plan.reached.values()),
            "levels": self._levels(needs, plan.rungs),
            "evidence": [
                plan.evidence[period].as_json(period) | {"shown": plan.shown[period]} for period in self._years
            ],
            "every_year": latest.as_json(EVERY_YEAR),
            "today_evidence": [now.as_json(period) for period in self._years],
            "today_every_year": now.as_json(EVERY_YEAR),
            "usage": usage,
            "cost": self._bill(needs.scales, plan.rungs, usage, now.mean_usage()),
        }

    def _levels(self, needs: Needs, rungs: Rungs) -> list[dict[str, Any]]:
        """Today's, theory's and the least level by resource and period."""
        found = []
        for path, by_period in rungs.items():
            for period, rung in by_period.items():
                scale = needs.scales[path][period]
                theory = rounded(path, needs.theory[path][period])
                if self._question.by == "year":
                    today = np.mean([level(self._question.scenario, path, month) for month in scale.months])
                    spans = [(period, float(today), theory, scale.level(rung))]
                else:
                    spans = [
                        (
                            _month(month),
                            level(self._question.scenario, path, month),
                            rounded(path, theory * share),
                            least,
                        )
                        for (month, least), share in zip(scale.by_month(rung).items(), scale.shape, strict=True)
                    ]
                found += [
                    {
                        "resource": path,
                        "period": span,
                        "fiscal_year": period,
                        "today": today,
                        "theory": expected,
                        "least": least,
                        "at_bound": rung in (0, scale.top),
                    }
                    for span, today, expected, least in spans
                ]
        return found

    def _rows(self, plan: Mapping[str, Any]) -> list[dict[str, Any]]:
        """A row for each resource and period of the plan asked for."""
        evidence = {each["period"]: each for each in plan["evidence"]}
        if self._question.together == "run":
            evidence = dict.fromkeys(self._years, plan["every_year"])
        rows = []
        for each in plan["levels"]:
            said = evidence[each["fiscal_year"]]
            months = 1 if self._question.by == "month" else 12
            yen = None
            if self._prices is not None:
                of_year = self._cost_of_level(each["resource"], each["fiscal_year"], each["least"])
                yen = round(of_year if months == 12 else of_year / len(self._years[each["fiscal_year"]]))
            rows.append(
                {
                    "resource": each["resource"],
                    "period": each["period"],
                    "least": each["least"],
                    "probability": said["probability"],
                    "low": said["low"],
                    "high": said["high"],
                    "cost_yen": yen,
                }
            )
        return rows

    def _curve(self, planner: Planner, needs: Needs, plans: Sequence[Plan], now: Evidence) -> list[dict[str, Any]]:
        """Cost against certainty, from the needs of the search; its interval is that of a quantile."""
        of = self._options.of_search
        usage = plans[-1].evidence[EVERY_YEAR].mean_usage()
        costs: dict[int, dict[str, int]] = {}

        def of_held(held: int) -> dict[str, int]:
            if held not in costs:
                rungs, _ = planner.choose(dict.fromkeys(self._years, held))
                said = self._bill(needs.scales, rungs, usage, now.mean_usage())
                costs[held] = {f"FY{year['fiscal_year']}": year["yen_incl_tax"] for year in said["years"]}
            return costs[held]

        found = []
        for held in range(ceil((self._lowest + BELOW / 2) * of), of + 1):
            certainty = held / of
            low, high = (int(min(max(bound, 1), of)) for bound in binom.interval(ASSURANCE, of, min(certainty, 0.999)))
            for period in self._years:
                found.append(
                    {
                        "period": period,
                        "certainty": certainty,
                        "yen": of_held(held)[period],
                        "low": of_held(low)[period],
                        "high": of_held(min(high + 1, of))[period],
                    }
                )
        return found


def _best_partial(plan: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where nothing within the bounds suffices: how far they reach, and what is short."""
    if plan["reached"]:
        return None
    worst = min(plan["evidence"], key=lambda each: each["probability"])
    return {
        "period": worst["period"],
        "held": worst["held"],
        "of": worst["of"],
        "probability": worst["probability"],
        "low": worst["low"],
        "high": worst["high"],
        "levels": plan["levels"],
        "short_of": worst["short_of"],
    }


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
