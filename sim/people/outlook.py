"""Holders month by month without the plant: through the card history, and on by expectation where it ends.

The start of every run and the ``wave`` table come from here. Cards are taken as issued in their month of application.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.people.cohorts import BIRTH_YEARS, FIRST_BIRTH_YEAR
from sim.people.history import CardHistory
from sim.people.holders import Holders, MonthOfHolders, first_day
from sim.plan import Plan
from sim.streams import Floats


def by_birth_year(cards: Floats, bands: tuple[tuple[int, int], ...], month: int) -> Floats:
    """Cards by age band as cards by birth year: even over the years of a band."""
    persons = np.zeros(BIRTH_YEARS)
    for count, (youngest, oldest) in zip(cards, bands, strict=True):
        newest = month // 12 - youngest - FIRST_BIRTH_YEAR
        oldest_index = max(month // 12 - oldest - FIRST_BIRTH_YEAR, 0)
        persons[oldest_index : newest + 1] += count / (newest + 1 - oldest_index)
    return persons


def newborns(count: float, month: int) -> Floats:
    """Persons born in the year of ``month``."""
    persons = np.zeros(BIRTH_YEARS)
    persons[month // 12 - FIRST_BIRTH_YEAR] = count
    return persons


def walk(holders: Holders, plan: Plan, history: CardHistory, end_month: int) -> Iterator[tuple[int, MonthOfHolders]]:
    """Advance ``holders`` from the first month of the history up to, not including, ``end_month``."""
    rows = history.drawn(plan.value("holders.history_position"), plan.value("holders.history_shift_days"))
    for month in range(history.first_month, end_month):
        opened = holders.open_month(month)
        if month < history.end_month:
            issue_gross(holders, rows[month - history.first_month], history.bands, month)
        else:
            issue_expected(holders, plan, history, month, opened.lost)
        holders.close_month(month)
        yield month, opened


def issue_gross(holders: Holders, cards: Floats, bands: tuple[tuple[int, int], ...], month: int) -> None:
    """Gross issues of a month: renewals as planned, the rest as first cards."""
    gross = by_birth_year(cards, bands, month)
    renewed = holders.mix[month]
    asked = sum(renewed.values(), np.zeros(BIRTH_YEARS))
    room = min(1.0, gross.sum() / asked.sum()) if asked.sum() > 0 else 1.0
    for expiry, persons in renewed.items():
        holders.issue_renewed(month, month, expiry, persons * room)
    first = np.maximum(gross - asked * room, 0)
    total = gross.sum() - asked.sum() * room
    if first.sum() > 0:
        holders.issue_first(month, month, first * (total / first.sum()))


def issue_expected(holders: Holders, plan: Plan, history: CardHistory, month: int, lost: float) -> None:
    """Applications of a month as expected, all issued in it."""
    for expiry, persons in holders.mix[month].items():
        holders.issue_renewed(month, month, expiry, persons)
    collected = 1 - plan.at("counters.never_collected_share", first_day(month))
    holders.issue_first(month, month, first_cards(plan, history, month) * collected)
    reissued = expected_moves(plan, month) + lost * plan.at("demand.loss_reissue_share", first_day(month))
    owners = holders.cohorts.by_birth_year()
    if owners.sum() > 0:
        holders.issue_first(month, month, owners / owners.sum() * reissued, limited=False)


def first_cards(plan: Plan, history: CardHistory, month: int) -> Floats:
    """Expected first cards of a month, newborns included, by birth year."""
    day = first_day(month)
    first = plan.at("demand.first_time_per_year", day) / 12
    born = plan.at("demand.births_per_year", day) / 12 * plan.at("demand.newborn_share", day)
    return by_birth_year(history.age_shares() * first, history.bands, month) + newborns(born, month)


def expected_moves(plan: Plan, month: int) -> float:
    """Expected applications of a month after moves."""
    day = first_day(month)
    return plan.at("demand.move_per_year", day) / 12
