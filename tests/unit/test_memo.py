"""Memos: what stands where, every number in a control, planners' words and templates, files that Word can read."""

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace

import comparison_sample
import memo_sample
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree
from memo_sample import answers, edited, made, opened, paragraphs

from reports import values
from reports.document import Block, Chapter, Number, Period, Plot, Range, Ranged, Table, say
from reports.faces import traced
from reports.faces.memo.controls import controls, listed
from reports.faces.memo.memo import Shown, TemplateError, memo
from reports.faces.memo.native import native
from reports.faces.memo.template import SECTIONS

KINDS = ("run", "run", "size", "compare", "ledger", "clock")
HOSTILE = [
    "<b>&amp; <script>alert(1)</script>",
    "{{ 7 * 7 }} {% raise %} {# no #}",
    "$x^2$ \\frac{1}{2}",
    "=1+1",
    "㐂 𠮷 👍🏽",
    "\u202eright to left",
    "long " * 190,
]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Answers of all kinds, and their memo."""
    folder = tmp_path_factory.mktemp("answers")
    found = answers(folder, *KINDS)
    return found, made(folder, found)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The answer of a run by itself, in each language."""
    folder = tmp_path_factory.mktemp("run")
    return {lang: answers(folder, "run", lang=lang) for lang in ("en", "ja")}


@pytest.mark.parametrize(("lang", "end"), [("en", "?"), ("ja", "か。")])
@pytest.mark.parametrize("kind", memo_sample.MAKE)
def test_what_was_asked_is_a_question(tmp_path, kind, lang, end):
    asked = answers(tmp_path, kind, lang=lang)
    (question,) = values.texts(asked.shown[0].cat, [asked.shown[0].document.question])
    assert question.endswith(end) and question in paragraphs(opened(made(tmp_path, asked)))


def test_the_question_of_a_comparison_names_what_is_compared(tmp_path):
    asked = answers(tmp_path, "compare").shown[0]
    (question,) = values.texts(asked.cat, [asked.document.question])
    first, second = (own.title for own in comparison_sample.comparison(*memo_sample.COMPARED).scenarios)
    assert question.startswith(f"Against “{first}”, ") and f"with “{second}”" in question


def test_every_control_has_the_number_of_its_place(told):
    found, content = told
    now = {
        f"{own.name}/{address}": text
        for own in found.shown
        for address, text in traced.numbers(own.cat, own.document).items()
    }
    there = list(controls(opened(content)))
    assert len(there) > 500 and len({tag for tag, _ in there}) == len(there)
    assert {tag: text for tag, text in there} == {tag: now[tag] for tag, _ in there}
    assert max(len(tag) for tag, _ in there) <= 64


def test_the_list_says_target_and_period_of_numbers(told):
    _, content = told
    own = listed(opened(content))
    assert [source.kind for source in own.sources] == list(KINDS)
    assert {tag for tag, _ in controls(opened(content))} == set(own.numbers)
    verdicts = [each for tag, each in own.numbers.items() if tag.startswith("1/verdicts.0.")]
    assert verdicts and {each.period for each in verdicts if each.target} >= {"FY2026"}
    margins = [each for tag, each in own.numbers.items() if tag.startswith("1/margins.0.0.")]
    assert margins and all(each.target == "issue-14-days" for each in margins)


def test_no_number_of_a_table_stands_outside_controls(told):
    """Figures in cells are values; what is left are names such as FY2026, targets and words of planners."""
    _, content = told
    document, loose = opened(content), []
    for sdt in list(document.element.iter(qn("w:sdt"))):
        sdt.getparent().remove(sdt)
    names = {"FY", "-"}
    for table in document.tables:
        for row in table.rows[1:]:
            loose += [
                text
                for text in (cell.text for cell in row.cells)
                if re.fullmatch(r"[\d.,%x\s()-]*\d[\d.,%x\s()-]*", text)
            ]
    assert not [text for text in loose if not any(name in text for name in names)]


def test_sections_stand_in_their_order_and_are_numbered(told):
    _, content = told
    heads = [each.text for each in opened(content).paragraphs if each.style.name == "Heading 1"]
    assert heads == [
        "1. Question", "2. Answer", "3. Reasons", "4. What it hangs on", "5. What to do", "6. Limits and assumptions",
        "7. Appendix",
    ]  # fmt: skip


def test_runs_of_one_memo_stand_side_by_side(told):
    found, _ = told
    assert found.shown[0].name == "run" and len(found.shown) == len(KINDS) + 1
    table = found.shown[0].document.chapters[0].blocks[0].table
    assert len(table.headings) == 3 and len(table.rows) == len(answers_headlines(found))


def answers_headlines(found):
    from reports.run.verdicts import headlines

    return headlines(found.answered[0].record.summary)


def test_the_same_answers_make_the_same_bytes(tmp_path, told):
    _, content = told
    first = made(tmp_path, answers(tmp_path, "ledger"))
    memo_sample.read_once.cache_clear()
    assert made(tmp_path, answers(tmp_path, "ledger")) == first
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert len(parts.namelist()) == len(set(parts.namelist()))
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))


def narrow(document):
    document.sections[0].left_margin = Mm(60)


def test_tables_stay_between_the_margins_of_the_template(told, tmp_path):
    found, content = told
    narrower = opened(made(tmp_path, found, edited(memo_sample.own_template("en"), narrow)))
    rooms = []
    for document in (opened(content), narrower):
        section = document.sections[0]
        rooms.append(section.page_width - section.left_margin - section.right_margin)
        assert document.tables
        for table in document.tables:
            assert sum(column.width for column in table.columns) <= rooms[-1] + Mm(0.5)
    assert rooms[1] < rooms[0]


@pytest.mark.parametrize("text", HOSTILE)
def test_words_of_planners_are_shown_as_they_stand(text, tmp_path):
    found = answers(tmp_path, "ledger")
    own = found.shown[0]
    chapter = Chapter("x", text, (text,), (Block(Table((text,), ((text,),)), text, notes=(text,)),), role="reasons")
    document = replace(own.document, title=text, question=text, answer=(text,), chapters=(chapter,))
    content = memo(
        text, memo_sample.TODAY, [Shown("1", own.cat, document)], memo_sample.own_template("en"), (), lambda *_: {}
    )
    shown = paragraphs(opened(content))
    assert sum(text in each for each in shown) >= 6
    assert opened(content).core_properties.title == text[:255]


def test_control_characters_do_not_reach_word(tmp_path):
    found = answers(tmp_path, "ledger")
    shown = paragraphs(opened(made(tmp_path, found, title="a\x00b\x0bc")))
    assert any("a\ufffdb\ufffdc" in each for each in shown)


def test_a_template_may_be_changed_and_ask_for_parts_of_the_operation(tmp_path, run):
    def change(document):
        for paragraph in list(document.paragraphs):
            if "appendix" in paragraph.text:
                paragraph.runs[0].text = paragraph.text.replace("appendix", "details")
        document.add_paragraph("Ours: {{ title }}, {{ date }}")

    document = opened(made(tmp_path, run["en"], edited(memo_sample.own_template("en"), change)))
    shown = paragraphs(document)
    assert any(each.startswith("Ours: ") and each.endswith("2026-11-30") for each in shown)
    heads = [each.text for each in document.paragraphs if each.style.name == "Heading 2"]
    assert "Targets by fiscal year" in heads or len(heads) > 6


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ budgets }}", "budgets"),
        ("{{ title", "unexpected|expected"),
        ("{% for x in title %}", "endfor|Unexpected"),
        ("{{ title.__class__.__mro__ }}", "unsafe|access"),
    ],
)
def test_a_template_that_asks_for_more_is_refused(text, reason, tmp_path):
    found = answers(tmp_path, "ledger")
    given = edited(memo_sample.own_template("en"), lambda document: document.add_paragraph(text))
    with pytest.raises(TemplateError, match=reason):
        made(tmp_path, found, given)


@pytest.mark.parametrize("given", [b"", b"PK\x03\x04", b"not a document" * 100])
def test_what_is_no_document_is_refused(given, tmp_path):
    found = answers(tmp_path, "ledger")
    with pytest.raises(TemplateError):
        memo("t", memo_sample.TODAY, found.shown, given or b" ", (), lambda *_: {})


def test_a_table_with_a_plot_has_a_chart_of_words_own(tmp_path):
    found = answers(tmp_path, "ledger")
    own = found.shown[0]
    rows = tuple((Period.of_year(year), Number(year / 3, "cards_exact")) for year in range(2026, 2031))
    table = Table(("Year", "Cards"), rows, plots=(Plot(0, (1,), "column", "cards", "Cards a year"),))
    chapter = Chapter("x", "Heading", blocks=(Block(table),), role="reasons")
    document = replace(own.document, chapters=(chapter,))
    content = memo(
        "t", memo_sample.TODAY, [Shown("1", own.cat, document)], memo_sample.own_template("en"), (), lambda *_: {}
    )
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        (chart,) = (name for name in parts.namelist() if re.fullmatch(r"word/charts/chart\d+\.xml", name))
        (sheet,) = (name for name in parts.namelist() if name.startswith("word/embeddings/"))
        shape = etree.fromstring(parts.read(chart))
        inside = parts.read(sheet)
        assert "drawingml.chart+xml" in parts.read("[Content_Types].xml").decode()
    space = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
    assert shape.find(f"{space}externalData") is not None
    cached = [float(each.text) for each in shape.iter(f"{space}v") if re.fullmatch(r"[\d.]+", each.text or "")]
    assert [year / 3 for year in range(2026, 2031)] == pytest.approx([each for each in cached if each < 1000][-5:])
    assert openpyxl.load_workbook(io.BytesIO(inside)).worksheets[1]["B4"].value == pytest.approx(2026 / 3)
    told = [paragraph.text for paragraph in opened(content).paragraphs]
    caption = next(place for place, text in enumerate(told) if text.endswith("Cards a year"))
    assert told[caption + 1] == values.text(own.cat, document.origin) and "seed" in told[caption + 1]


def test_charts_are_pictures_that_can_be_read_aloud(tmp_path, run):
    from PIL import Image

    picture = tmp_path / "one.png"
    Image.new("RGB", (40, 20), "white").save(picture)
    content = made(tmp_path, run["en"], drawn=lambda name, charts: {chart.id: picture for chart in charts})
    inline = list(opened(content).element.iter(qn("wp:docPr")))
    assert inline and all(each.get("descr") for each in inline)


def test_no_figure_is_lost_between_the_faces(told):
    """The same number has the same digits in the memo and in what a page shows."""
    found, content = told
    by_tag = dict(controls(opened(content)))
    own = found.shown[1]
    for place in traced.places(own.document):
        text = values.text(own.cat, place.value)
        for address, piece in place.pieces(own.cat):
            if address and f"1/{address}" in by_tag:
                assert by_tag[f"1/{address}"] == piece.text and piece.text in text


def test_sections_are_named_in_both_languages():
    assert all(values.text(memo_cat(lang), say(f"memo.section.{name}")) for name in SECTIONS for lang in ("en", "ja"))


def memo_cat(lang):
    from reports.catalogue import load

    return load(lang)


def test_libreoffice_reads_it_whole(tmp_path, run):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    memos = [tmp_path / f"{lang}.docx" for lang in run]
    for path, found in zip(memos, run.values(), strict=True):
        path.write_bytes(made(tmp_path, found))
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    asked = ["--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", tmp_path / "again"]
    subprocess.run([office, home, *asked, *memos], check=True, capture_output=True, timeout=240)
    for path in memos:
        read = (tmp_path / "again" / f"{path.stem}.txt").read_text(encoding="utf-8-sig").split()
        told = [word for each in paragraphs(opened(path.read_bytes())) for word in each.split()]
        assert len(told) > 1000 and Counter(told) - Counter(read) == Counter(), path


CHART = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


def drawn_with(tmp_path, rows, **plot):
    """The memo's own chart of a table, as XML, and its height for its width."""
    plots = (Plot(0, (1,), "bar", **plot),)
    chapter = Chapter("own", "Own", blocks=(Block(Table(("name", "value", "interval"), tuple(rows), plots=plots)),))
    own = answers(tmp_path, "compare").shown[0]
    (chart,) = native(own.cat, chapter, chapter.blocks[0])
    return etree.fromstring(chart.shape), chart.height


def reaches(chart, side):
    return [float(each.text) for each in chart.iterfind(f".//c:errBars/c:{side}//c:v", CHART)]


def test_native_charts_have_the_intervals_of_their_tables(tmp_path):
    def of(value, low, high):
        return Ranged(Number(value, "plain"), Number(low, "plain"), Number(high, "plain"))

    beside, _ = drawn_with(tmp_path, [("a", of(5, 2, 9), None), ("b", of(7, 7, 8), None)])
    assert (reaches(beside, "minus"), reaches(beside, "plus")) == ([3, 0], [4, 1])
    apart = [
        ("a", Number(5, "plain"), Range(Number(1, "plain"), Number(6, "plain"))),
        ("b", Number(7, "plain"), None),
    ]
    chart, _ = drawn_with(tmp_path, apart, ends=((2, "low"), (2, "high")))
    assert (reaches(chart, "minus"), reaches(chart, "plus")) == ([4, 0], [1, 0])
    assert not reaches(drawn_with(tmp_path, [("a", Number(5, "plain"), None)])[0], "plus")


def test_charts_of_many_bars_are_higher(tmp_path):
    few, many, most = (drawn_with(tmp_path, [(f"n{n}", n, None) for n in range(count)])[1] for count in (2, 12, 90))
    assert few < many < most <= 1.3


def test_the_charts_of_comparisons_clocks_and_sizings_show_intervals(tmp_path):
    content = made(tmp_path, answers(tmp_path, "compare", "clock", "size"))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        charts = [etree.fromstring(parts.read(name)) for name in parts.namelist() if "/charts/chart" in name]
    assert len(charts) >= 2 and all(any(reaches(chart, "plus") + reaches(chart, "minus")) for chart in charts)
