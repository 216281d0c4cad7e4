"""The plant: checks -> data -> production -> inspection -> dispatch, with returns, remakes, weekends and overtime."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from operator import attrgetter

import numpy as np

from sim.calendar import Calendar
from sim.dispatched import Dispatched
from sim.facts import STATIONS
from sim.journal import Journal
from sim.parameters import Restated
from sim.plan import Plan
from sim.plant.blanks import Blanks
from sim.plant.dispatch import Desk
from sim.plant.events import Events
from sim.plant.lead_times import LeadTimes
from sim.plant.lots import LATE_CAUSES, Lot, make_lots
from sim.plant.opening_hours import OpeningHours
from sim.plant.quality import Quality
from sim.plant.station import Breakdowns, Station
from sim.streams import Floats, Streams

_CAPACITY = {
    "checks": "plant.checks_per_day",
    "data": "plant.card_system_per_day",
    "production": "plant.cards_per_day",
    "inspection": "plant.inspection_per_day",
}
_NEXT = dict(pairwise(STATIONS))
_DOWN = 0.5
"""A station that lost this share of a day or more to breakdowns counts as out."""
_NEVER_QUITE_STILL = 1e-6
"""A rate of nothing would never end; this share of a day's work is less than one card."""
_alike = attrgetter("receipt_day", "express", "planned_day", "opening", "late")
"""What lead times and the ledger know of a lot that leaves, but for its cards."""


class Plant:
    """The chain of one replication. Work received on a day starts on the next one.

    A finished card of a lot leaves on the later of its planned day and the day its last station finishes.
    ``card_system_share`` is the share of each day in which the card management system works.
    """

    def __init__(
        self, plan: Plan, streams: Streams, calendar: Calendar, journal: Journal, card_system_share: Floats
    ) -> None:
        self._settings = plan.parameters.plant
        self._mail = plan.parameters.express
        self._target_days = (plan.parameters.targets.issue_days, plan.parameters.targets.express_days)
        self._journal = journal
        self._events = Events()
        self._hours = OpeningHours(plan, calendar)
        self._month = calendar.month.tolist()
        self._weekend_starts = plan.daily("plant.weekend_start_backlog").tolist()
        self._weekend_stops = plan.daily("plant.weekend_stop_backlog").tolist()
        self._weekend_on = False
        self._overtime_starts = plan.daily("plant.overtime_start_backlog").tolist()
        self._overtime_stops = plan.daily("plant.overtime_stop_backlog").tolist()
        self._overtime_on = False
        self._after_cutoff = plan.daily("plant.after_cutoff_share").tolist()
        self._quality = Quality(plan, streams, calendar)
        self.lead_times = LeadTimes(calendar, self._hours, self._target_days)
        self._desk = Desk(self._month, plan.daily("plant.dispatch_cap_per_month").tolist())
        self._blanks = Blanks(plan, calendar, journal)
        working = {
            name: np.maximum(card_system_share if name == "data" else self._hours.working, _NEVER_QUITE_STILL)
            for name in STATIONS
        }
        pace = {name: np.maximum(share, _NEVER_QUITE_STILL) for name, share in self._hours.pace.items()}
        self._mostly_down = {name: (share < _DOWN).tolist() for name, share in working.items()}
        self._stations: dict[str, Station] = {}
        for name, path in reversed(_CAPACITY.items()):
            self._stations[name] = Station(
                self._events,
                name,
                self._hours,
                (plan.daily(path) * working[name] * pace[name]).tolist(),
                self._on_to(self._stations[_NEXT[name]]) if name in _NEXT else self._inspected,
                self._line_breakdowns(plan, streams, calendar) if name == "production" else None,
                self._blanks.take if name == "production" else None,
            )
        self._received: list[Lot] = []
        self._to_remake: list[Lot] = []
        self._slow: Counter[int] = Counter()
        self._lots: dict[int, Lot] = {}
        self._day = 0

    def _line_breakdowns(self, plan: Plan, streams: Streams, calendar: Calendar) -> list[Breakdowns | None]:
        between, repair = plan.daily("plant.hours_between_breakdowns") / 24, plan.daily("plant.repair_hours") / 24
        lines: list[Breakdowns | None] = []
        for line in range(self._settings.lines):
            after, taking = (
                -np.log(streams.daily_uniforms(f"plant/line {line}/{what}", calendar)) for what in ("breaks", "repair")
            )
            lines.append(Breakdowns((between * after).tolist(), (repair * taking).tolist()))
        return lines

    # a day ----------------------------------------------------------------------------------------------------------

    def start_day(self, day: int) -> None:
        """Release the work that may start today, and decide on weekend working and overtime."""
        self._day = day
        self._blanks.start_day(day)
        self._decide_weekend(day)
        self._decide_overtime(day)
        for lot in self._received:
            self._stations["checks"].put(lot)
        for lot in self._to_remake:
            self._stations["production"].put(lot)
        self._received, self._to_remake = [], []

    def accept(self, day: int, standard: int, express: int) -> None:
        """Receive complete and incomplete applications of a day, returned ones that come back included.

        Express applicants are checked at the counter (EXPR-003), so theirs are not returned.
        """
        self._receive(day, False, standard, self._quality.returned(day, standard))
        self._receive(day, True, express, 0)

    def open_with(self, cards: int) -> None:
        """Place work inside before the first day: due as if received that day, and left out of lead times."""
        self._journal.post("opening_work", 0, cards)
        self._add_work(0, cards)

    def _add_work(self, day: int, cards: int) -> None:
        planned = self._hours.planned_day(day, self._settings.plan_days_standard)
        for lot in make_lots(day, False, cards, planned, 0, 0, self._settings.lot_size):
            lot.opening = True
            self._enter(lot)

    def _take_out(self, lots: list[Lot], cards: int) -> int:
        """Take cards out of lots that no station has begun, in this order; how many were."""
        left = cards
        for lot in lots:
            place: Station | Desk | None = None
            if lot.place == "dispatch":
                place = self._desk
            elif not any(lot is waiting for waiting in (*self._received, *self._to_remake)):
                place = self._stations[lot.place]
                if not place.waits(lot):
                    continue
            out = min(lot.cards, left)
            lot.shrink(out)
            if place is not None:
                place.cards_inside -= out
            if place is self._desk and not lot.cards:
                self._lots.pop(id(lot))
            left -= out
            if left == 0:
                break
        return cards - left

    def restate(self, day: int, state: Restated) -> None:
        """Let the stated standard cards be inside as ``day`` begins: add work, or take out what came last.

        What is added is due as if received today and left out of lead times. What a station has begun stays.
        """
        if state.cards is None:
            return
        lots = [lot for lot in self._lots.values() if not lot.express]
        missing = state.cards - sum(lot.cards for lot in lots)
        if missing > 0:
            self._add_work(day, missing)
        else:
            missing = -self._take_out(sorted(lots, key=lambda lot: -lot.receipt_day), -missing)
        self._journal.post("restated_cards", day, missing)

    def run(self, day: int) -> list[Dispatched]:
        """Let the plant work through a day; what leaves on it."""
        self._events.run(until=day + 1)
        leaving = self._desk.leave(day) if self._hours.dispatches(day) else []
        for _, lots in groupby(leaving, _alike):
            self._dispatch(list(lots), day)
        self._charge_late_lots(day)
        self._post_stocks(day)
        return [Dispatched(lot.receipt_day, lot.express, lot.cards, lot.opening) for lot in leaving]

    def close(self, day: int) -> None:
        """Count what is still inside as the run ends, ``day`` being the first day after it."""
        for lot in self._lots.values():
            self.lead_times.inside(lot, day)
            self._note_lateness(lot, day, lot.cards)

    # receipt --------------------------------------------------------------------------------------------------------

    def _receive(self, day: int, express: bool, cards: int, returns: int) -> None:
        self._journal.post("due_to_leave", day + self._target_days[express], cards - returns)
        defects = self._quality.remade(day, express, cards - returns)
        if express:
            self._slow[day] = self._quality.slow_in_mail(day, cards - returns)
        for planned_day, part, its_returns, its_defects in self._parts(day, express, cards, returns, defects):
            lots = make_lots(day, express, part, planned_day, its_returns, its_defects, self._settings.lot_size)
            for lot in lots:
                self._enter(lot)

    def _parts(
        self, day: int, express: bool, cards: int, returns: int, defects: int
    ) -> Iterator[tuple[int, int, int, int]]:
        """Planned day, cards, returns and defects before and after the cut-off (締切)."""
        if express:
            yield self._hours.planned_day(day, self._settings.plan_days_express), cards, returns, defects
            return
        share = self._after_cutoff[day]
        after = round(cards * share)
        late_returns, late_defects = min(round(returns * share), after), round(defects * share)
        late_defects = min(late_defects, after - late_returns)
        plan_days = self._settings.plan_days_standard
        yield (
            self._hours.planned_day(day, plan_days),
            cards - after,
            returns - late_returns,
            defects - late_defects,
        )
        yield self._hours.planned_day(day, plan_days + 1), after, late_returns, late_defects

    def _enter(self, lot: Lot) -> None:
        lot.place = "checks"
        self._lots[id(lot)] = lot
        self._received.append(lot)

    # stations -------------------------------------------------------------------------------------------------------

    def _on_to(self, following: Station) -> Callable[[Lot], None]:
        """What becomes of lots done at a station before the last: returns go back at the first, the rest goes on."""

        def done(lot: Lot) -> None:
            if lot.returns:
                self._journal.post("returned", self._day, lot.returns)
                lot.cards -= lot.returns
                lot.returns = 0
            if lot.cards:
                following.put(lot)
            else:
                del self._lots[id(lot)]

        return done

    def _inspected(self, lot: Lot) -> None:
        if lot.defects:
            self._remake(lot)
        if lot.cards:
            self._desk.put(lot)
        else:
            del self._lots[id(lot)]

    def _remake(self, lot: Lot) -> None:
        failed = lot.split(lot.defects)
        lot.defects = 0
        failed.remake = True
        failed.place = "production"
        self._lots[id(failed)] = failed
        self._to_remake.append(failed)
        self._journal.post("remade", self._day, failed.cards)

    # dispatch -------------------------------------------------------------------------------------------------------

    def _dispatch(self, lots: list[Lot], day: int) -> None:
        """Lots that differ in their cards only leave."""
        for lot in lots:
            self._lots.pop(id(lot), None)
        lot, cards = lots[0], sum(lot.cards for lot in lots)
        self.lead_times.dispatched(lot, day, cards)
        self._journal.post("dispatched_express" if lot.express else "dispatched_standard", day, cards)
        self._note_lateness(lot, day, cards)
        if lot.express:
            slow = min(self._slow[lot.receipt_day], cards)
            self._slow[lot.receipt_day] -= slow
            self._deliver(lot, day, self._mail.mail_days, cards - slow)
            self._deliver(lot, day, self._mail.mail_slow_days, slow)

    def _note_lateness(self, lot: Lot, day: int, cards: int) -> None:
        if not lot.express and not lot.opening and day - lot.receipt_day > self._target_days[False]:
            self._journal.post("received_to_be_late", lot.receipt_day, cards)

    def _deliver(self, lot: Lot, day: int, mail_days: int, cards: int) -> None:
        self.lead_times.delivered(lot, day, day + mail_days, cards)
        self._journal.post("express_delivered", day + mail_days, cards)
        self._journal.post("handed_over", day + mail_days, cards)

    # the end of the day ---------------------------------------------------------------------------------------------

    def _decide_weekend(self, day: int) -> None:
        if not self._hours.weekend[day]:
            return
        inside = self._unfinished()
        threshold = self._weekend_stops[day] if self._weekend_on else self._weekend_starts[day]
        self._weekend_on = inside >= threshold and inside > 0
        if self._weekend_on or self._hours.planned_weekend[day]:
            self._hours.work_weekend(day)
            self._journal.post("weekend_worked", day, 1)

    def _decide_overtime(self, day: int) -> None:
        if not self._settings.overtime_hours or not self._hours.open("production", day):
            return
        inside = self._unfinished()
        threshold = self._overtime_stops[day] if self._overtime_on else self._overtime_starts[day]
        self._overtime_on = inside >= threshold and inside > 0
        if self._overtime_on:
            self._hours.work_overtime(day)
            self._journal.post("overtime_hours", day, self._settings.overtime_hours)

    def _unfinished(self) -> int:
        pending = sum(lot.cards for lot in self._received) + sum(lot.cards for lot in self._to_remake)
        return pending + sum(station.cards_inside for station in self._stations.values())

    def _charge_late_lots(self, day: int) -> None:
        late_cards = 0
        for lot in self._lots.values():
            if lot.planned_day <= day:
                lot.late[LATE_CAUSES.index(self._cause(lot, day))] += 1
                late_cards += lot.cards
        self._journal.post("late_inside", day, late_cards)

    def _cause(self, lot: Lot, day: int) -> str:
        if self._hours.stopped[lot.place][day] or self._down(lot.place, day):
            return "outage"
        if not self._hours.worked(day):
            return "closed_day"
        if lot.place == "production" and self._blanks.short:
            return "blanks"
        if lot.remake:
            return "remake"
        return "cap" if lot.place == "dispatch" else f"queue_{lot.place}"

    def _down(self, place: str, day: int) -> bool:
        station = self._stations.get(place)
        down = station is not None and station.days_down[day] >= _DOWN
        return down or (station is not None and bool(self._mostly_down[place][day]))

    def _post_stocks(self, day: int) -> None:
        for name, station in self._stations.items():
            self._journal.post(f"capacity_{name}", day, round(min(station.capacity(day), 1e15)))
            self._journal.post(f"waiting_{name}", day, station.cards_inside)
            self._journal.post(f"done_{name}", day, station.done_today)
            station.done_today = 0
        self._blanks.close_day(day)
        self._journal.post("waiting_checks", day, sum(lot.cards for lot in self._received))
        self._journal.post("waiting_production", day, sum(lot.cards for lot in self._to_remake))
        self._journal.post("waiting_dispatch", day, self._desk.cards_inside)
