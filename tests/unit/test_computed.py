"""Availability's probability is computed: which rows carry it, its words, and how reports say so."""

from datetime import date

import numpy as np
import pytest
import recorded

from reports import catalogue, values
from reports.run.answer import answer
from reports.run.cells import met
from reports.run.terminal import verdict_lines
from reports.run.verdicts import headlines
from scenarios.experiment.experiment import Point
from scenarios.files.load import load
from scenarios.records import as_json
from scenarios.run.available import TARGET, Availability, with_computed
from scenarios.run.decided import decided
from scenarios.run.record import Summary
from scenarios.run.statistic import Row
from scenarios.run.words import FAILS_UP_TO, HOLDS_FROM, word_of
from sim.calendar import Calendar
from sim.plan import Plan
from sim.streams import Streams
from sim.targets import Statistic

YEAR = load("plan-period").with_values({"start": date(2026, 4, 1), "end": date(2027, 3, 31)})
POINT = Point("year", YEAR.parameters, 1, chance_only=True)


def row(target: str, part: str | None, period: str = "FY2026", **values: object) -> Row:
    counted = {"probability": 0.5, "probability_low": 0.3, "probability_high": 0.7, "replications_to_decide": 40}
    known = {"value": 0.9993, "low": 0.9991, "high": 0.9995, "threshold": 0.999, "verdict": "undecided"}
    return Row(target, part, period, "availability", **{"decides": True, **known, **counted, **values})  # type: ignore[arg-type]


def test_availability_is_computed_and_nothing_else() -> None:
    calls, system = row("calls-95", None), row(TARGET, "jpki_counter")
    beside, untested = row(TARGET, None, decides=False), row(TARGET, "jpki_verifier", probability=None)
    found = with_computed([calls, system, row(TARGET, "jpki_counter", "years"), beside, untested], Availability(POINT))
    assert [one.computed for one in found] == [False, True, True, False, False]
    assert (found[0], *found[3:]) == (calls, beside, untested)
    year, years = found[1:3]
    assert year.probability == years.probability and 0 < (year.probability or 0) < 1
    assert year.verdict == word_of(year.probability or 0.0)
    assert (year.probability_low, year.probability_high, year.replications_to_decide) == (None, None, None)
    assert year.value == system.value  # the mean stays that of the replications


def test_years_together_are_no_likelier_than_any_of_them() -> None:
    longer = YEAR.with_values({"end": date(2028, 3, 31)})
    periods = ("FY2026", "FY2027", "years")
    rows = [row(TARGET, "card_management", period) for period in periods]
    first, second, both = (
        one.probability or 0.0 for one in with_computed(rows, Availability(Point("x", longer.parameters, 1, True)))
    )
    assert both == pytest.approx(first * second) and both < min(first, second)


def test_a_computed_probability_has_a_word_without_an_interval() -> None:
    assert [word_of(share) for share in (1.0, HOLDS_FROM, 0.79, 0.21, FAILS_UP_TO, 0.0)] == [
        "holds", "holds", "at_risk", "at_risk", "fails", "fails",
    ]  # fmt: skip


def test_no_replications_are_added_for_what_is_computed() -> None:
    told = [[Statistic(TARGET, "jpki_counter", "FY2026", "availability", 0.999, 0.999, met)] for met in (True, False)]
    assert decided(told * 8, 200).undecided == ()


RUN = recorded.run(title="T", last_day="2028-03-31")


def summary(share: float) -> Summary:
    computed = {"probability": share, "probability_low": None, "probability_high": None, "computed": True}
    said = {**computed, "verdict": word_of(share), "replications_to_decide": None}
    rows = [row(TARGET, "jpki_counter", period, **said) for period in ("FY2026", "FY2027", "years")]
    return recorded.summary(*as_json(rows))


@pytest.mark.parametrize(
    ("lang", "cell", "line", "holds", "danger"),
    [
        ("en", "64 % (computed)", "all years: 64 %, computed", "with a computed probability of 93 %",
         "met in every year with a computed probability of 64 %"),
        ("ja", "64%（計算値）", "全年度達成の確率64%（計算値）", "全年度達成の確率は計算値で93%",
         "全年度達成の確率は計算値で64%"),
    ],
)  # fmt: skip
def test_reports_say_that_it_is_computed(lang: str, cell: str, line: str, holds: str, danger: str) -> None:
    cat, told = catalogue.load(lang), summary(0.64)
    assert values.text(cat, met(headlines(told)[0].decides, RUN)) == cell
    assert any(line in shown for shown in verdict_lines(told, RUN, lang))
    assert danger in values.texts(cat, answer(told, RUN))[1]
    assert holds in values.texts(cat, answer(summary(0.93), RUN))[0]
    assert headlines(told)[0].met(20) is None


def test_weights_move_the_probability_of_a_run_as_they_move_the_mean_of_their_worlds() -> None:
    """Each replication is a world with the values that it draws, for sure."""
    point = Point("year", YEAR.parameters, 1)
    system = row(TARGET, "jpki_counter")
    paths = [f"systems.jpki_counter.{asked}" for asked in ("failures_per_year", "repair_hours", "repair_spread")]
    calendar = Calendar(YEAR.parameters.first_simulated_day, YEAR.parameters.end)

    def weighed(*weights: float) -> float:
        (found,) = with_computed([system], Availability(point), np.array(weights))
        assert found.computed and found.probability is not None
        return found.probability

    def sure(replication: int) -> float:
        plan = Plan(YEAR.parameters, Streams(1, replication), calendar, False, point.unknowns, paths)
        known = YEAR.with_values({path: plan.at(path, YEAR.parameters.start) for path in paths})
        (found,) = with_computed([system], Availability(Point("sure", known.parameters, 1, chance_only=True)))
        assert found.probability is not None
        return found.probability

    (alike,) = with_computed([system], Availability(point))
    worlds = np.array([sure(replication) for replication in range(1, 4)])
    assert len(set(worlds)) == 3
    assert weighed(1 / 3, 1 / 3, 1 / 3) == pytest.approx(alike.probability)
    for weights in ((0.2, 0.3, 0.5), (0.5, 0.4, 0.1), (0.0, 0.0, 1.0)):
        expected = alike.probability + np.dot(weights, worlds) - worlds.mean()
        assert weighed(*weights) == pytest.approx(min(max(expected, 0.0), 1.0), abs=1e-6)
