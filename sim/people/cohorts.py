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

from sim.streams import Floats, Ints

FIRST_BIRTH_YEAR = 1910
BIRTH_YEARS = 150
LEFT = 11
BORN = np.arange(FIRST_BIRTH_YEAR, FIRST_BIRTH_YEAR + BIRTH_YEARS)
_ROWS = np.arange(BIRTH_YEARS)


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

    @property
    def total(self) -> float:
        """Persons with a valid card."""
        return float(self.stock.sum())

    def by_birth_year(self) -> Floats:
        """Persons with a valid card by birth year."""
        return np.asarray(self.stock.sum(axis=(1, 2, 3)))

    def due(self, month: int) -> Expiries:
        """Who expires at the next birthdays in ``month`` (less than twelve months ahead, not yet turned)."""
        slice_ = self.stock[:, month % 12]
        return Expiries(slice_[:, 1, :].sum(axis=1), slice_[:, 2:, 1].sum(axis=1))

    def turn(self, month: int, response: CertificateResponse) -> Expiries:
        """Let the birthdays of ``month`` pass: cards expire and leave; certificates expire, are renewed, or lapse."""
        old = self.stock[:, month % 12].copy()
        expiries = self.due(month)
        new = np.zeros_like(old)
        new[:, 1:-1, 1:-1] = old[:, 2:, 2:]
        new[:, 1:-1, 0] = old[:, 2:, 0]
        due = old[:, 2:, 1] * (1 - response.switch)
        lapsed = 1.0 - response.in_time - response.late
        new[:, 1:-1, 0] += due * lapsed
        for left in range(1, LEFT - 1):
            new[:, left, min(response.birthdays_in_time, left)] += due[:, left - 1] * response.in_time
            new[:, left, min(response.birthdays_late, left)] += due[:, left - 1] * response.late
        self.stock[:, month % 12] = new
        return expiries

    def add_first_issue(self, month: int, persons: Floats, terms: Terms) -> None:
        """Cards issued in ``month`` to ``persons`` by birth year, their birthdays uniform over the year.

        In the birth month itself half the birthdays come after the issue: they count as the first one.
        """
        age = month // 12 - BORN
        each = persons / 12
        for birth_month in range(12):
            if birth_month == month % 12:
                self._add(birth_month, each / 2, terms.of_age(age), terms.certificate)
                self._add(birth_month, each / 2, terms.of_age(age - 1) - 1, terms.certificate - 1)
            else:
                later = birth_month > month % 12
                self._add(birth_month, each, terms.of_age(age - later), terms.certificate)

    def add_renewed(self, birth_month: int, persons: Floats, left: Ints, certificate: int) -> None:
        """Renewed cards of one birth month with ``left`` birthdays to go, by birth year."""
        self._add(birth_month, persons, left, certificate)

    def _add(self, birth_month: int, persons: Floats, left: Ints, certificate: int) -> None:
        self.stock[_ROWS, birth_month, left, np.minimum(certificate, left)] += persons

    def thin(self, surviving: Floats) -> None:
        """Keep only a share of each birth year (deaths, departures, losses)."""
        self.stock *= surviving[:, None, None, None]
