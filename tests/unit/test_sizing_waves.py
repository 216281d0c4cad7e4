"""The order in which replications are searched: those that matter exactly, the others hardly or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.sizing.choose import NEVER
from scenarios.sizing.scales import Scale
from scenarios.sizing.search import Hands, Search
from scenarios.sizing.waves import search_in_waves
from scenarios.store import Store
from sim.parts import PARTS

TOP = 400


@dataclass(frozen=True)
class Known(Search):
    """A search whose outcome is known beforehand: by fiscal year what each replication needs."""

    needs: dict[str, Sequence[int]] = field(default_factory=dict)
    searched: list[int] = field(default_factory=list)

    @property
    def parts(self) -> frozenset[str]:
        return frozenset(PARTS)

    def known(self, replication: int) -> dict[str, int | None]:
        self.searched.append(replication)
        needs = {period: each[replication - 1] for period, each in self.needs.items()}
        return {
            period: max(need, self.floors.get(period, 0)) if need <= TOP else None for period, need in needs.items()
        }


def searched(
    needs: dict[str, Sequence[int]], expected: dict[str, Sequence[float]], spare: int
) -> tuple[dict[str, np.ndarray], set[int], list[int]]:
    """What comes out, who was searched, and what was made ready for."""
    scales = {"seats": {period: Scale("seats", period, 1.0, 1.0, TOP, (date(2027, 4, 1),), (1.0,)) for period in needs}}
    nothing: Any = None
    search = Known(nothing, nothing, "seats", scales, {}, Store(Path()), Path(), needs=needs)
    prepared: list[int] = []
    numbers = range(1, len(next(iter(needs.values()))) + 1)
    told: list[int] = []
    hands = Hands(Store(Path()), Path(), 1, lambda task: told.append(task.replication))
    levels = {period: np.array(each, dtype=np.float64) for period, each in expected.items()}
    found = search_in_waves(search, levels, numbers, spare, prepared.extend, hands)
    assert sorted(told) == list(numbers)
    return found, set(search.searched), prepared


def highest(needs: Sequence[int], count: int) -> list[int]:
    return sorted(NEVER if need > TOP else need for need in needs)[-count:]


@settings(max_examples=200)
@given(st.data(), st.integers(0, 3), st.floats(0.3, 3.0))
def test_the_needs_that_decide_are_exact_where_theory_is_off_by_one_factor(
    data: st.DataObject, spare: int, factor: float
) -> None:
    count = data.draw(st.integers(12, 40))
    needs = {
        period: data.draw(st.lists(st.integers(0, TOP), min_size=count, max_size=count))
        for period in ("FY2026", "FY2027")
    }
    expected = {period: [(need + 1) * factor for need in each] for period, each in needs.items()}
    found, _, _ = searched(needs, expected, spare)
    for period, each in needs.items():
        assert sorted(found[period].tolist())[-1 - spare :] == highest(each, spare + 1)
        assert (found[period] >= np.array(each)).all()


@settings(max_examples=100)
@given(st.lists(st.integers(0, TOP + 50), min_size=3, max_size=40), st.integers(0, 2))
def test_where_theory_expects_nothing_everybody_is_searched(needs: list[int], spare: int) -> None:
    found, who, prepared = searched({"FY2026": needs}, {"FY2026": [0.0] * len(needs)}, spare)
    assert sorted(found["FY2026"].tolist())[-1 - spare :] == highest(needs, spare + 1)
    assert who == set(prepared) == set(range(1, len(needs) + 1))


def test_who_stays_clearly_below_is_not_searched() -> None:
    needs = list(range(100, 300, 5))
    found, who, prepared = searched({"FY2026": needs}, {"FY2026": [1.3 * need for need in needs]}, 1)
    assert who == set(prepared) == {*range(33, 41)}, "the first two waves: those who need most"
    assert found["FY2026"].tolist()[-2:] == needs[-2:]
    assert set(found["FY2026"].tolist()[:-1]) == {needs[-2]}, "all others can do with what the second most need"


def test_a_year_in_which_the_least_level_does_for_all_asks_nobody_again() -> None:
    busy = list(range(100, 300, 5))
    needs = {"FY2026": busy, "FY2027": [0] * len(busy)}
    expected = {"FY2026": [float(need) for need in busy], "FY2027": [0.5] * len(busy)}
    _, who, _ = searched(needs, expected, 0)
    assert len(who) == 8


def test_where_no_level_will_do_for_more_than_may_be_given_up_the_others_are_tried_at_the_top_alone() -> None:
    needs = [TOP + 1] * 5 + [50] * 20
    found, _, _ = searched({"FY2026": needs}, {"FY2026": [300.0] * 5 + [50.0] * 20}, 1)
    assert (found["FY2026"][:5] == NEVER).all()
    assert (found["FY2026"][5:] == TOP)[3:].all()
