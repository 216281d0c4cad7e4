"""Seats lost with a call site, by hand: on dates, at random, and what is left for the day and the night."""

from datetime import date

import numpy as np
import pytest

from scenarios.files.load import load
from sim.calendar import Calendar
from sim.contact.sites import seats_left
from sim.contact.staffing import Staffing
from sim.hours import open_half_hours
from sim.parameters import Parameters
from sim.plan import Plan
from sim.streams import Floats, Streams

YEAR = Calendar(date(2026, 4, 1), date(2027, 3, 31))
TUESDAY = date(2026, 6, 2)
AT_RANDOM = "contact.resident.site_losses_per_year"


def left(centre: str = "resident", replication: int = 1, **values: object) -> dict[int, Floats]:
    return left_with(load("plan-period").with_values(values).parameters, centre, replication)


def left_with(parameters: Parameters, centre: str = "resident", replication: int = 1) -> dict[int, Floats]:
    streams = Streams(3, replication)
    return seats_left(centre, Plan(parameters, streams, YEAR, chance_only=True), streams, YEAR)


def on_date(**more: object) -> list[dict[str, object]]:
    return [{"hits": "resident", "day": TUESDAY, "from": "10:00", "hours": 24.25, "lost": 0.5, **more}]


def test_no_seats_are_lost_without_a_word_of_it() -> None:
    assert left() == left("helpdesk") == {}


def test_a_dated_loss_takes_its_half_hours_and_a_part_of_the_last() -> None:
    found = left(**{"disruptions.events": on_date()})
    first = YEAR.index(TUESDAY)
    assert sorted(found) == [first, first + 1]
    assert found[first].tolist() == [1] * 20 + [0.5] * 28
    assert found[first + 1].tolist() == [0.5] * 20 + [0.75] + [1] * 27


def test_those_who_go_on_elsewhere_are_not_lost() -> None:
    values = {"disruptions.events": on_date(), "contact.resident.fail_over_share": 0.2}
    assert left(**values)[YEAR.index(TUESDAY)][-1] == pytest.approx(1 - 0.5 * 0.8)
    assert all((shares == 1).all() for shares in left(**values | {"contact.resident.fail_over_share": 1}).values())


def test_the_help_desk_loses_seats_on_dates_only() -> None:
    found = left("helpdesk", **{"disruptions.events": on_date(hits="helpdesk"), AT_RANDOM: 1})
    assert sorted(found) == [YEAR.index(TUESDAY), YEAR.index(TUESDAY) + 1]


def test_at_random_as_many_years_as_the_rate_says_lose_half_of_the_seats_for_three_days() -> None:
    """Evenly spread over the first 1,024 replications: 1 - exp(-0.05) of them is 49.9."""
    parameters = load("plan-period").with_values({AT_RANDOM: 0.05}).parameters
    losses = [found for number in range(1, 1025) if (found := left_with(parameters, replication=number))]
    assert len(losses) in (49, 50)
    for found in losses:
        if max(found) < YEAR.days - 1:
            assert sum((1 - shares).sum() for shares in found.values()) == pytest.approx(0.5 * 48 * 3)
            assert min(shares.min() for shares in found.values()) == 0.5
    middle = np.mean([min(found) for found in losses])
    assert middle == pytest.approx(182, abs=4 * 365 / np.sqrt(12 * len(losses)))


def test_a_rate_of_a_later_year_moves_no_earlier_one() -> None:
    later = [{"from": date(2016, 1, 1), "value": 0}, {"from": date(2027, 4, 1), "value": 1}]
    assert not any(left(replication=number, **{AT_RANDOM: later}) for number in range(1, 65))


def agents(shares: Floats | None, night: float = 10) -> list[int]:
    """Of 120 seats on a Tuesday, 30 % of them on a break."""
    centre = load("plan-period").parameters.contact.resident
    one = np.ones(YEAR.days)
    opened = open_half_hours(centre.hours)[1]
    return Staffing(centre, 0.3 * one, night * one).agents(0, 1, opened, 120.0, shares).tolist()


def test_half_of_the_seats_are_half_of_the_agents_and_the_nights_posts_stay() -> None:
    usual, lost = agents(None), agents(np.full(48, 0.5))
    assert usual == [7] * 17 + [84] * 17 + [59] * 6 + [59] + [7] * 7
    assert lost == [7] * 17 + [42] * 17 + [29] * 6 + [29] + [7] * 7


def test_the_night_takes_what_is_left_where_that_is_less_than_its_posts() -> None:
    assert agents(np.full(48, 0.05))[0] == round(0.05 * 120 * 0.7)
    assert set(agents(np.zeros(48))) == {0}


def test_nothing_lost_is_as_if_nothing_were_said() -> None:
    assert agents(np.ones(48)) == agents(None)
