"""The start does not matter on the first reported day where no queue was over capacity."""

from datetime import date

import numpy as np
import pytest

from scenarios.load import load
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.result import Result


@pytest.fixture(scope="module")
def runs(history: CardHistory) -> tuple[Result, Result]:
    base = load("plan-period").with_values({"end": date(2026, 9, 30)})
    double = {"opening.cards": 900_000, "opening.at_municipalities": 1_800_000}
    starts = ({"opening.cards": 0, "opening.at_municipalities": 0}, double)
    empty, full = (replicate(base.with_values(start).parameters, history, 3, 1) for start in starts)
    return empty, full


ROUNDED = (
    "handed_over",
    "at_municipalities",
    "cards_held",
    "cards_expiring",
    "certificates_expiring",
    "notices_sent",
    "signing_ended",
    "signing_wanted",
    "signing_reissued",
    "transactions",
    "stays_extended",
)
"""Facts that carry a remainder of the start, below two persons: the pool at the municipalities empties by a share a
day, and double work at the start pushes some cards of the first weeks into the next month."""


def test_empty_and_double_work_agree_on_the_first_reported_day_and_after(runs: tuple[Result, Result]) -> None:
    empty, full = runs
    for name, series in empty.facts.items():
        if name in ROUNDED:
            assert np.abs(full.facts[name] - series).max() <= 4, name
        else:
            assert np.array_equal(full.facts[name], series), name


def test_lead_times_agree_too(runs: tuple[Result, Result]) -> None:
    empty, full = runs
    assert np.array_equal(empty.lead_times, full.lead_times)
    assert np.array_equal(empty.ledger, full.ledger)
