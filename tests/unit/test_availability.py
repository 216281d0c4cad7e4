"""Readings of the availability target: by hand, on the published year, and who decides."""

import numpy as np
import pytest

from scenarios.files.load import load
from sim.availability import READINGS, Service, together
from sim.facts import SYSTEMS
from sim.parts import FACTS
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result
from sim.targets import Statistic, statistics

FY2025 = (Service(240_000, 0), Service(240_000, 360), Service(525_600, 0))
"""Published: 100, 99.85 and 100 % (JLIS-018 to JLIS-020), in about the service hours of each."""


def test_the_published_year_by_every_reading() -> None:
    told = together(FY2025)
    assert FY2025[1].share == pytest.approx(0.9985)
    assert told["mean"] == pytest.approx((1 + 0.9985 + 1) / 3)  # 99.95 %
    assert told["weighted"] == pytest.approx(1 - 360 / 1_005_600)  # 99.96 %
    assert told["rounded"] == 0.999
    assert [reading for reading, share in told.items() if share is not None and share >= 0.999] == list(READINGS[1:])


def test_halves_are_rounded_up_and_systems_without_service_say_nothing() -> None:
    assert together([Service(10_000, 16), Service(0, 0)])["rounded"] == 0.998  # 99.84 %
    assert together([Service(10_000, 14), Service(0, 0)])["rounded"] == 0.999  # 99.86 %
    assert together([Service(0, 0)]) == dict.fromkeys(READINGS[1:])


def told(reading: str) -> list[Statistic]:
    """What a year with the published hours lost says of availability."""
    parameters = load("baseline-fy2025").with_values({"targets.availability_reading": reading}).parameters
    facts = {name: np.zeros(365, dtype=np.int64) for name in FACTS}
    for system, service in zip(SYSTEMS, FY2025, strict=True):
        facts[f"service_minutes_{system}"][0] = service.minutes
        facts[f"outage_minutes_{system}"][0] = service.lost
    empty = {"lead_times": LEAD_TIME_COLUMNS, "ledger": LEDGER_COLUMNS}
    tables = {name: np.zeros((0, len(columns)), dtype=np.int64) for name, columns in empty.items()}
    found = statistics(Result(facts=facts, **tables), parameters)
    return [said for said in found if said.target == "availability-99.9" and said.period == "FY2025"]


@pytest.mark.parametrize("reading", READINGS)
def test_one_reading_decides_and_all_are_told(reading: str) -> None:
    found = told(reading)
    assert {said.name for said in found} >= {"availability", *(f"availability_{other}" for other in READINGS[1:])}
    decided = {(said.part, said.name): said.met for said in found if said.decides}
    if reading == "each":
        assert decided == {(system, "availability"): system != "jpki_counter" for system in SYSTEMS}
    else:
        assert decided == {(None, f"availability_{reading}"): True}
