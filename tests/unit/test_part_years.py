"""A fiscal year of which a result reports only a part is labelled so in every table, sentence and axis."""

import json
import re
from datetime import date
from functools import partial

import clock_sample
import comparison_sample
import ledger_sample
import pytest
import recorded
import sizing_sample
import sweep_sample
import test_reports_folder as run_sample
import test_reports_terminal as terminal_sample

from reports import catalogue, formats, part_years
from reports.clock.document import CLOCK
from reports.compare.document import COMPARE
from reports.faces import page, terminal
from reports.ledger.document import LEDGER
from reports.run.document import RUN
from reports.run.terminal import verdict_lines
from reports.size.document import SIZE
from reports.sweep.document import SWEEP

EN, JA = catalogue.load("en"), catalogue.load("ja")


def reporting(cat, first, last):
    return part_years.over(cat, part_years.Days(date.fromisoformat(first), date.fromisoformat(last)))


@pytest.mark.parametrize(
    ("first", "last", "year", "english", "japanese"),
    [
        ("2026-04-01", "2027-06-30", 2026, "FY2026", "令和8(2026)年度"),
        ("2026-04-01", "2027-06-30", 2027, "FY2027 (to June)", "令和9(2027)年度（6月まで）"),
        ("2026-10-01", "2028-03-31", 2026, "FY2026 (from October)", "令和8(2026)年度（10月から）"),
        ("2026-10-01", "2028-03-31", 2027, "FY2027", "令和9(2027)年度"),
        ("2026-10-01", "2026-12-31", 2026, "FY2026 (October to December)", "令和8(2026)年度（10月～12月）"),
        ("2026-04-01", "2028-02-29", 2027, "FY2027 (to February)", "令和9(2027)年度（2月まで）"),
        ("2026-04-16", "2027-06-15", 2026, "FY2026 (from 16 April)", "令和8(2026)年度（4月16日から）"),
        ("2026-04-16", "2027-06-15", 2027, "FY2027 (to 15 June)", "令和9(2027)年度（6月15日まで）"),
    ],
)
def test_a_label_says_which_part_of_a_year_is_reported(first, last, year, english, japanese):
    for cat, label in ((EN, english), (JA, japanese)):
        own = reporting(cat, first, last)
        assert formats.fiscal_year(own, year) == formats.period(own, f"FY{year}") == label
        assert formats.whole_fiscal_year(own, year) == formats.whole_fiscal_year(cat, year)


@pytest.mark.parametrize(
    ("period", "english", "japanese"),
    [
        ("2027-06", "2027-06 (to 15 June)", "2027年6月（6月15日まで）"),
        ("2027-05", "2027-05", "2027年5月"),
        ("2026-04", "2026-04", "2026年4月"),
        ("2028-06", "2028-06", "2028年6月"),
    ],
)
def test_a_label_says_which_part_of_a_month_is_reported(period, english, japanese):
    for cat, label in ((EN, english), (JA, japanese)):
        assert formats.month(reporting(cat, "2026-04-01", "2027-06-15"), period) == label
        assert "(" not in formats.month(reporting(cat, "2026-04-01", "2027-06-30"), period)


def test_an_axis_has_the_part_in_a_line_of_its_own():
    assert formats.fiscal_year_axis(reporting(EN, "2026-04-01", "2027-06-30"), 2027) == "FY2027\n(to June)"
    assert formats.fiscal_year_axis(reporting(JA, "2026-04-01", "2027-06-30"), 2027) == "令和9\n(2027)\n（6月まで）"


def test_the_note_is_there_only_where_a_year_is_a_part():
    assert not part_years.note(EN) and not part_years.note(reporting(EN, "2026-04-01", "2031-03-31"))
    (english,), (japanese,) = (part_years.note(reporting(cat, "2026-10-01", "2027-06-30")) for cat in (EN, JA))
    assert english.startswith("FY2026 (from October), FY2027 (to June): only a part") and "whole" in english
    assert "令和9(2027)年度（6月まで）は年度の一部だけを試算" in japanese


def test_of_results_side_by_side_a_year_is_a_part_where_each_reports_the_same_part():
    long, short = (part_years.Days(date(2026, 4, 1), last) for last in (date(2031, 3, 31), date(2027, 6, 30)))
    assert not part_years.over(EN, long, short).parts
    assert part_years.over(EN, short, short).parts == {2027: (date(2027, 4, 1), date(2027, 6, 30))}


def shortened(path, last):
    """The same result as if it ended inside its last fiscal year."""
    content = json.loads(path.read_text(encoding="utf-8"))
    for each in content.get("scenarios", [content]):
        each.update(first_day="2026-04-01", last_day=last)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _faces(question):
    return partial(page.write, question), partial(terminal.lines, question)


def _ledger(place):
    return ledger_sample.write(place, ledger_sample.ledger(replications=20)), "ledger.json", *_faces(LEDGER)


def _compare(place):
    found = comparison_sample.comparison(comparison_sample.BASE, comparison_sample.SEATS)
    return comparison_sample.write(place, found), "comparison.json", *_faces(COMPARE)


def _size(place):
    return sizing_sample.write(place, sizing_sample.sizing()), "size.json", *_faces(SIZE)


def _clock(place):
    clock_sample.usual(place)
    return place, "clock.json", *_faces(CLOCK)


def _sweep(place):
    sweep_sample.write(place, **next(iter(sweep_sample.KINDS.values())))
    return place, "sweep.json", *_faces(SWEEP)


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize("make", [_ledger, _compare, _size, _clock, _sweep])
@pytest.mark.parametrize(
    ("lang", "said", "judged"),
    [("en", "(to June)", "as if it were a whole one"), ("ja", "年度（6月まで）", "1年度とみなして")],
)
def test_every_command_labels_the_part_on_the_terminal_and_the_page(make, lang, said, judged, tmp_path):
    folder, name, write, lines = make(tmp_path / "own")
    years = sorted(set(re.findall(r'"FY(20\d\d)"', (folder / name).read_text(encoding="utf-8"))))
    shortened(folder / name, f"{years[-1]}-06-30")
    page = write(folder, lang)
    terminal = "\n".join(lines(folder, lang, page, "utf-8"))
    for text in (page.read_text(encoding="utf-8"), terminal):
        assert said in text and text.count(judged) == 1
        assert f"FY{years[-1]} " not in text.replace(f"FY{years[-1]} (to June)", "")


@pytest.mark.usefixtures("unpainted")
@pytest.mark.parametrize(
    ("lang", "said", "judged"), [("en", "(to June)", "whole one"), ("ja", "（6月まで）", "みなして")]
)
def test_a_run_labels_the_part_in_its_tables_and_verdicts(lang, said, judged, tmp_path):
    written = page.write(RUN, run_sample.make(tmp_path, last=date(2027, 6, 30), replications=1), lang)
    text = re.sub("</?span[^>]*>", "", written.read_text(encoding="utf-8"))
    assert text.count(judged) == 1 and text.count(said) > 10
    assert ">FY2027<" not in text and ">令和9(2027)年度<" not in text


@pytest.mark.parametrize(("lang", "label"), [("en", "FY2026 (to June)"), ("ja", "令和8(2026)年度（6月まで）")])
def test_a_verdict_table_labels_the_part_and_says_so_once(lang, label):
    run = recorded.run(last_day="2026-06-30")
    heading, verdict, *rest = verdict_lines(recorded.summary(terminal_sample.row()), run, lang)
    assert label in heading and label in verdict
    assert [line for line in rest if label in line] == list(part_years.note(part_years.over(catalogue.load(lang), run)))
