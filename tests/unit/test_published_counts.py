"""The chapter that stands published counts of FY2025 beside the run's, and says what is an input."""

from datetime import date

import pytest
import test_reports_folder

from calibration.counts import COUNTS
from calibration.figures import load_figures
from reports import catalogue, values
from reports.run import published_counts
from reports.run.document import document
from reports.run_data import read
from sim.parts import FACTS


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    folder = test_reports_folder.make(tmp_path_factory.mktemp("year") / "run", date(2025, 4, 1), date(2026, 3, 31))
    return read(folder)


def test_every_count_is_published_and_counted() -> None:
    assert {count.fact for count in COUNTS} <= set(FACTS)
    assert all(load_figures()[count.figure].number > 0 for count in COUNTS)


@pytest.mark.parametrize(("lang", "words"), [("en", {"input", "result"}), ("ja", {"入力", "結果"})])
def test_a_run_of_the_year_has_a_line_a_count(year, lang, words) -> None:
    cat = catalogue.load(lang)
    assert "published-counts" in [chapter.id for chapter in document(year).chapters]
    lines = [[values.text(cat, cell) for cell in row] for row in published_counts.table(year).rows]
    assert len(lines) == len(COUNTS)
    assert {line[3] for line in lines} == words
    assert lines[0][1] == "24,020,000"
    mean = year.flows["notices_sent"].groupby("replication").sum().mean()
    assert f"{mean:,.0f}" in lines[0][2]


@pytest.mark.parametrize("first", [date(2025, 5, 1), date(2026, 4, 1)])
def test_other_years_have_none(first, tmp_path) -> None:
    data = read(test_reports_folder.make(tmp_path / "run", first, date(2026, 12, 31)))
    assert not published_counts.table(data).rows
    assert "published-counts" not in [chapter.id for chapter in document(data).chapters]
