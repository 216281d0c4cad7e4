"""Settings before hand-over (交付前設定): a card is set at a terminal before its holder is asked to collect it.

One line for the country: what is published is one count of it, 261,690 cards not yet set in June 2018. Settings are
made on working days, as far as the day's slots allow after the visits that take theirs first. Where they take no slots
at all they are made centrally: at once, on any day.
"""

from __future__ import annotations

from sim.calendar import Calendar
from sim.counters.visits import SETTING, slots_each
from sim.journal import Journal
from sim.plan import Plan


class Settings:
    """Cards that wait to be set."""

    def __init__(self, plan: Plan, calendar: Calendar, journal: Journal) -> None:
        self._journal = journal
        closed = calendar.closed(plan.parameters.counters.closures)
        self._working: list[bool] = ((calendar.weekday < 5) & ~calendar.holiday & ~closed).tolist()
        self._central: list[bool] = (plan.daily("counters.setting_slots") == 0).tolist()
        self._each: list[float] = slots_each(plan)[SETTING].tolist()
        self._waiting = 0

    def run(self, day: int, slots: float) -> int:
        """Set the cards for which there are so many slots; their holders are asked to collect them.

        Returns:
            how many.
        """
        self._waiting += int(self._journal["settings_wanted"][day])
        made = self._waiting if self._central[day] else self._most(day, slots) if self._working[day] else 0
        self._waiting -= made
        self._journal.post_all(day, {"settings_made": made, "arrived": made, "settings_waiting": self._waiting})
        return made

    def _most(self, day: int, slots: float) -> int:
        each = self._each[day]
        return self._waiting if each * self._waiting <= slots else int(max(slots, 0.0) / each)
