"""Every piece of a document as each face shows it."""

import re
from dataclasses import replace
from datetime import date

import pytest

from reports import catalogue
from reports.document import (
    Block,
    Chapter,
    Code,
    Document,
    Figures,
    InLanguages,
    Joined,
    Labelled,
    Marked,
    Number,
    PartYears,
    Period,
    Table,
    Translated,
    headings,
    say,
)
from reports.faces.markdown import markdown
from reports.faces.page import html
from reports.faces.terminal import shown
from reports.values import text

EN, JA = catalogue.load("en"), catalogue.load("ja")
TABLE = Table(
    headings("run", "parameter", "meaning", "value", "unit"),
    (
        ("Plant",),
        (Code("plant.cards_per_day"), "cards", Marked(Number(160_000), "assumed"), "cards/day"),
        (Code("plant.a|b"), "<b> & |", None, ""),
    ),
    prose=(1, 3),
)
DOCUMENT = Document(
    title="Title",
    origin="where from",
    origins=("starts from a file",),
    question="What holds?",
    answer=("All.",),
    chapters=(
        Chapter("first", "First", (Labelled("Why", "because"), PartYears()), (Block(TABLE, notes=("below",)),)),
        Chapter("inner", "Inner", ("words",), level=3),
        Chapter("long", "Long", named=(("word", "rule"),), commands=("cardflow run x",), folded=True),
    ),
    screen=("line", TABLE, Table(("Empty",), ())),
)


@pytest.fixture(scope="module")
def page():
    return html(EN, DOCUMENT, {})


def test_the_page_has_the_question_between_where_it_is_from_and_the_answer(page):
    places = [page.index(words) for words in ("where from", "starts from a file", "What holds?", "<p>All.</p>")]
    assert places == sorted(places)


def test_the_page_has_chapters_of_both_levels_and_folded_ones(page):
    assert '<h3 id="first">First</h3>' in page and '<h4 id="inner">Inner</h4>' in page
    folded = re.search(r'<details id="long"><summary><h3>Long</h3>\s*</summary>(.*?)</details>', page, re.DOTALL)
    assert folded and "<dt>word</dt><dd>rule</dd>" in folded[1] and ">cardflow run x</pre>" in folded[1]
    assert "<b>Why</b>: because" in page
    assert '<p class="quiet"></p>' not in page


def test_the_page_shows_code_marks_and_groups(page):
    assert '<th colspan="4" scope="rowgroup">Plant</th>' in page
    assert "<code>plant.<wbr>cards_<wbr>per_<wbr>day</code>" in page
    assert re.search(r'<td class="n">.*160,000.* <span class="mark">assumed</span></td>', page)
    assert "&lt;b&gt; &amp; |" in page


def test_markdown_shows_the_same():
    lines = markdown(EN, DOCUMENT, {}).splitlines()
    expected = (
        "What holds?", "### Inner", "**Why**: because", "| **Plant** | | | |", "|---|---|---:|---|",
        "| `plant.cards_per_day` | cards | 160,000 [assumed] | cards/day |", "<summary>Long</summary>",
    )  # fmt: skip
    assert [line for line in expected if line not in lines] == []
    assert r"| `plant.a\|b` | \<b> & \| | - |  |" in lines


def test_nothing_of_a_text_is_live_in_markdown():
    title = "<img src=x onerror=alert(1)> **b** [c](d)"
    chapters = (Chapter("a", title, (title,), named=((title, title),)), Chapter("b", title, folded=True))
    made = markdown(EN, replace(DOCUMENT, title=title, question=title, answer=(title,), chapters=chapters), {})
    quiet = r"\<img src=x onerror=alert(1)> \*\*b\*\* \[c](d)"
    assert made.count(quiet) == 7 and f"# {quiet}" in made.splitlines()
    assert "<summary>&lt;img src=x onerror=alert(1)&gt;" in made
    assert "<img" not in made.replace("\\<img", "")


def test_a_terminal_shows_lines_and_tables_with_rows():
    line, heading, group, first, second = shown(EN, DOCUMENT.screen)
    assert (line, group) == ("line", "Plant")
    assert heading.split() == ["Parameter", "Meaning", "Value", "Unit"]
    assert "160,000 [assumed]" in first and second.rstrip().endswith("-")


@pytest.mark.parametrize(
    ("value", "english", "japanese"),
    [
        (InLanguages("seats", "席数"), "seats", "席数"),
        (Translated("fact.applications", "own"), "own", JA.text("fact.applications")),
        (Translated("fact.of-a-later-version", "own"), "own", "own"),
        (Period("FY2025", whole=True), "FY2025", "令和7(2025)年度"),
        (Joined(("a", "b"), ""), "ab", "ab"),
        (Number(0.000123, "rate"), "0.0123 %", "0.0123%"),
        (Number(0.123456, "share_exact"), "12.3456 %", "12.3456%"),
        (Number(1_234_567, "calls", exact=True), "1,234,567", "1,234,567"),
        (Number(1_234_567, "calls"), "1.23 million", "123万"),
        (Number(1.3, "load", 2), "x1.30", "1.30倍"),
        (Number(5.0, "load_above"), "more than x5.0", "5.0倍超"),
        (
            Figures("margin.interval", {"value": Number(1.3, "load", 2), "low": say("margin.unknown"), "high": 2}),
            "x1.30 (cannot be told to 2)",
            "1.30倍（不明～2）",
        ),
    ],
)
def test_values_in_both_languages(value, english, japanese):
    assert (text(EN, value), text(JA, value)) == (english, japanese)


def test_a_part_of_a_year_is_not_said_of_a_year_that_is_no_label():
    cat = replace(EN, parts={2025: (date(2025, 4, 1), date(2025, 6, 30))})
    assert text(cat, Period("FY2025", whole=True)) == "FY2025" != text(cat, Period("FY2025"))


def test_a_column_is_set_right_where_at_least_half_of_it_are_numbers():
    counted = Figures("clock.counted", {"count": 8, "of": 24, "share": Number(1 / 3, "probability")})
    rows = (
        (say("verdict.word.holds"), counted, Marked(Number(1), "assumed"), None, Period("FY2026")),
        ("words", None, Number(2), None, date(2026, 4, 1)),
        ("words", "none", "words", None, None),
    )
    table = Table(("a", "b", "c", "d", "e"), rows)
    assert [table.numbers(column) for column in range(5)] == [False, True, True, False, False]


def test_a_folded_table_has_a_heading_to_open_it_by():
    with pytest.raises(ValueError, match="heading"):
        Block(TABLE, folded=True)
