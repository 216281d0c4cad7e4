"""Verifying memos and workbooks: what was edited, what is out of date, what is sorted or taken out, what is refused."""

import io
import json
import shutil
import zipfile
from contextlib import contextmanager
from datetime import date

import docx
import memo_sample
import openpyxl
import pytest
from docx.oxml.ns import qn
from memo_sample import answers, edited, made

from reports import verified
from reports.faces.source import Source
from reports.faces.workbook import workbook
from reports.memos import Answers
from reports.verified import overdue, verify
from scenarios.errors import UserError

TODAY = memo_sample.TODAY


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A run and a ledger, their memo, and the workbook of the run."""
    folder = tmp_path_factory.mktemp("answers")
    told = answers(folder, "run", "ledger")
    own = told.answered[0]
    return folder, told, made(folder, told), workbook(own.cat, own.document, Source.of(own, folder))


@pytest.fixture
def now(whole, monkeypatch):
    """Answers as they are by now; folders of made-up answers have no list, so they are taken as they are."""

    def set_to(told):
        @contextmanager
        def taken(file, sources, folders):
            yield Answers(told.answered[: len(sources)])

        monkeypatch.setattr(verified, "_answers", taken)

    set_to(whole[1])
    return set_to


@pytest.fixture
def memo(whole, now, tmp_path):
    (tmp_path / "memo.docx").write_bytes(whole[2])
    return tmp_path / "memo.docx"


@pytest.fixture
def book(whole, now, tmp_path):
    (tmp_path / "report.xlsx").write_bytes(whole[3])
    return tmp_path / "report.xlsx"


def number(document, begins):
    """The text of the first control whose tag begins so."""
    for sdt in document.element.iter(qn("w:sdt")):
        tag = sdt.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
        if tag.startswith(begins):
            return sdt, next(sdt.iter(qn("w:t")))
    raise AssertionError(begins)


def changed(memo, change):
    memo.write_bytes(edited(memo.read_bytes(), change))
    return verify(memo, [], TODAY)


def test_a_memo_as_it_was_made_agrees(memo):
    found = verify(memo, [], TODAY)
    assert found.numbers > 300 and not found.differences and not found.removed


def test_an_edited_number_is_found_with_what_it_is_about(memo):
    def change(document):
        number(document, "1/verdicts.0.0.5")[1].text = "99.9 %"

    found = changed(memo, change)
    (one,) = found.differences
    assert (one.why, one.file, one.where) == ("edited", "99.9 %", "1/verdicts.0.0.5.0")
    assert one.target == "issue-14-days" and one.period == "FY2026" and one.answer not in (None, "99.9 %")
    assert next(row["kind"] for row in found.rows) == "edited"


def test_a_number_that_was_taken_out_is_no_difference(memo):
    def change(document):
        sdt, _ = number(document, "1/answer.0")
        sdt.getparent().remove(sdt)

    found = changed(memo, change)
    assert (found.removed, found.differences) == (1, ())


def test_numbers_of_an_answer_that_is_another_by_now_are_outdated(memo, whole, now, tmp_path):
    shutil.copytree(whole[0], tmp_path, dirs_exist_ok=True)
    place = tmp_path / "0-run" / "summary.json"
    told = json.loads(place.read_text(encoding="utf-8"))
    decides = (row for row in told["targets"] if row["id"] == "issue-14-days" and row["decides"])
    next(row for row in decides if row["period"] == "FY2026")["value"] = 0.5
    place.write_text(json.dumps(told), encoding="utf-8")
    now(answers(tmp_path, "run", "ledger"))
    found = verify(memo, [], TODAY)
    assert found.differences and {one.why for one in found.differences} == {"outdated"}
    assert any(one.answer.startswith("50.0 %") for one in found.differences)


def test_a_workbook_as_it_was_made_agrees(book):
    found = verify(book, [], TODAY)
    assert found.numbers > 1000 and not found.differences and not found.removed


def test_an_edited_cell_is_found_wherever_its_sheet_was_moved(book):
    made = openpyxl.load_workbook(book)
    sheet = made.worksheets[1]
    row = next(row for row in sheet.iter_rows() if any(isinstance(cell.value, float) for cell in row))
    cell = next(cell for cell in row if isinstance(cell.value, float))
    before, cell.value = cell.value, 0.123456
    made.move_sheet(sheet, 3)
    made.save(book)
    (one,) = verify(book, [], TODAY).differences
    assert (one.why, one.file, one.answer) == ("edited", "0.123456", str(before))


def test_a_sorted_table_agrees(book):
    made = openpyxl.load_workbook(book)
    sheet = made.worksheets[1]
    top = next(row[0].row for row in sheet.iter_rows() if row[0].value == "Verdict")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=top + 1)]
    for place, values in enumerate(reversed(rows), start=top + 1):
        for column, value in enumerate(values, start=1):
            sheet.cell(place, column).value = value
    made.save(book)
    assert not verify(book, [], TODAY).differences


def test_a_deleted_sheet_is_told_as_taken_out(book):
    made = openpyxl.load_workbook(book)
    del made[made.worksheets[2].title]
    made.save(book)
    found = verify(book, [], TODAY)
    assert found.removed > 0 and not found.differences


def test_assumptions_are_overdue_after_their_month():
    assert not [one for one in overdue(date(2026, 8, 31)) if one.review == "2026-08"]
    late = overdue(date(2026, 9, 1))
    assert {one.review for one in late} == {"2026-08"} and all(one.owner and one.path for one in late)
    assert len(overdue(date(2030, 1, 1))) > 100


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("memo.txt", b"", "must end in"),
        ("memo.docx", b"", "no memo or workbook that can be read"),
        ("memo.docx", b"PK\x03\x04 and more", "no memo or workbook that can be read"),
        ("book.xlsx", b"\x00" * 1000, "no memo or workbook that can be read"),
    ],
)
def test_what_cannot_be_read_is_refused(name, content, rule, tmp_path):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=rule):
        verify(tmp_path / name, [], TODAY)


def test_documents_of_others_are_refused(tmp_path):
    docx.Document().save(str(tmp_path / "theirs.docx"))
    openpyxl.Workbook().save(tmp_path / "theirs.xlsx")
    for name in ("theirs.docx", "theirs.xlsx"):
        with pytest.raises(UserError, match="of this program"):
            verify(tmp_path / name, [], TODAY)
    with pytest.raises(UserError, match=r"cannot be read: (?!.*memo)"):
        verify(tmp_path / "nowhere.docx", [], TODAY)


def test_a_document_that_unpacks_without_end_is_refused(tmp_path):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", "<a>" + " " * 40_000_000 + "</a>")
    (tmp_path / "bomb.docx").write_bytes(stream.getvalue())
    with pytest.raises(UserError, match="can be read"):
        verify(tmp_path / "bomb.docx", [], TODAY)


def test_as_many_folders_are_named_as_there_are_answers(whole, tmp_path):
    (tmp_path / "memo.docx").write_bytes(whole[2])
    with pytest.raises(UserError, match="made of 2 answers, and 1 folders are named"):
        verify(tmp_path / "memo.docx", [tmp_path], TODAY)
