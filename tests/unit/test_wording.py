"""What pydantic finds is told in our words, in both languages, with the field's meaning."""

import copy
import pickle
import re
from datetime import date, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.messages import said
from scenarios.errors import UserError
from scenarios.files.load import load
from scenarios.files.tree import field_at, values
from scenarios.files.wording import meaning
from sim.message import Meaning, Message

BASE = load("plan-period")
PYDANTIC = re.compile(
    r"Input should|Value error|valid dictionary|Extra inputs|Field required|instance of|unable to|pydantic"
)
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


def told(changed):
    """What is said of a change in English and in Japanese, but for the first line; nothing if it is right."""
    try:
        BASE.with_values(changed)
    except UserError as error:
        return [(str(line), said(line, "ja")) for line in error.lines[1:]]
    return []


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.sampled_from([datetime(2026, 4, 1, 12), time(8, 10), "8万", "2026/04/01", b"x", {1}, object]),
)
NESTED = st.recursive(
    ODD,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["value", "low", "high", "from", "to", "days", "hours", "share", "x"]), inner, max_size=4
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path=st.sampled_from(values()), value=NESTED)
def test_any_value_anywhere_is_right_or_told_in_both_languages(path, value):
    for english, japanese in told({path: value}):
        assert not PYDANTIC.search(english), english
        assert not PYDANTIC.search(japanese), japanese
        assert JAPANESE.search(japanese) and "must" not in japanese.replace(repr(value), ""), japanese
        assert english.isprintable() and japanese.isprintable()


@pytest.mark.parametrize(
    ("path", "value", "english", "japanese"),
    [
        ("plant.lines", 1.5, "must be a valid integer (production lines", "整数で書いてください（製造系列の数"),
        ("plant.lines", 0, "must be greater than or equal to 1 (", "1以上にしてください（"),
        ("plant.lines", "3", "must be a valid integer; write 3 (", "整数で書いてください。3 と書いてください（"),
        ("plant.closures", 3, "must be a list", "[ ] で囲んだリストで書いてください"),
        ("plant.closures", [3], "must be a table", "表（項目 = 値 の並び）で書いてください"),
        ("plant.works_holidays", 1, "must be a valid boolean: true or false", "true または false で書いてください"),
        ("end", 20270331, "must be a date such as 2026-04-01 (last", "2026-04-01 のような日付で書いてください（"),
        ("contact.resident.call_types", [1], "must be text in quotes", "引用符で囲んだ文字で書いてください"),
        ("contact.resident.call_types", [""], "must not be empty", "空にはできません"),
        ("counters.weekdays", [1], "must have at least 7 entries, not 1", "項目は7個以上必要です（1個しかありません）"),
        (
            "counters.weekdays",
            [1] * 8,
            "must have at most 7 entries, not 8",
            "項目は7個以下にしてください（8個あります）",
        ),
        ("counters.weekdays", "x", "must be a list", "リストで書いてください"),
        (
            "renewal.notices_posted",
            "x",
            "must be 'daily', 'weekly' or 'monthly'",
            "'daily'、'weekly'、'monthly' のどれか",
        ),
        ("plant.stops", [{"from": "2026-05-01", "to": "2026-05-02", "station": "x"}], "or 'all'", "'all' のどれか"),
        (
            "plant.stops",
            [{"from": "2026-05-01"}],
            "plant.stops.station   is missing",
            "plant.stops.station   値がありません",
        ),
        ("plant.stops", [{"form": 1}], "plant.stops.form   unknown field", "plant.stops.form   この項目はありません"),
        ("plant.closing_hour", 25, "must be less than or equal to 24", "24以下にしてください"),
        ("systems.planned", [{"hours": 0}], "must be greater than 0", "0より大きくしてください"),
        (
            "demand.load",
            {"value": 1, "low": "x"},
            "demand.load.low = 'x'   must be a number",
            "demand.load.low = 'x'   数値",
        ),
    ],
)
def test_rules_in_both_languages(path, value, english, japanese):
    lines = told({path: value})
    assert any(english in line for line, _ in lines), lines
    assert any(japanese in line for _, line in lines), lines


def test_every_meaning_has_its_japanese():
    for path in values():
        if field_at(path).description:
            own = said(meaning(path), "ja")
            assert own.startswith("（") and JAPANESE.search(own), path
            assert str(meaning(path)) == f" ({field_at(path).description})"


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda message: pickle.loads(pickle.dumps(message))])
def test_a_copy_still_knows_its_meaning(copied):
    message = Message(" ({meaning})", meaning=Meaning("production lines", "plant.lines"))
    assert said(copied(message), "ja") == said(message, "ja") != message


def test_alike_meanings_of_other_parameters_stay_apart():
    assert said(meaning("counters.weekdays"), "ja") != said(meaning("contact.resident.weekdays"), "ja")


def test_dates_and_ranges_are_shown_as_they_are_written():
    assert told({"end": date(2025, 4, 1)})[0][0].strip().startswith("start = 2026-04-01, end = 2025-04-01")
    (line, _), *_ = told({"plant.repair_hours": {"value": 3, "low": 4, "high": 6}})
    assert "plant.repair_hours   must have low <= value <= high, not 4, 3, 6" in line


def test_a_wrong_name_inside_a_value_is_answered_by_the_right_ones():
    steps = [{"from": date(2026, 4, 1), "value": 120}, {"form": date(2027, 4, 1), "value": 180}]
    with pytest.raises(UserError) as refused:
        load("plan-period").with_values({"contact.resident.seats": steps})
    said = str(refused.value)
    assert "contact.resident.seats.form   unknown field; inside a value stand from, value, low and high" in said


def test_a_value_is_shown_as_a_file_has_it():
    steps = [{"from": date(2028, 4, 1), "value": 120}, {"from": date(2027, 4, 1), "value": 180}]
    with pytest.raises(UserError) as refused:
        load("plan-period").with_values({"contact.resident.seats": steps})
    assert "contact.resident.seats = [{ from = 2028-04-01, value = 120 }, { from = 2027" in str(refused.value)
