"""The swing of demand from year to year is chance: it stays when only chance varies, and fits leave it out."""

import numpy as np

from calibration.middle import expected_year
from scenarios.files.load import Scenario, load
from sim.calendar import Calendar
from sim.people.demand import Demand
from sim.plan import Plan
from sim.streams import Streams


def years(scenario: Scenario, replication: int) -> list[float]:
    """Expected first applications of each fiscal year by chance alone."""
    parameters = scenario.parameters
    calendar, streams = Calendar(parameters.start, parameters.end), Streams(1, replication)
    demand = Demand(Plan(parameters, streams, calendar, chance_only=True), streams, calendar)
    series = demand.expected("first_time")
    return [float(series[days].sum()) for days in calendar.years().values()]


def test_a_year_swings_by_chance_alone() -> None:
    scenario = load("plan-period")
    size = scenario.parameters.demand.year_swing.at(scenario.parameters.start)
    without = [years(expected_year(scenario), number) for number in (1, 2)]
    assert without[0] == without[1]
    swing = np.array([years(scenario, number) for number in range(1, 101)]) / without[0]
    assert abs(np.log(swing).std(ddof=1) / size - 1) < 3 / np.sqrt(2 * swing.size)
    assert abs(swing.mean() - 1) < 3 * size / np.sqrt(swing.size)
