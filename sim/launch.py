"""The month in which the next card (次期カード) begins: holders and the plant have it from here.

Only a fiscal year is published (JLIS-045), and the plan has slipped before, so a replication draws by how many months
the first card comes after the first possible month.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sim.calendar import month_number
from sim.parameters import Parameters


def launch_month(parameters: Parameters, at: Callable[[str, date], float]) -> int:
    """The month number; ``at`` says the value of a parameter on a day."""
    return month_number(parameters.next_card.start) + round(at("next_card.delay_months", parameters.start))
