"""Scenarios from names and files: layers, looking up, copies."""

import unicodedata
from datetime import date

import pytest

from scenarios.errors import UserError
from scenarios.files.changes import changes, flat
from scenarios.files.find import LIBRARY, library
from scenarios.files.load import as_data, load, load_all, load_with
from scenarios.files.rules import FIRST_DAY
from scenarios.files.settings import parse_setting
from scenarios.files.toml_file import read_toml
from scenarios.history import load_history
from sim.parameters import SECTIONS


@pytest.fixture
def write(tmp_path):
    def write(name: str, text: str) -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def mistakes(error):
    return [(mistake.place.line if mistake.place else None, mistake.message) for mistake in error.value.mistakes]


def test_a_file_changes_only_what_it_writes(write):
    scenario = load(write("mine.toml", 'title = "Mine"\nextends = "plan-period"\n[plant]\nlines = 9\n'))
    base = load("plan-period")
    assert (scenario.name, scenario.title, scenario.base, scenario.extends) == (
        "mine", "Mine", "plan-period", "plan-period",
    )  # fmt: skip
    assert scenario.parameters == base.changed(plant__lines=9).parameters
    assert changes(scenario) == [{"path": "plant.lines", "base": 8, "value": 9}]


def test_layers_lie_over_each_other_from_the_base_up(write):
    write("middle.toml", 'extends = "baseline-fy2025"\n[plant]\nlines = 9\nlot_size = 100\n')
    scenario = load(write("top.toml", 'extends = "middle"\n[plant]\nlines = 10\n'))
    assert (scenario.parameters.plant.lines, scenario.parameters.plant.lot_size) == (10, 100)
    assert scenario.base == "baseline-fy2025" and scenario.extends == "middle"


def test_joined_scenarios_give_their_sections_but_not_their_dates(write):
    part = write("part.toml", 'title = "P"\nwhy = "why p"\nextends = "surge"\nstart = 2029-04-01\n[plant]\nlines = 9\n')
    scenario = load(f"plan-period + {part}")
    base = load("plan-period")
    assert scenario.parameters == base.changed(plant__lines=9).parameters
    assert scenario.name == "plan-period+part" and scenario.title == f"{base.title} + P"
    assert scenario.why == f"{base.why} why p"


def test_a_plus_in_a_path_is_no_join(tmp_path):
    folder = tmp_path / "a+b"
    folder.mkdir()
    (folder / "c+d.toml").write_text('extends = "plan-period"\n', encoding="utf-8")
    assert load(f"{folder}/c+d.toml").name == "c+d"
    assert load(f"{folder}/c+d + plant-outage").name == "c+d+plant-outage"
    assert load("a+b/c+d+late-next-card", tmp_path).name == "c+d+late-next-card"


def test_a_range_is_replaced_whole_and_a_table_is_merged(write):
    text = 'extends = "baseline-fy2025"\n[renewal]\ndays_late = 50\n[demand.channels.mail]\ndelay_days = 4\n'
    parameters = load(write("x.toml", text)).parameters
    base = load("baseline-fy2025").parameters
    assert not parameters.renewal.days_late.uncertain
    assert parameters.demand.channels.mail.delay_days == 4
    assert parameters.demand.channels.mail.share == base.demand.channels.mail.share


def test_a_change_is_a_checked_copy():
    base = load("baseline-fy2025")
    before = as_data(base)
    changed = base.changed(plant__lines=9, end="2025-06-30").changed(plant__cards_per_day={"value": 5, "low": 4})
    assert as_data(base) == before
    assert changed.parameters.end == date(2025, 6, 30)
    assert changed.parameters.plant.cards_per_day.numbers
    assert base.with_values({}) is base
    with pytest.raises(UserError, match=r"plant\.lines = 0"):
        base.changed(plant__lines=0)
    with pytest.raises(UserError) as error:
        base.with_values({"plant.line": 9, "plan.lines": 9, "plant": 9, "title": "x"})
    assert len(error.value.mistakes) == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plant.lines=9", ("plant.lines", 9)),
        (" plant.lines = 9 ", ("plant.lines", 9)),
        ("end=2026-03-31", ("end", date(2026, 3, 31))),
        ("a.b=true", ("a.b", True)),
        ("a.b=word = x", ("a.b", "word = x")),
        ("a.b={ value = 3, low = 1 }", ("a.b", {"value": 3, "low": 1})),
        ("a.b=", ("a.b", "")),
        ("a.b=" + "[" * 5000, ("a.b", "[" * 5000)),
    ],
)
def test_settings_are_toml_or_words(text, expected):
    assert parse_setting(text) == expected


def test_settings_come_after_the_files():
    assert load_with("plan-period+plant-outage", ["plant.stops=[]"]).parameters == load("plan-period").parameters


def test_rules_between_fields_are_told_beside_wrong_fields(write):
    text = (
        'extends = "baseline-fy2025"\nend = 2020-01-01\n[plant]\nspeed = 1\nclosing_hour = 1\n[rules]\nadult_age = 0\n'
    )
    with pytest.raises(UserError) as error:
        load(write("x.toml", text))
    told = mistakes(error)
    assert [line for line, _ in told] == [7, 4, 3, 2]
    assert "adult_age" in told[0][1] and "speed" in told[1][1]
    assert "closing_hour" in told[2][1] and "end must come after start" in told[3][1]


def test_a_mended_field_brings_no_mistake_of_its_own(write):
    text = 'extends = "baseline-fy2025"\n[renewal]\ncard_lapse_share = 0.9\ncard_late_share = "few"\n'
    with pytest.raises(UserError) as error:
        load(write("x.toml", text))
    assert [line for line, _ in mistakes(error)] == [4]


def test_a_mistake_in_another_file_names_it(write):
    write("low.toml", 'extends = "surge"\n\n[plant]\nlines = 0\n')
    top = write("top.toml", 'extends = "low"\n[express]\nmail_days = -1\n')
    with pytest.raises(UserError) as error:
        load(top)
    assert "\n  low.toml line 4 plant.lines = 0" in str(error.value)
    assert "\n  line 3   express.mail_days = -1" in str(error.value)


def test_every_mistake_of_a_joined_scenario_names_its_file(write):
    first, second = (
        write(f"{name}.toml", f'extends = "surge"\n[plant]\n{name} = 0\n') for name in ("lines", "lot_size")
    )
    with pytest.raises(UserError) as error:
        load(f"{first}+{second}")
    assert str(error.value).startswith("lines+lot_size: 2 errors")
    assert "lines.toml line 3" in str(error.value) and "lot_size.toml line 3" in str(error.value)


def test_flat_names_every_value_once():
    parameters = load("baseline-fy2025").parameters
    paths = flat(parameters)
    assert {path.split(".")[0] for path in paths} == {"start", "end", *SECTIONS}
    assert paths["demand.channels.mail.delay_days"] == 3
    assert paths["renewal.days_late"] == {"value": 60, "low": 40, "high": 90}


def test_the_library_does_not_look_into_the_current_folder(tmp_path, monkeypatch):
    for name in ("plan-period", "baseline-fy2025"):
        (tmp_path / f"{name}.toml").write_text("wrong", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    scenario = load("renewal-wave")
    assert scenario.base == "renewal-wave"
    assert changes(scenario) == []
    assert changes(scenario, "baseline-fy2025")
    with pytest.raises(UserError, match="not valid TOML"):
        load("plan-period")


def test_the_baseline_is_complete_and_every_library_file_says_why():
    assert load("baseline-fy2025", LIBRARY).extends is None
    for name in library():
        data, _ = read_toml(library()[name])
        assert data["title"] and data["why"]


def test_runs_begin_where_the_history_does():
    assert load_history().first_month == FIRST_DAY.year * 12 + FIRST_DAY.month - 1
    load("baseline-fy2025").with_values({"start": "2017-01-01", "end": "2017-03-31"})
    with pytest.raises(UserError, match="card history"):
        load("baseline-fy2025").with_values({"start": "2016-12-01", "end": "2017-03-31"})


@pytest.mark.parametrize("stored", ["席数増が", unicodedata.normalize("NFD", "席数増が")], ids=["NFC", "NFD"])
@pytest.mark.parametrize("asked", ["席数増が", "席数増が.toml", "./席数増が"])
def test_a_scenario_beside_the_user_is_found_by_its_bare_name(stored, asked, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"{stored}.toml").write_text('extends = "surge"\ncontact.resident.seats = 130\n', encoding="utf-8")
    for name in (asked, f"{asked}+seat-cut", f"surge+{asked}"):
        assert load(name).parameters.contact.resident.seats


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("席数増２", "席数増2"), ("席数増", "席数増2"), ("down/夜勤間", "down/夜間"), ("席数増2.tml", "席数増2")],
)
def test_a_wrong_name_is_told_the_file_that_is_nearest(wrong, right, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "down").mkdir()
    for name in ("席数増2", "down/夜間"):
        (tmp_path / f"{name}.toml").write_text('extends = "surge"\n', encoding="utf-8")
    with pytest.raises(UserError, match=f"did you mean {right}\\?"):
        load(wrong)


SET = ("plant.cards_per_day=-5", "plant.nope=2", "cards", "contact.resident.seats=130")
WRONG = ("plant.cards_per_day = -5   must be more than 0", "plant.nope   unknown field", "cards   must look like")


@pytest.mark.parametrize("name", ["plan-period", "nosuch", "wrong.toml", "plan-period+nosuch"])
def test_settings_are_judged_whatever_is_wrong_with_the_scenario(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong.toml").write_text('extends = "plan-period"\n[plant]\nlines = 0\n', encoding="utf-8")
    with pytest.raises(UserError) as error:
        load_with(name, SET)
    told = str(error.value)
    assert all(told.count(wrong) == 1 for wrong in WRONG)
    assert len(error.value.mistakes) == len(WRONG) + (name != "plan-period")
    assert "130" not in told


@pytest.mark.parametrize(
    "fits",
    [
        "start=2031-04-01",
        "end=2024-03-31",
        "plant.cards_per_day.high=5",
        "plant.stops=[]",
    ],
)
def test_what_may_be_right_in_the_scenario_is_not_told_where_it_cannot_be_read(fits):
    """Rules between fields wait for a scenario that can be read."""
    with pytest.raises(UserError) as error:
        load_with("nosuch", [fits])
    assert len(error.value.mistakes) == 1 and "no scenario" in str(error.value)


def test_settings_wrong_in_several_scenarios_are_told_once():
    with pytest.raises(UserError) as error:
        load_all(["plan-period", "surge", "nosuch"], SET, "compare")
    assert [str(error.value).count(wrong) for wrong in WRONG] == [1, 1, 1]
    assert len(error.value.mistakes) == len(WRONG) + 1
