"""Figures of a planner's file that cannot all be true are refused at their cell, in both languages."""

import pytest

from reports.messages import said
from scenarios.errors import UserError
from scenarios.workbook.rules import read_actuals

HEAD = "基準日,2026-05-31\n"
ROWS = (
    "年月,発送枚数,住民向け入電数,住民向け応答率,住民向け席数,ヘルプデスク入電数,ヘルプデスク応答率,ヘルプデスク席数\n"
)


def refused(tmp_path, text, lang):
    path = tmp_path / "実績.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as wrong:
        read_actuals(path)
    return "\n".join(said(line, lang) for line in wrong.value.lines)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "than 2 seats can take: 172,800"), ("ja", "2席で受けられる上限172,800件")]
)
def test_more_calls_answered_than_seats_could_take(tmp_path, lang, words):
    text = HEAD + ROWS + "2026-04,,300000,98%,2\n"
    assert words in refused(tmp_path, text, lang)
    assert "294,000" in refused(tmp_path, text, lang)


@pytest.mark.parametrize(("lang", "words"), [("en", "than the stated months"), ("ja", "合計2,100,000枚を下回って")])
def test_fewer_cards_so_far_than_in_the_months(tmp_path, lang, words):
    text = HEAD + "累計発送枚数,2000000\n" + ROWS + "2026-04,1000000,,,\n2026-05,1100000,,,\n"
    assert words in refused(tmp_path, text, lang)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "than 市区町村のカード 3,000,000"), ("ja", "3,000,000枚を下回って")],
)
def test_more_cards_waiting_than_were_ever_dispatched(tmp_path, lang, words):
    assert words in refused(tmp_path, HEAD + "累計発送枚数,2000000\n市区町村のカード,3000000\n" + ROWS, lang)


@pytest.mark.parametrize("share", ["101%", "1.2"])
def test_more_answered_than_offered(tmp_path, share):
    assert "100" in refused(tmp_path, HEAD + ROWS + f"2026-04,,300000,{share},120\n", "en")


def test_no_seats_with_calls_answered(tmp_path):
    assert "plausible are 1 to" in refused(tmp_path, HEAD + ROWS + "2026-04,,300000,98%,0\n", "en")


def test_what_can_be_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "累計発送枚数,200000000\n" + ROWS + "2026-04,1000000,300000,98%,120\n", encoding="utf-8")
    assert read_actuals(path).months[0].seats_resident == 120
