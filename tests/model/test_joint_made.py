"""A small joint distribution made from the beginning: every step of it at work, and twice the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from no_run_in import without_run_in

from calibration.agreement import load as load_agreements
from calibration.joint.evidence import ANSWERS
from calibration.joint.make import SCENARIO, Size, make
from calibration.joint.record import Made
from calibration.joint.table import digest
from scenarios.files.load import load
from scenarios.unknowns import load_unknowns

SMALL = Size(draws=64, particles=128, years=1, walks=(64, 2), wholes=24)


def made(kept: dict[str, Any]) -> Made:
    def keep(key: str, evaluate: Callable[[], Any]) -> Any:
        if key not in kept:
            kept[key] = evaluate()
        return kept[key]

    return make(5, SMALL, keep, parameters=without_run_in(load(SCENARIO).parameters))


def test_a_small_table_is_made_whole_and_twice_the_same() -> None:
    kept: dict[str, Any] = {}
    first = made(kept)
    assert first.table.positions.shape == (64, len(first.table.names))
    assert set(load_unknowns().quantities) <= set(first.table.names)
    assert first.record.digest == digest(first.table, first.record)
    again = made(kept)
    assert again.table.positions.tobytes() == first.table.positions.tobytes()
    assert again.record == first.record

    # What no figure speaks of is spread evenly: one draw in each of 64 equal parts of the range.
    narrowed = {row.path for row in first.record.unknowns if row.narrowed}
    free = [at for at, name in enumerate(first.table.names) if name not in narrowed]
    parts = np.sort(np.floor(first.table.positions[:, free] * 64), axis=0)
    assert len(free) > 20
    assert (np.abs(parts - np.arange(64)[:, None]) <= 1).all()

    # The answer rates are met; seats grow with the luck of their year.
    figures = {row.id: row for row in first.record.figures}
    for id_ in ANSWERS.values():
        low, high = figures[id_].conditioned
        assert low < load_agreements()[id_].published.value < high
    for told in first.record.hindsight.values():
        assert 0 < told.slope < 3 and sum(told.days) == pytest.approx(1, abs=1e-4)
