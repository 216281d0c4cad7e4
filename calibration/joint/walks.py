"""What the holders' walk says at points of the prior: published figures of the stock, and what drives calls by year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

import numpy as np

from calibration.agreement import load as load_agreements
from calibration.holders_walk import Outlook, outlook
from calibration.joint.coordinates import Coordinates
from calibration.problems.holders import speaks_of, told
from sim.streams import Floats

READ = (
    "holders.departure_rate",
    "holders.loss_rate",
    "holders.limited_stay_share",
    "holders.limited_stay_growth",
    "holders.limited_stay_years",
    "holders.stay_extended_share",
    "holders.history_position",
    "holders.history_shift_days",
    "renewal.card_lapse_share",
    "renewal.card_late_share",
    "renewal.certificate_lapse_share",
    "renewal.certificate_late_share",
    "renewal.days_to_respond",
    "renewal.days_late",
    "demand.first_time_per_year",
    "demand.first_time_level",
    "demand.first_time_push",
    "demand.push_forward_share",
    "demand.push_forward_months",
    "demand.reissue_push",
    "demand.births_per_year",
    "demand.newborn_share",
    "demand.move_per_year",
    "demand.move_replaces_share",
    "demand.loss_reissue_share",
    "counters.never_collected_share",
)
"""Coordinates that the stock of cards up to FY2027 depends on."""
YEARS = (2025, 2026, 2027)
DRIVERS = ("notices", "applications", "held", "certificates")
"""What calls are about, by fiscal year: notices, applications, cards held on average, certificates that expire."""
_END = date(2028, 6, 30)

Keep = Callable[[str, Callable[[], Any]], Any]


@cache
def figures() -> tuple[str, ...]:
    """Ids of the published figures that the walk speaks of."""
    return tuple(id_ for id_ in load_agreements() if speaks_of(id_))


@cache
def outputs() -> tuple[str, ...]:
    """Names of what an evaluation says, in order."""
    return (*figures(), *(f"{driver}/{year}" for driver in DRIVERS for year in YEARS))


def evaluated(
    unknowns: Coordinates, positions: Sequence[Mapping[str, float]], keep: Keep, done: Callable[[], None]
) -> Floats:
    """The walk at each position, shape (points, outputs); coordinates without a position are at their middle."""
    rows = []
    for u in positions:
        rows.append(keep(f"walk/{sorted(u.items())}", partial(_evaluate, unknowns, u)))
        done()
    return np.array(rows)


def _evaluate(unknowns: Coordinates, u: Mapping[str, float]) -> list[float]:
    found = outlook(unknowns.at(u), _END)
    return [*(told(found, id_) for id_ in figures()), *drivers(found)]


def drivers(found: Outlook) -> list[float]:
    """What calls are about, by driver and fiscal year."""
    series = {
        "notices": found.notices,
        "applications": found.applications,
        "held": found.held / 12,
        "certificates": found.certificates,
    }
    first = {year: year * 12 + 3 - int(found.months[0]) for year in YEARS}
    return [float(series[name][first[year] : first[year] + 12].sum()) for name in DRIVERS for year in YEARS]
