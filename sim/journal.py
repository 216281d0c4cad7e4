"""The parts' notice board: a whole number per fact and day (and place, where it has an axis), and what must add up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

import numpy as np

from sim.declared import Fact, Part
from sim.parts import DECLARED, FACTS
from sim.streams import Ints


class ConservationError(RuntimeError):
    """Cards appeared from nowhere or vanished: a fault of the model."""


class UndeclaredFactError(LookupError):
    """A fact that no part declares: a fault of the model."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no part declares the fact {name}: it belongs into the facts.py of the part that posts it")


class Journal:
    """Facts by name and day; ``table``: the same, a row each; ``along``: those with an axis by day and place."""

    def __init__(self, days: int, facts: Mapping[str, Fact] = FACTS) -> None:
        self.days = days
        self._declared = facts
        self.table: Ints = np.zeros((len(facts), days), dtype=np.int64)
        self._rows = {name: row for row, name in enumerate(facts)}
        self._facts: dict[str, Ints] = dict(zip(facts, self.table, strict=True))
        self._boards = {name: series.data for name, series in self._facts.items()}  # quicker for one number
        self.along: dict[str, Ints] = {
            name: np.zeros((days, len(fact.axis.places)), dtype=np.int64) for name, fact in facts.items() if fact.axis
        }

    def __getitem__(self, name: str) -> Ints:
        try:
            return self._facts[name]
        except KeyError:
            raise UndeclaredFactError(name) from None

    def row(self, name: str) -> int:
        """The row of a fact in the table.

        Raises:
            UndeclaredFactError: if no part declares the fact.
        """
        try:
            return self._rows[name]
        except KeyError:
            raise UndeclaredFactError(name) from None

    def post(self, name: str, day: int, count: int) -> None:
        """Add to a fact of a day; what falls after the run is left out.

        Raises:
            UndeclaredFactError: if no part declares the fact.
        """
        if 0 <= day < self.days:
            try:
                self._boards[name][day] += count
            except KeyError:
                raise UndeclaredFactError(name) from None

    def post_all(self, day: int, counts: Mapping[str, int], prefix: str = "") -> None:
        """Add to several facts of a day, whose names begin alike.

        Raises:
            UndeclaredFactError: if no part declares one of them.
        """
        for name, count in counts.items():
            self.post(prefix + name, day, count)

    def post_days(self, name: str, days: slice, counts: Ints) -> None:
        """Add a series to a fact.

        Raises:
            UndeclaredFactError: if no part declares the fact.
        """
        self[name][days] += counts

    def post_along(self, name: str, days: slice, counts: Ints) -> None:
        """Add to a fact with an axis, by day and place; its total follows.

        Raises:
            UndeclaredFactError: if no part declares the fact with an axis.
        """
        if name not in self.along:
            raise UndeclaredFactError(name)
        self.along[name][days] += counts
        self.post_days(name, days, counts.sum(axis=-1))

    def close(self, unknown: Collection[str] = (), parts: Iterable[Part] = DECLARED) -> dict[str, Ints]:
        """Check conservation for every day and hand over the facts; nothing is known of the parts ``unknown``.

        Raises:
            ConservationError: naming the balance and the first day on which it does not hold.
        """
        for part in parts:
            if part.name not in unknown:
                self._check(part)
        return self._facts

    def _check(self, part: Part) -> None:
        for balance in part.balances:
            _compare(balance.name, self._sum(balance.come_in), self._sum(balance.accounted_for))
        for fact in part.facts:
            if fact.axis:
                _compare(f"{fact.name} by {fact.axis.name}", self[fact.name], self.along[fact.name].sum(axis=1))

    def _sum(self, names: Iterable[str]) -> Ints:
        """Flows since the first day and stocks as they stand, together."""
        total: Ints = np.zeros(self.days, dtype=np.int64)
        for name in names:
            total += self[name] if self._declared[name].stock else np.cumsum(self[name])
        return total


def _compare(balance: str, left: Ints, right: Ints) -> None:
    off = np.flatnonzero(left != right)
    if len(off):
        day = int(off[0])
        raise ConservationError(f"{balance}: {left[day]} in, {right[day]} accounted for on day {day}")
