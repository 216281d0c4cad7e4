"""Shares lie between 0 and 1: in every month of history, in small worlds of all kinds, where calls pass midnight."""

from collections.abc import Callable
from datetime import date

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from no_run_in import without_run_in

from scenarios.clock.observables import OBSERVABLES, weekly
from scenarios.files.load import Scenario, load
from scenarios.run.monthly import monthly
from sim.calendar import Calendar
from sim.parameters import Parameters
from sim.parts import FACTS
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result
from sim.targets import Statistic, statistics

ALL = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]
ROUND_THE_CLOCK = {
    "hours": [{"days": ALL, "from": "00:00", "to": "24:00"}],
    "roster": [{"days": ALL, "from": "00:00", "to": "24:00", "share": 1.0}],
    "closures": [],
    "hour_weights": [1] * 24,
}


def shares(result: Result, parameters: Parameters) -> dict[str, float]:
    """Every share that is told of a replication: of targets, of months over each other, of the clock's weeks."""

    def named(said: Statistic) -> bool:
        return "share" in said.name or said.name in ("availability", "utilisation")

    found = {
        f"{said.target} {said.part} {said.period} {said.name}": said.value
        for said in statistics(result, parameters)
        if named(said) and said.value is not None
    }
    series = {name: values for name, values in monthly(result, parameters).items() if name.endswith("share")}
    series |= {name: values for name, values in weekly(result, parameters).items() if OBSERVABLES[name].kind == "share"}
    return found | {f"{name} {n}": v for name, values in series.items() for n, v in enumerate(values) if np.isfinite(v)}


def outside(found: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in found.items() if not 0 <= value <= 1}


def test_a_call_that_passes_midnight_belongs_to_the_month_in_which_it_is_over() -> None:
    parameters = load("plan-period").with_values({"end": date(2026, 5, 31)}).parameters
    facts = {name: np.zeros(61, dtype=np.int64) for name in FACTS}
    # 100 calls ring on 30 April, one of which an agent still serves at midnight; 50 in May are all answered
    facts["calls_offered"][[29, 30]] = 100, 50
    facts["calls_answered"][[29, 30]] = 90, 51
    facts["calls_abandoned"][29] = 9
    facts["calls_in_service"][29] = 1
    empty = (np.zeros((0, len(columns)), dtype=np.int64) for columns in (LEAD_TIME_COLUMNS, LEDGER_COLUMNS))
    result = Result(facts, *empty)
    decides = [said for said in statistics(result, parameters) if said.target == "calls-95" and said.decides]
    told = {said.period: said.value for said in decides}
    assert told == {"2026-04": 90 / 99, "2026-05": 1.0, "FY2026": 141 / 150, "all": 141 / 150}
    assert monthly(result, parameters)["calls_answered_share"].tolist() == [90 / 99, 1.0]
    assert not outside(shares(result, parameters))


@settings(max_examples=5, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seats=st.sampled_from([0, 1, 3, 2000]),
    night=st.sampled_from([0, 1]),
    day_and_night=st.booleans(),
    calls=st.sampled_from([30, 2000]),
    handle=st.sampled_from([0.1, 60, 600]),
    patience=st.sampled_from([0.01, 30, 1e9]),
    again=st.sampled_from([0, 1]),
    failures=st.sampled_from([0, 1000]),
    slots=st.sampled_from([0, 500, 1e9]),
    cards=st.sampled_from([100.0, 1e9]),
    seed=st.integers(0, 2**40),
)
def test_shares_of_small_worlds(
    empty_world: Callable[..., Scenario],
    nobody: CardHistory,
    seats: int,
    night: int,
    day_and_night: bool,
    calls: float,
    handle: float,
    patience: float,
    again: float,
    failures: float,
    slots: float,
    cards: float,
    seed: int,
) -> None:
    desk = {
        "seats": seats,
        "night_seats": night,
        "calls_per_open_day": calls,
        "calls_per_outage_hour": calls,
        "handle_minutes": handle,
        "patience_minutes": patience,
        "call_back_share": again,
        **(ROUND_THE_CLOCK if day_and_night else {}),
    }
    world = empty_world(date(2025, 4, 1), date(2025, 5, 31), **{f"contact__helpdesk__{k}": v for k, v in desk.items()})
    values = {
        "systems.card_management.failures_per_year": failures,
        "counters.slots_per_day": slots,
        "plant.cards_per_day": cards,
        "demand.first_time_per_year": 40_000,
        "holders.move_rate": 1,
    }
    parameters = world.with_values(values).parameters
    found = shares(replicate(without_run_in(parameters), nobody, seed, 1), parameters)
    assert len(found) > 20 and not outside(found)


def test_every_month_of_history(history: CardHistory) -> None:
    parameters = load("baseline-fy2025").with_values({"start": date(2017, 4, 1)}).parameters
    result = replicate(without_run_in(parameters), history, 1, 1, chance_only=True)
    months = [days for _, days in Calendar(parameters.start, parameters.end).months()]
    offered, answered = (
        np.array([result.facts[f"calls_{name}"][days].sum() for days in months]) for name in ("offered", "answered")
    )
    assert len(months) == 108
    assert (answered > offered).any()  # so that answered over offered would pass 1
    assert not outside(shares(result, parameters))
