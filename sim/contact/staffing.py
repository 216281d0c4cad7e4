"""Agents at their post by half-hour, and the seats that calls of a period would need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.calendar import Flags
from sim.contact.erlang import erlang_a_answered
from sim.contact.parameters import Centre
from sim.hours import DAY_KINDS, HALF_HOURS, staffed_shares
from sim.streams import Floats, Ints

MOST_SEATS = 1_000_000
_FEW = 8
"""Seats that are looked at first."""
_ALL_BUT_ROUNDING = 1 - 1e-9
_ALL: Floats = np.ones(HALF_HOURS)


@dataclass(frozen=True)
class Load:
    """Calls of a period as a centre's planner sees them: means by kind of day and half-hour.

    ``calls`` holds mean first calls by kind of day and half-hour, ``days`` how many days of each kind there were.
    """

    calls: Floats
    days: Ints
    handle: float
    patience: float


class Staffing:
    """Contracted seats to agents, by the centre's roster."""

    def __init__(self, centre: Centre, shrinkage: Floats, night_seats: Floats) -> None:
        self._shares = np.vstack([np.nan_to_num(staffed_shares(centre.roster)), np.zeros((1, HALF_HOURS))])
        self._shrinkage = shrinkage
        self._night = night_seats
        self._known: dict[tuple[int, float, float, float], Ints] = {}
        self._near = _FEW

    def agents(self, day: int, kind: int, opened: Flags, seats: float, left: Floats | None = None) -> Ints:
        """Whole agents answering in each half-hour of a day; outside opening hours those of the night.

        In the half-hour after closing the day's agents are still there: they finish their calls, so that those do not
        take the posts of the night. ``left``: the share of the seats in each half-hour that no loss of a site has
        taken; of these the posts of the night are filled first.
        """
        if left is not None:
            return self._agents(day, kind, opened, seats, left)
        key = (kind, seats, float(self._shrinkage[day]), float(self._night[day]))
        if key not in self._known:
            self._known[key] = self._agents(day, kind, opened, seats, _ALL)
        return self._known[key]

    def _agents(self, day: int, kind: int, opened: Flags, seats: float, left: Floats) -> Ints:
        present = 1 - self._shrinkage[day]
        by_day = np.rint(seats * self._shares[kind] * present * left)
        night = np.rint(np.where(left < 1, np.minimum(self._night[day], seats * left), self._night[day]) * present)
        finishing = np.where(opened, 0.0, np.roll(by_day, 1))
        finishing[0] = 0.0
        agents = np.where(opened, by_day, np.maximum(night, np.where(night > 0, finishing, 0.0)))
        return np.asarray(agents, dtype=np.int64)

    def seats_needed(self, day: int, load: Load, answered_share: float) -> int:
        """Least contracted seats with which Erlang A answers the share of a period's calls, on the roster of a day."""
        kind, half_hour = np.nonzero((load.calls > 0) & (self._shares[: len(DAY_KINDS)] > 0))
        if not len(kind):
            return 0
        per_minute = load.calls[kind, half_hour] / 30
        weight = load.calls[kind, half_hour] * load.days[kind]
        shares = self._shares[kind, half_hour] * (1 - self._shrinkage[day])

        def enough(seats: int) -> bool:
            agents = np.rint(seats * shares).astype(np.int64)
            answered = erlang_a_answered(per_minute, load.handle, load.patience, agents)
            return float((weight * answered).sum()) >= answered_share * float(weight.sum())

        self._near = least(enough, self._near, MOST_SEATS)
        return self._near


def least(enough: Callable[[int], bool], near: int, most: int) -> int:
    """The least number of 1 to ``most`` that is enough, all larger ones being so too; ``most`` where none is.

    It is looked for from ``near`` on, in steps that double.
    """
    few, many, step = 0, most, 1
    if enough(near):
        many = near
        while many > 1 and enough(max(many - step, 1)):
            many, step = max(many - step, 1), 2 * step
        few = max(many - step, 0)
    else:
        few = near
        while few + step < most and not enough(few + step):
            few, step = few + step, 2 * step
        many = min(few + step, most)
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (few, middle) if enough(middle) else (middle, many)
    return many


def agents_needed(calls: Floats, handle: float, patience: float, answered_share: float) -> Ints:
    """Least agents of each half-hour with which Erlang A answers the share of its calls.

    Args:
        calls: calls of each half-hour.
        handle: mean handle time in minutes.
        patience: mean patience in minutes.
        answered_share: share of the calls to be answered.
    """
    needed = np.zeros(len(calls), dtype=np.int64)
    rate = calls[calls > 0] / 30
    few, many = np.zeros(len(rate), dtype=np.int64), np.full(len(rate), 8)
    share = min(answered_share, _ALL_BUT_ROUNDING)

    def short(agents: Ints) -> Flags:
        return np.asarray(erlang_a_answered(rate, handle, patience, agents) < share)

    while (more := short(many) & (many < MOST_SEATS)).any():
        few, many = np.where(more, many, few), np.where(more, many * 2, many)
    while (many - few > 1).any():
        middle = (few + many) // 2
        lacking = short(middle)
        few, many = np.where(lacking, middle, few), np.where(lacking, many, middle)
    needed[calls > 0] = many
    return needed
