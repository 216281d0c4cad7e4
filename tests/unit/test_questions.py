"""Every option that changes an answer changes the folder: another question never finds the answer to this one."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from calibration.calibrate import CalibrateOptions
from calibration.calibrate import question as of_calibration
from calibration.validate import ValidateOptions
from calibration.validate import question as of_validation
from scenarios.clock.clock import ClockOptions
from scenarios.clock.clock import question as of_clock
from scenarios.clock.lead_times import load_lead_times
from scenarios.compare.compare import CompareOptions
from scenarios.compare.compare import question as of_comparison
from scenarios.files.load import load
from scenarios.ledger.ledger import LedgerOptions
from scenarios.ledger.ledger import question as of_ledger
from scenarios.prices import load_prices
from scenarios.run.options import Options
from scenarios.run.run import question as of_run
from scenarios.size.size import SizeOptions
from scenarios.size.size import question as of_sizing
from scenarios.sweep.study import Study, SweepOptions

PLAN = load("plan-period")
OTHER = PLAN.changed(plant__lines=9)
SEATS = "contact.resident.seats"
ASKED = {
    "run": (Options(precision=0.01), lambda one, how: of_run(one, how)),
    "compare": (CompareOptions(), lambda one, how: of_comparison([one, PLAN], how)),
    "clock": (ClockOptions(date(2026, 4, 1)), lambda one, how: of_clock(one, how, load_lead_times())),
    "ledger": (LedgerOptions(), lambda one, how: of_ledger(one, how)),
    "size": (SizeOptions(), lambda one, how: of_sizing(one, [SEATS], [], how, None)),
    "sweep": (SweepOptions(vary=("plant.lines=4:8",), lhs=5), lambda one, how: Study(one, how).question),
    "screening": (SweepOptions(vary=("plant.lines=4:8",), screen=True), lambda one, how: Study(one, how).question),
    "draws": (SweepOptions(draws=30), lambda one, how: Study(one, how).question),
    "validation": (ValidateOptions(), lambda one, how: of_validation(how)),
    "calibration": (CalibrateOptions(), lambda one, how: of_calibration(how)),
}
VALUES = {
    "vary": ("plant.lines=4:9",), "by": "month", "monthly_floor": 0.9, "together": "run", "as_of": date(2026, 5, 1),
    "fresh": 9,
    "targets": ("calls-95",), "resources": (SEATS,), "only": "holders", "replications": 7, "precision": 0.02, "lhs": 7,
}  # fmt: skip
IRRELEVANT = {("sweep", "trajectories"), ("screening", "lhs"), ("screening", "screen"), ("calibration", "actuals")}
IRRELEVANT |= {("sweep", "draws"), ("screening", "draws"), ("size", "as_of")}
IRRELEVANT |= {
    ("draws", name) for name in ("vary", "lhs", "screen", "sobol", "trajectories", "replications", "chance_only")
}
"""Trajectories are of a screening alone, and the points of a hypercube of anything else; draws take nothing beside them
(``test_sweep_draws``); a file is asked for below. Which day counts as today changes no number of a sizing.
"""


def other(name, value):
    if name in VALUES:
        return VALUES[name]
    return not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else value / 2


@pytest.mark.parametrize("kind", ASKED)
def test_every_option_but_the_processes_makes_another_question(kind):
    options, ask = ASKED[kind]
    digests = {"": ask(PLAN, options).digest}
    for field in fields(options):
        if field.name == "workers":
            assert ask(PLAN, replace(options, workers=9)).digest == digests[""]
        elif (kind, field.name) not in IRRELEVANT:
            how = {field.name: other(field.name, getattr(options, field.name))}
            how |= {"lhs": None} if field.name in ("screen", "sobol") else {}
            digests[field.name] = ask(PLAN, replace(options, **how)).digest
    assert len(set(digests.values())) == len(digests), digests


@pytest.mark.parametrize("kind", [kind for kind in ASKED if kind not in ("validation", "calibration")])
def test_another_scenario_is_another_question(kind):
    options, ask = ASKED[kind]
    assert ask(PLAN, options).digest != ask(OTHER, options).digest
    assert ask(PLAN, options).digest != ask(replace(PLAN, title="Other"), options).digest


def test_files_of_the_planner_are_part_of_the_question(tmp_path):
    prices = load_prices()
    leads = load_lead_times()
    sized = {
        of_sizing(PLAN, paths, targets, SizeOptions(), priced).digest
        for paths, targets, priced in (
            ([SEATS], [], None), ([SEATS], [], prices), ([SEATS], [], replace(prices, text=f"{prices.text}\n")),
            (["plant.lines"], [], None), ([SEATS], ["calls-95"], None),
        )
    }  # fmt: skip
    assert len(sized) == 5
    named = (["plant.lines=8:9", SEATS], ["issue-14-days", "calls-95"])
    both = {of_sizing(PLAN, paths, targets, SizeOptions(), prices).digest
            for paths, targets in (named, (named[0][::-1], named[1][::-1]))}  # fmt: skip
    assert len(both) == 1, "the order of names is no part of a question"
    day = ClockOptions(date(2026, 4, 1))
    assert of_clock(PLAN, day, leads).digest != of_clock(PLAN, day, replace(leads, text="# others\n")).digest
    fitted = []
    for name, text in (("a.csv", "1"), ("a.csv", "2"), ("b.csv", "2")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        fitted.append(of_calibration(CalibrateOptions(actuals=tmp_path / name)).digest)
    assert len({*fitted, of_calibration(CalibrateOptions()).digest}) == 4


def test_what_is_kept_for_other_questions_is_shared():
    folders = [of_run(PLAN, Options(count)).folder for count in (5, 20)]
    assert folders[0] != folders[1] and {folder.parent for folder in folders} == {Path("runs/plan-period")}
