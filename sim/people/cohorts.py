"""Holders as cohorts by birth year, birth month, and birthdays left until card and certificate expire.

Both expire on a birthday, so a cohort is touched only in its birth month: the month turns, one birthday fewer is left.
Counting birthdays left, instead of dates, makes the rules plain: an adult's new card has ten left, a minor's five, and
a renewal that keeps the old expiry joins with ten left once that expiry has passed. Birthdays are uniform over a first
issue and fixed from then on, so later cycles are not smeared again. Cohorts are expected persons (floats); what they do
each day is drawn as whole numbers elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.compiled import compiled
from sim.streams import Floats, Ints

FIRST_BIRTH_YEAR = 1910
BIRTH_YEARS = 150
LEFT = 11
BORN = np.arange(FIRST_BIRTH_YEAR, FIRST_BIRTH_YEAR + BIRTH_YEARS)


@dataclass(frozen=True)
class Terms:
    """What a card issued now lasts, in birthdays after issue, and from which age a holder is an adult."""

    adult_age: int
    adult: int
    minor: int
    certificate: int

    def of_age(self, age: Ints) -> Ints:
        """Birthdays a card lasts, for each age at issue (RULE-001, RULE-002)."""
        return np.where(age >= self.adult_age, self.adult, self.minor)


@dataclass(frozen=True)
class Expiries:
    """Persons by birth year whose card, or only whose certificate, expires in a month."""

    cards: Floats
    certificates: Floats


@dataclass(frozen=True)
class CertificateResponse:
    """Shares of holders with an expiring certificate, and the birthdays a renewed one lasts."""

    in_time: float
    late: float
    switch: float
    birthdays_in_time: int
    birthdays_late: int


class Cohorts:
    """The stock of valid cards: ``stock[birth year, birth month, card birthdays left, certificate birthdays left]``.

    Certificate birthdays left are 0 for holders without a valid certificate.
    """

    def __init__(self) -> None:
        self.stock: Floats = np.zeros((BIRTH_YEARS, 12, LEFT, LEFT))
        self._by_birth_year: Floats | None = None

    @property
    def total(self) -> float:
        """Persons with a valid card."""
        return float(self.stock.sum())

    def by_birth_year(self) -> Floats:
        """Persons with a valid card by birth year; asked for more often than the stock changes."""
        if self._by_birth_year is None:
            self._by_birth_year = self.stock.sum(axis=(1, 2, 3))
        return self._by_birth_year

    def due(self, month: int) -> Expiries:
        """Who expires at the next birthdays in ``month`` (less than twelve months ahead, not yet turned)."""
        slice_ = self.stock[:, month % 12]
        return Expiries(slice_[:, 1, :].sum(axis=1), slice_[:, 2:, 1].sum(axis=1))

    def turn(self, month: int, response: CertificateResponse) -> Expiries:
        """Let the birthdays of ``month`` pass: cards expire and leave; certificates expire, are renewed, or lapse."""
        expiries = self.due(month)
        shares = response.switch, response.in_time, response.late
        _turn(self.stock, month % 12, shares, (response.birthdays_in_time, response.birthdays_late))
        self._by_birth_year = None
        return expiries

    def add_first_issue(self, month: int, persons: Floats, terms: Terms) -> None:
        """Cards issued in ``month`` to ``persons`` by birth year, their birthdays uniform over the year.

        In the birth month itself half the birthdays come after the issue: they count as the first one.
        """
        this_year, last_year = (terms.of_age(month // 12 - BORN - ago) for ago in (0, 1))
        _add_first_issue(self.stock, month, persons, this_year, last_year, terms.certificate)
        self._by_birth_year = None

    def add_renewed(self, birth_month: int, persons: Floats, left: Ints, certificate: int) -> None:
        """Renewed cards of one birth month with ``left`` birthdays to go, by birth year."""
        _add_renewed(self.stock, birth_month, persons, left, certificate)
        self._by_birth_year = None

    def thin(self, surviving: Floats) -> None:
        """Keep only a share of each birth year (deaths, departures, losses)."""
        self.stock *= surviving[:, None, None, None]
        self._by_birth_year = None


@compiled
def _turn(stock: Floats, birth_month: int, shares: tuple[float, float, float], birthdays: tuple[int, int]) -> None:
    """Let the birthdays of a month pass, in place.

    Args:
        stock: of the cohorts.
        birth_month: the month, from 0.
        shares: of holders with an expiring certificate who take another card instead, and of the others who renew it in
            time and late.
        birthdays: that a certificate renewed in time and late lasts.
    """
    switch, in_time, late = shares
    for born in range(BIRTH_YEARS):
        cards = stock[born, birth_month]
        cards[0] = 0.0
        for left in range(1, LEFT - 1):
            before = cards[left + 1]
            due = before[1] * (1 - switch)
            cards[left, 0] = before[0] + due * (1.0 - in_time - late)
            cards[left, 1 : LEFT - 1] = before[2:]
            cards[left, LEFT - 1] = 0.0
            cards[left, min(birthdays[0], left)] += due * in_time
            cards[left, min(birthdays[1], left)] += due * late
        cards[LEFT - 1] = 0.0


@compiled
def _add_first_issue(
    stock: Floats, month: int, persons: Floats, this_year: Ints, last_year: Ints, certificate: int
) -> None:
    """Add cards issued in ``month`` to ``persons``, all by birth year.

    Args:
        stock: of the cohorts.
        month: in which they are issued.
        persons: who get one.
        this_year: birthdays that the cards last of who has had this year's birthday.
        last_year: the same of who has not.
        certificate: birthdays that certificates last.
    """
    for born in np.flatnonzero(persons):
        each = persons[born] / 12
        for birth_month in range(12):
            cards = stock[born, birth_month]
            if birth_month == month % 12:
                _add(cards, each / 2, this_year[born], certificate)
                _add(cards, each / 2, last_year[born] - 1, certificate - 1)
            else:
                _add(cards, each, last_year[born] if birth_month > month % 12 else this_year[born], certificate)


@compiled
def _add_renewed(stock: Floats, birth_month: int, persons: Floats, left: Ints, certificate: int) -> None:
    """Add cards of one birth month with ``left`` birthdays to go, to ``persons`` by birth year."""
    for born in np.flatnonzero(persons):
        _add(stock[born, birth_month], persons[born], left[born], certificate)


@compiled
def _add(cards: Floats, persons: float, left: int, certificate: int) -> None:
    """Add persons whose card has ``left`` birthdays to go to those born alike; certificates end no later than it."""
    cards[left, min(certificate, left)] += persons
