"""A page for officers: a summary for one sheet, chapters by what they are for, contents, sources, numbers of charts."""

import re
from dataclasses import replace
from typing import get_args

import pytest
from alone import stands_alone

from reports import catalogue
from reports.document import Block, Chapter, Chart, Code, Document, Labelled, Number, Period, Ranged, Role, Table, Title
from reports.drawing import Drawing, Months, Panel, Scale, Series
from reports.faces.figures.inline import Frame, Inline
from reports.faces.laid import laid
from reports.faces.page import exact, html

EN, JA = catalogue.load("en"), catalogue.load("ja")
HOSTILE = (
    """<script>document.title="ran"</script><img src=x onerror="alert(1)"> {{ 7*7 }} {% raw %} =HYPERLINK("x")"""
    """ $\\frac{1}{2}$ '&amp;" </style></title> 😀 㐂 עברית \u202e"""
) + "とても長い題" * 100


def table(rows: int, **more) -> Table:
    made = tuple((f"verdict {row}", f"target {row}", Number(row), "beside") for row in range(rows))
    return Table(("Verdict", "Target", "Value", "More"), made, ("holds",) * rows, **more)


def chart(name: str) -> Chart:
    line = Series((1.0, 20_000.0), low=(0.5, 10_000.0), high=(2.0, 30_000.0), name="line")
    panel = Panel(Months(("2026-04", "2026-05")), Scale(counts=30_000), (line,))
    return Chart(name, f"title of {name}", "what to see", lambda: Drawing("cards", "print", (panel,)))


def drawn(*names: str) -> dict[str, Inline]:
    frame = Frame(0.1, 0.2, 0.6, 0.8, (-0.5, 1.5), (0.0, 30_000.0), False)
    return {name: Inline('<svg viewBox="0 0 720 350"><text>words</text></svg>', (frame,)) for name in names}


DOCUMENT = Document(
    "Title",
    "origin",
    ("The answer, by JLIS-003.",),
    (
        Chapter("verdicts", "Verdicts", blocks=(Block(table(20, brief=(0, 1)), judged=True),), role="reasons"),
        Chapter("room", "Room", ("words",), level=3, role="hangs"),
        Chapter("cards", "Cards", charts=(chart("wave"), chart("waiting")), role="details"),
        Chapter("empty", "Empty", role="assumptions"),
        Chapter("changes", "Changes", ("POP-001 and JLIS-003と、NONE-001",), level=3, role="assumptions"),
        Chapter("more", "More", ("words",), level=3, role="assumptions"),
        Chapter("next", "Next", blocks=(Block(table(2), "folded", folded=True), Block(table(6))), role="actions"),
    ),
)


@pytest.fixture(scope="module")
def page() -> str:
    return html(EN, DOCUMENT, drawn("wave", "waiting"), {"ja": "report.ja.html"}, beside=True)


def test_the_summary_has_the_deciding_columns_of_the_first_rows_and_says_where_the_others_are():
    found = laid(DOCUMENT, {"wave", "waiting"})
    assert found.reasons and (found.reasons.more, found.reasons.chapter.id) == (6, "verdicts")
    assert found.reasons.table.headings == ("Verdict", "Target") and len(found.reasons.table.rows) == 14
    assert found.reasons.table.rows[13] == ("verdict 13", "target 13") and len(found.reasons.table.marks) == 14
    (steps,) = found.actions
    assert (len(steps.table.rows), steps.more, len(steps.table.headings)) == (4, 2, 4)


def test_the_main_chart_stands_in_the_summary_alone():
    found = laid(DOCUMENT, {"wave", "waiting"})
    assert found.chart and found.chart.id == "wave"
    below = [one.id for _, chapters in found.roles for placed in chapters for one in placed.charts]
    assert below == ["waiting"]
    assert laid(DOCUMENT, ()).chart is None and laid(replace(DOCUMENT, chapters=()), ()).reasons is None


def test_chapters_stand_by_what_they_are_for_and_empty_ones_do_not():
    placed = [(role, [(each.chapter.id, each.depth) for each in own]) for role, own in laid(DOCUMENT, ()).roles]
    assert placed == [
        ("reasons", [("verdicts", 3)]),
        ("hangs", [("room", 3)]),
        ("actions", [("next", 3)]),
        ("assumptions", [("changes", 3), ("more", 3)]),
    ]


def test_every_role_has_a_heading_in_both_languages():
    every = Document("t", "o", ("a",), tuple(Chapter(role, role, ("words",), role=role) for role in get_args(Role)))
    for cat in (EN, JA):
        headings = re.findall(r'<h2 id="part-\w+">(.*?)</h2>', html(cat, every, {}))
        assert len(headings) == 7 and all(headings)


def test_contents_lead_to_every_chapter_and_the_other_language(page):
    assert stands_alone(page)
    contents = page[page.index("<nav") : page.index("</nav>")]
    leads = re.findall(r'href="#([^"]*)"', contents)
    assert leads[:3] == ["answer", "reasons", "actions"] and leads[-1] == "sources"
    assert {"verdicts", "room", "cards", "changes", "next"} <= set(leads) and "empty" not in leads
    assert '<a class="language" href="report.ja.html" lang="ja" hreflang="ja">日本語</a>' in contents
    assert EN.text("page.charts_note") in page and EN.text("page.charts_note") not in html(EN, DOCUMENT, {})


def test_ids_of_published_figures_lead_to_their_sources(page):
    assert 'by <a class="source" href="#source-JLIS-003">JLIS-003</a>.' in page
    assert '<a class="source" href="#source-JLIS-003">JLIS-003</a>と、NONE-001' in page
    listed = re.findall(r'<dt id="source-([^"]*)">.*?</dt><dd>(.*?)<br><span class="quiet">(.*?)</span>', page)
    assert [name for name, _, _ in listed] == ["JLIS-003", "POP-001"]
    assert "self-evaluation report" in listed[0][2] and "14-day target" in listed[0][1]
    assert "自己評価書" in html(JA, DOCUMENT, {}) and "sources" not in re.findall(
        r'id="(\w+)"', html(EN, replace(DOCUMENT, answer=("a",), chapters=()), {})
    )


def test_a_chart_has_its_numbers_as_a_table_with_where_each_row_lies(page):
    (figure,) = re.findall(r'<figure id="wave">.*?</figure>', page, re.DOTALL)
    assert 'role="img" aria-label="title of wave"' in figure and 'data-box="0.1000 0.2000 0.6000 0.8000"' in figure
    assert 'data-x="0.2250"' in figure and 'data-x="0.4750"' in figure and "data-y" not in figure
    assert '<th scope="row">2026-04</th>' in figure
    assert '<td class="n" data-v="20000,10000,30000">20,000 (10,000 to 30,000)</td>' in figure


@pytest.mark.parametrize(
    ("value", "digits"),
    [
        (Number(0.95314159), "0.9531416"),
        (Number(12_345_678), "12345680"),
        (Ranged(Number(1.5), Number(1), Number(2.25)), "1.5,1,2.25"),
        (Period("2026-04"), ""),
        ("=1+1", ""),
    ],
)
def test_a_cell_has_its_numbers_exactly(value, digits):
    assert exact(value) == digits


def test_whatever_a_title_holds_is_text():
    chapters = (
        Chapter("why", HOSTILE, (Labelled(HOSTILE, HOSTILE),), named=((HOSTILE, HOSTILE),), commands=(HOSTILE,)),
        Chapter("table", "t", blocks=(Block(Table((HOSTILE,), ((Code(HOSTILE),), (HOSTILE,))), HOSTILE, folded=True),)),
        Chapter("chart", "c", charts=(replace(chart("wave"), title=HOSTILE, caption=HOSTILE),), role="reasons"),
    )
    made = Document(Title(HOSTILE), HOSTILE, (HOSTILE,), chapters, question=HOSTILE)
    for cat in (EN, JA):
        page = html(cat, made, drawn("wave"))
        assert stands_alone(page) and "<script>document" not in page and "<img" not in page
        assert "{{ 7*7 }}" in page and "\\frac{1}{2}" in page and "49" not in page[page.index("<body") :]
        assert page.count("</style>") == page.count("</title>") == 1 and "😀 㐂 עברית \u202e" in page
