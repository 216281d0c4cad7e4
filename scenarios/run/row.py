"""A row of ``targets`` in ``summary.json``: what judging writes and reports read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sim.calendar import YEARS, Period
from sim.target import code

EVERY_YEAR = YEARS
"""The period of what is said of all fiscal years together."""


@dataclass(frozen=True)
class Row:
    """One statistic of one target, part and period (``docs/formats.md``); what a run cannot say is None."""

    id: str
    part: str | None
    period: str
    statistic: str
    decides: bool
    value: float | None = None
    low: float | None = None
    high: float | None = None
    threshold: float | None = None
    probability: float | None = None
    probability_low: float | None = None
    probability_high: float | None = None
    computed: bool = False
    verdict: str | None = None
    replications_to_decide: int | None = None
    first_breach: str | None = None
    first_breach_low: str | None = None
    first_breach_high: str | None = None
    short_of: str | None = None
    driver: str | None = None
    driver_reference: str | None = None
    driver_forecast_low: float | None = None
    driver_forecast_high: float | None = None
    margin_50: float | None = None
    margin_50_low: float | None = None
    margin_50_high: float | None = None
    margin_80: float | None = None
    margin_80_low: float | None = None
    margin_80_high: float | None = None
    margin_90: float | None = None
    margin_90_low: float | None = None
    margin_90_high: float | None = None
    margin_replications: int | None = None
    uses_up: Sequence[Mapping[str, Any]] | None = None
    monthly_breach_probability: float | None = None
    chance_share: float | None = None
    chance_share_low: float | None = None
    chance_share_high: float | None = None

    def as_json(self) -> dict[str, object]:
        """The row as it stands in ``summary.json``."""
        return asdict(self)

    @property
    def judged(self) -> str:
        """What is judged, its part included: ``express-7-days/express``, ``calls-95``."""
        return code(self.id, self.part)

    @property
    def yearly(self) -> bool:
        """Whether the period is a fiscal year."""
        return Period(self.period).yearly

    @property
    def monthly(self) -> bool:
        """Whether the period is a month."""
        return Period(self.period).monthly

    @property
    def joint(self) -> bool:
        """Whether the row is of all fiscal years together: met where each of them is."""
        return self.period == EVERY_YEAR
