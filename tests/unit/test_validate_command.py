"""The faces of validate and calibrate: what they write and print of a validation and of fits made elsewhere."""

import json
from pathlib import Path

import pytest
import validation_sample as sample
from folder_sample import taken

from calibration.calibrate import BUDGET
from calibration.record import Validation
from cardflow.commands.calibrate import calibrate
from cardflow.commands.validate import validate
from cardflow.language import Language
from scenarios.errors import UserError
from scenarios.experiment.cost import Work
from scenarios.experiment.progress import Expected
from scenarios.folder.contents import read_list
from scenarios.folder.strangers import strangers
from scenarios.records import as_json, from_json


@pytest.fixture
def made(monkeypatch):
    """The sample in place of simulations; no charts."""

    def compare(folder, options, progress):
        progress.expect(Expected(Work(1, 1.0), workers=1))
        taken(folder, kind="validation")
        with folder.answer() as draft:
            sample.write(draft.path)
        return from_json(Validation, sample.validation(sample.fits()))

    def fit(folder, options, progress):
        taken(folder, kind="calibration")
        budgets.append(options.budget)
        return sample.fits()

    budgets = []
    monkeypatch.setattr("calibration.validate.validate", compare)
    monkeypatch.setattr("calibration.calibrate.calibrate", fit)
    monkeypatch.setattr("reports.faces.figures.sheet.save", lambda *_: {})
    monkeypatch.setattr("reports.faces.page.inline", lambda *_: {})
    return budgets


def validated(tmp_path, page=None, lang="en", as_json=True):
    asked = {"replications": 2, "workers": 1, "yes": True, "out": tmp_path / "run", "page": page}
    validate(**asked, lang=Language(lang), as_json=as_json)


def test_json_is_a_list_with_seven_keys_alone_on_stdout(made, tmp_path, capsys):
    validated(tmp_path)
    rows = json.loads(capsys.readouterr().out)
    assert [row["id"] for row in rows] == [figure[0] for figure in sample.FIGURES]
    assert {tuple(row) for row in rows} == {("id", "published", "simulated", "low", "high", "difference", "use")}


def test_the_table_names_the_page_and_the_markdown_is_written_where_asked(made, tmp_path, capsys):
    page = tmp_path / "docs" / "validation.md"
    validated(tmp_path, page, "ja", as_json=False)
    said = capsys.readouterr().out
    assert str(page) in said and "検証用" in said
    assert page.read_text(encoding="utf-8").startswith("# ") and (tmp_path / "run" / "validation.html").is_file()


def test_a_page_that_cannot_be_written_is_told(made, tmp_path):
    with pytest.raises(UserError, match=r"must end in \.md"):
        validated(tmp_path, tmp_path / "page.html", as_json=False)
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"--page (.|\n)*cannot be written"):
        validated(tmp_path, tmp_path / "file" / "page.md", as_json=False)


def test_a_markdown_page_is_written_again_but_never_over_what_is_not_ours(made, tmp_path):
    page = tmp_path / "docs" / "validation.md"
    for lang in ("en", "ja"):
        validated(tmp_path, page, lang)
    assert "妥当性の検証" in page.read_text(encoding="utf-8")
    page.write_text("my own words", encoding="utf-8")
    with pytest.raises(UserError, match=r"holds \.\./validation\.md"):
        validated(tmp_path, page)
    assert page.read_text(encoding="utf-8") == "my own words"
    (tmp_path / "mine.md").write_text("mine", encoding="utf-8")
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "old.png").write_bytes(b"old")
    for name in ("mine.md", "charts.md"):
        with pytest.raises(UserError, match="--page"):
            validated(tmp_path, tmp_path / name)
    assert (tmp_path / "mine.md").read_text(encoding="utf-8") == "mine" and not (tmp_path / "charts.md").exists()
    assert [path.name for path in (tmp_path / "charts").iterdir()] == ["old.png"] and not (tmp_path / "mine").exists()


def test_calibrate_prints_its_fits_in_words_or_as_json(made, tmp_path, capsys):
    calibrate(out=tmp_path / "run", lang=Language.en)
    assert made == [BUDGET]
    assert "plant.after_cutoff_share" in capsys.readouterr().out
    calibrate(out=tmp_path / "run", lang=Language.en, as_json=True)
    assert json.loads(capsys.readouterr().out) == as_json(sample.fits())


def test_the_page_of_this_repository_can_be_written_again():
    """``make validation`` replaces it: its list stands with it, and is true."""
    page = Path(__file__).parents[2] / "docs" / "validation.md"
    found = strangers(page.with_suffix(""), read_list(page.with_suffix("")), [f"../{page.name}"])
    assert not list(found)
