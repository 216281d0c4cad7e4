"""A row of ``targets`` in ``summary.json``: what judging writes and reports read."""

from __future__ import annotations

from dataclasses import asdict, dataclass

EVERY_YEAR = "years"
"""The period of what is said of all fiscal years together."""
FREE_OF_LOAD = frozenset({"availability-99.9"})
"""Targets that no load can break: the model's breakdowns do not depend on it."""


def headroom_confidence(replications: int) -> float:
    """The chance that the headroom's interval of so many replications holds the true median: 0.969 for six.

    All of n independent values lie on one side of the median with a chance of 2 x (1/2)^n, whatever their distribution.
    """
    return 1 - 2.0 ** (1 - replications)


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
    verdict: str | None = None
    replications_to_decide: int | None = None
    first_breach: str | None = None
    first_breach_low: str | None = None
    first_breach_high: str | None = None
    short_of: str | None = None
    headroom: float | None = None
    headroom_low: float | None = None
    headroom_high: float | None = None
    headroom_replications: int | None = None
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
        return f"{self.id}/{self.part}" if self.part else self.id

    @property
    def moved_by_load(self) -> bool:
        """Whether load can break the target, so that it has a headroom."""
        return self.id not in FREE_OF_LOAD

    @property
    def yearly(self) -> bool:
        """Whether the period is a fiscal year."""
        return self.period.startswith("FY")

    @property
    def monthly(self) -> bool:
        """Whether the period is a month."""
        return not self.yearly and self.period not in ("all", EVERY_YEAR)

    @property
    def joint(self) -> bool:
        """Whether the row is of all fiscal years together: met where each of them is."""
        return self.period == EVERY_YEAR
