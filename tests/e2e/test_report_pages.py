"""Reports of made-up runs, painted: whole, alone, and the same bytes for the same run."""

import matplotlib as mpl
import pytest
from alone import stands_alone
from test_reports_folder import SHAPES, make

pytestmark = pytest.mark.usefixtures("coarse")
IN_LANGUAGES = [
    ("four years", "en"),
    ("one year", "ja"),
    ("one month", "en"),
    ("one month", "ja"),
    ("nothing", "ja"),
    ("one replication", "en"),
]
"""Shapes of runs with a language each; drawing a report takes seconds."""
PAINTED = [("four years", "en"), ("one month", "ja"), ("nothing", "ja")]
"""The others are laid out, with every text in its place, and not written as pixels and paths."""


@pytest.mark.parametrize(("shape", "lang"), IN_LANGUAGES)
def test_a_report_of_any_run_is_whole_and_stands_alone(shape, lang, tmp_path, request):
    from reports.faces.page import write
    from reports.run.charts import CHAPTERS
    from reports.run.document import RUN

    if (shape, lang) not in PAINTED:
        request.getfixturevalue("laid_out")
    folder = make(tmp_path / "実行" / "run", **SHAPES[shape])
    charts = [name for own in CHAPTERS.values() for name in own]
    page = write(RUN, folder, lang).read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in page
    assert all(page.count(f'<figure id="{chart}"') == 1 for chart in charts)
    assert stands_alone(page)
    assert sorted(path.name for path in (folder / "charts").iterdir()) == sorted(
        f"{name}.{kind}" for name in charts for kind in ("png", "svg")
    )
    assert not list(folder.glob(".*.part"))


def test_the_same_run_gives_the_same_bytes(tmp_path):
    from reports.faces.answered import Answered
    from reports.run.document import RUN

    full, other, before = make(tmp_path / "full"), make(tmp_path / "again"), dict(mpl.rcParams)
    for folder in (full, other):
        Answered(RUN, folder, "en").draw(folder / "charts")
    assert dict(mpl.rcParams) == before
    for path in (full / "charts").iterdir():
        assert path.read_bytes() == (other / "charts" / path.name).read_bytes(), path.name
