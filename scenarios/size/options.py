"""How to size, and what of that makes no sense."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from scenarios.errors import Together as AtOnce
from scenarios.errors import UserError
from scenarios.files.find import LIBRARY
from scenarios.files.load import Scenario, load
from scenarios.prices import Prices, refuse_missing
from scenarios.size.bounds import bounded, refuse_unknown, targets
from scenarios.size.claims import trials_for
from scenarios.size.fresh import MOST_FRESH
from scenarios.size.problem import Bounded, By, Problem, Together
from scenarios.size.promises import promised
from scenarios.size.scales import periods
from sim.calendar import Period
from sim.facts import CENTRES
from sim.message import Message
from sim.targets import part_of_target

OF_SEARCH = 16
"""Replications of a search, unless they are stated."""
PRICED = 0.95
"""With prices budgets for certainties up to this one are shown too, whatever is asked for: 99 % would take 400 fresh
replications.
"""
LEAST = 5
MOST_SEARCHED = 1000


@dataclass(frozen=True)
class SizeOptions:
    """How to size.

    ``replications`` of the search fix in which ratio resources are bought. ``fresh`` ones say how much; by default as
    many as the certainty takes, and with prices as the highest takes that a budget is to be shown for (``PRICED``).
    Capacities of the plant may go ``below_promises``. ``as_of`` is the day that counts as today, before which a last
    date to act has passed; it changes no number.
    """

    confidence: float = 0.9
    by: By = "year"
    monthly_floor: float | None = None
    together: Together = "year"
    below_promises: bool = False
    replications: int | None = None
    fresh: int | None = None
    seed: int = 1
    workers: int = 1
    chance_only: bool = False
    as_of: date | None = None

    @property
    def of_search(self) -> int:
        """Replications of the search."""
        return self.replications or OF_SEARCH

    @property
    def of_fresh(self) -> int:
        """Fresh replications, without prices."""
        return self.fresh or trials_for(self.confidence)

    def counted(self, priced: bool) -> SizeOptions:
        """The same with the number of fresh replications written out."""
        return replace(self, fresh=self.fresh or trials_for(max(self.confidence, PRICED if priced else 0)))


def ask(scenario: Scenario, resources: Sequence[str], asked: Sequence[str], options: SizeOptions) -> Problem:
    """The problem in full; the order in which resources and targets are named is none of it.

    Raises:
        UserError: as ``refuse``.
    """
    refuse(scenario, resources, asked, options)
    chosen = bounded(scenario, resources)
    return Problem(
        scenario,
        chosen,
        targets(asked, chosen),
        options.confidence,
        options.by,
        options.monthly_floor,
        options.together,
        options.seed,
        options.chance_only,
        options.below_promises,
    )


def refuse(
    scenario: Scenario | None,
    resources: Sequence[str],
    asked: Sequence[str],
    options: SizeOptions,
    prices: Prices | None = None,
) -> None:
    """Raise UserError with all that is wrong with a question; without a scenario, with what is whatever it is."""
    wrong, chosen = AtOnce(), None
    with wrong.noted():
        _refuse_options(options)
    with wrong.noted():
        chosen = bounded(scenario or load("baseline-fy2025", LIBRARY), resources)
    with wrong.noted():
        _refuse_targets(asked, chosen, options)
    if chosen and scenario:
        with wrong.noted():
            _refuse_below_promises(scenario, [] if options.below_promises else chosen)
    if chosen and prices:
        with wrong.noted():
            refuse_missing(prices, [one.path for one in chosen], _years(scenario))
    wrong.refuse()


def _years(scenario: Scenario | None) -> list[int]:
    if scenario is None:
        return []
    return [Period(name).fiscal_year for name in periods(scenario.parameters.start, scenario.parameters.end)]


def _refuse_targets(asked: Sequence[str], chosen: Sequence[Bounded] | None, options: SizeOptions) -> None:
    if chosen is None:
        refuse_unknown(asked)
        return
    wanted = targets(asked, chosen)
    if options.monthly_floor is not None and not any(part_of_target(target) in CENTRES for target in wanted):
        raise UserError("size", [Message("--monthly-floor   is a share of calls, but no call centre is sized")])


def _refuse_options(options: SizeOptions) -> None:
    mistakes = []
    if not 0.5 <= options.confidence <= 0.999:
        mistakes.append(Message("--confidence {share:g}: must be between 0.5 and 0.999", share=options.confidence))
    if options.monthly_floor is not None and not 0 < options.monthly_floor < 1:
        mistakes.append(
            Message("--monthly-floor {share:g}: must be a share of calls between 0 and 1", share=options.monthly_floor)
        )
    if not LEAST <= options.of_search <= MOST_SEARCHED:
        told = {"count": options.of_search, "least": LEAST, "most": MOST_SEARCHED}
        mistakes.append(Message("--replications {count}: a search takes {least} to {most}", **told))
    if not LEAST <= options.of_fresh <= MOST_FRESH:
        told = {"count": options.of_fresh, "least": LEAST, "most": MOST_FRESH}
        mistakes.append(Message("--fresh {count}: a sizing takes {least} to {most}", **told))
    if mistakes:
        raise UserError("size", mistakes)


def _refuse_below_promises(scenario: Scenario, chosen: Sequence[Bounded]) -> None:
    """Refuse bounds that leave no level which the published promises allow."""
    years = periods(scenario.parameters.start, scenario.parameters.end)
    mistakes = []
    for one in chosen:
        floor = max(promised(scenario, one.path, months) or 0.0 for months in years.values())
        if one.low + one.rungs * one.step < floor:
            told = {"path": one.path, "high": one.high, "floor": floor}
            mistakes.append(
                Message(
                    "{path}   up to {high:,.12g} is less than today's level or what was promised ({floor:,.12g}); "
                    "--release-below-promises allows it",
                    **told,
                )
            )
    if mistakes:
        raise UserError("--resource", mistakes)
