"""Reports of made-up runs, painted: whole, alone, and the same bytes for the same run."""

from functools import cache

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


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The page of a shape in a language alone; the same is written once."""
    from reports.faces.page import write
    from reports.run.document import RUN

    @cache
    def page(shape, lang):
        folder = make(tmp_path_factory.mktemp("実行") / "run", **SHAPES[shape])
        return write(RUN, folder, lang, languages=[lang])

    return page


@pytest.mark.parametrize(("shape", "lang"), IN_LANGUAGES)
def test_a_report_of_any_run_is_whole_and_stands_alone(shape, lang, written, request):
    from reports.run.charts import CHAPTERS

    if (shape, lang) not in PAINTED:
        request.getfixturevalue("laid_out")
    folder, charts = written(shape, lang).parent, [name for own in CHAPTERS.values() for name in own]
    page = written(shape, lang).read_text(encoding="utf-8")
    assert f'<html lang="{lang}">' in page
    assert all(page.count(f'<figure id="{chart}"') == 1 for chart in charts)
    assert stands_alone(page)
    assert sorted(path.name for path in (folder / "charts").iterdir()) == sorted(
        f"{name}.{kind}" for name in charts for kind in ("png", "svg")
    )
    assert not list(folder.glob(".*.part"))


def test_the_same_run_gives_the_same_bytes(written, tmp_path):
    from reports.faces.answered import Answered
    from reports.run.document import RUN

    shape, lang = PAINTED[1]
    other, before = make(tmp_path / "again", **SHAPES[shape]), dict(mpl.rcParams)
    Answered(RUN, other, lang).draw(other / "charts")
    assert dict(mpl.rcParams) == before
    for path in (written(shape, lang).parent / "charts").iterdir():
        assert path.read_bytes() == (other / "charts" / path.name).read_bytes(), path.name
