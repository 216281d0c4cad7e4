"""A call centre of one replication: today's callers, today's agents, and what became of every attempt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property

import numpy as np

from sim.calendar import Calendar, Flags
from sim.contact.ai import AiAnswers, ToAgents
from sim.contact.callers import URGENT, Callers
from sim.contact.calls import ANSWERED, Calls, DayOfCalls, Shift, State
from sim.contact.fast import run_day
from sim.contact.outcomes import count_outcomes
from sim.contact.parameters import Centre as CentreParameters
from sim.contact.sites import seats_left
from sim.contact.staffing import Load, Staffing, agents_needed
from sim.facts import CALL_CAUSES, CENTRES, INDEX_DAY, OUTCOMES, WITH_AI
from sim.hours import DAY_KINDS
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams

_NO_OUTAGE: Flags = np.zeros(24 * 60, dtype=np.bool_)


class Centre:
    """One centre. What is carried past midnight stays inside.

    ``outages`` holds by day the minutes of outages that make people ring, if the centre hears of any; ``by_luck`` says
    how many times the seats of a joint draw it has (``sim.hindsight``).
    """

    def __init__(
        self,
        name: str,
        plan: Plan,
        streams: Streams,
        calendar: Calendar,
        journal: Journal,
        outages: Mapping[int, Flags] | None = None,
        by_luck: float = 1.0,
    ) -> None:
        settings: CentreParameters = getattr(plan.parameters.contact, name)
        path = f"contact.{name}"
        self._name, self._prefix = name, CENTRES[name]
        self._plan, self._calendar, self._journal = plan, calendar, journal
        self._calls = {cause: journal[f"{self._prefix}_{cause}"] for cause in CALL_CAUSES[name]}
        self.callers = Callers(name, plan, streams, calendar)
        self._staffing = Staffing(settings, plan.daily(f"{path}.shrinkage"), plan.daily(f"{path}.night_seats"))
        self._left = seats_left(name, plan, streams, calendar)
        self._ai = AiAnswers(name, plan, streams, calendar) if name in WITH_AI else None
        self._places = settings.waiting_places
        self._offer_above: Floats = plan.daily(f"{path}.offer_after_minutes") / self.callers.handle
        self._seats = self._seats_with(by_luck)
        self._follows_calls = settings.seats_policy == "last_year"
        self._policy_share = plan.daily(f"{path}.policy_share")
        self._target = plan.value("targets.answered_share")
        self._state = State.empty()
        self._in_service = 0
        self._ordinary: Ints = np.zeros(calendar.days, dtype=np.int64)
        self._urgent: Ints = np.zeros(calendar.days, dtype=np.int64)
        self._handle_minutes: Floats = np.zeros(calendar.days)
        known = np.full(calendar.days, _of_index_100(plan, path, by_luck))
        journal.post_days(f"{self._prefix}_seats_fy2025", slice(None), known)
        journal.post_days(f"{self._prefix}_open", slice(None), self.callers.open_days.astype(np.int64))
        self._outages: dict[int, Flags] = {}
        self.hear(outages or {})

    def hear(self, outages: Mapping[int, Flags]) -> None:
        """Take the minutes of outages on some days for those that make people ring."""
        for day, down in outages.items():
            known, minutes = self._outages.get(day, _NO_OUTAGE), self.callers.minutes_open(day) & down
            self._journal.post(f"{self._prefix}_outage_minutes", day, int(minutes.sum()) - int(known.sum()))
            self._outages[day] = minutes

    @property
    def patterns(self) -> dict[str, Floats]:
        """Daily weights of calls for the couplings: of ordinary ones, of urgent ones, and noise alone on open days."""
        callers = self.callers
        return {
            self._name: callers.weights,
            f"{self._name}_urgent": callers.noise,
            f"{self._name}_noise": np.where(callers.weights > 0, callers.noise, 0.0),
        }

    @property
    def idle(self) -> bool:
        """Whether a day on which nobody rings would change nothing."""
        return self._state.idle

    # a day ----------------------------------------------------------------------------------------------------------

    def is_open(self, day: int) -> Flags:
        """Half-hours of a day in which ordinary callers are taken."""
        return np.asarray(self.callers.open[self.callers.kinds[day]])

    def agents(self, day: int) -> Ints:
        """Agents of the centre's own seats in each half-hour of a day, less those of a lost site."""
        return self._agents(day, self._left.get(day), float(self._seats[day]))

    def _agents(self, day: int, left: Floats | None, seats: float) -> Ints:
        return self._staffing.agents(day, int(self.callers.kinds[day]), self.is_open(day), seats, left)

    def _seats_with(self, by_luck: float) -> Floats:
        """Seats of each day with so many times those of the joint draw."""
        path = f"contact.{self._name}"
        return self._plan.daily(f"{path}.seats", by_luck) * self._plan.daily(f"{path}.seats_index") / 100

    def minutes_rostered(self, by_luck: float) -> int:
        """Agent-minutes of all days together, had the centre so many times the seats of the joint draw."""
        seats, (first, number) = self._seats_with(by_luck), self._alike
        days = zip(first.tolist(), number.tolist(), strict=True)
        return sum(agent_minutes(self._agents(day, None, float(seats[day]))) * alike for day, alike in days)

    @cached_property
    def _alike(self) -> tuple[Ints, Ints]:
        """The first of each set of days with the same agents whatever the seats of the joint draw, and how many."""
        path = f"contact.{self._name}"
        daily = [self._plan.daily(f"{path}.{what}") for what in ("shrinkage", "night_seats")]
        rows = [self.callers.kinds, self._seats_with(1.0), self._seats_with(2.0), *daily]
        _, first, number = np.unique(np.column_stack(rows), axis=0, return_index=True, return_counts=True)
        return first, number

    def agents_needed(self, day: int) -> Ints:
        """Agents that a day's calls would need by Erlang A, as the last open day before it lets expect.

        Its attempts, repeated ones included, times the day's usual weight over that day's; none without such a day.
        """
        callers = self.callers
        before = np.flatnonzero(callers.open_days[:day])
        if not len(before):
            return np.zeros_like(self.agents(day))
        last = int(before[-1])
        usual = callers.weights[[day, last]] / callers.noise[[day, last]]
        offered = float(self._journal[f"{self._prefix}_offered"][last]) * usual[0] / usual[1] if usual[1] else 0.0
        calls = offered * callers.profile[callers.kinds[day]]
        load = self._load(slice(last, last + 1))
        return agents_needed(calls, load.handle, load.patience, self._target)

    def run(self, day: int, borrowed: Ints | None = None) -> None:
        """Take the calls that are due today, with so many agents more, or fewer, in each half-hour."""
        due = {cause: int(calls[day]) for cause, calls in self._calls.items()}
        rostered = self._agents(day, None, float(self._seats[day]))
        own = self.agents(day) if day in self._left else rostered
        agents = own if borrowed is None else own + borrowed
        minutes = agent_minutes(rostered)
        lost = 0 if own is rostered else minutes - agent_minutes(own)
        there = minutes if agents is rostered else agent_minutes(agents)
        self._post_all(day, {"agent_minutes_rostered": minutes, "agent_minutes_lost": lost})
        wanted = self._left_by_ai(day, due)
        if not wanted.anybody and self._state.idle:
            self._post_idle(day, there)
            return
        calls = self.callers.draw(day, wanted.first, self._outages.get(day), wanted.again)
        self._remember(day, wanted.all(), float(calls.handle.sum()))
        shift = Shift(agents, self.is_open(day), self._places, float(self._offer_above[day]))
        told = run_day(*(_with_second(self._state, calls) if wanted.again else (self._state, calls)), shift)
        self._post(day, told, there)
        self._state = told.state

    def _left_by_ai(self, day: int, due: dict[str, int]) -> ToAgents:
        """What AI, where there is any, leaves to agents of a day's first calls."""
        if self._ai is None:
            return ToAgents(due, {}, 0)
        wanted = self._ai.leave(day, due)
        if wanted.taken:
            again = wanted.taken - wanted.settled
            self._post_all(day, {"ai_taken": wanted.taken, "ai_settled": wanted.settled, "ai_again": again})
        return wanted

    def _post_idle(self, day: int, agent_minutes: int) -> None:
        """A day on which nobody rings and nobody is left over: nothing happens, and the next begins as this one did."""
        self._post_all(day, {"agent_minutes": agent_minutes, "seats": round(self._seats[day])})

    def _remember(self, day: int, due: dict[str, int], handle_minutes: float) -> None:
        self._urgent[day] = sum(due.get(cause, 0) for cause in URGENT)
        self._ordinary[day] = sum(due.values()) - self._urgent[day]
        self._handle_minutes[day] = handle_minutes

    def _post(self, day: int, told: DayOfCalls, agent_minutes: int) -> None:
        attempts, state = told.attempts, told.state
        in_service = int(np.count_nonzero(state.agents)) + len(state.leaving)
        tally = count_outcomes(self._name, attempts, self._down(day))
        counts = list(tally.outcomes)
        counts[ANSWERED] += self._in_service - in_service
        self._in_service = in_service
        on_the_line = attempts.wait[~attempts.promised] if tally.promised else attempts.wait
        counted = {
            "call_backs": told.call_backs,
            "offered": told.offered,
            **dict(zip(OUTCOMES, counts, strict=True)),
            "rung_back": tally.rung_back,
            "not_rung_back": tally.promised - tally.rung_back,
            "within_20s": tally.within_20s,
            "wait_seconds": round(float(on_the_line.sum()) * 60),
            "busy_minutes": round(told.busy_minutes),
            "agent_minutes": agent_minutes,
            "waiting": len(state.waiting),
            "in_service": in_service,
            "seats": round(self._seats[day]),
            **{f"lost_{cause}": count for cause, count in tally.lost.items()},
        }
        self._post_all(day, counted)

    def _post_all(self, day: int, counts: dict[str, int]) -> None:
        """Add to facts of a day, by their names without the centre's."""
        self._journal.post_all(day, counts, f"{self._prefix}_")

    def _down(self, day: int) -> Flags | None:
        """Minutes of outages that make people ring, on a day and the one before, for who has been in line since."""
        if day not in self._outages and day - 1 not in self._outages:
            return None
        return np.concatenate([self._outages.get(one, _NO_OUTAGE) for one in (day - 1, day)])

    # months and years -----------------------------------------------------------------------------------------------

    def open_month(self, days: slice) -> None:
        """In April, contract the year's seats on the calls of the calendar year before, where that is the policy."""
        today = self._calendar.dates[days.start]
        if not self._follows_calls or today.month != 4 or today < self._plan.parameters.start:
            return
        first, last = date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
        known = slice(max(self._calendar.index(first), 0), self._calendar.index(last) + 1)
        seats = self._staffing.seats_needed(days.start, self._load(known), float(self._policy_share[days.start]))
        until = self._calendar.index(date(today.year + 1, 4, 1))
        self._seats[days.start : until] = seats

    def close_month(self, days: slice) -> None:
        """Say how many seats the month's calls would have needed."""
        if self._calendar.dates[days.start] < self._plan.parameters.start:
            return
        needed = self._staffing.seats_needed(days.start, self._load(days), self._target)
        self._journal.post_days(f"{self._prefix}_seats_needed", days, np.full(days.stop - days.start, needed))

    def _load(self, days: slice) -> Load:
        """Mean first calls of some days by kind of day and half-hour, inside opening hours."""
        kinds = self.callers.kinds[days]
        number = np.array([(kinds == kind).sum() for kind in range(len(DAY_KINDS))])
        ordinary, urgent = (
            np.array([calls[days][kinds == kind].sum() for kind in range(len(DAY_KINDS))]) / np.maximum(number, 1)
            for calls in (self._ordinary, self._urgent)
        )
        opened = self.callers.open[: len(DAY_KINDS)]
        calls = ordinary[:, None] * self.callers.profile[: len(DAY_KINDS)]
        calls = calls + urgent[:, None] * self.callers.urgent_profile[: len(DAY_KINDS)] * opened
        total = int((self._ordinary[days] + self._urgent[days]).sum())
        handle = float(self._handle_minutes[days].sum()) / total if total else float(self.callers.handle[days.start])
        return Load(calls, number, handle, float(self.callers.patience[days.start]))


def agent_minutes(agents: Ints) -> int:
    """Minutes at their posts of so many agents in each half-hour."""
    return int(agents.sum()) * 30


def _with_second(state: State, calls: Calls) -> tuple[State, Calls]:
    """Callers whose first attempt is over ring again a pause after it, with all others who will; the rest ring now."""
    second = calls.attempt > 0
    later = calls.take(second)
    later = later.with_(time=later.time + later.pause)
    return replace(state, coming=Calls.join(state.coming, later)), calls.take(~second)


def _of_index_100(plan: Plan, path: str, by_luck: float) -> int:
    """The seats that stand for 100: those of FY2025."""
    return round(plan.at(f"{path}.seats", INDEX_DAY, by_luck) * plan.at(f"{path}.seats_index", INDEX_DAY) / 100)
