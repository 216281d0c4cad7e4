"""Sweeps of availability: its probability is computed at every point as that of a run, and nothing of it is counted."""

from dataclasses import replace
from functools import cache
from unittest.mock import patch

import drawn
import numpy as np
import pytest

from reports import catalogue, values
from reports.faces import page as page_face
from reports.sweep.answer import answer
from reports.sweep.charts import charts
from reports.sweep.document import SWEEP, document
from reports.sweep.tables import answers
from scenarios.compare.compared import Told
from scenarios.experiment.experiment import Point
from scenarios.files.load import load
from scenarios.records import read
from scenarios.run.available import Availability
from scenarios.run.statistic import EVERY_YEAR
from scenarios.run.words import word_of
from scenarios.sweep import sweep as driving
from scenarios.sweep.answer import listed
from scenarios.sweep.crossing import of_chances
from scenarios.sweep.record import Sweep
from scenarios.sweep.responses import in_doubt
from scenarios.sweep.study import Study, SweepOptions
from scenarios.sweep.sweep import sweep

REPAIR, SEATS = "systems.jpki_counter.repair_hours", "contact.resident.seats"
TARGET, STATISTIC = "availability-99.9/jpki_counter", "availability"
PLAN = load("plan-period").with_values({"end": "2028-03-31"})
YEARS = ("FY2026", "FY2027")
EN, JA = catalogue.load("en"), catalogue.load("ja")


def _told(ask, store, workers, on_done=lambda task: None):
    """Five replications of each point, of which three meet the target whatever is varied; calls go by seats."""
    keys = [(TARGET, year, STATISTIC) for year in YEARS]

    def one(spot, number):
        calls = Told(spot.values.get(SEATS, 120.0) / 200, spot.values.get(SEATS, 120.0) >= 100 + 10 * number)
        return (
            {key: Told(1.0 - 0.0005 * number, number < 4) for key in keys}
            | {("calls-95", year, "answered_share"): calls for year in YEARS}
            | {(TARGET, EVERY_YEAR, STATISTIC): Told(0.9985, number < 4)}
        )

    found = [[one(spot, number) for number in range(1, ask.replications + 1)] for spot in ask.spots]
    return found, in_doubt(found, [dict.fromkeys(found[0][0], 0.999)])


def swept(folder, **options):
    with patch.object(driving, "_told", _told), patch.object(driving, "_take_over", lambda *_: None):
        return sweep(Study(PLAN, SweepOptions(**options)), folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("稼働率")
    swept(place / "one", vary=(f"{REPAIR}=0.5:4.5:1",))
    swept(place / "two", vary=(f"{REPAIR}=0.5,4", f"{SEATS}=100,150"))
    swept(place / "points", vary=(f"{REPAIR}=0.5:4", f"{SEATS}=100:150"), lhs=4)
    swept(place / "three", vary=(f"{REPAIR}=0.5,4", f"{SEATS}=100,150", "systems.jpki_counter.failures_per_year=1,2"))
    swept(place / "draws", draws=30)
    return place


def test_all_points_are_counted_where_load_breaks_systems_at_one(tmp_path):
    swept(tmp_path / "load", vary=("systems.jpki_load_slope=0,50",))
    rows = [row for row in read(Sweep, tmp_path / "load").found.rows if row.id == TARGET]
    assert rows and all((row.computed, row.met, row.tested) == (False, 3, 5) for row in rows)


@cache
def at(hours):
    """What a run of the scenario with these hours says."""
    return Availability(Point("one", PLAN.with_values({REPAIR: hours}).parameters, 1))


def test_rows_have_the_probability_of_a_run_and_no_counts(folder):
    rows = [row for row in read(Sweep, folder / "one").found.rows if row.id == TARGET]
    assert len(rows) == 5 * 3
    for row in rows:
        expected = at(row.varied[REPAIR]).probability("jpki_counter", row.period)
        assert row.probability == expected and row.verdict == word_of(expected) and row.computed
        counted = ("met", "tested", "probability_low", "probability_high")
        assert [getattr(row, key) for key in counted] == [None] * 4
    others = [row for row in read(Sweep, folder / "one").found.rows if row.id == "calls-95"]
    assert all((row.met, row.tested, row.computed) == (2, 5, False) for row in others)


def test_the_crossing_lies_between_points_where_the_computed_probability_reaches_the_one_asked_for(folder):
    (row,) = read(Sweep, folder / "one").found.crosses(TARGET, "FY2027")
    chances = [at(hours).probability("jpki_counter", "FY2027") for hours in (0.5, 1.5, 2.5, 3.5, 4.5)]
    assert list(row.fit) == chances and not row.rises and row.found == "within" and row.computed
    assert row.between == (row.low, row.high) and row.high == row.low + 1
    assert [chances[row.values.index(hours)] >= 0.8 for hours in row.between] == [True, False]


def test_all_years_together_decide_by_the_computed_probability(folder):
    doubt = next(doubt for doubt in read(Sweep, folder / "one").doubts if doubt.id == TARGET)
    every = np.mean([at(hours).in_every("jpki_counter", YEARS) for hours in (0.5, 1.5, 2.5, 3.5, 4.5)])
    assert doubt.period == EVERY_YEAR and doubt.computed == pytest.approx(every)
    assert (doubt.met, doubt.tested) == (None, None)
    assert not doubt.settled and replace(doubt, computed=1.0).settled


def test_what_nothing_varied_reaches_does_not_move_it(tmp_path):
    swept(tmp_path, vary=(f"{SEATS}=100,150",))
    data = read(Sweep, tmp_path)
    assert [doubt.id for doubt in data.moving] == ["calls-95"] and not data.found.crosses(TARGET, "FY2026")
    assert {row.probability for row in data.found.at(TARGET, "FY2026")} == {at_today("FY2026")}


def at_today(year):
    return Availability(Point("one", PLAN.parameters, 1)).probability("jpki_counter", year)


def test_drivers_of_draws_stand_beside_the_computed_probability(folder):
    doubt = next(doubt for doubt in read(Sweep, folder / "draws").doubts if doubt.id == TARGET)
    assert doubt.computed == at_today(doubt.period)


def test_the_answer_says_that_it_is_computed_in_both_languages(folder):
    one, two = read(Sweep, folder / "one"), read(Sweep, folder / "two")
    (told,) = (text for text in values.texts(EN, answer(one)) if "JPKI" in text and "80 %" in text)
    year = EVERY_YEAR
    assert "all fiscal years" in told
    low, high = (round(100 * at(hours).probability("jpki_counter", year)) for hours in (0.5, 4.5))
    assert "up to a value between" in told and "(computed); " in told
    assert f"probability {low} % at 0.5 and {high} % at 4.5 (computed)" in told
    (told,) = (text for text in values.texts(JA, answer(one)) if "（計算値）" in text)
    assert f"達成確率は0.5で{low}%、4.5で{high}%（計算値）" in told
    (told,) = (text for text in values.texts(EN, answer(two)) if "computed" in text)
    assert "met with a computed probability at each of 4 points" in told and "Highest at systems." in told
    row = next(row for row in one.found.rows if row.id == TARGET and row.period == year)
    assert values.text(EN, answers(one, [row]).rows[0][-1]) == f"{low} % (computed)"
    assert "computed" in {key for row in listed(one) for key in row}


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("kind", ["one", "two", "points", "three", "draws"])
def test_pages_and_charts_are_whole(kind, lang, folder):
    data, cat = read(Sweep, folder / kind), catalogue.load(lang)
    assert page_face.write(SWEEP, folder / kind, lang).is_file()
    computed = [chart for chart in charts(data) if chart.doubt.id == TARGET]
    assert bool(computed) == (kind != "draws")
    texts = [text for chart in computed for text in drawn.texts(cat, chart.drawing(data))]
    assert kind == "draws" or any({"en": "computed", "ja": "計算値"}[lang] in text for text in texts)
    assert document(data).chapters


def test_of_chances_are_monotone_and_need_two():
    assert of_chances([1.0, 2.0], [0.5, None]) is None and of_chances([1.0, 2.0], [0.5, 0.5]) is None
    found = of_chances([1.0, 2.0, 3.0], [0.9, 0.95, 0.99])
    assert (found.found, found.between, found.low, found.high) == ("everywhere", (None, 1.0), None, 1.0)
    assert of_chances([1.0, 2.0, 3.0], [0.6, None, 1.0]).between == (1.0, 3.0)
