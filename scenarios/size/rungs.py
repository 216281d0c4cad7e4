"""The least rung of a ladder of capacities that will do: in one replication, in every period at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil

Lack = Callable[[str, int], float | None]
"""Of a period and a rung that was tried: how far it falls short, below 0 where it holds; None where nobody can tell."""
_GUESSES = 3
"""Rungs that are read off between others, at the most; where they do not close in, brackets are halved."""
_ROUNDING = 1e-9

Met = Callable[[Mapping[str, int]], Mapping[str, bool]]
"""From the rung of each period to whether its targets are met."""


@dataclass(frozen=True)
class Ladder:
    """Where to look: ``start`` is where theory expects the least rung, ``top`` the highest there is.

    Nobody asks for less than ``floor``: what holds there need not be known more closely. ``step`` is how far theory may
    well be off. ``fails`` is a rung that is known to fail.
    """

    floor: int
    start: int
    top: int
    step: int = 1
    fails: int | None = None


def _nobody_tells(period: str, rung: int) -> float | None:
    return None


def least_rungs(met: Met, ladders: Mapping[str, Ladder], lack: Lack = _nobody_tells) -> dict[str, int | None]:
    """The least rung of each period, from its floor up; None where even the top fails.

    More capacity is taken to meet no less. All periods are tried at once: those still sought at the rung in problem,
    the others at the least known to do. From theory's rung the search doubles its steps until what holds is bracketed,
    then halves the bracket (Bentley and Yao, *An almost optimal algorithm for unbounded searching*, 1976). Where two
    rungs tell how far they fall short, the one between or beyond that should just hold is tried first.
    """
    sought = {period: _Sought(ladder) for period, ladder in ladders.items()}
    for period, ladder in ladders.items():
        if ladder.fails is not None:
            sought[period].note(ladder.fails, lack(period, ladder.fails))
    while any(not search.done for search in sought.values()):
        told = met({period: search.rung for period, search in sought.items()})
        for period, search in sought.items():
            if not search.done:
                search.note(search.rung, lack(period, search.rung))
                search.learn(told[period])
    return {period: search.found for period, search in sought.items()}


class _Sought:
    """The bracket of one period: it fails at ``fails`` and holds at ``holds``, as far as known."""

    def __init__(self, ladder: Ladder) -> None:
        self._ladder = ladder
        self._fails = ladder.fails
        self._holds: int | None = None
        self._step = ladder.step
        self._lacks: dict[int, float] = {}
        self._guesses = _GUESSES
        least = ladder.floor if ladder.fails is None else max(ladder.floor, ladder.fails + 1)
        self.rung = min(max(ladder.start, least), ladder.top)
        self.done = ladder.fails == ladder.top

    @property
    def found(self) -> int | None:
        return self._holds

    def note(self, rung: int, lack: float | None) -> None:
        if lack is not None:
            self._lacks[rung] = lack

    def learn(self, held: bool) -> None:
        if held:
            self._holds = self.rung
        else:
            self._fails = self.rung
        self._next()

    def _next(self) -> None:
        fails, holds, floor, top = self._fails, self._holds, self._ladder.floor, self._ladder.top
        if holds == floor or (holds is not None and fails == holds - 1) or fails == top:
            self.done = True
            self.rung = top if holds is None else holds
        elif (guess := self._guess()) is not None:
            self._guesses -= 1
            least = floor if fails is None else max(floor, fails + 1)
            self.rung = min(max(guess, least), top if holds is None else holds - 1)
        elif holds is None and fails is not None:
            self.rung = min(fails + self._step, top)
            self._step *= 2
        elif fails is None and holds is not None:
            self.rung = max(holds - self._step, floor)
            self._step *= 2
        elif fails is not None and holds is not None:
            self.rung = (fails + holds) // 2

    def _guess(self) -> int | None:
        """The rung that should just hold, straight through the two that are nearest to it."""
        if not self._guesses or len(self._lacks) < 2:
            return None
        (one, first), (other, second) = sorted(self._lacks.items(), key=lambda told: abs(told[1]))[:2]
        falls, reach = (first - second) / (other - one), 2 * abs(other - one) + self._ladder.step
        if falls <= 0:
            return None
        guess = ceil(one + first / falls - _ROUNDING)
        return min(max(guess, min(one, other) - reach), max(one, other) + reach)
