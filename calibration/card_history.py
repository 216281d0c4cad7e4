"""The card history that every run starts from: gross cards issued by month and age band.

Three steps. Hand-overs by month and age band come from the published tables. They are moved earlier by the mean time
from issue to hand-over, because validity runs from the issue (RULE-013); the first months of 2016 follow the published
dispatches instead (APPL-013), when cards piled up at the municipalities. From the month where only cards held are
published, the issues are rebuilt: holders are walked month by month, and each month's first cards are what the stock
needs to reach the published number of cards held. Low and high repeat the last step with attrition, losses and lapses
at their low and high ends.
"""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import numpy as np
from scipy.interpolate import PchipInterpolator

from calibration.figures import load_handed_over
from calibration.gross_handovers import gross_handovers, monthly_totals
from scenarios.load import load
from sim.calendar import Calendar, month_label
from sim.parameters import Parameters, quantities
from sim.people.cohorts import BIRTH_YEARS, BORN
from sim.people.history import CardHistory
from sim.people.holders import Holders
from sim.people.outlook import issue_gross
from sim.plan import Plan
from sim.streams import Floats, Streams
from sim.timing import DAYS_A_MONTH

FIRST_MONTH = 2016 * 12
ISSUE_TO_HANDOVER_DAYS = 50
"""Mean time from issue to hand-over in the history. One to two months by inference (RULE-013); within that, chosen so
that the notices of FY2024 (JLIS-021) come out within 5 %. Longer than today's: 2021 and 2022 were crowded."""
DISPATCHED_BY_MARCH_2016 = 8_670_000
"""Cards dispatched by 27 March 2016 (APPL-013), of which 2.04 million had been handed over."""
LAST_MONTH = 2025 * 12 + 11
"""Last month whose issues show in the cards held published for the end of January 2026."""
ATTRITION = (
    "holders.departure_rate",
    "holders.loss_rate",
    "renewal.card_lapse_share",
)
"""What the rebuilt months depend on, besides the published stock."""


def build() -> CardHistory:
    """Make the history anew from the published figures and the baseline's values."""
    parameters = load("baseline-fy2025").parameters
    issued = _issued_before_rebuilding()
    middle, low, high = (_rebuild(issued, parameters, end) for end in ("value", "low", "high"))
    return CardHistory(FIRST_MONTH, _bands(), middle, np.minimum(middle, low), np.maximum(middle, high))


def _bands() -> tuple[tuple[int, int], ...]:
    edges = [band.rstrip("+").split("-") for band in gross_handovers().bands]
    return tuple((int(edge[0]), int(edge[1]) if len(edge) > 1 else 99) for edge in edges)


def _issued_before_rebuilding() -> Floats:
    """Issues by month and band, from January 2016 as long as published hand-overs tell them."""
    by_age = gross_handovers()
    totals = _issue_totals()
    shares = by_age.cards / by_age.cards.sum(axis=1, keepdims=True)
    shares = np.vstack([shares, np.repeat(shares[-1:], len(totals) - len(shares), axis=0)])
    return shares * totals[:, None]


def _issue_totals() -> Floats:
    """Cards issued by month: hand-overs moved earlier, but the published dispatches of early 2016."""
    totals = np.array(list(monthly_totals().values()))
    handed_over = np.concatenate([[0.0], np.cumsum(totals)])
    ends = np.arange(len(handed_over), dtype=float)
    lag = ISSUE_TO_HANDOVER_DAYS / DAYS_A_MONTH
    curve = PchipInterpolator(ends, handed_over)
    known = ends + lag <= ends[-1]
    issued = np.asarray(curve(ends[known] + lag))
    issued[0] = 0.0
    backlog_gone = 15  # by the end of March 2017 hand-overs had caught up with the dispatches of 2016
    issued[1:4] = DISPATCHED_BY_MARCH_2016 * np.array([0.2, 0.6, 1.0])
    issued[4:backlog_gone] = np.interp(ends[4:backlog_gone], [3, backlog_gone], [issued[3], issued[backlog_gone]])
    return np.diff(issued)


def _rebuild(issued: Floats, parameters: Parameters, end: str) -> Floats:
    """Go on from published hand-overs to published cards held, with attrition at its value, low or high.

    The stock and the published number differ a little where the rebuilding starts (cards issued, not yet handed over;
    attrition so far); that gap is kept, so that only changes in cards held drive the rebuilt issues.
    """
    plan = _plan(parameters, end)
    bands = _bands()
    history = CardHistory(FIRST_MONTH, bands, issued, issued, issued)
    holders = Holders(plan, history, date(2027, 3, 31))
    lag = ISSUE_TO_HANDOVER_DAYS / DAYS_A_MONTH
    rows = [row.copy() for row in issued]
    recent = issued[-6:].sum(axis=0) / issued[-6:].sum()
    gap = 0.0
    for month in range(FIRST_MONTH, LAST_MONTH + 1):
        opened = holders.open_month(month)
        if month == FIRST_MONTH + len(issued):
            gap = opened.held - _held_at(month + lag)
        if month >= FIRST_MONTH + len(issued):
            wanted = _held_at(month + 1 + lag) + gap
            rows.append(_needed(holders, opened.held, wanted, bands, recent, month))
        issue_gross(holders, rows[month - FIRST_MONTH], bands, month)
        holders.close_month(month)
    return np.array(rows)


def _needed(
    holders: Holders,
    opened: float,
    wanted: float,
    bands: tuple[tuple[int, int], ...],
    mix: Floats,
    month: int,
) -> Floats:
    """Gross issues of a month, by band, so that the stock, less a month's attrition, reaches ``wanted``."""
    attrition = 1 - holders.surviving(month)
    owners = holders.cohorts.by_birth_year()
    lost = float((owners * attrition).sum()) + holders.limited * float(attrition.min())
    renewed = sum(holders.mix[month].values(), np.zeros(BIRTH_YEARS))
    joining_now = sum(
        (persons for expiry, persons in holders.mix[month].items() if expiry <= month), np.zeros(BIRTH_YEARS)
    )
    first = max(wanted - (opened - lost + float(joining_now.sum())), 0.0)
    return mix * first + _in_bands(renewed, bands, month)


def _in_bands(persons: Floats, bands: tuple[tuple[int, int], ...], month: int) -> Floats:
    age = month // 12 - BORN
    return np.array([persons[(age >= youngest) & (age <= oldest)].sum() for youngest, oldest in bands])


def _held_at(month: float) -> float:
    """Published cards held (保有) at a month number with fraction; a curve through the published points."""
    points = {
        row.as_of.year * 12 + row.as_of.month - 1 + row.as_of.day / 31: float(row.held)
        for row in load_handed_over()
        if row.held is not None
    }
    return float(PchipInterpolator(list(points), list(points.values()))(min(month, max(points))))


def _plan(parameters: Parameters, end: str) -> Plan:
    """The baseline's middle values, with attrition at its value, low or high end."""
    settings = {path: getattr(quantities(parameters)[path].steps[0], end) for path in ATTRITION}
    changed = load("baseline-fy2025").with_values(settings).parameters
    calendar = Calendar(changed.first_simulated_day, changed.end)
    return Plan(changed, Streams(0, 0), calendar, chance_only=True)


def as_csv(history: CardHistory) -> str:
    """The text of ``scenarios/library/history/cards_issued.csv``: whole cards, a line a month and band."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["month", "age_from", "age_to", "cards", "low", "high"])
    for row, (cards, low, high) in enumerate(zip(history.cards, history.low, history.high, strict=True)):
        for band, (youngest, oldest) in enumerate(history.bands):
            values = [round(float(x[band])) for x in (cards, low, high)]
            writer.writerow([month_label(history.first_month + row), youngest, oldest, *values])
    return text.getvalue()


if __name__ == "__main__":
    import sys

    sys.stdout.write(as_csv(build()))
