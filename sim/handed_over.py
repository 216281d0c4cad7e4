"""Cards handed over since January 2016 (累計交付枚数): a run's own count, tied to a published one."""

from __future__ import annotations

import numpy as np

from sim.calendar import month_number
from sim.people.history import CardHistory
from sim.plan import Plan
from sim.streams import Floats, Ints


def since_2016(plan: Plan, history: CardHistory, handed_over: Ints) -> Ints:
    """Cards handed over since January 2016 by the end of each simulated day.

    The count meets ``opening.handed_over`` on its day. Where that day lies before the run, the cards issued from its
    month to the run's first stand for those handed over in between (months after the card history are like its last
    twelve on average); where it lies after the run, the count is taken back from the run's last day in the same way.

    Args:
        plan: the drawn values.
        history: cards issued by month.
        handed_over: cards handed over on each simulated day.
    """
    calendar, known = plan.calendar, plan.parameters.opening.handed_over
    counted: Ints = np.cumsum(handed_over)
    day = calendar.index(known.as_of)
    if 0 <= day < calendar.days:
        return counted + (known.cards - int(counted[day]))
    month = month_number(known.as_of)
    if day < 0:
        return counted + (known.cards + round(_issued(history, month, int(calendar.month[0]))))
    return counted + (known.cards - round(_issued(history, int(calendar.month[-1]) + 1, month)) - int(counted[-1]))


def _issued(history: CardHistory, first: int, end: int) -> float:
    """Cards issued from a month up to, not including, another."""
    monthly: Floats = history.cards.sum(axis=1)
    last_year = float(monthly[-12:].mean())
    rows = range(first - history.first_month, end - history.first_month)
    return sum(float(monthly[row]) if 0 <= row < len(monthly) else last_year * (row >= 0) for row in rows)
