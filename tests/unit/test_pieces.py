"""Numbers inside a text: which stretches show them, whatever words stand around."""

from datetime import date

import pytest
import said_sample
from hypothesis import given
from hypothesis import strategies as st
from test_reports_folder import make

from reports.catalogue import LANGUAGES, load
from reports.document import Number, Opening, Period, Range, Title, say, value_range
from reports.faces.answered import Answered
from reports.run.document import RUN
from reports.values import pieces, text


def numbers(cat, value):
    return [piece.text for piece in pieces(cat, value) if piece.number is not None]


def test_words_have_no_number():
    assert [piece.number for piece in pieces(load("en"), "FY2026: 12 of them")] == [None]


def test_a_number_with_its_unit_is_one_piece():
    assert numbers(load("en"), Number(0.9876, "percent", 1)) == ["98.8 %"]
    assert numbers(load("ja"), Number(160_000, "rough")) == ["16万"]


def test_intervals_and_dates_are_one_piece_each():
    assert numbers(load("en"), value_range(3, 2, 4)) == ["3 (2 to 4)"]
    assert numbers(load("en"), Range(Number(2), Number(4))) == [text(load("en"), Range(Number(2), Number(4)))]
    assert len(numbers(load("ja"), date(2027, 4, 1))) == 1


def test_counts_inside_a_sentence_are_found_and_keep_its_singular():
    for count, lang in ((1, "en"), (3, "en"), (3, "ja")):
        value = say("page.all_rows", count=count)
        assert numbers(load(lang), value) == [str(count)]
        assert "".join(piece.text for piece in pieces(load(lang), value)) == text(load(lang), value)


def test_numbers_come_in_the_order_of_the_text():
    value = say("format.range", high=Number(7), low=Number(5))
    assert numbers(load("en"), value) == ["5", "7"]


@given(st.text(max_size=40))
def test_planners_words_are_never_taken_for_numbers(words):
    value = Opening(say("terminal.opening", title=Title(words), provenance=Number(12)))
    told = pieces(load("en"), value)
    assert "".join(piece.text for piece in told) == text(load("en"), value)
    assert [piece.text for piece in told if piece.number is not None] == ["12"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pieces_of_a_whole_run_join_to_its_text(tmp_path, lang):
    make(tmp_path, last=date(2026, 4, 30))
    answered = Answered(RUN, tmp_path, lang)
    document = answered.document
    values = [*document.answer, document.origin]
    for chapter in document.chapters:
        values += [*chapter.words, *(cell for block in chapter.blocks for row in block.table.rows for cell in row)]
    found = 0
    for value in values:
        told = pieces(answered.cat, value)
        assert "".join(piece.text for piece in told) == text(answered.cat, value)
        found += sum(piece.number is not None for piece in told)
    assert found > 500
    assert said_sample.CATS[lang].mark is None


def test_periods_are_numbers_too_since_answers_say_when():
    assert numbers(load("en"), Period("FY2026")) == ["FY2026"]
    assert numbers(load("ja"), say("format.range", low=Period("2026-05"), high=Period("2026-11"))) == [
        "2026年5月", "2026年11月",
    ]  # fmt: skip
