"""The memory that a replication takes in a process of its own, beside what is estimated before it starts."""

import json
import subprocess
import sys
from datetime import date

import pytest

from scenarios.experiment.estimate import _of_lots
from scenarios.files.load import load
from scenarios.run.expected import expected

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is read from /proc")

LOTS = {"opening.cards": 2_400_000, "plant.lot_size": 40}
SEATS = {"contact.resident.seats": 100_000, "contact.helpdesk.seats": 100_000, "contact.resident.night_seats": 100_000}
"""As many as a scenario may have."""
SCRIPT = """
import json, sys
from scenarios.history import load_history
from scenarios.files.load import load_with
from sim.replication import replicate

parameters = load_with("plan-period", json.loads(sys.argv[1])).parameters
opening = parameters.opening.model_copy(update={"run_in_months": 0})
replicate(parameters.model_copy(update={"opening": opening}), load_history(), 1, 1, chance_only=True)
print(next(line.split()[1] for line in open("/proc/self/status", encoding="ascii") if line.startswith("VmHWM")))
"""


@pytest.fixture(scope="module")
def nothing(no_demand):
    """A month without demand or run-in, so that a replication takes little more than what is added."""
    return {"end": date(2026, 4, 30), **no_demand}


def peak(values):
    """Megabytes that a fresh process had at most, the programs and tables that it loads among them."""
    settings = json.dumps([f"{path}={value}" for path, value in values.items()])
    done = subprocess.run([sys.executable, "-c", SCRIPT, settings], capture_output=True, encoding="utf-8", check=True)
    return float(done.stdout) / 1e3


@pytest.fixture(scope="module")
def least(nothing):
    return peak(nothing)


def test_lots_take_what_is_estimated_or_down_to_a_third_of_it(least, nothing):
    """What is refused for its lots would not have fitted into three times the room."""
    values = nothing | LOTS
    told = _of_lots(expected(load("plan-period").with_values(values).parameters)) / 1e6
    measured = peak(values) - least
    assert told > 30
    assert measured < told < 3 * measured


def test_seats_take_no_memory_that_would_have_to_be_estimated(least, nothing):
    """Of the largest number that a scenario may state; what calls at the seats take is in ``tests/unit``."""
    assert peak(nothing | SEATS) - least < 10
