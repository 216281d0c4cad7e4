"""Cards asked for with the birth notice: days before receipt, which J-LIS does not count and the family waits."""

from datetime import date

import pytest
from no_run_in import without_run_in

from scenarios.files.load import load
from scenarios.history import load_history
from sim.parameters import Parameters
from sim.replication import replicate
from sim.result import Result
from sim.targets import statistics

SPAN = {"start": date(2026, 5, 1), "end": date(2026, 7, 31)}


def parameters(**values: object) -> Parameters:
    return load("plan-period").with_values({**SPAN, **values}).parameters


def run(own: Parameters) -> Result:
    return replicate(without_run_in(own), load_history(), 1, 1, chance_only=True)


def told(own: Parameters, result: Result, name: str) -> float | None:
    (row,) = (row for row in statistics(result, own) if row.period == "FY2026" and row.name == name)
    return row.value


@pytest.fixture(scope="module")
def usual() -> Result:
    return run(parameters(**{"demand.newborn_notice_share": 0.5, "demand.newborn_municipal_days": 8}))


def test_a_share_of_newborns_express_applications_came_with_a_notice_so_many_days_before(usual: Result) -> None:
    express = usual.facts["applications_newborn"].sum() * 0.7
    cards, days = (int(usual.facts[f"newborn_{name}"].sum()) for name in ("with_notice", "municipal_days"))
    assert cards == pytest.approx(0.5 * express, rel=0.02)
    assert days == pytest.approx(8 * cards, abs=1)
    assert (usual.facts["newborn_with_notice"] <= usual.facts["applications_express"]).all()


def test_the_family_waits_from_the_notice_and_j_lis_counts_from_the_receipt(usual: Result) -> None:
    own = parameters()
    since, delivered = told(own, usual, "days_since_birth_notice"), usual.lead_times
    columns = delivered[(delivered[:, 1] == 1) & (delivered[:, 2] == 1) & (delivered[:, 6] == 0)]
    to_the_resident = (columns[:, 3] * columns[:, 7]).sum() / columns[:, 7].sum()
    assert since == pytest.approx(8 + to_the_resident, abs=0.001)
    longer = parameters(**{"demand.newborn_notice_share": 0.5, "demand.newborn_municipal_days": 10})
    result = run(longer)
    assert told(longer, result, "days_since_birth_notice") == pytest.approx(10 + to_the_resident, abs=0.001)
    assert (result.lead_times == usual.lead_times).all() and (result.ledger == usual.ledger).all()


def test_all_at_once_or_none() -> None:
    at_once = parameters(**{"demand.newborn_notice_share": 1, "demand.newborn_municipal_days": 0})
    found = run(at_once)
    assert found.facts["newborn_municipal_days"].sum() == 0
    nobody = parameters(**{"demand.newborn_notice_share": 0})
    result = run(nobody)
    assert result.facts["newborn_with_notice"].sum() == 0
    assert told(nobody, result, "days_since_birth_notice") is None
