"""The comparison's page, charts, answer and terminal lines, from made-up replications."""

from dataclasses import replace
from datetime import date

import comparison_sample as sample
import pytest
from alone import stands_alone
from drawn import texts
from folder_sample import taken

from cardflow.commands.compare import compare
from cardflow.language import Language
from reports import catalogue, statistics, values
from reports.compare import cells, tables
from reports.compare.charts import CHARTS, MONTHLY
from reports.compare.document import COMPARE, document
from reports.compare.outcomes import lines
from reports.document import Number, say
from reports.faces import page as page_face
from reports.faces import terminal
from scenarios.compare.compared import KEY_FIGURES
from scenarios.compare.record import Comparison
from scenarios.errors import UserError
from scenarios.files.load import load_all
from scenarios.records import read
from scenarios.run.monthly import SERIES

EN, JA = catalogue.load("en"), catalogue.load("ja")
THREE = sample.BASE, sample.SEATS, sample.OUTAGE


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return sample.write(tmp_path_factory.mktemp("比較") / "run", sample.comparison(*THREE))


@pytest.fixture(scope="module")
def data(folder):
    return read(Comparison, folder)


def said_of(cat, data):
    """The answer in a language."""
    return values.texts(cat, document(data).answer)


def drawn(data, cat):
    """Every chart says something."""
    assert all(texts(cat, draw(data)) for draw in CHARTS.values())


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_page_is_whole_and_stands_alone(lang, folder):
    page = page_face.write(COMPARE, folder, lang)
    text = page.read_text(encoding="utf-8")
    assert page == folder / "comparison.html" and f'<html lang="{lang}">' in text
    assert text.count("<figure id=") == len(CHARTS)
    assert stands_alone(text)
    assert sorted(path.name for path in (folder / "charts").iterdir()) == sorted(
        f"{name}.{kind}" for name in CHARTS for kind in ("png", "svg")
    )
    cat = catalogue.load(lang)
    assert cat.text("comparison.result.chance") in text and "contact.resident.seats" in text
    assert "cardflow compare scenario-1.toml scenario-2.toml scenario-3.toml --seed 1 --replications 20" in text
    assert not list(folder.glob(".*.part"))


@pytest.mark.parametrize("replications", [2, 3])
def test_of_a_few_replications_it_is_said_that_nothing_can_be_told(replications, tmp_path):
    told = read(Comparison, sample.write(tmp_path, sample.comparison(replications=replications)))
    found = {row.outcome for row in told.rows}
    assert "too_few" in found and "chance" not in found
    said = " ".join(said_of(EN, told))
    assert said.startswith(f"{replications} replications are too few to tell whether targets are as likely met")
    assert "take 12 or more (--replications 12)" in said
    assert f"Figures that cannot be told from {replications} pairs of replications: " in said
    assert "chance explains" not in said and "clearly less likely" not in said
    row = next(row for row in told.rows if row.outcome == "too_few")
    interval, whole = (values.text(JA, of(row)) for of in (cells.interval, cells.with_interval))
    assert interval == f"{replications}組では判断できない" in whole
    shares = [row for row in told.rows if statistics.unit(row.statistic) == "share" and row.low is not None]
    assert shares and all(row.low >= -1 and row.high <= 1 for row in shares)


def test_the_answer_says_what_is_worse_by_how_much_and_what_chance_explains(data):
    said = said_of(EN, data)
    assert said[0].startswith(
        "Targets that plan-period+seat-cut is clearly less likely to meet than plan-period: calls of residents answered"
    )
    assert "met over the whole period in 0 of 20 replications instead of 20: -100.0 points (-100.0 to -" in said[0]
    assert said[1] == "Met, or missed, in the same replications by both: calls to help desk answered."
    assert "-6.5 points (-8.6 to -4.9)" in said[2] and "clear in 4 of 5 years" in said[2]
    assert "calls of residents +64.2 %" in said[3]
    assert "cards dispatched in 14 days" in said[4] and "11 of 12 key figures" in said[4]
    assert "among these 7 the chance" in said[5] and "The 95 figures by fiscal year" in said[5]


def test_what_decides_stands_first_and_apart(data):
    decides, measures, *_ = document(data).chapters
    assert [part.id for part in (decides, measures)] == ["targets", "measures"]
    headings, others = (values.texts(EN, part.blocks[0].table.headings) for part in (decides, measures))
    assert headings[:4] == ["Difference is", "Target", "plan-period", "plan-period+seat-cut"]
    assert "Likelier by" in headings and "Likelier by" not in others
    calls = next(row for row in decides.blocks[0].table.rows if row[1] == say("target.calls-95.name"))
    assert values.texts(EN, calls[:4]) == ["× worse", "calls of residents answered", "○ holds", "× fails"]
    assert calls[4:7] == (20, 0, 20) and calls[7] == Number(-1.0, "points", 1, signed=True)


def test_more_and_fewer_better_and_worse_go_by_the_statistic(data):
    row = next(row for row in data.rows if row.id == "calls-95" and row.clear)
    assert row.outcome == "worse"
    assert replace(row, difference=0.06, low=0.05, high=0.07).outcome == "better"
    assert replace(row, statistic="peak_month").outcome == "better"
    assert replace(row, kind="key_figure", statistic="total").outcome == "fewer"
    assert replace(row, clear=False).outcome == "chance"
    assert replace(row, difference=0.0, low=0.0, high=0.0, clear=False).outcome == "equal"
    assert replace(row, difference=None, value=None).outcome == "one_sided"
    assert replace(row, difference=None, value=None, against_value=None).outcome == "not_tested"
    assert replace(row, clear=None).outcome == "unclaimed"


def test_a_target_with_clear_years_is_not_left_to_chance(data):
    pair = data.pairs[0]
    found = {line.shown.id: line for line in lines(data.of(pair, "target"))}
    assert (found["calls-95"].outcome, found["calls-95"].years, found["calls-95"].of) == ("worse", 4, 5)
    assert found["helpdesk-95"].outcome == "chance" and found["intake-160k"].outcome == "not_tested"


def test_differences_are_told_as_finely_as_they_are_known(data):
    row = next(row for row in data.rows if row.id == "calls-95" and row.period == "FY2027")
    fine = replace(row, difference=0.00312, low=0.0029, high=0.00334)
    assert values.text(EN, cells.with_interval(fine)) == "+0.312 points (+0.290 to +0.334)"
    assert values.text(JA, cells.with_interval(fine)) == "+0.312ポイント (+0.290～+0.334)"
    count = replace(row, kind="key_figure", statistic="total", difference=-12345.6, low=-13000.0, high=-11700.0)
    assert values.text(EN, cells.with_interval(count)) == "-12,346 (-13,000 to -11,700)"
    exact = replace(count, difference=2.0, low=2.0, high=2.0)
    assert values.texts(EN, (cells.with_interval(exact), cells.interval(exact))) == ["+2", "exact"]


def test_scenarios_with_the_same_inputs_are_said_to_be_equal(tmp_path):
    folder = sample.write(tmp_path, sample.comparison(sample.BASE, sample.BASE))
    told = read(Comparison, folder)
    assert said_of(EN, told) == [EN.text("comparison.answer.same", scenario=sample.BASE, against=sample.BASE)]
    assert say("comparison.inputs.none") in document(told).chapters[3].words
    monthly = document(told).chapters[4].charts
    assert [chart.id for chart in monthly] == list(MONTHLY)
    assert all("same in every month" in values.text(EN, chart.caption) for chart in monthly)
    drawn(told, EN)


def test_other_days_are_told_and_only_common_periods_compared(tmp_path):
    whole = sample.comparison(sample.BASE, sample.SEATS, end=date(2029, 3, 31))
    told = read(Comparison, sample.write(tmp_path, whole))
    assert {row.period for row in told.rows if row.kind == "key_figure"} == {"FY2026", "FY2027", "FY2028"}
    assert said_of(EN, told)[-1].endswith(": FY2029, FY2030, the whole run, 24 months (2029-04 to 2031-03).")
    drawn(told, JA)


def test_inputs_that_differ_stand_with_meaning_and_unit(data):
    ((path, meaning, against, own, unit, _),) = tables.inputs(data.pairs[0]).rows
    assert path == "contact.resident.seats" and "seats" in values.text(EN, meaning).lower()
    assert values.text(EN, against) == "142 (60 to 240)" and "2027-04-01: 90" in values.text(EN, own)
    assert values.text(EN, unit) == "seats"


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "ascii"])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_any_console_can_show_the_lines(lang, encoding, folder):
    told = terminal.lines(COMPARE, folder, lang, folder / "comparison.html", encoding)
    assert all(line.encode(encoding) for line in told if line)
    assert any("plant.stops" in line for line in told) and "comparison.html" in told[-1]


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_every_series_and_key_figure_has_a_name(cat):
    assert not [name for name in SERIES if not cat.has(f"comparison.series.{name}")]
    names = [(f"comparison.figure.{name}", f"total.{name}") for name in KEY_FIGURES]
    assert not [own for own, shared in names if not cat.has(own) and not cat.has(shared)]


def test_a_folder_without_a_comparison_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError):
        page_face.write(COMPARE, tmp_path, "en")
    assert not list(tmp_path.iterdir())


def test_all_wrong_scenarios_are_told_at_once():
    with pytest.raises(UserError) as error:
        load_all(["plan-perod", "plan-period+seat-cutt", "plan-period"], [], "compare")
    assert "did you mean plan-period?" in str(error.value) and "did you mean seat-cut?" in str(error.value)
    with pytest.raises(UserError, match=r"did you mean contact\.resident\.seats\?") as error:
        load_all(["plan-period", "plan-period+seat-cut"], ["contact.resident.seat=5"], "compare")
    assert len(error.value.mistakes) == 1
    same = load_all(["plan-period", "plan-period"], ["plant.lines=9"], "compare")
    assert [scenario.parameters.plant.lines for scenario in same] == [9, 9]


@pytest.mark.usefixtures("unpainted")
def test_a_page_that_cannot_be_written_is_told(monkeypatch, tmp_path):
    def full(question, folder, lang, into, languages):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reports.faces.page.write", full)
    made = "scenarios.compare.compare.compare"
    monkeypatch.setattr(made, lambda chosen, folder, *_: taken(folder, kind="compare") and sample.comparison())
    with pytest.raises(UserError, match="the page cannot be written"):
        compare(["plan-period", "plan-period+seat-cut"], out=tmp_path, lang=Language.en, as_json=True)
