"""The compiled queue against Ciw, a queueing simulator by others: same laws, other code, other random numbers.

Within three combined standard errors of batch means, seeds fixed; first batches are left out as warm-up. Both finish a
call whose agent's post goes, but Ciw replaces the whole staff at a change of shift: busy agents finish as extra ones
while the new shift starts in full. Ours counts them against the posts. The last test shows the difference.
"""

import math
from collections.abc import Callable

import ciw
import numpy as np
import pytest
from scipy.stats import t as student

from sim.contact.calls import ANSWERED, NO_LIMIT, Calls, Shift, State
from sim.contact.fast import run_day

EVER = math.inf
OPEN = np.ones(48, dtype=bool)
DAY = 1440.0
Figures = np.ndarray


def ours(
    days: int, rate: float, handle: float, patience: float, agents: np.ndarray, urgent: float, seed: int
) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Of each day but the first: waits in minutes, whether answered, whether urgent, of all attempts decided."""
    rng, state, told = np.random.default_rng(seed), State.empty(), []
    for _ in range(days):
        count = int(rng.poisson(rate * DAY))
        none = np.zeros(count, dtype=np.int64)
        wait = rng.exponential(patience, count) if patience < EVER else np.full(count, EVER)
        times, first = np.sort(rng.uniform(0, DAY, count)), rng.random(count) < urgent
        calls = Calls.of(times, rng.exponential(handle, count), wait, none + 1.0, none, first, none, none)
        day = run_day(state, calls, Shift(agents, OPEN, NO_LIMIT))
        state = day.state
        told.append((day.attempts.wait, day.attempts.outcome == ANSWERED, day.attempts.urgent))
    return told[1:]


def theirs(days: int, seed: int, **network: object) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The same of a network of one node, by day of leaving the line."""
    ciw.seed(seed)
    simulation = ciw.Simulation(ciw.create_network(**network))
    simulation.simulate_until_max_time(days * DAY)
    rows = [
        (row.arrival_date, row.waiting_time, row.record_type == "service", row.customer_class == "Urgent")
        for row in simulation.get_all_records()
        if row.record_type in ("service", "renege")
    ]
    table = np.array(rows, dtype=float)
    day = ((table[:, 0] + table[:, 1]) // DAY).astype(int)
    parts = [table[day == number] for number in range(1, days)]
    return [(part[:, 1], part[:, 2] > 0, part[:, 3] > 0) for part in parts]


def agree(one: list[float], other: list[float]) -> None:
    errors = [np.std(batches, ddof=1) / math.sqrt(len(batches)) for batches in (one, other)]
    # as unlikely as three standard errors, with so few batches to judge the smaller sample by
    three = student.ppf(0.99865, min(len(one), len(other)) - 1)
    assert abs(np.mean(one) - np.mean(other)) <= three * math.hypot(*errors), (np.mean(one), np.mean(other), errors)


Day = tuple[np.ndarray, np.ndarray, np.ndarray]
MEASURES: dict[str, Callable[[Day], float]] = {
    "wait": lambda day: float(day[0].mean()),
    "answered": lambda day: float(day[1].mean()),
}


def test_priorities() -> None:
    rate, urgent, handle, agents = 0.85, 0.3, 3.0, 3  # 85 % busy
    arrivals = {"Urgent": [ciw.dists.Exponential(rate * urgent)], "Other": [ciw.dists.Exponential(rate * (1 - urgent))]}
    service = {name: [ciw.dists.Exponential(1 / handle)] for name in arrivals}
    classes = {"Urgent": 0, "Other": 1}
    ciws = theirs(
        25, 1, arrival_distributions=arrivals, service_distributions=service, number_of_servers=[agents],
        priority_classes=classes,
    )  # fmt: skip
    own = ours(400, rate, handle, EVER, np.full(48, agents), urgent, 1)
    for chosen in (lambda day: day[2], lambda day: ~day[2]):
        agree(*([float(day[0][chosen(day)].mean()) for day in days] for days in (own, ciws)))


@pytest.mark.parametrize("busy", [0.8, 1.3])
def test_reneging(busy: float) -> None:
    handle, patience, agents = 3.0, 4.0, 5
    rate = busy * agents / handle
    ciws = theirs(
        16, 2, arrival_distributions=[ciw.dists.Exponential(rate)], number_of_servers=[agents],
        service_distributions=[ciw.dists.Exponential(1 / handle)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / patience)],
    )  # fmt: skip
    own = ours(300, rate, handle, patience, np.full(48, agents), 0.0, 2)
    for measure in MEASURES.values():
        agree([measure(day) for day in own], [measure(day) for day in ciws])


def test_seats_that_change_through_the_day() -> None:
    # 3 agents to 8:00, 8 to 16:00, 5 to midnight, for a load of 4.5: overload, ease, a little slack. With calls of one
    # minute Ciw's extra agents add about a minute each, 8 at most, to shifts of 1,440 to 3,840: under 0.4 %.
    rate, handle, patience = 4.5, 1.0, 4.0
    numbers, ends = [3, 8, 5], [480.0, 960.0, 1440.0]
    ciws = theirs(
        9, 3, arrival_distributions=[ciw.dists.Exponential(rate)],
        number_of_servers=[ciw.Schedule(numbers_of_servers=numbers, shift_end_dates=ends)],
        service_distributions=[ciw.dists.Exponential(1 / handle)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / patience)],
    )  # fmt: skip
    own = ours(200, rate, handle, patience, np.repeat(numbers, 16), 0.0, 3)
    for measure in MEASURES.values():
        agree([measure(day) for day in own], [measure(day) for day in ciws])


def test_a_caller_in_service_when_seats_fall() -> None:
    """Two agents, one from 8:00 on; two calls of 20 minutes ring before 8:00, one more a minute before it.

    All three are served to their end. The third waits with us until fewer calls are in service than posts are left,
    which is when the second ends; Ciw's new shift of one answers it at 8:00.
    """
    times, none = np.array([470.0, 472.0, 479.0]), np.zeros(3, dtype=np.int64)
    calls = Calls.of(times, np.full(3, 20.0), np.full(3, EVER), none + 1.0, none, none != 0, np.arange(3), none)
    told = run_day(State.empty(), calls, Shift(np.repeat([2, 1], [16, 32]), OPEN, NO_LIMIT)).attempts
    assert dict(zip(told.tag.tolist(), told.end.tolist(), strict=True)) == {0: 490.0, 1: 492.0, 2: 512.0}

    simulation = ciw.Simulation(
        ciw.create_network(
            arrival_distributions=[ciw.dists.Sequential([470.0, 2.0, 7.0, EVER])],
            service_distributions=[ciw.dists.Deterministic(20.0)],
            number_of_servers=[ciw.Schedule(numbers_of_servers=[2, 1], shift_end_dates=[480.0, 1440.0])],
        )
    )
    simulation.simulate_until_max_time(600.0)
    ends = sorted(row.service_end_date for row in simulation.get_all_records())
    assert ends == [490.0, 492.0, 500.0]
