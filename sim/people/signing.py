"""Signing certificates (署名用電子証明書) issued again after a move: they end on a day of their own.

A move or a change of name ends the signing certificate but not the user certificate (RULE-009). The new one runs to the
fifth birthday after its own issue (RULE-003), never longer than the card. Where neither the card nor the user
certificate ends on that birthday, its holder has a notice and a renewal of its own.
"""

from __future__ import annotations

import numpy as np

from sim.people.cohorts import LEFT, CertificateResponse
from sim.streams import Floats


class SigningCertificates:
    """Those with a day of their own: ``stock[birth month, card birthdays left, certificate birthdays left]``."""

    def __init__(self) -> None:
        self.stock: Floats = np.zeros((12, LEFT, LEFT))

    def due(self, month: int) -> float:
        """Persons whose certificate ends at the next birthdays in ``month``, the card staying valid."""
        return float(self.stock[month % 12, 2:, 1].sum())

    def turn(self, month: int, response: CertificateResponse) -> float:
        """Let the birthdays of ``month`` pass; persons whose certificate ended. It is renewed like any other."""
        old = self.stock[month % 12]
        ended = self.due(month)
        new = np.zeros_like(old)
        new[1:-1, 1:-1] = old[2:, 2:]
        due = old[2:, 1] * (1 - response.switch)
        for left in range(1, LEFT - 1):
            self._keep(new, left, response.birthdays_in_time, due[left - 1] * response.in_time)
            self._keep(new, left, response.birthdays_late, due[left - 1] * response.late)
        self.stock[month % 12] = new
        return ended

    def issue(self, persons: Floats, birthdays: int) -> None:
        """New certificates for ``persons`` by birth month, card and user-certificate birthdays left.

        One that ends with the card or with the user certificate has no day of its own.
        """
        alone = persons.copy()
        alone[:, :, birthdays:] = 0.0
        self.stock[:, birthdays + 1 :, birthdays] += alone.sum(axis=2)[:, birthdays + 1 :]

    def thin(self, surviving: float) -> None:
        """Keep only a share."""
        self.stock *= surviving

    @staticmethod
    def _keep(new: Floats, card: int, birthdays: int, persons: float) -> None:
        if birthdays < card:
            new[card, birthdays] += persons
