"""All fiscal years together in a comparison: counted replication by replication, with the word of each scenario."""

from dataclasses import replace

import pytest

from reports import catalogue, values
from reports.compare import document, tables
from scenarios.compare.compared import Side, Told, rows
from scenarios.compare.record import Comparison, Pair
from scenarios.experiment.experiment import Point
from scenarios.files.load import load
from scenarios.run.available import Availability
from scenarios.run.statistic import EVERY_YEAR

PARAMETERS = load("plan-period").parameters
CALLS = "calls-95", "answered_share"


def side(name: str, met: list[bool], parameters=PARAMETERS) -> Side:
    """A target whose first year is always met, and whose second is met as given."""
    told = []
    for one in met:
        value = 0.96 if one else 0.9
        years = {"FY2026": Told(0.97, True), "FY2027": Told(value, one), EVERY_YEAR: Told(value, one)}
        told.append({(CALLS[0], period, CALLS[1]): said for period, said in years.items()})
    point = Point(name, parameters, 1)
    return Side(name, point, told, Availability(point))


BEFORE = side("before", [True] * 20)
AFTER = side("after", [number % 2 == 0 for number in range(20)])


def test_each_has_its_word_over_all_years_and_how_often_they_are_met_decides() -> None:
    together, *figures = (row for row in rows(AFTER, BEFORE) if row.period == EVERY_YEAR)
    assert (together.against_verdict, together.verdict) == ("holds", "at_risk")
    assert (together.against_met, together.met, together.met_differs, together.clear) == (20, 10, 10, True)
    assert [(row.kind, row.clear) for row in (together, *figures)] == [("probability", True), ("target", None)]


def test_years_are_left_out_where_both_do_not_report_the_same() -> None:
    shorter = side("shorter", [True] * 20, PARAMETERS.model_copy(update={"end": PARAMETERS.end.replace(year=2028)}))
    found = rows(shorter, BEFORE)
    assert EVERY_YEAR not in {row.period for row in found if row.kind == "target"}
    (decides,) = (row for row in found if row.kind == "probability")
    assert (decides.period, decides.met, decides.against_met) == (EVERY_YEAR, 20, 20)  # of the years in common


@pytest.mark.parametrize(("lang", "words"), [("en", ("○ holds", "△ at risk")), ("ja", ("○ 達成見込み", "△ 要注意"))])
def test_the_page_shows_the_words_before_the_differences(lang: str, words: tuple[str, str]) -> None:
    cat, pair = catalogue.load(lang), Pair("after", "before", (), (), 1, 2)
    data = Comparison("0", 1, 20, False, 0.95, (), (pair,), tuple(rows(AFTER, BEFORE)), {})
    (table,) = (block.table for block in document._decides(data))
    shown = values.texts(cat, table.rows[0])
    assert (*shown[2:4], *table.rows[0][4:7]) == (*words, 20, 10, 10)
    assert shown[7].startswith("-50.0") and table.headings[2:4] == ("before", "after")
    assert tables.months(pair, ()).rows == ()
    nothing = replace(data, rows=tuple(row for row in data.rows if row.kind != "probability"))
    assert document._decides(nothing) == ()
