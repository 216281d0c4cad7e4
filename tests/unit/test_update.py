"""An update of a stored run: what fits counts more, nothing is lost, and what cannot be done is told."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from folder_sample import drawn, tree
from update_sample import LOOKED_AT, MADE, MONTHS, actuals, results, run_folder, scenario

import cardflow
from cardflow.commands.update import update as update_command
from cardflow.language import Language
from reports import catalogue, loads, values
from reports.faces import page as page_face
from reports.faces import terminal
from reports.messages import said
from reports.update.answer import answer
from reports.update.document import UPDATE
from scenarios.errors import NOTHING_WRITTEN, UserError
from scenarios.run.available import TARGET, Availability, with_computed
from scenarios.run.judge import judge
from scenarios.run.run_folder import RunFolder
from scenarios.run.statistic import Looked, Row
from scenarios.track.record import Record, place_of
from scenarios.update.reopened import reopened
from scenarios.update.smoothing import equal_weights
from scenarios.update.update import update
from scenarios.update.weighed import judged, with_availability
from sim.targets import statistics


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return run_folder(tmp_path_factory.mktemp("実績") / "run")


def updated(run, came, out, now=MADE):
    with RunFolder(out) as folder:
        return update(run, came, folder, now)


@pytest.fixture(scope="module")
def made(run, with_margins, tmp_path_factory):
    """What an update found, and its folder; made once for all tests that give the same figures of the same run."""

    @cache
    def of(kept, **figures):
        out = tmp_path_factory.mktemp("更新") / "out"
        found = updated(with_margins if kept else run, actuals(**figures), out)
        drawn(out, {"update.html": ""}, "update")
        return found, out

    return of


NEAR = {"calls": 8_000, "share": 0.96, "months": 1}
FAR = {"calls": 40_000, "share": 0.98}


def refused(run, came, out, lang="en"):
    with pytest.raises(UserError) as wrong, RunFolder(out) as folder:
        update(run, came, folder, MADE)
    assert not (out / "update.json").exists()
    return "\n".join(said(line, lang) for line in wrong.value.told(NOTHING_WRITTEN))


def test_a_folder_gives_back_the_replications_that_were_simulated(run):
    again = reopened(run).results()
    for one, other in zip(again, results(), strict=True):
        assert statistics(one, scenario().parameters) == statistics(other, scenario().parameters)


def test_equal_weights_judge_as_a_run_does():
    told = [statistics(one, scenario().parameters) for one in results()]
    usual = {(row.judged, row.period, row.statistic): row for row in judge(told)}
    for row in judged(told, equal_weights(len(told))):
        same = usual[row.judged, row.period, row.statistic]
        assert row.threshold == same.threshold
        assert same.verdict == row.verdict or row.verdict == "undecided", "a run keeps the word of an earlier count"
        for name in ("value", "low", "high", "probability", "probability_low", "probability_high"):
            one, other = getattr(row, name), getattr(same, name)
            assert one is other is None or one == pytest.approx(other, rel=1e-9)


def test_what_fits_counts_more_and_verdicts_follow(run, tmp_path):
    found = updated(run, actuals(7_000, 0.97), tmp_path / "out")
    (calls,) = [one for one in found.targets if (one.before.id, one.before.period) == ("calls-95", "FY2026")]
    assert calls.before.probability == pytest.approx(0.4, abs=0.03)
    assert calls.after.probability > 0.9
    assert found.weights.effective < 30 and found.weights.word == "few"
    assert found.weights.replications_needed >= 70
    ahead = [one for one in found.forecast if one.figure == "calls_resident"]
    assert [one.month for one in ahead] == ["2026-07", "2026-08", "2026-09"]
    assert all(one.after[-1] - one.after[0] < one.before[-1] - one.before[0] for one in ahead)
    assert found.outside == ()


def test_a_run_from_nothing_new_is_as_before(run, tmp_path):
    came = actuals()
    first, second = (updated(run, came, tmp_path / "out", MADE + timedelta(hours=hour)) for hour in (0, 1))
    assert first.weights == second.weights
    lines = Record(place_of(run)).lines()
    assert len([line for line in lines if line["kind"] == "came" and line["as_of"] == "2026-06-30"]) >= 1
    assert lines == Record(place_of(run)).lines()


def test_the_run_stays_as_it_was_and_can_be_updated_again(tmp_path):
    folder = run_folder(tmp_path / "run", count=30)
    before = tree(folder)
    updated(folder, actuals(), tmp_path / "one")
    updated(folder, actuals(9_000, 0.95), tmp_path / "two")
    after = tree(folder)
    assert {name: after[name] for name in before} == before and set(after) - set(before) == {"track-record.jsonl"}


@pytest.fixture(scope="module")
def with_margins(tmp_path_factory):
    return run_folder(tmp_path_factory.mktemp("margins") / "run", 200, LOOKED_AT)


def test_margins_before_and_now_are_order_statistics_of_the_weights(made):
    found, _ = made(True, **NEAR)
    assert found.weights.word == "trusted" and found.margin == Looked(**LOOKED_AT["margin"])
    both = [one for one in found.targets if one.before.margin_80 is not None]
    assert [one.before.period for one in both] == ["FY2026", "years"]
    calls = both[0]
    loads = np.array([one.facts["calls_offered"].mean() / 10_000 for one in results(200)])
    borne, shares = 1.1 / loads - 0.1, np.array(found.weights.shares)
    order = np.argsort(borne)
    for percent in (50, 80, 90):
        # of 200 alike, so many may fall short; of weights, all that lie below
        assert getattr(calls.before, f"margin_{percent}") == pytest.approx(np.sort(borne)[round(2 * (100 - percent))])
        below = np.cumsum(shares[order])
        expected = borne[order][np.flatnonzero(below > 1 - percent / 100)[0]]
        assert getattr(calls.after, f"margin_{percent}") == pytest.approx(expected)
        assert percent == 90 or getattr(calls.after, f"margin_{percent}_low") <= expected
    assert calls.after.margin_replications == int(found.weights.effective)
    spread = [
        getattr(calls, when).driver_forecast_high - getattr(calls, when).driver_forecast_low
        for when in ("before", "after")
    ]
    assert spread[1] < 0.8 * spread[0]


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_margins_stand_on_page_terminal_and_workbook(made, lang):
    _, out = made(True, **NEAR)
    data, cat = UPDATE.read(out), catalogue.load(lang)
    (one,) = data.bearing
    (part,) = [part for part in UPDATE.document(data).chapters if part.id == "margins"]
    assert len(part.blocks[0].table.rows) == 3
    told = values.text(cat, loads.borne(one.after, 80, data.margin))
    page = page_face.write(UPDATE, out, lang)
    shown = re.sub("<[^>]*>", "", page.read_text(encoding="utf-8"))
    assert told in shown and cat.text("update.margins.heading") in shown
    assert told in "\n".join(terminal.lines(UPDATE, out, lang, page, "utf-8"))


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "margins as of now are withheld"), ("ja", "更新後の余裕は示さない")]
)
def test_margins_of_few_effective_replications_are_withheld(made, lang, words):
    found, out = made(True, calls=5_100, share=0.99)
    assert found.weights.effective < 30
    assert all(one.after.margin_80 is None for one in found.targets)
    assert any(one.before.margin_80 is not None for one in found.targets)
    cat, told = catalogue.load(lang), UPDATE.document(UPDATE.read(out))
    (part,) = [part for part in told.chapters if part.id == "margins"]
    assert words in " ".join(values.texts(cat, part.words))
    assert values.text(cat, part.blocks[0].table.rows[0][3]) == cat.text("update.margins.withheld")


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_run_that_keeps_no_margins_says_so(made, lang):
    found, out = made(False)
    assert found.margin is None
    (part,) = [part for part in UPDATE.document(UPDATE.read(out)).chapters if part.id == "margins"]
    assert not part.blocks and "--no-margin" in " ".join(values.texts(catalogue.load(lang), part.words))


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_page_and_terminal_say_the_same(made, lang):
    _, out = made(False, **FAR)
    page = page_face.write(UPDATE, out, lang)
    text = page.read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in text and "http://" not in text and "https://" not in text
    lines = terminal.lines(UPDATE, out, lang, page, "cp932")
    assert all("?" not in line for line in lines)
    cat, data = catalogue.load(lang), UPDATE.read(out)
    for sentence in values.texts(cat, answer(data)):
        assert sentence in lines
    told = "\n".join(lines)
    assert cat.text("update.answer.track", inside=0, months=0, forecasts=0)[:5] in told or data.ahead == []
    assert "40,000" not in told and {"en": "calls 2026-04", "ja": "2026年4月の住民向け入電数"}[lang] in told
    assert f"--actuals came.csv --seed {data.seed} " in told
    tables = [block.table for part in UPDATE.document(data).chapters for block in part.blocks]
    assert all(len(row) == len(table.headings) for table in tables for row in table.rows)
    assert not any(isinstance(cell, str) for table in tables for row in table.rows for cell in row)


@pytest.mark.parametrize(("lang", "words"), [("en", "nearest replication has"), ("ja", "最も近い反復でも")])
def test_months_outside_every_replication_name_the_nearest_and_by_how_much(run, made, lang, words):
    found, out = made(False, **FAR)
    assert len(found.outside) == 3 and found.weights.word != "trusted"
    (told,) = [text for text in values.texts(catalogue.load(lang), answer(UPDATE.read(out))) if words in text]
    nearest = max(reopened(run).daily["calls_offered"][:, :30].sum(axis=1))
    assert {one.nearest for one in found.outside} >= {float(nearest)}
    assert "%" in told


@pytest.mark.parametrize(("lang", "words"), [("en", "fewer than 30"), ("ja", "30回分未満")])
def test_an_effective_number_below_30_is_told_with_how_many_would_do(made, lang, words):
    found, out = made(False)
    told = values.texts(catalogue.load(lang), answer(UPDATE.read(out)))[0]
    assert words in told and str(found.weights.replications_needed) in told


@pytest.mark.parametrize(("lang", "words"), [("en", "written by cardflow 0.0.1"), ("ja", "0.0.1 で書かれた")])
def test_a_run_of_another_version_is_refused(tmp_path, lang, words):
    folder = run_folder(tmp_path / "run", count=5)
    contents = folder / ".cardflow" / "contents.json"
    told = json.loads(contents.read_text(encoding="utf-8"))
    contents.write_text(json.dumps({**told, "version": "0.0.1"}), encoding="utf-8")
    before = tree(folder)
    assert words in refused(folder, actuals(), tmp_path / "out", lang)
    assert tree(folder) == before


@pytest.mark.parametrize(("lang", "words"), [("en", "daily.parquet   is missing, damaged"), ("ja", "壊れているか")])
@pytest.mark.parametrize("how", ["cut", "gone"])
def test_a_damaged_run_is_refused_and_nothing_is_lost(tmp_path, lang, words, how):
    folder = run_folder(tmp_path / "run", count=5)
    table = folder / "daily.parquet"
    table.write_bytes(table.read_bytes()[:-10]) if how == "cut" else table.unlink()
    before = tree(folder)
    assert words in refused(folder, actuals(), tmp_path / "out", lang)
    assert tree(folder) == before


def test_no_run_at_all_is_refused(tmp_path):
    assert "not the folder of a finished run" in refused(tmp_path, actuals(), tmp_path / "out")


@pytest.mark.parametrize(("lang", "words"), [("en", "no figure of a month that the run reports"), ("ja", "対象期間")])
def test_figures_of_other_months_are_refused(run, tmp_path, lang, words):
    came = actuals()
    earlier = [type(row)(row.month.replace(year=2025), row.applications, calls_resident=90_000) for row in came.months]
    other = type(came)(came.file, date(2025, 6, 30), tuple(earlier))
    assert words in refused(run, other, tmp_path / "out", lang)


@pytest.mark.parametrize(("lang", "words"), [("en", "knew them already"), ("ja", "その日までの実績を使っています")])
def test_months_that_narrowed_the_run_do_not_count_twice(tmp_path, lang, words):
    folder = run_folder(tmp_path / "run", count=30, run={"narrowed": NARROWED})
    assert words in refused(folder, actuals(months=2), tmp_path / "out", lang)
    (told,) = {one.first for one in updated(folder, actuals(months=3), tmp_path / "out").figures}
    assert told == "2026-06"


@pytest.mark.parametrize(("lang", "words"), [("en", "is the run that is to be"), ("ja", "更新する試算そのもの")])
def test_the_answer_never_takes_the_place_of_the_run(tmp_path, lang, words):
    folder = run_folder(tmp_path / "run", count=5)
    before = tree(folder)
    assert words in refused(folder, actuals(), folder, lang)
    assert tree(folder) == before


NARROWED = {
    "as_of": "2026-05-31", "draws": 9, "pilots": 9, "effective": 9.0, "k_hat": None, "word": "trusted", "figures": [],
    "left_out": {}, "outside": [], "power": 1.0, "left": 9.0,
}  # fmt: skip
ACTUALS = "基準日,2026-06-30\n年月,住民向け入電数,住民向け応答率\n2026-06,240000,96%\n"


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize(("lang", "words"), [("en", "Weighed by my own.csv"), ("ja", "csv（2026年6月30日まで）")])
def test_the_command_says_it_in_words_or_as_json_alone(run, tmp_path, capsys, lang, words):
    path = tmp_path / "my own.csv"
    path.write_text(ACTUALS, encoding="utf-8")
    asked = {"folder": run, "actuals": path, "out": tmp_path / "out", "lang": Language(lang)}
    update_command(**asked)
    told = capsys.readouterr().out
    assert words in told and '--actuals "my own.csv"' in told and "update.html" in told
    update_command(**asked, as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert found == json.loads((tmp_path / "out" / "update.json").read_text(encoding="utf-8"))
    assert found["actuals"] == {"file": "my own.csv", "as_of": "2026-06-30"}


@pytest.mark.usefixtures("unpainted")
def test_the_python_api_says_the_same(run, tmp_path):
    found = cardflow.update(run, actuals(), out=tmp_path / "out")
    assert isinstance(found, cardflow.Update)
    assert set(found.targets["after_verdict"]) == {one["after"]["verdict"] for one in found.update["targets"]}
    assert len(found.track) == len(found.update["track"])
    assert found.write_report("ja") == tmp_path / "out" / "update.html"


def test_all_months_of_the_run_leave_no_forecast(run, tmp_path):
    last = MONTHS[-1]
    row = type(actuals().months[0])(last, calls_resident=250_000)
    found = updated(run, type(actuals())("f.csv", date(2026, 9, 30), (row,)), tmp_path / "out")
    assert found.forecast == ()
    assert page_face.write(UPDATE, tmp_path / "out", "en").exists()


def test_availability_stays_as_it_was_for_no_figure_speaks_of_systems(run):
    """However few replications the figures leave: their luck would move it."""
    counted = Row(TARGET, "jpki_counter", "FY2026", "availability", decides=True, probability=0.5, value=0.9991)
    calls = Row("calls-95", None, "FY2026", "answered_share", decides=True, probability=0.5)
    before = with_computed([counted, calls], Availability(reopened(run).point))
    moved = [replace(one, probability=0.0, value=0.99, verdict="fails") for one in (counted, calls)]
    assert before[0].computed and before[0].probability not in (0.0, 0.5)
    assert with_availability(moved, before) == [before[0], moved[1]]
