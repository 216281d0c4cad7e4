"""Memos and what they say by now, through the command line."""

import shutil

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn


@pytest.fixture(scope="module")
def answered(cardflow, tmp_path_factory):
    """Two answers in folders beside each other."""
    folder = tmp_path_factory.mktemp("waves")
    for name, last in (("one", "2028"), ("two", "2030")):
        cardflow("wave", "--to", last, "--out", name, cwd=folder)
    return folder


@pytest.fixture
def waves(answered, tmp_path):
    """A copy of them, to change."""
    return shutil.copytree(answered, tmp_path, dirs_exist_ok=True)


def test_answers_become_a_memo_whose_numbers_are_verified(inside, waves):
    done = inside("memo", "one", "two", "--today", "令和8年4月1日", "--title", "更新の波", "--lang", "ja", cwd=waves)
    memo = waves / "one" / "memo.docx"
    assert done.stdout.strip() == "one/memo.docx" and memo.is_file()
    text = [paragraph.text for paragraph in docx.Document(str(memo)).paragraphs]
    assert "更新の波" in text and "2026年4月1日" in text and "2　結論" in text
    done = inside("verify", "one/memo.docx", "--today", "2026-04-01", "--lang", "en", cwd=waves)
    assert "all as the answers say" in done.stdout and "past the month" not in done.stdout
    assert inside("report", "one", cwd=waves).stdout.strip().endswith("wave.html")
    assert memo.is_file() and inside("memo", "one", cwd=waves)


def test_an_edited_number_ends_with_3_and_is_told_with_both_values(inside, waves):
    inside("memo", "one", cwd=waves)
    memo = waves / "one" / "memo.docx"
    document = docx.Document(str(memo))
    text = next(next(document.element.iter(qn("w:sdt"))).iter(qn("w:t")))
    before, text.text = text.text, "123 million"
    document.save(str(memo))
    done = inside("verify", "one/memo.docx", "--today", "2026-04-01", "--lang", "en", cwd=waves, code=3)
    assert "edited" in done.stdout and "123 million" in done.stdout and before in done.stdout
    told = inside("verify", "one/memo.docx", "--today", "2026-04-01", "--json", cwd=waves, code=3).stdout
    assert '"edited"' in told and '"123 million"' in told


def test_a_workbook_is_verified_too_and_late_reviews_can_be_refused(inside, waves):
    inside("workbook", "one", cwd=waves)
    late = "one/wave.xlsx", "--today", "2030-01-01", "--lang", "en"
    assert "past the month" in inside("verify", *late, cwd=waves).stdout
    inside("verify", *late, "--strict", cwd=waves, code=3)
    book = openpyxl.load_workbook(waves / "one" / "wave.xlsx")
    row = next(row for row in book.worksheets[1].iter_rows() if isinstance(row[1].value, int | float))
    row[1].value += 1000
    book.save(waves / "one" / "wave.xlsx")
    assert "edited" in inside("verify", "one/wave.xlsx", "--lang", "en", cwd=waves, code=3).stdout


def test_a_memo_that_was_sent_elsewhere_needs_to_know_where_its_answers_are(inside, waves):
    inside("memo", "one", "two", cwd=waves)
    shutil.copy(waves / "one" / "memo.docx", waves / "sent.docx")
    done = inside("verify", "sent.docx", "--lang", "en", cwd=waves, code=2)
    assert "is not the folder of a finished run" in done.stderr and "Traceback" not in done.stderr
    inside("verify", "sent.docx", "--answer", "one", "--answer", "two", cwd=waves)
    done = inside("verify", "sent.docx", "--answer", "one", "--lang", "en", cwd=waves, code=2)
    assert "made of 2 answers" in done.stderr


def test_planners_change_the_template(inside, waves):
    inside("memo-template", "ours.docx", cwd=waves)
    document = docx.Document(str(waves / "ours.docx"))
    document.add_paragraph("Budget section, 2026")
    document.save(str(waves / "ours.docx"))
    inside("memo", "one", "--template", "ours.docx", cwd=waves)
    text = [paragraph.text for paragraph in docx.Document(str(waves / "one" / "memo.docx")).paragraphs]
    assert "Budget section, 2026" in text
    assert "is there already" in inside("memo-template", "ours.docx", "--lang", "en", cwd=waves, code=2).stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["one", "--template", "nowhere.docx"], "cannot be read"),
        (["one", "--template", "text.docx"], "is no Word document"),
        (["one", "--template", "asks.docx"], "cannot be filled in: budgets"),
        (["one", "--today", "2026-02-30"], "--today"),
        (["nowhere"], "is not the folder of a finished run"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(inside, waves, arguments, told):
    (waves / "text.docx").write_text("no document")
    document = docx.Document()
    document.add_paragraph("{{ budgets }}")
    document.save(str(waves / "asks.docx"))
    done = inside("memo", *arguments, "--lang", "en", cwd=waves, code=2)
    assert told in done.stderr and "Traceback" not in done.stderr and done.stdout == ""
    assert not (waves / "one" / "memo.docx").exists()
