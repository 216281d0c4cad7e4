"""The card history that every run starts from: cards issued, and collected sooner or later, by month and age band.

Three steps. Hand-overs by month and age band come from the published tables. They are moved earlier by the mean time
from issue to hand-over, because validity runs from the issue (RULE-013); the first months of 2016 follow the published
dispatches instead (APPL-013), when cards piled up at the municipalities, less those that nobody ever collected: they
are held by nobody and do not come back for renewal. From the month where only cards held are published, the issues are
rebuilt: holders are walked month by month, and each month's first cards are what the stock needs to reach the published
number of cards held. Low and high repeat the last step with attrition, losses and lapses at their low and high ends.

Of all issues, those are first cards that the walk does not expect as renewals.
"""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import numpy as np
from scipy.interpolate import PchipInterpolator

from calibration.figures import load_figures, load_handed_over
from calibration.gross_handovers import gross_handovers, handed_over_by, monthly_totals
from scenarios.files.load import load
from sim.calendar import Calendar, first_day, month_label
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
DISPATCHES = "DISP-2017-08"
"""Cards dispatched by a day on which the rush of 2016 was over; hand-overs of that day are in the tables by age."""
_RECENT_MONTHS = 6
"""So many of the last months with ages give the ages of first cards after them."""
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
    (middle, first), (low, _), (high, _) = (_rebuild(issued, parameters, end) for end in ("value", "low", "high"))
    return CardHistory(FIRST_MONTH, _bands(), middle, np.minimum(middle, low), np.maximum(middle, high), first)


def never_collected_share() -> float:
    """Share of the cards of 2016 that nobody collected.

    Of those dispatched by the end of August 2017 so many were handed over by one time from issue to hand-over later.
    """
    dispatched = load_figures()[DISPATCHES]
    if dispatched.period_end is None:
        raise ValueError(f"published figure {DISPATCHES} has no day")
    collected = handed_over_by(dispatched.period_end.toordinal() + ISSUE_TO_HANDOVER_DAYS)
    return 1 - collected / dispatched.number


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
    """Cards issued by month: hand-overs moved earlier, but the dispatches of early 2016 that were ever collected."""
    totals = np.array(list(monthly_totals().values()))
    handed_over = np.concatenate([[0.0], np.cumsum(totals)])
    ends = np.arange(len(handed_over), dtype=float)
    lag = ISSUE_TO_HANDOVER_DAYS / DAYS_A_MONTH
    curve = PchipInterpolator(ends, handed_over)
    known = ends + lag <= ends[-1]
    issued = np.asarray(curve(ends[known] + lag))
    issued[0] = 0.0
    backlog_gone = 15  # by the end of March 2017 hand-overs had caught up with the dispatches of 2016
    issued[1:4] = DISPATCHED_BY_MARCH_2016 * (1 - never_collected_share()) * np.array([0.2, 0.6, 1.0])
    issued[4:backlog_gone] = np.interp(ends[4:backlog_gone], [3, backlog_gone], [issued[3], issued[backlog_gone]])
    return np.diff(issued)


def _rebuild(issued: Floats, parameters: Parameters, end: str) -> tuple[Floats, Floats]:
    """Go on from published hand-overs to published cards held, with attrition at its value, low or high.

    The stock and the published number differ a little where the rebuilding starts (cards issued, not yet handed over;
    attrition so far); that gap is kept, so that only changes in cards held drive the rebuilt issues.

    Returns:
        All issues, and the first cards among them, by month and band.
    """
    plan = _plan(parameters, end)
    bands = _bands()
    history = CardHistory(FIRST_MONTH, bands, issued, issued, issued)
    holders = Holders(plan, history, date(2027, 3, 31))
    lag = ISSUE_TO_HANDOVER_DAYS / DAYS_A_MONTH
    rows: list[Floats] = []
    first_cards: list[Floats] = []
    gap = 0.0
    for month in range(FIRST_MONTH, LAST_MONTH + 1):
        opened = holders.open_month(month)
        if month == FIRST_MONTH + len(issued):
            gap = opened.held - _held_at(month + lag)
        renewed = _in_bands(sum(holders.mix[month].values(), np.zeros(BIRTH_YEARS)), bands, month)
        if month < FIRST_MONTH + len(issued):
            rows.append(issued[month - FIRST_MONTH])
            first_cards.append(np.maximum(rows[-1] - renewed, 0.0))
        else:
            known = sum(first_cards[len(issued) - _RECENT_MONTHS : len(issued)], np.zeros(len(bands)))
            needed = _needed(holders, opened.held, _held_at(month + 1 + lag) + gap, month)
            first_cards.append(known / known.sum() * needed)
            rows.append(first_cards[-1] + renewed)
        issue_gross(holders, rows[-1], bands, month, plan.at("holders.limited_stay_share", first_day(month)))
        holders.close_month(month)
    return np.array(rows), np.array(first_cards)


def _needed(holders: Holders, opened: float, wanted: float, month: int) -> float:
    """First cards of a month with which the stock, less a month's attrition, reaches ``wanted``."""
    attrition = 1 - holders.surviving(month)
    owners = holders.cohorts.by_birth_year()
    lost = float((owners * attrition).sum()) + holders.limited.total * float(attrition.min())
    joining_now = sum(float(persons.sum()) for expiry, persons in holders.mix[month].items() if expiry <= month)
    return max(wanted - (opened - lost + joining_now), 0.0)


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
    writer.writerow(["month", "age_from", "age_to", "cards", "low", "high", "first"])
    first = history.cards if history.first is None else history.first
    for row, tables in enumerate(zip(history.cards, history.low, history.high, first, strict=True)):
        for band, (youngest, oldest) in enumerate(history.bands):
            values = [round(float(table[band])) for table in tables]
            writer.writerow([month_label(history.first_month + row), youngest, oldest, *values])
    return text.getvalue()


if __name__ == "__main__":
    import sys

    sys.stdout.write(as_csv(build()))
