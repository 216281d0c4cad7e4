"""Days, months and days, half-hours and numbers of a scenario: what is read and what is refused."""

from datetime import date, datetime, time

import pytest
from pydantic import TypeAdapter, ValidationError

from scenarios.errors import UserError
from scenarios.files.load import load
from sim.fields import Window, YearlyWindow, month_and_day
from sim.hours import HalfHour, Hours
from sim.kinds import Weight
from sim.message import Message
from sim.schedule import Day, Number, Quantity


def refusal(kind, value):
    """What a type says of a value that it refuses."""
    with pytest.raises(ValidationError) as error:
        TypeAdapter(kind).validate_python(value)
    (detail,) = error.value.errors()
    (said,) = detail["ctx"]["error"].args
    assert isinstance(said, Message)
    return said


@pytest.mark.parametrize(
    "value", [date(2026, 4, 1), "2026-04-01", datetime(2026, 4, 1)], ids=["date", "text", "midnight"]
)
def test_days_that_are_read(value):
    assert TypeAdapter(Day).validate_python(value) == date(2026, 4, 1)


@pytest.mark.parametrize(
    "value",
    [
        0,
        20260401,
        1.5,
        True,
        10**400,
        1775001600,
        "1775001600",
        "2026-4-1",
        "2026/04/01",
        "2026-W14-3",
        "20260401",
        "",
        None,
        "２０２６-04-01",
        "2026-04-01T00:00",
        datetime(2026, 4, 1, 12),
        time(9),
        [2026, 4, 1],
    ],
)
def test_what_is_no_day(value):
    assert refusal(Day, value) == "must be a date such as 2026-04-01"


@pytest.mark.parametrize("value", ["2026-02-30", "2026-13-01", "2026-00-10", "0000-01-01", "2025-02-29"])
def test_days_that_do_not_exist(value):
    assert "does not exist" in refusal(Day, value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("12-29", (12, 29)), ("01-03", (1, 3)), ([12, 29], (12, 29)), ((2, 29), (2, 29)), ("02-29", (2, 29))],
)
def test_months_and_days_that_are_read(value, expected):
    assert month_and_day(value) == expected
    assert YearlyWindow.model_validate({"from": value, "to": value}).to == expected


@pytest.mark.parametrize(
    "value",
    [[29, 12], [2, 30], [13, 45], [0, 0], [-1, 5], [10**30, 1], "02-30", "00-00", "13-01", "04-31", "29-12"],
)
def test_months_and_days_that_no_year_has(value):
    assert "no such month and day" in refusal(YearlyWindow, {"from": value, "to": "01-03"})


@pytest.mark.parametrize(
    "value",
    [
        "W05-3",
        "W05",
        "1229",
        "12-9",
        "1-03",
        "１２-２９",
        "12/29",
        "12-29-01",
        "",
        None,
        1229,
        [12],
        [1, 2, 3],
        [12.0, 29],
        ["12", "29"],
        [True, 1],
        {"month": 1},
        date(2026, 12, 29),
    ],
)
def test_what_is_no_month_and_day(value):
    assert refusal(YearlyWindow, {"from": "12-29", "to": value}) == 'must be a month and day such as "12-29"'


@pytest.mark.parametrize("name", ["contact.resident", "contact.helpdesk", "counters", "plant", "systems.jpki_counter"])
@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ('"W05-3"', '"02-05"', ["from"]),
        ("[29, 12]", "[3, 1]", ["from"]),
        ("[2, 30]", "[13, 45]", ["from", "to"]),
        ("[0, 0]", '"01-03"', ["from"]),
        ('"12-29"', "[0, 0]", ["to"]),
    ],
)
def test_every_closure_is_checked(name, start, end, wrong, tmp_path):
    text = f'extends = "plan-period"\n[{name}]\nclosures = [{{ from = {start}, to = {end} }}]\n'
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        load("x", tmp_path)
    assert len(error.value.mistakes) == len(wrong)
    for mistake, field in zip(error.value.mistakes, wrong, strict=True):
        line = str(mistake.shown("x.toml"))
        assert line.strip().startswith("line 3 ") and f"{name}.closures" in line and f"{field} = " in line
        assert "month and day" in line


@pytest.mark.parametrize(
    ("value", "expected"), [("08:30", "08:30"), ("24:00", "24:00"), (time(8, 30), "08:30"), (time(0), "00:00")]
)
def test_half_hours_that_are_read(value, expected):
    assert TypeAdapter(HalfHour).validate_python(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "8:30",
        "08:15",
        "24:30",
        "25:00",
        "²²:00",
        "０８:30",
        "08：30",
        "0830",
        "",
        "08:30:00",
        "-1:00",
        8,
        8.5,
        None,
        time(8, 15),
        time(8, 30, 1),
        True,
    ],
)
def test_what_is_no_half_hour(value):
    assert "must be a half-hour" in refusal(HalfHour, value)


@pytest.mark.parametrize("value", ["8", "", True, None, [1], float("nan"), float("inf"), 10**400, date(2026, 4, 1)])
@pytest.mark.parametrize("kind", [Number, Weight, Quantity])
def test_what_is_no_number(kind, value):
    if kind is Quantity and isinstance(value, list):
        return
    assert refusal(kind, value) in ("must be a number", "must be a finite number")


def test_windows_end_after_they_begin():
    assert "must not come before" in refusal(Window, {"from": "2026-04-02", "to": "2026-04-01"})
    assert "must come after" in refusal(Hours, {"days": ["mon"], "from": "09:00", "to": "09:00"})
