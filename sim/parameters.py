"""Everything a scenario may set, composed of the parts' parameters: each with unit, bounds and meaning, no defaults.

Values stand in the scenario library (``scenarios/library/baseline-fy2025.toml`` and what extends it), evidence in
``calibration/assumptions.toml``. A model is frozen; a change gives a checked copy.
"""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import model_validator

from sim.counters.parameters import Counters
from sim.fields import Count, parameter
from sim.people.parameters import Demand, HolderRates, NextCard, Renewal, Rules
from sim.plant.parameters import Express, Plant
from sim.schedule import Amount, Frozen, Quantity, Share


class Opening(Frozen):
    """Work inside when the run starts, before the run-in."""

    cards: Amount = parameter("cards", "standard cards inside the plant on the first day of the run-in")
    at_municipalities: Amount = parameter("cards", "cards waiting to be collected on that day")
    run_in_months: Count = parameter("months", "simulated before the first reported day", ge=12, le=60)


class Targets(Frozen):
    """Thresholds and readings of the published targets."""

    issue_days: Count = parameter("days", "standard cards are dispatched within this (原則14日以内)", ge=1, le=60)
    issue_share: Share = parameter("share", "of cards, how we read 'in principle' (原則)")
    express_days: Count = parameter("days", "express cards are with the resident within this (原則1週間)", ge=1, le=60)
    express_share: Share = parameter("share", "of cards, how we read 'in principle' (原則)")
    dispatch_per_month: Amount = parameter("cards/month", "dispatch capacity promised (月480万枚)")
    intake_per_day: Amount = parameter("applications/day", "intake promised (1日16万件)")


SECTIONS = (
    "rules",
    "next_card",
    "holders",
    "renewal",
    "demand",
    "plant",
    "express",
    "counters",
    "opening",
    "targets",
)


class Parameters(Frozen):
    """All parameters of a run."""

    start: date = parameter("date", "first reported day (1 April of a fiscal year)")
    end: date = parameter("date", "last reported day")
    rules: Rules
    next_card: NextCard
    holders: HolderRates
    renewal: Renewal
    demand: Demand
    plant: Plant
    express: Express
    counters: Counters
    opening: Opening
    targets: Targets

    @model_validator(mode="after")
    def _dates_in_order(self) -> Parameters:
        if self.end <= self.start:
            raise ValueError(f"start = {self.start}, end = {self.end}: end must come after start")
        if self.start.day != 1:
            raise ValueError(f"start = {self.start}: must be the first day of a month")
        return self

    @model_validator(mode="after")
    def _windows_inside_the_run(self) -> Parameters:
        dated = {
            "demand.campaign": self.demand.campaign,
            "demand.stress": self.demand.stress,
            "plant.stops": self.plant.stops,
        }
        for path, windows in dated.items():
            for window in windows:
                if window.from_ < self.first_simulated_day or window.to > self.end:
                    raise ValueError(
                        f"{path}: {window.from_} to {window.to} lies outside the run "
                        f"({self.first_simulated_day}, run-in included, to {self.end})"
                    )
        return self

    @property
    def first_simulated_day(self) -> date:
        """First day of the run-in, a first of month."""
        months = self.start.year * 12 + self.start.month - 1 - self.opening.run_in_months
        return date(months // 12, months % 12 + 1, 1)

    @property
    def days(self) -> int:
        """Simulated days, run-in included."""
        return (self.end - self.first_simulated_day + timedelta(days=1)).days


def quantities(parameters: Parameters) -> dict[str, Quantity]:
    """Every quantity by its path such as ``plant.cards_per_day``."""
    return {
        f"{section}.{name}": value
        for section in SECTIONS
        for name, value in getattr(parameters, section)
        if isinstance(value, Quantity)
    }
