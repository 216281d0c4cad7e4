"""A sizing that goes on says how much of it is there already, whatever it is asked for beside."""

from pathlib import Path

import pytest

from scenarios.experiment.experiment import Point
from scenarios.experiment.sealed import keep
from scenarios.experiment.store import Store
from scenarios.files.load import load
from scenarios.size.noted import Noted
from scenarios.size.options import ask
from scenarios.size.search import Hands, Kept
from scenarios.size.size import SizeOptions, _expected

BASE = Point("plan", load("budget-fy2027").parameters, 1)


def test_what_was_noted_and_is_there_counts_as_done(tmp_path: Path) -> None:
    store = Store(tmp_path / "replications")
    found = Kept(tmp_path / "needs", ["least", 1], store)
    noted = Noted(tmp_path / "needs", "abc")
    assert noted.stored(BASE, store, 24).count == 0
    noted(found, 2.5)
    written = noted.file.stat().st_mtime_ns
    for number in (1, 2, 7):
        keep(found.file(number), {"FY2027": 3})
    noted(found, 2.5)
    assert noted.file.stat().st_mtime_ns == written, "what is noted is not written again"
    told = noted.stored(BASE, store, 24)
    assert (told.count, told.seconds) == (3, 7.5)
    assert Noted(tmp_path / "needs", "of another question").stored(BASE, store, 24).count == 0


@pytest.mark.parametrize("priced", [False, True])
@pytest.mark.parametrize("named", [["contact.resident.seats", "plant.cards_per_day"]])
def test_seats_and_production_of_the_plan_period_are_thought_to_take_20_minutes_at_the_most(
    tmp_path: Path, named: list[str], priced: bool
) -> None:
    options = SizeOptions(workers=2).counted(priced)
    assert options.fresh == (215 if priced else 133)
    question = ask(load("plan-period"), named, [], options)
    hands = Hands(Store(tmp_path), tmp_path, 2, lambda task: None)
    expected = _expected(question, options, hands, Noted(tmp_path, "abc"))
    assert expected.work.seconds / 2 <= 20 * 60
    assert expected.stored.count == 0 and len(expected.consists) == 2
