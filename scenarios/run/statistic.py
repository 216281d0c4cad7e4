"""A row of ``targets`` in ``summary.json``: what judging writes and reports read."""

from __future__ import annotations

from dataclasses import dataclass

from sim.calendar import YEARS, Period
from sim.target import code

EVERY_YEAR = YEARS
"""The period of what is said of all fiscal years together."""


@dataclass(frozen=True)
class Used:
    """One of the two largest causes of a load."""

    cause: str
    """reasons of applications and of calls as in `daily.parquet`, and of visits `early`, `in_time`, `late` (renewals
    before the notice, on it, after expiry), `signing` and `extended` (stays)"""
    load: float
    """on average, in multiples of the reference year's whole load"""
    grows_to: float | None
    """so many times as much of that cause alone uses up the margin of 80 %; null where there is none left or it lies
    beyond what was looked at"""


@dataclass(frozen=True)
class Looked:
    """The factors on a year's load among which margins were looked for."""

    least: float
    most: float
    """in multiples of a year's own"""


@dataclass(frozen=True)
class Row:
    """One statistic of one target, part and period (``docs/formats.md``); what a run cannot say is None."""

    id: str
    """`issue-14-days`, `express-7-days`, `dispatch-4.8m`, `intake-160k`, `calls-95`, `helpdesk-95`,
    `availability-99.9`, `renewed-in-time`, `counters-no-errors`"""
    part: str | None
    """the class (`standard`, `express`), the system (`card_management`, `jpki_counter`, `jpki_verifier`), or null for
    the whole"""
    period: str
    """`FY2026`, `2026-04`, `all` (the run), or `years` (all fiscal years together, deciding statistics only: met in a
    replication where no tested year is missed, its value that of the worst year); by date of receipt for cards, by day
    for calls, systems and counters"""
    statistic: str
    """see below"""
    decides: bool
    """true for exactly one statistic of a target, part and period"""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    """mean over replications and its 95 % t interval; shares are 0 to 1; intervals need two replications"""
    threshold: float | None = None
    """what the value is judged against, for deciding statistics"""
    probability: float | None = None
    probability_low: float | None = None
    probability_high: float | None = None
    """share of replications that meet the threshold, with its Wilson interval; where `computed`, the probability
    without one"""
    computed: bool = False
    """true for availability: the probability is worked out from how often systems break down and how long repairs take
    (`scenarios/run/available.py`), averaged over draws of what is not known, and the verdict is its word; false where
    replications are counted"""
    verdict: str | None = None
    """`holds`, `at_risk`, `fails`, `undecided` (too few replications to tell), `not_tested`; null for informing
    statistics. That of `years` (of `all` where a target has no years) is the target's"""
    replications_to_decide: int | None = None
    """where undecided: how many replications in all would decide if the share that meets the threshold stays; null
    where more than 1,000 would be needed, and where nothing is undecided"""
    first_breach: str | None = None
    first_breach_low: str | None = None
    first_breach_high: str | None = None
    """first month in breach, or in `years` the first fiscal year that is missed: middle and 10-90 % of the
    replications that have one; where `computed`, of the probabilities of the fiscal years"""
    short_of: str | None = None
    """what most late card-days waited for, in the replications that miss; `seats_resident` and `seats_helpdesk` for
    calls, `breakdowns` for systems, `slots` or `jpki` (many transactions failed) for renewals"""
    driver: str | None = None
    """the load that can break the target: `applications`, `certificate_visits` (persons who set out for a counter to
    renew a certificate, get a new signing one or extend their stay), `resident_calls` or `helpdesk_calls` (first calls
    of a centre); empty where no load does"""
    driver_reference: str | None = None
    """what loads are multiples of: `FY2025`, each replication's own; where a run does not hold that year, the twelve
    months before its first day (`FY2027`, `2027-07/2028-06`). A year of which only some months are reported is held
    against the same months"""
    driver_forecast_low: float | None = None
    driver_forecast_high: float | None = None
    """the load of the year as simulated, from 5 to 95 % of replications; in `years` that of each replication's fullest
    year"""
    margin_50: float | None = None
    """how many times its load the target bears with a probability of 50, 80 or 90 %: that quantile of the factors on
    the year's load at which the replications just meet it, the other years' loads being as they are; in `years` of the
    least factor of each replication's years. From 0.1 to 5: an end stands for all beyond it. Below 1 the target fails
    under the load as it is forecast"""
    margin_50_low: float | None = None
    margin_50_high: float | None = None
    """its 95 % interval: the order statistics that hold the true quantile whatever the distribution; empty where so
    few replications cannot tell"""
    margin_80: float | None = None
    """how many times its load the target bears with a probability of 50, 80 or 90 %: that quantile of the factors on
    the year's load at which the replications just meet it, the other years' loads being as they are; in `years` of the
    least factor of each replication's years. From 0.1 to 5: an end stands for all beyond it. Below 1 the target fails
    under the load as it is forecast"""
    margin_80_low: float | None = None
    margin_80_high: float | None = None
    """its 95 % interval: the order statistics that hold the true quantile whatever the distribution; empty where so
    few replications cannot tell"""
    margin_90: float | None = None
    """how many times its load the target bears with a probability of 50, 80 or 90 %: that quantile of the factors on
    the year's load at which the replications just meet it, the other years' loads being as they are; in `years` of the
    least factor of each replication's years. From 0.1 to 5: an end stands for all beyond it. Below 1 the target fails
    under the load as it is forecast"""
    margin_90_low: float | None = None
    margin_90_high: float | None = None
    """its 95 % interval: the order statistics that hold the true quantile whatever the distribution; empty where so
    few replications cannot tell"""
    margin_replications: int | None = None
    """how many replications say so"""
    uses_up: tuple[Used, ...] | None = None
    """the two largest causes of the load: `cause`, `load` (on average, in the same multiples), and `grows_to`, so many
    times as much of that cause alone uses up the margin of 80 %; empty where there is none left or it lies beyond what
    was looked at. Causes are the reasons of applications and of calls as in `daily.parquet`, and of visits `early`,
    `in_time`, `late` (renewals before the notice, on it, after expiry), `signing` and `extended` (stays)"""
    monthly_breach_probability: float | None = None
    """share of replications with any month in breach"""
    chance_share: float | None = None
    chance_share_low: float | None = None
    chance_share_high: float | None = None
    """share of the variance over replications that is chance, with its 95 % interval (quantiles of F for a ratio of
    two variances); null where it cannot be told: nothing varies, or nothing by chance alone"""

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
