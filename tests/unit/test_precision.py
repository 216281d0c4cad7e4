"""Replications until intervals are narrow enough: the rule, what it refuses, and what is said of it."""

import math

import pytest
import recorded
from rich.cells import cell_len

from reports import catalogue, values
from reports.run.certainty import precision as precision_told
from scenarios.errors import UserError
from scenarios.experiment.precision import next_count, reached, refuse
from scenarios.files.load import load
from scenarios.records import as_json
from scenarios.run.options import Options
from scenarios.run.run import question
from sim.targets import Statistic


def replication(answered: float | None, peak: float = 4e6, month: float = 0.5) -> list[Statistic]:
    return [
        Statistic("calls-95", None, "FY2026", "answered_share", answered, 0.95),
        Statistic("calls-95", None, "2026-04", "answered_share", month, 0.95),
        Statistic("calls-95", None, "FY2026", "mean_wait_s", 100 * (answered or 0)),
        Statistic("dispatch-4.8m", None, "all", "peak_month", peak, 4.8e6),
    ]


def test_the_widest_is_of_a_year_or_the_run_and_decides() -> None:
    # t of 1 degree of freedom: 12.706; the mean of 0.90 and 0.92 is known to 12.706 x 0.01
    found = reached([replication(0.90, month=0.0), replication(0.92, month=1.0)], 0.005, 200)
    assert found.widest is not None
    assert (found.widest.judged, found.widest.period) == ("calls-95", "FY2026")
    assert found.half == pytest.approx(0.12706, abs=1e-5)
    assert found.record.reached is False


def test_counts_are_relative_to_their_threshold() -> None:
    found = reached([replication(0.9, peak=4.0e6), replication(0.9, peak=4.2e6)], 0.5, 200)
    assert found.widest is not None and found.widest.judged == "dispatch-4.8m"
    assert found.half == pytest.approx(12.7062 * 0.1e6 / 4.8e6, rel=1e-4)


def test_a_part_is_named() -> None:
    found = reached([[Statistic("availability-99.9", "jpki_counter", "all", "availability", 0.9, 0.999)]] * 2, 0.1, 9)
    assert found.record.widest_id == "availability-99.9/jpki_counter"


def test_one_value_is_never_enough_and_none_is_not_looked_at() -> None:
    once = reached([replication(0.9), replication(None)], 0.5, 200)
    assert once.half == math.inf
    assert as_json(once.record) == {
        "asked": 0.5, "most": 200, "reached": False, "widest": None, "widest_id": "calls-95", "widest_period": "FY2026",
    }  # fmt: skip
    nothing = reached([[Statistic("calls-95", None, "all", "answered_share", None, 0.95)]] * 3, 0.5, 200)
    assert (nothing.widest, nothing.half, nothing.record.reached) == (None, 0.0, True)


@pytest.mark.parametrize(
    ("replications", "half", "expected"),
    [
        (10, 0.005, 10),  # enough
        (10, 0.0051, 11),
        (20, 0.006, 29),  # 20 x 1.44 = 28.8
        (20, 0.05, 40),  # twice as many at most
        (20, math.inf, 40),
        (150, 0.05, 200),  # the most
        (200, 0.05, 200),
    ],
)
def test_how_many_next(replications: int, half: float, expected: int) -> None:
    assert next_count(replications, half, 0.005, 200) == expected


@pytest.mark.parametrize("precision", [0.0, -0.1, math.nan, math.inf])
def test_no_number_of_replications_has_such_a_precision(precision: float) -> None:
    with pytest.raises(UserError, match=r"--precision .*: must be a number above 0"):
        refuse(precision, 200, 20)


def test_the_limit_leaves_room_for_the_first_batch() -> None:
    with pytest.raises(UserError, match="--most 19: must be at least 20"):
        refuse(0.005, 19, 20)
    with pytest.raises(UserError, match="--most 4: must be at least 5"):
        refuse(0.005, 4, 2)
    with pytest.raises(UserError, match=r"2 errors(.|\n)*--precision 0(.|\n)*--most 1"):
        refuse(0, 1, 2)
    refuse(0.005, 5, 2)


def test_every_number_of_replications_and_precision_has_its_own_folder() -> None:
    scenario = load("plan-period")
    every = [Options(5), Options(20), Options(5, precision=0.005), Options(precision=0.01, most=50)]
    every += [
        Options(until_decided=True),
        Options(until_decided=True, most=50),
        Options(5, until_decided=True, precision=0.01),
    ]
    every += [Options(precision=0.01), Options(5, margin=False), Options(5, chance_only=True), Options(5, seed=2)]
    folders = {question(scenario, options).folder for options in every}
    assert len(folders) == len(every)
    assert {folder.parent.as_posix() for folder in folders} == {"runs/plan-period"}
    assert question(scenario, Options(5, workers=3)).folder == question(scenario, Options(5)).folder


TOLD = {"asked": 0.005, "most": 40, "reached": True, "widest": 0.00432, "widest_id": "calls-95", "widest_period": "all"}


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (TOLD, ["0.5 %", "0.432 %", "40"]),
        (
            TOLD | {"reached": False, "widest": 0.0123, "widest_id": "availability-99.9/jpki_counter"},
            ["1.23 %", "JPKI"],
        ),
        (TOLD | {"reached": False, "widest": None}, ["--most"]),
        (TOLD | {"widest": None, "widest_id": None, "widest_period": None}, ["0.5 %"]),
    ],
    ids=["reached", "not reached", "no interval", "nothing decides"],
)
def test_the_line_says_what_was_reached(lang: str, told: dict[str, object], shown: list[str]) -> None:
    line = values.text(catalogue.load(lang), precision_told(recorded.run(precision=told, replications=40)))
    assert [part for part in shown if part.replace(" ", "") not in line.replace(" ", "")] == []
    assert "{" not in line and "None" not in line and cell_len(line) < 280


def test_nothing_is_said_where_none_was_asked_for() -> None:
    assert precision_told(recorded.run()) == ""
