"""What common random numbers are worth: the same change of one seat, with the same luck and with other luck."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.files.load import Scenario

SCENARIO, SEATS, FEWER = "baseline-fy2025", 90, 89
"""Seats of residents after ``seat-cut``, where each matters; with 120 few calls are lost, and the ratio is smaller."""
FIRST, LAST = date(2025, 4, 1), date(2025, 6, 30)
REPLICATIONS, SEED, OTHER_SEED = 12, 1, 2


def compare_crn() -> dict[str, Any]:
    """Ratio of 95 % half-widths of the difference in calls answered, residents' centre, first quarter of FY2025.

    Both are of 12 pairs, chance only: with common random numbers both sides of a pair draw from seed 1, without them
    the smaller centre draws from seed 2. The same estimate with the same degrees of freedom, so only the luck differs.
    """
    from scenarios.experiment.paired import Difference, paired
    from scenarios.files.load import load

    base = load(SCENARIO).with_values({"start": FIRST, "end": LAST, "contact.resident.seats": SEATS})
    fewer = base.with_values({"contact.resident.seats": FEWER})
    own = answered(base, SEED)

    def half(other: list[float]) -> tuple[Difference, float]:
        found = paired(other, own)
        if found is None:
            raise AssertionError("nothing to compare")
        low, high = found.interval()
        return found, (high - low) / 2

    (common, narrow), (_, wide) = half(answered(fewer, SEED)), half(answered(fewer, OTHER_SEED))
    return {
        "name": "compare_crn",
        "ratio": wide / narrow,
        "difference_points": 100 * common.mean,
        "half_width_points": 100 * narrow,
        "half_width_independent_points": 100 * wide,
    }


def answered(scenario: Scenario, seed: int) -> list[float]:
    """Share of residents' calls answered over the reported days, a number a replication."""
    from scenarios.history import load_history
    from sim.replication import replicate

    shares = []
    for replication in range(1, REPLICATIONS + 1):
        facts = replicate(scenario.parameters, load_history(), seed, replication, chance_only=True).facts
        shares.append(int(facts["calls_answered"].sum()) / int(facts["calls_offered"].sum()))
    return shares
