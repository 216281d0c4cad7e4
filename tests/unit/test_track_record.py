"""The track record: only added to, damaged lines told, forecasts beside what came."""

from datetime import date, datetime, timedelta, timezone

import pytest
import recorded
from folder_sample import filled, taken
from update_sample import MADE, actuals, run_folder

from reports import catalogue, track, values
from reports.messages import said
from reports.update.document import UPDATE
from scenarios.run.run_folder import RunFolder
from scenarios.track.bands import LEVELS, rank
from scenarios.track.record import NAME, Record, came, forecast, place_of
from scenarios.track.scored import scored
from scenarios.update.update import update

IDENTITY = recorded.run(scenario="plan", seed=3)
BANDS = {"calls_resident": {"2026-04": [80.0, 90.0, 100.0, 110.0, 120.0], "2026-05": [80.0, 90.0, 100.0, 110.0, 120.0]}}
JAPAN = timezone(timedelta(hours=9))


def made(month, day=1):
    return datetime(2026, month, day, tzinfo=JAPAN)


def told(when=None, known_to=None, run="a1"):
    return forecast(when or made(4), "run", run, IDENTITY, known_to, BANDS)


@pytest.fixture
def record(tmp_path):
    return Record(tmp_path / "runs" / NAME)


def test_lines_are_added_and_read_back(record):
    assert record.lines() == []
    assert record.add(told()) and record.add(came(made(6), "f.csv", "2026-05-31", {"calls_resident": {"2026-04": 1.0}}))
    assert [line["kind"] for line in record.lines()] == ["forecast", "came"]
    assert record.lines()[0] == told()


def test_the_same_forecast_again_is_no_other_one(record):
    assert record.add(told()) and not record.add(told(made(5)))
    assert record.lines() == [told()], "when it was made first stays"


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    "harm",
    [lambda text: text.replace("100.0", "101.0", 1), lambda text: text[:50], lambda text: "\xff[]", lambda text: "{}"],
)
def test_damaged_lines_are_told_and_the_others_stand(record, lang, harm):
    for run in ("a1", "a2", "a3"):
        record.add(told(run=run))
    lines = record.path.read_text(encoding="utf-8").splitlines()
    lines[1] = harm(lines[1])
    record.path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    heard = []
    left = Record(record.path, heard.append)
    assert [line["run"] for line in left.lines()] == ["a1", "a3"]
    (message,) = heard
    assert "2" in said(message, lang) and {"en": "damaged", "ja": "壊れた行"}[lang] in said(message, lang)
    before = record.path.read_bytes()
    left.add(told(run="a4"))
    assert record.path.read_bytes().startswith(before)


def test_half_a_line_of_a_killed_command_does_not_spoil_the_next(record):
    record.add(told(run="a1"))
    with record.path.open("ab") as file:
        file.write(b'{"kind": "forec')
    record.add(told(run="a2"))
    assert [line["run"] for line in record.lines()] == ["a1", "a2"]


def test_months_are_ahead_only_of_forecasts_that_did_not_know_them():
    known = [told(made(4, 15)), told(made(5, 15), run="a2"), told(made(4, 15), "2026-04-30", "a3")]
    known.append(came(made(6), "f", "2026-05-31", {"calls_resident": {"2026-04": 105.0, "2026-05": 130.0}}))
    found = {(one.run, one.month): one for one in scored(known)}
    assert {key: one.ahead for key, one in found.items()} == {
        ("a1", "2026-04"): True,
        ("a1", "2026-05"): True,
        ("a2", "2026-04"): False,
        ("a2", "2026-05"): True,
        ("a3", "2026-04"): False,
        ("a3", "2026-05"): True,
    }
    assert found["a1", "2026-04"].inside and not found["a1", "2026-05"].inside
    assert found["a1", "2026-04"].rank == pytest.approx(0.625)


def test_the_last_word_on_what_came_counts():
    lines = [came(made(6), "f", "2026-05-31", {"calls_resident": {"2026-04": value}}) for value in (200.0, 100.0)]
    (one,) = scored([told(), *lines])
    assert one.came == 100.0 and one.inside


@pytest.mark.parametrize(("value", "place"), [(70, 0.025), (80, 0.05), (100, 0.5), (115, 0.85), (130, 0.975)])
def test_the_rank_lies_between_the_levels(value, place):
    assert rank(value, BANDS["calls_resident"]["2026-04"]) == pytest.approx(place)
    assert len(LEVELS) == 5 and rank(5, [5] * 5) == 0.5


def test_the_record_is_in_the_folder_of_runs_or_in_the_one_that_was_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with RunFolder() as shared, RunFolder(tmp_path / "own") as own:
        taken(shared), taken(own)
        assert shared.record.path.parts == ("runs", NAME)
        assert own.record.path == tmp_path / "own" / NAME
        assert place_of(shared.path.resolve()) == tmp_path / "runs" / NAME
        assert place_of(own.path) == own.record.path


def test_a_folder_with_a_record_is_still_ours_and_keeps_it_for_another_question(tmp_path):
    folder = filled(tmp_path / "run")
    Record(folder / NAME).add(told())
    before = (folder / NAME).read_bytes()
    filled(folder, asked=2, answer={"run.json": "{}\n"})
    assert (folder / NAME).read_bytes() == before


@pytest.mark.parametrize(("lang", "words"), [("en", "lay in their 90 % band"), ("ja", "90%の幅に入った")])
def test_an_update_holds_what_came_against_earlier_updates(tmp_path, lang, words):
    run = run_folder(tmp_path / "run")
    with RunFolder(tmp_path / "one") as folder:
        first = update(run, actuals(months=1), folder, datetime(2026, 5, 10, tzinfo=JAPAN))
    assert not [one for one in first.track if one.ahead]
    assert "90" in values.text(catalogue.load("en"), track.told(UPDATE.read(tmp_path / "one").ahead)) or first.track
    with RunFolder(tmp_path / "two") as folder:
        second = update(run, actuals(months=2), folder, MADE)
    ahead = [one for one in second.track if one.ahead]
    assert {(one.figure, one.month) for one in ahead} == {
        ("calls_resident", "2026-05"),
        ("answered_share_resident", "2026-05"),
    }
    assert all(one.by == "update" and date.fromisoformat(one.made[:10]) == date(2026, 5, 10) for one in ahead)
    assert words in values.text(catalogue.load(lang), track.told(UPDATE.read(tmp_path / "two").ahead))
    assert UPDATE.read(tmp_path / "two").track == second.track
