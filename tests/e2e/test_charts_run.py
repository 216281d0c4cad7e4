"""Charts of a finished answer for memos and slides, through the command line."""

import json

import pytest
from PIL import Image

TINY = (
    *("--set", "start=2026-04-01", "--set", "end=2026-06-30", "--set", "demand.load=0.1"),
    *("--replications", "2", "--chance-only", "--no-margin", "--no-page", "--workers", "1"),
)


@pytest.fixture(scope="module")
def run(cardflow, tmp_path_factory):
    """A finished run."""
    folder = tmp_path_factory.mktemp("charts")
    cardflow("run", "baseline-fy2025", *TINY, "--out", "run", cwd=folder)
    return folder


def test_charts_come_in_the_size_and_kind_that_was_asked_for(inside, run):
    wide = inside("charts", "run", "--only", "wave", "--only", "seats", "--dpi", "100", cwd=run).stdout.split()
    assert [line.replace("\\", "/") for line in wide] == ["run/charts-page/wave.png", "run/charts-page/seats.png"]
    narrow = inside("charts", "run", "--size", "column", "--grey", "--format", "svg", cwd=run).stdout.split()
    assert len(narrow) > 10 and all((run / line).stat().st_size > 1000 for line in narrow)
    with Image.open(run / wide[0]) as image:
        assert image.width / 100 == pytest.approx(6.3, abs=0.02) and image.info["dpi"][0] == pytest.approx(100, abs=0.1)


def test_drawn_charts_are_no_edit_of_the_answer_and_leave_what_is_beside_them(inside, run, request):
    inside("charts", "run", "--only", "wave", "--format", "emf", cwd=run)
    inside("charts", "run", "--only", "wave", "--format", "pdf", cwd=run)
    folder = run / "run" / "charts-page"
    assert (folder / "wave.emf").is_file() and (folder / "wave.pdf").read_bytes().startswith(b"%PDF")
    request.getfixturevalue("unpainted")
    assert inside("report", "run", cwd=run) and (folder / "wave.emf").is_file()


def test_a_gallery_shows_every_chart_with_what_it_says_and_is_written_again(inside, run):
    for only in (("--only", "wave"), ()):
        page = "--page", "gallery.md", "--lang", "en"
        inside("charts", "run", *only, "--size", "column", "--dpi", "60", *page, cwd=run)
    text = (run / "gallery.md").read_text(encoding="utf-8")
    files = sorted(path.name for path in (run / "gallery").glob("*.png"))
    assert len(files) > 10 and all(f"](gallery/{name})" in text for name in files)
    assert "|---" not in text  # no tables


def test_what_cannot_be_drawn_is_told_with_all_that_is_wrong_and_nothing_is_written(inside, run):
    before = sorted(path.name for path in run.iterdir())
    done = inside("charts", "run", "--only", "waves", "--dpi", "5000", "--lang", "en", cwd=run, code=2)
    assert "no such chart; there are" in done.stderr and "must be at most 1200" in done.stderr
    done = inside("charts", "run", "--page", "x.md", "--format", "emf", "--lang", "en", cwd=run, code=2)
    assert "shows png and svg, not emf" in done.stderr
    (run / "mine.md").write_text("mine")
    inside("charts", "run", "--page", "mine.md", "--lang", "en", cwd=run, code=2)
    assert (run / "mine.md").read_text() == "mine"
    assert sorted(path.name for path in run.iterdir()) == sorted([*before, "mine.md"])
    assert json.loads((run / "run" / "summary.json").read_text(encoding="utf-8"))
