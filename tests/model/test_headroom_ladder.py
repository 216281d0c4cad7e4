"""The headroom ladder leaves out what is broken already, and says the same as whole replications would."""

from scenarios.climb import climb
from scenarios.cost import Work
from scenarios.experiment import Point, evaluate
from scenarios.headroom import crossings, decided, has_headroom
from scenarios.judge import judge
from scenarios.load import load
from scenarios.store import Store
from sim.targets import statistics

PERIOD = {"start": "2026-04-01", "end": "2026-04-30"}
LOADS = (1.5, 3.0)
SMALL = 0.1
"""A tenth of the operation is simulated sooner."""


def point(factor: float) -> Point:
    values = {"demand.load": SMALL * factor, "contact.resident.seats": 7, "plant.cards_per_day": 9_000}
    return Point(f"x{factor}", load("plan-period").with_values({**PERIOD, **values}).parameters, 1)


def test_what_is_left_out_of_the_ladder_changes_no_headroom(tmp_path) -> None:
    store, points = Store(tmp_path), {factor: point(factor) for factor in LOADS}
    told = {
        one.label: [statistics(result, one.parameters) for result in results]
        for one, results in evaluate([point(1.0), *points.values()], 1, store)
    }
    base = told["x1.0"]
    rows = [row for row in judge(base) if has_headroom(row)]
    done: list[str] = []
    skipped: list[Work] = []
    climbed = climb(rows, base, points, store, 1, lambda task: done.append(task.point.label), skipped.append)
    whole = [(factor, [decided(one) for one in told[f"x{factor}"]]) for factor in (1.0, *LOADS)]
    for row in rows:
        assert crossings(row, climbed) == crossings(row, whole), row
    assert len(done) + sum(work.count for work in skipped) == len(LOADS)
    parts = {path.name.split("-", 1)[1] for path in (tmp_path / "ladder").iterdir()}
    assert all(name.startswith("cards") for name in parts)
    assert not any("resident" in name for name in parts)  # 70 seats are too few from the first load on
    again: list[str] = []
    assert climb(rows, base, points, store, 1, lambda task: again.append(task.point.label)) == climbed
    assert again == done
