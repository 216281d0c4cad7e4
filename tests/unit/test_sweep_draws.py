"""Drivers from what replications draw: found without new runs, told in both languages, replications taken over."""

import json
import shlex

import clock_sample
import numpy as np
import pytest
import sweep_sample as sample

from reports import catalogue, values
from reports.faces import page as page_face
from reports.faces import terminal
from reports.sweep.answer import answer
from reports.sweep.charts import charts
from reports.sweep.document import SWEEP, document
from scenarios.errors import UserError
from scenarios.experiment.experiment import Point
from scenarios.experiment.store import Store
from scenarios.records import read
from scenarios.sweep.answer import DRAWN_KEYS, listed
from scenarios.sweep.design import TENTH, Uncertain, uncertain
from scenarios.sweep.drawn import drawn
from scenarios.sweep.record import Sweep
from scenarios.sweep.stored import take_over
from scenarios.sweep.study import Study, SweepOptions
from scenarios.sweep.sweep import measure, sweep
from scenarios.unknowns import load_unknowns
from sim.parts import FACTS
from sim.result import LEAD_TIME_COLUMNS, LEDGER_COLUMNS, Result
from sim.schedule import Quantity

EN, JA = catalogue.load("en"), catalogue.load("ja")
NOTICE, FIRST = "contact.resident.calls_per_notice", "demand.first_time_per_year"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("連動") / "draws"
    sample.with_draws(place)
    return place


def test_what_is_known_to_drive_is_found_and_listed(folder):
    found = json.loads((folder / "sweep.json").read_text(encoding="utf-8"))
    assert (found["design"], found["replications"], found["points"]) == ("draws", 60, 1)
    rows = {(row["path"], row["id"]): row for row in found["correlations"] if row["period"] == "FY2028"}
    assert rows[NOTICE, "calls-95"]["clear"] and rows[NOTICE, "calls-95"]["rho"] < -0.5
    assert rows[FIRST, "issue-14-days/standard"]["clear"] and rows[FIRST, "issue-14-days/standard"]["rho"] < -0.5
    assert not rows[FIRST, "calls-95"]["clear"] or rows[FIRST, "calls-95"]["tied_to"]
    assert found["drivers"][0] in (NOTICE, FIRST)
    assert tuple(listed(read(Sweep, folder))[0]) == DRAWN_KEYS
    assert not [row for row in found["correlations"] if row["id"] in ("renewed-in-time", "intake-160k")]


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_page_terminal_and_charts_tell_it(folder, cat):
    data = read(Sweep, folder)
    told = " ".join(values.texts(cat, answer(data)))
    assert NOTICE in told and FIRST in told and "60" in told
    assert {chart.kind for chart in charts(data)} == {"correlations"}
    page = page_face.write(SWEEP, folder, cat.lang).read_text(encoding="utf-8")
    assert NOTICE in page and page.count("<figure id=") == len(charts(data)) == 2
    assert any(NOTICE in line for line in terminal.lines(SWEEP, folder, cat.lang, folder / "sweep.html", "cp932"))
    command = shlex.split(values.text(cat, document(data).chapters[-1].commands[0]))
    assert command[3:] == ["--draws", "60", "--seed", "1", "--lang", cat.lang]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"draws": 19}, "--draws 19: must be 20 or more"),
        ({"draws": 30, "vary": ("plant.lines=4:8:2",)}, "leave --vary"),
        ({"draws": 30, "screen": True}, "leave --vary, --lhs, --screen"),
        ({"draws": 30, "chance_only": True}, "--chance-only out"),
    ],
)
def test_draws_of_something_else_are_refused(options, told):
    with pytest.raises(UserError) as error:
        Study(sample.PLAN, SweepOptions(**options))
    assert told in str(error.value)


def test_replications_of_another_command_are_taken_over(tmp_path):
    point, days = Point("x", sample.PLAN.parameters, 1), 3
    first = (point.parameters.start - point.parameters.first_simulated_day).days

    def made(length, value):
        facts = {name: np.full(length, value, dtype=np.int64) for name in FACTS}
        return Result(facts, np.zeros((0, len(LEAD_TIME_COLUMNS)), int), np.zeros((0, len(LEDGER_COLUMNS)), int))

    Store(tmp_path / "runs" / "x" / "replications").save(point.digest, 1, made(days, 7))
    Store(tmp_path / "runs" / "clock" / "x" / "replications" / "whole").save(point.digest, 2, made(first + days, 8))
    own = Store(tmp_path / "own" / "replications")
    own.save(point.digest, 3, made(days, 9))
    assert take_over(point, range(1, 5), own, tmp_path / "runs") == 2
    told = [own.load(point.digest, number).facts["applications"].tolist() for number in (1, 2, 3)]
    assert told == [[7] * days, [8] * days, [9] * days] and not own.has(point.digest, 4)


def test_where_a_clock_has_simulated_them_nothing_is_simulated_again(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("scenarios.experiment.experiment.replicate", None)
    scenario, chance = clock_sample.scenario(), np.random.default_rng(1)
    point = Point(scenario.name, scenario.parameters, 1)
    whole = Store(tmp_path / "runs" / "clock" / "plan-period" / "replications").of_whole_runs()
    for number in range(1, 21):
        whole.save(point.digest, number, clock_sample.result(scenario.parameters, number % 3 == 0, chance))
    study = Study(scenario, SweepOptions(draws=20))
    assert measure(study, tmp_path / "own").left == 0
    found = sweep(study, tmp_path / "own")
    doubt = next(one for one in found.doubts if one.id == "calls-95")
    assert (doubt.met, doubt.tested) == (14, 20)
    assert len({row.path for row in found.found.correlations if row.id == "calls-95"}) > 50


def test_each_replication_draws_what_the_model_draws():
    point = Point("x", sample.PLAN.parameters, 1)
    inputs = [own for own in uncertain(sample.PLAN) if own.path in (NOTICE, FIRST)]
    values = drawn(point, inputs, 40)
    assert values.shape == (40, 2) and (values == drawn(point, inputs, 40)).all()
    for own, column in zip(inputs, values.T, strict=True):
        low, high = own.number(0.0), own.number(1.0)
        assert (low <= column).all() and (column <= high).all() and len(set(column)) > 20


def test_low_and_high_are_tenths_of_what_is_drawn():
    own = next(one for one in uncertain(sample.PLAN) if one.path == NOTICE)
    unknowns = load_unknowns()
    every = np.array([own.number(u) for u in unknowns.positions[:, list(unknowns.quantities).index(NOTICE)]])
    low, high = (own.number(position) for position in own.told_at)
    assert (every < low).mean() == pytest.approx(TENTH, abs=0.01) and (every > high).mean() == pytest.approx(
        TENTH, abs=0.01
    )
    assert own.number(0.0) < low < high < own.number(1.0) and own.beyond == TENTH
    other = Uncertain(NOTICE, Quantity.model_validate({"value": 2, "low": 1, "high": 9}), own.first_day)
    assert other.told_at == (TENTH, 1 - TENTH)
