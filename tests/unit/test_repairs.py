"""How short repairs must be for availability to be met: beside probabilities worked out one by one."""

from dataclasses import replace
from datetime import date

import pytest

from scenarios.experiment.experiment import Point
from scenarios.files.load import load
from scenarios.run.available import TARGET, Availability
from scenarios.run.repairs import repairs
from scenarios.run.statistic import Row

SCENARIO = load("plan-period").with_values({"end": date(2028, 3, 31)})
PATH = "systems.jpki_counter.repair_hours"


def rows(scenario, point):
    known = Availability(point)
    return [
        Row(
            TARGET, part, period, "availability", decides=True, computed=True, verdict=verdict,
            probability=known.probability(part, period),
        )
        for part, verdict in (("jpki_counter", "at_risk"), ("jpki_verifier", "holds"))
        for period in ("FY2026", "FY2027", "years")
    ]  # fmt: skip


@pytest.mark.parametrize("failures", [None, 4.0])
def test_the_longest_repairs_that_are_short_enough_are_found(failures):
    """Also where breakdowns are another number in the second year, so that years are not alike."""
    path = "systems.jpki_counter.failures_per_year"
    steps = [{"value": 0.5, "from": date(2016, 1, 1)}, {"value": failures, "from": date(2027, 4, 1)}]
    scenario = SCENARIO.with_values({path: steps}) if failures else SCENARIO
    point = Point("x", scenario.parameters, 1)
    (found,) = repairs(scenario, point, rows(scenario, point))
    assert (found.path, found.now) == (PATH, 2.0)

    def chance(hours):
        own = scenario.with_values({PATH: hours}).parameters
        return Availability(replace(point, parameters=own)).probability("jpki_counter", "years")

    assert chance(found.hours) >= 0.8 > chance(found.hours + 0.1)


def test_nothing_is_looked_for_where_all_is_met():
    point = Point("x", SCENARIO.parameters, 1)
    assert repairs(SCENARIO, point, [row for row in rows(SCENARIO, point) if row.verdict == "holds"]) is None
