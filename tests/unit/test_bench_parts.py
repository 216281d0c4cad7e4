"""What the benchmark says of each part: shares of a replication, inner parts within those that they are part of."""

from datetime import date

import pytest
from no_run_in import without_run_in

from benchmarks.parts import OFF, shares_of
from scenarios.files.load import load
from sim.people.history import CardHistory
from sim.replication import whole


def test_shares_add_up_to_less_than_all_and_inner_ones_lie_within_theirs(history: CardHistory) -> None:
    parameters = load("plan-period").with_values({"end": date(2026, 5, 31)}).parameters
    told = shares_of(lambda: whole(without_run_in(parameters), history, 1, 1))
    assert 0 < sum(part["of_whole"] for part in told.values() if "of_these" not in part) < 1
    inner = [part for part in told.values() if "of_these" in part]
    assert inner and all(part["seconds"] <= told[part["of_these"]]["seconds"] for part in inner)
    assert {"weekends", "post_offices", "outages_and_disruptions", "next_card", "pins"} <= told.keys()


@pytest.mark.parametrize("part", OFF)
def test_what_is_turned_off_is_something_that_the_plan_has(part: str) -> None:
    plan = load("plan-period")
    assert plan.with_values(OFF[part]).parameters != plan.parameters
