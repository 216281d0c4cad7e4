"""Answer rates: seats and load, which one published rate cannot pin both.

Only the centre depends on its seats, so the year is simulated once and the centre is run again on its calls, so many
times as many. What is published is one rate a centre: for each load there are seats that meet it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import brentq

from calibration.agreement import aims
from calibration.fits_record import Contracted, TradeOff
from calibration.fitting import Problem, Uncertain, Values
from calibration.middle import expected_year
from scenarios.errors import UserError
from scenarios.files.load import Scenario, load
from scenarios.history import load_history
from sim.facts import CALL_CAUSES, CENTRES
from sim.message import Message
from sim.parameters import Parameters, quantities, with_quantity
from sim.replication import rerun, whole
from sim.result import Result
from sim.streams import Ints

SCENARIO = "baseline-fy2025"
LOAD = "calls (multiple of those assumed)"
LOADS = (0.6, 0.8, 1.0, 1.25, 1.6)
"""Loads of the trade-off: the ranges of the contact rates reach about from half to twice the middle."""
REPLICATIONS = 12
"""A year's rate varies by a tenth of a point or two by chance; so many years hold its mean to a few hundredths."""
_SOME = 3
"""Of these, so many for the shape of the trade-off between seats and load."""
_SEAT_RANGE = 0.45
"""Seats are looked for within this share of those assumed, either way."""


Keep = Callable[[str, Callable[[], Any]], Any]


@dataclass(frozen=True)
class Year:
    """The reported days of a scenario by chance alone, to run a centre again on.

    ``keep`` remembers rates by key; the default computes each anew. Nothing is simulated before the first is wanted.
    """

    scenario: Scenario
    seed: int = 1
    replications: int = REPLICATIONS
    keep: Keep = lambda key, compute: compute()

    @cached_property
    def known(self) -> tuple[Result, ...]:
        """Every simulated day of each replication."""
        parameters, numbers = expected_year(self.scenario).parameters, range(1, self.replications + 1)
        return tuple(whole(parameters, load_history(), self.seed, number, chance_only=True) for number in numbers)

    def answered(self, centre: str, seats: float, load: float, replications: int | None = None) -> float:
        """Per cent of attempts answered, the mean over replications (all, or the first few)."""
        first = replications or self.replications
        key = f"{centre}/{seats!r}/{load!r}/{first}"
        return float(self.keep(key, lambda: self._answered(centre, seats, load, first)))

    def _answered(self, centre: str, seats: float, load: float, replications: int) -> float:
        changed = with_quantity(expected_year(self.scenario).parameters, f"contact.{centre}.seats", {"value": seats})
        first = (changed.start - changed.first_simulated_day).days
        prefix, rates = CENTRES[centre], []
        for replication in range(1, replications + 1):
            told = self.taken(centre, changed, replication, load)
            answered, offered = (int(told[f"{prefix}_{name}"][first:].sum()) for name in ("answered", "offered"))
            rates.append(100 * answered / offered)
        return sum(rates) / len(rates)

    def taken(self, centre: str, changed: Parameters, replication: int, load: float) -> dict[str, Ints]:
        """Facts of a centre with other parameters of its own and so many times the first calls of every cause."""
        known = self.known[replication - 1]
        causes = {f"{CENTRES[centre]}_{cause}" for cause in CALL_CAUSES[centre]}
        calls = {name: np.rint(known.facts[name] * load).astype(np.int64) for name in causes}
        louder = replace(known, facts=known.facts | calls)
        return rerun({centre}, louder, changed, load_history(), self.seed, replication, chance_only=True, rows=()).facts


def problem(centre: str, known: Year | None = None) -> Problem:
    """Seats and load of a centre, fitted to its published answer rate; they can be traded against each other."""
    simulated = known or Year(load(SCENARIO))
    seats = f"contact.{centre}.seats"
    assumed = quantities(simulated.scenario.parameters)[seats].steps[0].value
    low, high = assumed * (1 - _SEAT_RANGE), assumed * (1 + _SEAT_RANGE)
    uncertain = (Uncertain(seats, assumed, low, high, "seats"), Uncertain(LOAD, 1.0, 0.5, 1.5, "multiplier"))
    figures = aims(centre)
    busier = f"answer rate with a fifth more calls ({centre})"

    def predict(values: Values) -> Values:
        return {aim.id: simulated.answered(centre, values[seats], values[LOAD], _SOME) for aim in figures}

    def forecast(values: Values) -> Values:
        return {busier: simulated.answered(centre, values[seats], 1.2 * values[LOAD], _SOME)}

    return Problem(centre, SCENARIO, uncertain, figures, predict, forecast, {busier: "%"})


def trade_off(centre: str, known: Year, on_evaluation: Callable[[], None] = lambda: None) -> Iterator[TradeOff]:
    """Seats against load along which the published answer rate is met."""
    (figure,) = aims(centre)
    assumed = quantities(known.scenario.parameters)[f"contact.{centre}.seats"].steps[0].value
    rate, slack = figure.value, figure.tolerance
    for load_ in LOADS:

        def off(seats: float, load: float = load_) -> float:
            on_evaluation()
            return known.answered(centre, seats, load, _SOME) - rate

        guess = assumed * load_
        seats = float(brentq(off, 0.7 * guess, 1.3 * guess + 5, xtol=0.01 * guess))
        step = 0.04 * guess
        slope = (off(seats + step) - off(seats - step)) / (2 * step)
        yield TradeOff(centre, load_, seats, seats - slack / slope, seats + slack / slope)


def contracted(centre: str, known: Year, on_evaluation: Callable[[], None] = lambda: None) -> Contracted:
    """The load that the assumed seats answer at the published rate, as a multiple of the calls assumed.

    Raises:
        UserError: if only a load far from the assumed one would do.
    """
    (figure,) = aims(centre)
    seats = round(quantities(known.scenario.parameters)[f"contact.{centre}.seats"].steps[0].value)

    def off(load_: float) -> float:
        on_evaluation()
        return known.answered(centre, seats, load_) - figure.value

    low, high = 0.8, 1.25
    if off(low) < 0 or off(high) > 0:
        told = {"seats": seats, "share": figure.value, "low": low, "high": high}
        raise UserError(
            f"calibrate {centre}",
            [
                Message(
                    "{seats} seats meet {share:g} % at no load between {low:g} and {high:g} times the calls assumed",
                    **told,
                )
            ],
        )
    return Contracted(centre, seats, float(brentq(off, low, high, xtol=0.001)))


RATES = {
    "resident": (
        "contact.resident.calls_per_notice",
        "contact.resident.calls_per_application",
        "contact.resident.calls_per_holder",
        "contact.resident.loss_reports_per_holder",
    ),
    "helpdesk": (
        "contact.helpdesk.calls_per_transaction",
        "contact.helpdesk.calls_per_error",
        "contact.helpdesk.calls_per_outage_hour",
        "contact.helpdesk.calls_per_open_day",
    ),
}
"""Contact rates that a fitted load multiplies."""
