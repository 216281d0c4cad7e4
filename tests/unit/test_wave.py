"""The renewal wave as every face shows it, from one document."""

import json
import re
from dataclasses import replace

import openpyxl
import pytest
from wave_sample import WAVE

from cardflow.commands.tools import wave, workbook
from cardflow.language import Language
from reports import catalogue
from reports.faces.terminal import shown
from reports.wave.document import document
from scenarios.errors import UserError
from scenarios.wave.record import Year

LINES = {"en": ["FY2026", "1,235", "24,020", "4"], "ja": ["令和8(2026)年度", "123.5", "2,402.0", "0.4"]}


@pytest.mark.parametrize(("lang", "unit"), [("en", "in thousands"), ("ja", "万人")])
def test_persons_are_told_in_full_thousands(lang, unit):
    made = document(replace(WAVE, rows=(Year(2026, 1_234_567, 24_020_000, 4_000),)))
    title, _, line = shown(catalogue.load(lang), made.screen)
    assert unit in title and line.split() == LINES[lang]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_folder_holds_page_markdown_and_json_and_makes_a_workbook(tmp_path, capsys, lang):
    wave(last=2026, out=tmp_path, lang=Language(lang), as_json=True)
    rows = json.loads(capsys.readouterr().out)
    assert rows == json.loads((tmp_path / "wave.json").read_text(encoding="utf-8"))["rows"] and len(rows) == 3
    for name in ("wave.html", "wave.md"):
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert all(re.search(year, text) for year in ("2024", "2025", "2026")) and "wave --from 2024 --to 2026" in text
    workbook(tmp_path, lang=Language(lang))
    book = openpyxl.load_workbook(tmp_path / "wave.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    (held,) = (cell for cell in cells if cell.value == rows[1]["notices_due"])
    assert held.number_format == {"en": "#,##0,", "ja": "0\\.0,"}[lang]
    assert any(sheet._charts for sheet in book)


def test_no_folder_is_filled_but_a_named_one(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    wave(last=2025, lang=Language.en)
    assert "FY2025" in capsys.readouterr().out and not list(tmp_path.iterdir())
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="mine"):
        wave(out=tmp_path, lang=Language.en)
