"""The next card in the whole model: its launch, and holders after it, as the walk without plant and chance expects."""

from datetime import date

import numpy as np
import pytest

from calibration.holders_walk import Outlook, outlook
from scenarios.files.load import Scenario, load
from sim.calendar import Calendar, month_number
from sim.people.history import CardHistory
from sim.replication import replicate

AUGUST = month_number(date(2028, 8, 1))


def launched(multiplier: float, waiting: float = 0.0) -> Scenario:
    """A run around the first next card of July 2028."""
    values = {
        "start": date(2028, 4, 1),
        "end": date(2029, 3, 31),
        "next_card.delay_months": 3,
        "next_card.waiting_share": waiting,
        "next_card.launch_multiplier": multiplier,
        "demand.noise": 0,
    }
    return load("renewal-wave").with_values(values)


def walked(scenario: Scenario, history: CardHistory | None = None) -> Outlook:
    return outlook(scenario.parameters, date(2043, 3, 31), history=history)


def test_a_launch_doubles_applications_for_a_quarter_and_those_cards_come_due_later() -> None:
    once, twice = walked(launched(1)), walked(launched(2))
    assert twice.applications_a_day(AUGUST - 1) == pytest.approx(2 * once.applications_a_day(AUGUST - 1), rel=0.01)
    assert twice.applications_a_day(AUGUST - 2) == once.applications_a_day(AUGUST - 2)
    exchanged = twice.applications.sum() - once.applications.sum()
    fewer = sum(once.cards_expiring_in(year) - twice.cards_expiring_in(year) for year in range(2029, 2036))
    assert exchanged > 0 and 0.3e6 < fewer < 3e6
    # an exchange leaves as many holders, save for the few who never collect the new card
    month = date(2028, 12, 31)
    assert twice.held_on(month) == pytest.approx(once.held_on(month), rel=0.001)


def test_the_whole_model_does_what_the_walk_expects(history: CardHistory) -> None:
    """Applications before, in and after the launch within 4 %: mail comes days later, and weekdays differ.

    Holders within half a per cent.
    """
    none = dict.fromkeys(("demand.readings_share", "demand.residence_card_share", "demand.abroad_per_year"), 0)
    scenario = launched(2, waiting=0.3).with_values(none)  # the walk leaves these classes out
    result = replicate(scenario.parameters, history, 1, 1, chance_only=True)
    calendar, expected = Calendar(scenario.parameters.start, scenario.parameters.end), walked(scenario, history)
    for quarter in (AUGUST - 4, AUGUST - 1, AUGUST + 2, AUGUST + 5):
        days = (quarter <= calendar.month) & (calendar.month < quarter + 3)
        told = np.mean([expected.applications_a_day(month) for month in range(quarter, quarter + 3)])
        assert result.facts["applications"][days].mean() == pytest.approx(told, rel=0.04), quarter
    held = result.facts["cards_held"]
    at = int(calendar.month[-1]) - int(expected.months[0])
    assert held[-1] == pytest.approx(expected.held[at], rel=0.005)
    launch = np.isin(calendar.month, [AUGUST - 1, AUGUST, AUGUST + 1])
    assert result.facts["applications"][launch].mean() > 1.7 * result.facts["applications"][~launch].mean()
