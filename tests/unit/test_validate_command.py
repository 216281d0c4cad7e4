"""The faces of validate and calibrate: what they write and print of a validation and of fits made elsewhere."""

import json

import pytest
import validation_sample as sample

from cardflow import validating
from cardflow.validating import CalibrateRequest, ValidateRequest
from scenarios.cost import Work
from scenarios.errors import UserError
from scenarios.progress import Expected


@pytest.fixture
def made(monkeypatch):
    """The sample in place of simulations; no charts."""

    def compare(folder, options, progress):
        progress.expect(Expected(Work(1, 1.0), workers=1))
        sample.write(folder)
        return sample.validation(sample.fits())

    monkeypatch.setattr(validating, "compare", compare)
    monkeypatch.setattr(validating, "fit", lambda folder, options, progress: sample.fits())
    monkeypatch.setattr("reports.charts.validation.CHARTS", {})


def request(tmp_path, page=None, lang="en"):
    return ValidateRequest(2, 1, 1, tmp_path / "run", lang, page)


def test_json_is_a_list_with_seven_keys_alone_on_stdout(made, tmp_path, capsys):
    validating.validate(request(tmp_path), as_json=True)
    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == [figure[0] for figure in sample.FIGURES]
    assert {tuple(row) for row in rows} == {("id", "published", "simulated", "low", "high", "difference", "use")}


def test_the_table_names_the_page_and_the_markdown_is_written_where_asked(made, tmp_path, capsys):
    page = tmp_path / "docs" / "validation.md"
    validating.validate(request(tmp_path, page, "ja"), as_json=False)
    said = capsys.readouterr().out
    assert str(page) in said and "取り置き" in said
    assert page.read_text(encoding="utf-8").startswith("# ") and (tmp_path / "run" / "validation.html").is_file()


def test_a_page_that_cannot_be_written_is_told(made, tmp_path):
    with pytest.raises(UserError, match=r"must end in \.md"):
        validating.validate(request(tmp_path, tmp_path / "page.html"), as_json=False)
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="the page cannot be written"):
        validating.validate(request(tmp_path, tmp_path / "file" / "page.md"), as_json=False)


def test_calibrate_prints_its_fits_in_words_or_as_json(made, tmp_path, capsys):
    request = CalibrateRequest(None, None, 1, 1, tmp_path, "en", None)
    assert request.options.budget == validating.BUDGET
    validating.calibrate(request, as_json=False)
    assert "plant.after_cutoff_share" in capsys.readouterr().out
    validating.calibrate(request, as_json=True)
    assert json.loads(capsys.readouterr().out) == sample.fits()
