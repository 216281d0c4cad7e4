"""Sweeping without simulating: requests refused, time stated and asked for, rows, drivers, the files of a folder."""

import io
import json
import math

import pandas as pd
import pyarrow.parquet as pq
import pytest
import sweep_sample as sample
from folder_sample import taken

from cardflow.commands.sweep import sweep
from cardflow.language import Language
from cardflow.life import Life
from scenarios.compare.compared import Told
from scenarios.errors import UserError
from scenarios.records import from_json
from scenarios.run.statistic import EVERY_YEAR
from scenarios.run.words import wilson
from scenarios.sweep import screening
from scenarios.sweep import sweep as driving
from scenarios.sweep.answer import EFFECT_KEYS, ROW_KEYS, listed
from scenarios.sweep.record import Sweep
from scenarios.sweep.responses import in_doubt, in_every_year, responses
from scenarios.sweep.study import Study, SweepOptions
from scenarios.sweep.sweep import Estimate, measure

KEY = "calls-95", "FY2026", "answered_share"


def agree(estimate, yes=False, ask=None):
    Life({"lang": Language.en, "quiet": False, "yes": yes}).agree(estimate.total, estimate.words, ask)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    folder = tmp_path_factory.mktemp("two")
    return folder, sample.write(folder, **sample.TWO)


@pytest.fixture(scope="module")
def screened(tmp_path_factory):
    folder = tmp_path_factory.mktemp("screened")
    return folder, sample.screened(folder)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "takes --vary PATH=LOW:HIGH:STEP"),
        ({"vary": (), "lhs": 5}, "takes --vary"),
        ({**sample.ONE, "lhs": 1}, "--lhs 1: must be between 2 and 1,000"),
        ({**sample.ONE, "lhs": 5000}, "must be between 2 and 1,000"),
        ({"screen": True, "lhs": 5}, "leave --lhs out"),
        ({"screen": True, "trajectories": 1}, "--trajectories 1: must be 2 or more"),
        ({**sample.ONE, "replications": 0}, "--replications 0: must be 1 or more"),
    ],
)
def test_requests_that_make_no_sense_are_refused(options, told):
    with pytest.raises(UserError) as error:
        Study(sample.PLAN, SweepOptions(**options))
    assert told in str(error.value)


def test_the_folder_goes_by_all_that_determines_the_points():
    def folder(**options):
        return Study(sample.PLAN, SweepOptions(**{**sample.ONE, **options})).question.folder

    assert folder().parts[:3] == ("runs", "sweep", "plan-period")
    assert folder(workers=3) == folder()
    others = [folder(seed=2), folder(chance_only=True), folder(lhs=7), folder(screen=True), folder(**sample.TWO)]
    assert len({folder(), folder(replications=9), *others}) == 7


def test_a_response_has_mean_interval_and_wilson_band():
    answers = [{KEY: Told(value, value >= 0.95)} for value in (0.9, 0.96, 0.99, 1.0)]
    (row,) = responses(answers)
    assert row.value == pytest.approx(0.9625) and (row.met, row.tested, row.probability) == (3, 4, 0.75)
    assert (row.probability_low, row.probability_high) == wilson(3, 4)
    assert row.low is not None and row.low < 0.9625 and row.high == 1.0
    (nothing,) = responses([{KEY: Told(None)}, {KEY: Told(None)}])
    assert (nothing.value, nothing.low, nothing.probability, nothing.met) == (None, None, None, None)


def test_a_target_is_most_in_doubt_where_half_of_all_replications_meet_it():
    later = "calls-95", "FY2027", "answered_share"
    told = [[{KEY: Told(0.99, True), later: Told(value, value > 0.95)}] for value in (0.9, 0.99)]
    (doubt,) = in_doubt(told, [{KEY: 0.95, later: 0.95}])
    assert (doubt.period, doubt.met, doubt.tested, doubt.threshold) == ("FY2027", 1, 2, 0.95)
    (varied,) = in_doubt(told, [{later: 0.95}, {later: 0.9}])
    assert varied.threshold is None


def test_rows_hold_every_point_and_year_and_the_list_the_documented_keys(two):
    _, found = two
    assert found["points"] == 35 and found["design"] == "grid"
    tested = [row for row in found["rows"] if row["id"] == "calls-95"]
    assert len(tested) == 35 * (5 + 1)
    rows = listed(from_json(Sweep, found))
    assert {tuple(row) for row in rows} == {("point", sample.SEATS, sample.CARDS, *ROW_KEYS)}
    untested = next(row for row in rows if row["id"] == "intake-160k")
    assert (untested["value"], untested["probability"]) == (None, None)
    assert [entry["today"]["FY2026"] for entry in found["varied"]] == [142, 160000]


def test_the_table_has_every_replication_with_units(two):
    folder, _ = two
    table = pd.read_parquet(folder / "sweep.parquet")
    assert len(table) == 35 * 5 * (5 * 4 + 3 + 1)
    assert list(table.columns[:2]) == [sample.SEATS, sample.CARDS] and set(table["design"]) == {"grid"}
    one = table[(table["id"] == "calls-95") & (table["period"] == "FY2030") & (table[sample.SEATS] == 200)]
    assert len(one) == 5 * 5 and one["met"].all() and one["value"].min() > 0.95
    field = pq.read_schema(folder / "sweep.parquet").field(sample.SEATS)
    assert field.metadata == {b"unit": b"seats", b"meaning": "contracted seats (席数)".encode()}


def test_a_screening_finds_what_drives_each_target(screened):
    _, found = screened
    assert found["drivers"] == [
        "contact.resident.calls_per_notice",
        "demand.first_time_per_year",
        "contact.resident.handle_minutes",
    ]
    effects = {(row["path"], row["id"]): row for row in found["effects"] if row["period"] == "FY2028"}
    assert effects["plant.lines", "calls-95"]["mu_star"] == 0 < effects["plant.lines", "calls-95"]["material"]
    assert effects["contact.resident.calls_per_notice", "calls-95"]["mu"] < 0
    assert not effects["plant.lines", "renewed-in-time"]["material"]
    assert tuple(listed(from_json(Sweep, found))[0]) == (
        *EFFECT_KEYS,
        "s1",
        "s1_low",
        "s1_high",
        "st",
        "st_low",
        "st_high",
    )
    shares = {row["path"]: row["st"] for row in found["shares"] if (row["id"], row["period"]) == ("calls-95", "FY2028")}
    assert shares["contact.resident.calls_per_notice"] > shares["contact.resident.handle_minutes"] > 0.02
    assert shares["demand.first_time_per_year"] == pytest.approx(0, abs=0.02)
    json.dumps(found, allow_nan=False)


def test_ends_of_a_driver_are_held_against_the_middle(screened):
    _, found = screened
    row = next(
        row
        for row in found["swings"]
        if (row["path"], row["id"], row["period"]) == ("contact.resident.calls_per_notice", "calls-95", "FY2028")
    )
    assert row["low_input"] < row["input"] < row["high_input"]
    assert row["low_effect"]["mean"] > 0 > row["high_effect"]["mean"]
    assert row["swing"]["mean"] == pytest.approx(row["high_effect"]["mean"] - row["low_effect"]["mean"])
    assert row["value_high"] == pytest.approx(row["value"] + row["high_effect"]["mean"])
    effect = row["high_effect"]
    assert effect["low"] < effect["mean"] < effect["high"]


def test_time_is_measured_by_one_replication_that_is_kept(monkeypatch, tmp_path):
    simulated = []

    def replicate(point, replications, store, *_):
        simulated.extend((point[0].digest, number) for number in range(1, replications + 1))
        store.folder.mkdir(parents=True, exist_ok=True)
        return iter(())

    monkeypatch.setattr(driving, "evaluate", replicate)
    clock = iter((100.0, 107.5)).__next__
    study = Study(sample.PLAN, SweepOptions(**sample.ONE, replications=4, workers=2))
    found = measure(study, tmp_path, clock)
    assert found == Estimate(7.5, 7 * 4 - 1, 2) and len(simulated) == 1
    assert found.total == 7.5 * 14
    clock = iter((0.0, 100.0, 100.0, 107.5)).__next__
    assert measure(study, tmp_path, clock) == Estimate(7.5, 7 * 4 - 2, 2) and len(simulated) == 1 + 3


def test_a_screening_counts_what_may_come_later(monkeypatch, tmp_path):
    monkeypatch.setattr(driving, "evaluate", lambda *_: iter(()))
    options = SweepOptions(vary=("plant.lines=4:12", f"{sample.SEATS}=80:200"), sobol=True, trajectories=2)
    found = measure(Study(sample.PLAN, options), tmp_path, iter((0.0, 1.0)).__next__)
    designs = (2 * 3 * 2, (2 * 2 + 1) * 5, 64 * 4 * 2)
    assert sum(designs) - 3 * 2 <= found.left <= sum(designs) - 1


def test_short_sweeps_start_without_a_question_and_long_ones_ask(monkeypatch, capsys):
    short, long = Estimate(5.0, 100, 2), Estimate(40.0, 100, 2)
    agree(short, ask=lambda _: pytest.fail("asked"))
    assert (
        "takes about 5 minutes: at most 100 replications of about 5.0 s each, on 2 processes" in capsys.readouterr().err
    )
    agree(long, yes=True, ask=lambda _: pytest.fail("asked"))
    asked = []
    agree(long, ask=lambda words: not asked.append(words))
    assert "more than 15 minutes. Start?" in asked[0]
    with pytest.raises(KeyboardInterrupt):
        agree(long, ask=lambda _: False)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    capsys.readouterr()
    agree(long)
    assert "34 minutes" in capsys.readouterr().err, "where nobody can be asked it is said, and goes on"


def test_too_much_for_the_disk_is_refused_after_the_first_replication(monkeypatch, tmp_path):
    store = driving.Store(tmp_path)
    (tmp_path / "x-0001.npz").write_bytes(b"0" * 1000)
    monkeypatch.setattr(driving.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 10_000}))
    driving._refuse_too_many(store, 10)
    with pytest.raises(UserError, match="11 replications take about"):
        driving._refuse_too_many(store, 11)


def test_a_page_that_cannot_be_written_is_told(monkeypatch, tmp_path, capsys):
    def full(question, folder, lang, into, languages):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reports.faces.page.write", full)
    monkeypatch.setattr(driving, "measure", lambda *_: Estimate(0.0, 0, 1))
    monkeypatch.setattr(driving, "sweep", lambda study, folder, *_: taken(folder, kind="sweep") and {})
    with pytest.raises(UserError, match="the page cannot be written"):
        sweep("plan-period", vary=list(sample.ONE["vary"]), replications=2, out=tmp_path, lang=Language.en)
    assert "takes about" not in capsys.readouterr().err  # all is stored


def test_constants_fit_each_other():
    assert screening.MOST_SHARED <= screening.MOST_DRIVERS
    assert math.log2(screening.SOBOL_SAMPLES).is_integer()


def test_a_target_is_told_of_all_years_together_which_no_year_alone_says():
    """Each year is met in four of five replications, all of them in three: as a run counts."""
    first, second = ("one", "FY2026", "share"), ("one", "FY2027", "share")
    met = [(True, True), (True, True), (True, True), (True, False), (False, True)]
    told = [
        {first: Told(0.9, one), second: Told(0.9, two), ("one", EVERY_YEAR, "share"): Told(0.9, one and two)}
        for one, two in met
    ]
    found = {row.period: row.met for row in responses(told)}
    assert found == {"FY2026": 4, "FY2027": 4, EVERY_YEAR: 3}
    (doubt,) = in_every_year(in_doubt([told], []), [told])
    assert (doubt.period, doubt.met, doubt.tested) == (EVERY_YEAR, 3, 5)
