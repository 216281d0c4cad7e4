"""Holders month by month without the plant: through the card history, and on by expectation where it ends.

The start of every run and the ``wave`` table come from here. Cards are taken as issued in their month of application.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.calendar import days_of, first_day
from sim.people.cohorts import BIRTH_YEARS, FIRST_BIRTH_YEAR
from sim.people.first_time import FirstTime
from sim.people.history import CardHistory
from sim.people.holders import Holders, MonthOfHolders
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


def walk(
    holders: Holders, plan: Plan, history: CardHistory, end_month: int, first_time: FirstTime | None = None
) -> Iterator[tuple[int, MonthOfHolders]]:
    """Advance ``holders`` from the first month of the history up to, not including, ``end_month``."""
    rows = history.drawn(plan.value("holders.history_position"), plan.value("holders.history_shift_days"))
    first_time = first_time or FirstTime(plan.parameters, plan.at)
    for month in range(history.first_month, end_month):
        opened = holders.open_month(month)
        if month < history.end_month:
            limited = plan.at("holders.limited_stay_share", first_day(month))
            issue_gross(holders, rows[month - history.first_month], history.bands, month, limited)
        else:
            first = first_cards(history, month, first_time.expected(month), expected_newborns(plan, month))
            exchanged = expected_exchanges(holders, plan, first_time, month, opened)
            issue_expected(holders, plan, month, first, opened, exchanged)
        holders.close_month(month)
        yield month, opened


def issue_gross(
    holders: Holders, cards: Floats, bands: tuple[tuple[int, int], ...], month: int, limited_share: float
) -> None:
    """Gross issues of a month: renewals as planned, the rest as first cards, some of them of a limited stay."""
    gross = by_birth_year(cards, bands, month)
    renewed = holders.mix[month]
    asked = sum(renewed.values(), np.zeros(BIRTH_YEARS))
    room = min(1.0, gross.sum() / asked.sum()) if asked.sum() > 0 else 1.0
    holders.issue_renewed(month, month, renewed, room)
    first = np.maximum(gross - asked * room, 0)
    total = gross.sum() - asked.sum() * room
    if first.sum() > 0:
        holders.limited.usual += total * limited_share
        holders.issue_first(month, month, first * (total * (1 - limited_share) / first.sum()))


def issue_expected(
    holders: Holders, plan: Plan, month: int, first: Floats, opened: MonthOfHolders, exchanged: float
) -> None:
    """Applications of a month as expected, all issued in it; ``first`` by birth year. Some are never collected."""
    collected = 1 - plan.at("counters.never_collected_share", first_day(month))
    holders.issue_renewed(month, month, holders.mix[month], collected)
    holders.issue_first(month, month, first * collected)
    holders.limited.usual += opened.stays.begun
    holders.limited.on_top += _mean(plan, "demand.residence_card_share", month) * opened.stays.extended_without_card
    moved, reissued = expected_moves(plan, month), expected_reissues(plan, month, opened.lost)
    replacing = moved * plan.at("demand.move_replaces_share", first_day(month))
    replacing += reissued * pushed_share(plan, month) + exchanged
    issue_again(holders, month, month, (moved + reissued + exchanged) * collected, replacing * collected)


def issue_again(holders: Holders, receipt_month: int, issue_month: int, persons: float, replacing: float) -> None:
    """Cards of persons who had one before; ``replacing`` of them take the place of a valid one, which leaves."""
    owners = holders.cohorts.by_birth_year()
    if owners.sum() > 0:
        shares = owners / owners.sum()
        holders.replace(shares * replacing)
        holders.issue_first(receipt_month, issue_month, shares * persons)


def first_cards(history: CardHistory, month: int, first: float, born: float) -> Floats:
    """First cards by birth year: ``first`` of the ages that take them now, and those of newborns."""
    return by_birth_year(history.age_shares() * first, history.bands, month) + newborns(born, month)


def expected_newborns(plan: Plan, month: int) -> float:
    """Expected applications of a month for newborns."""
    day = first_day(month)
    return plan.at("demand.births_per_year", day) / 12 * plan.at("demand.newborn_share", day)


def expected_moves(plan: Plan, month: int) -> float:
    """Expected applications of a month after moves."""
    day = first_day(month)
    return plan.at("demand.move_per_year", day) / 12


def expected_reissues(plan: Plan, month: int, lost: float) -> float:
    """Expected applications of a month for cards lost in it, and for others that a push replaces."""
    return lost * plan.at("demand.loss_reissue_share", first_day(month)) * _reissue_push(plan, month)


def expected_without_exchange(
    holders: Holders, plan: Plan, first_time: FirstTime, month: int, opened: MonthOfHolders
) -> float:
    """Expected applications of a month, save for valid cards exchanged for the next card."""
    renewed = sum(float(persons.sum()) for persons in holders.mix[month].values())
    first = first_time.expected(month) + opened.stays.begun + expected_newborns(plan, month)
    weights = plan.parameters.demand.month_weights
    season = weights[month % 12] * 12 / sum(weights)
    return renewed + first + expected_reissues(plan, month, opened.lost) + season * expected_moves(plan, month)


def expected_exchanges(
    holders: Holders, plan: Plan, first_time: FirstTime, month: int, opened: MonthOfHolders
) -> float:
    """Expected holders who exchange a valid card for the next card in a month."""
    if not holders.next_cards.launching(month):
        return 0.0
    asked = expected_without_exchange(holders, plan, first_time, month, opened)
    return holders.next_cards.exchanges(month, asked, first_time.back(month))


def pushed_share(plan: Plan, month: int) -> float:
    """Of a month's reissues those that a push adds: their old cards are still valid."""
    return 1 - 1 / max(_reissue_push(plan, month), 1.0)


def _reissue_push(plan: Plan, month: int) -> float:
    return _mean(plan, "demand.reissue_push", month)


def _mean(plan: Plan, path: str, month: int) -> float:
    return float(np.mean([plan.at(path, day) for day in days_of(month)]))
