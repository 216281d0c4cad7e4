"""What a run is expected to do, before it starts, is near what it turns out to do."""

from datetime import date

import numpy as np
import pytest
from no_run_in import without_run_in

from scenarios.files.load import load
from scenarios.history import load_history
from scenarios.run.expected import expected
from sim.facts import CALL_CAUSES, CENTRES
from sim.replication import whole

SHORT = {"end": date(2026, 4, 30)}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {
            "demand.load": 2,
            "contact.helpdesk.calls_per_open_day": 3000,
            "contact.resident.calls_per_holder": 0.05,
            "plant.lot_size": 1000,
            "contact.helpdesk.seats": 10,
        },
    ],
    ids=["plan-period", "busy"],
)
def test_work_is_within_a_factor_of_what_is_simulated(values):
    told = without_run_in(load("plan-period").with_values({**SHORT, **values}).parameters, months=2)
    work, facts = expected(told), whole(told, load_history(), 1, 1, chance_only=True).facts
    attempts = sum(facts[f"{prefix}_offered"] for prefix in CENTRES.values())
    firsts = [sum(facts[f"{prefix}_{cause}"] for cause in CALL_CAUSES[centre]) for centre, prefix in CENTRES.items()]
    inside = sum(facts[f"waiting_{name}"] for name in ("checks", "data", "production", "inspection", "dispatch"))
    assert 0.67 < work.applications / facts["applications"].sum() < 1.5
    assert 1 < sum(work.calls_on_a_day.values()) / np.max(sum(firsts)) < 4  # of a full day: rather too many
    assert 1 < work.attempts_on_a_day / attempts.max() < 6
    assert work.lots_on_a_day * told.plant.lot_size == pytest.approx(facts["applications"].max(), rel=0.5)
    assert max(work.lots_inside) * told.plant.lot_size < 3 * inside.max()
