"""The numbers of drawings as tables: which rows, columns and words marks of each kind make."""

from datetime import date

import pytest
from test_figures import PANELS

from reports import catalogue, values
from reports.document import Bracketed, Magnitude, Name, Number, Period, say
from reports.drawing import Bars, Cells, Days, Drawing, Label, Months, Names, Panel, Rule, Scale, Series, Words
from reports.drawn_numbers import numbers
from reports.looks import Look, area, line

EN, JA = catalogue.load("en"), catalogue.load("ja")
NONE = float("nan")
MONTHS = Months(("2026-04", "2026-05"))
YEARS = Names((Period("FY2026"), Period("FY2027")))


def told(panel: Panel, cat=EN) -> list[list[str]]:
    """Headings and rows of the one table, as they are read."""
    (found,) = numbers(Drawing("", "", (panel,)))
    return [[values.text(cat, cell) for cell in row] for row in (found.table.headings, *found.table.rows)]


def one(panel: Panel):
    return numbers(Drawing("", "", (panel,)))[0]


def test_a_line_with_its_band_has_a_column_and_months_have_rows():
    marks = Series((1.0, 2.5e6), low=(0.5, 2e6), high=(2.0, 3e6), name="a"), Series((NONE, 7.0), name="b")
    assert told(Panel(MONTHS, Scale(counts=3e6), marks)) == [
        ["Month", "a", "b"],
        ["2026-04", "1 (0.5 to 2)", "-"],
        ["2026-05", "2,500,000 (2,000,000 to 3,000,000)", "7"],
    ]
    assert one(Panel(MONTHS, Scale(), marks)).at == ((0.0, None), (1.0, None))


def test_shares_stand_in_percent_and_what_is_infinite_or_missing_nowhere():
    panel = Panel(MONTHS, Scale(unit="share"), (Series((0.25, 1.0), name="a"), Series((float("inf"), NONE), name="b")))
    assert told(panel) == [["Month", "a", "b"], ["2026-04", "25.0 %", "-"], ["2026-05", "100.0 %", "-"]]
    assert one(Panel(MONTHS, Scale(), (Series((NONE, NONE), name="a"),))) is None
    assert numbers(Drawing("", "", (Panel(MONTHS), None))) == (None, None)


def test_an_interval_completes_the_number_of_its_name_and_stands_alone_without_one():
    bars, width = Bars((1.0, 2.0), (-0.2, 0.8), look=area("#123456"), name="a"), {"look": line(), "whiskers": True}
    own = Series(places=(-0.2, 0.8), low=(0.5, 1.0), high=(1.5, 3.0), called="a", **width)
    assert told(Panel(YEARS, Scale(), (bars, own)))[1:] == [["FY2026", "1 (0.5 to 1.5)"], ["FY2027", "2 (1 to 3)"]]
    alone = Series(low=(0.5, 1.0), high=(1.5, 3.0), **width)
    assert told(Panel(YEARS, Scale(), (bars, alone)))[:2] == [
        ["Fiscal year", "a", "Interval"],
        ["FY2026", "1", "0.5 to 1.5"],
    ]


def test_an_area_down_to_zero_is_no_interval():
    stem = Series((3.0, NONE), low=(0.0, 0.0), high=(3.0, NONE), name="a")
    assert told(Panel(MONTHS, Scale(), (stem,)))[1:] == [["2026-04", "3"]]


def test_marks_are_called_by_name_by_what_tables_call_them_by_the_key_or_by_nothing():
    looks = [Look(color) for color in ("#111111", "#222222", "#333333")]
    marks = (
        Series((1.0,), look=looks[0]),
        Series((2.0,), look=looks[1], called="called"),
        Series((3.0,), look=looks[2]),
        Series((4.0,), called=None),
    )
    panel = Panel(MONTHS, Scale(), marks, key=(Label("keyed", looks[0]),))
    assert told(panel) == [["Month", "keyed", "called", "Value"], ["2026-04", "1", "2", "3"]]


def test_several_values_of_a_name_at_a_place_are_numbered():
    dots = Series((0.1, 0.2, 0.3), (5.0, 5.0, 6.0), name="dots")
    rows = told(Panel(Scale(name="seats"), Scale(), (dots, Series((0.4,), (5.0,), name="mean"))))
    assert rows == [["seats", "dots (1)", "dots (2)", "mean"], ["5", "0.1", "0.2", "0.4"], ["6", "0.3", "-", "-"]]


def test_cells_are_rows_by_name_or_by_place_and_value_each_where_it_lies():
    cells = Cells((0, 1), (0, 1), (0.25, 1.0), ("#ffffff", "#000000"), called="met")
    panel = Panel(Names(("first", "second")), MONTHS, (cells,), across=True)
    assert told(panel) == [
        ["Item", "Month", "met"],
        ["first", "2026-04", "25.0 %"],
        ["second", "2026-05", "100.0 %"],
    ]
    assert one(panel).at == ((0, 0), (1, 1))
    named = Cells((3,), (7,), (5.0,), ("#ffffff", "#000000"), unit="days_exact", names=(Name("prefecture", "13"),))
    assert told(Panel(Scale(ticks=()), Scale(ticks=()), (named,))) == [["Item", "Value"], ["Tokyo", "5.0 days"]]


def test_cells_that_are_called_nothing_stand_on_the_picture_alone():
    hidden = Cells((3,), (7,), (5.0,), ("#ffffff", "#000000"), called=None, dots=(1.0,))
    shown = Cells((1,), (2,), (0.5,), ("#ffffff", "#000000"), called="met", names=("one",), dots=(1.0,))
    axes = Scale(ticks=()), Scale(ticks=())
    assert told(Panel(*axes, (hidden, shown))) == [["Item", "met"], ["one", "50.0 %"]]
    assert numbers(Drawing("", "", (Panel(*axes, (hidden,)),))) == (None,)


def test_arrows_are_rows_from_box_to_box_and_boxes_have_a_row_for_all_that_is_told_of_them():
    assert told(PANELS["boxes and arrows"]) == [
        ["From", "To", "What", "Amount"],
        ["a name that is wider than its box", "", "told", "23,456,789 (9,000,000 to 31,000,000)"],
        ["a name that is wider than its box", "", "more", "7,000"],
        ["first", "second", "passes", "23,456,789 (9,000,000 to 31,000,000)"],
        ["second", "first", "returns", "89,300"],
    ]
    assert one(PANELS["boxes and arrows"]).at == ((4, 1), (4, 1), (2.5, 1), (2.5, 2))


def test_rows_are_named_by_ticks_that_are_words_by_points_or_by_days():
    places = Scale(ticks=((1.0, "one"), (2.0, "two")))
    assert told(Panel(places, Scale(), (Series((5.0,), (2.2,), name="a"),)))[0][0] == "Item"
    assert told(Panel(places, Scale(), (Series((5.0,), (2.2,), name="a"),)))[1][0] == "two"
    counted = Scale(ticks=((1.0, Number(1)), (2.0, Number(2))))
    assert told(Panel(counted, Scale(), (Series((5.0,), (1.4,), name="a"),)))[1][0] == "1.4"
    assert told(Panel(counted, Scale(), (Series((5.0,), (1.4,), name="a", names=("X-1",)),)))[1][0] == "X-1"
    day = date(2026, 4, 1)
    over = Series((float(day.toordinal()),), name="due")
    assert told(Panel(Names(("row",)), Days(day, day), (over,)), JA)[1] == ["row", "2026年4月1日"]
    assert told(Panel(Days(day, day), Scale(), (Series((1.0,), (day.toordinal(),), name="a"),)), JA)[:2] == [
        ["日", "a"],
        ["2026年4月1日", "1"],
    ]


def test_what_stands_at_the_right_of_rows_is_a_column_or_the_name():
    marks = (Series((1.0, 2.0), name="a"),)
    beside = Panel(Names(("x", "y"), right=("more", "")), Scale(), marks, across=True)
    assert told(beside) == [["Item", "a", "Beside it"], ["x", "1", "more"], ["y", "2", ""]]
    assert told(Panel(Names(("", ""), right=("p", "q")), Scale(), marks, across=True))[1:] == [["p", "1"], ["q", "2"]]


def test_lines_through_a_panel_and_what_stands_beside_it_are_notes():
    marks = (
        Series((1.0,), name="a"),
        Rule(0.95, line(), "target"),
        Rule(1, line(), "upright", upright=True),
        Rule(0, area("#eeeeee"), "grey", to=1),
        Words("words", 0, 0),
    )
    found = one(Panel(MONTHS, Scale(unit="share"), marks, aside=("aside",), above=("above",)))
    assert [values.text(EN, note) for note in found.notes] == ["target: 95.0 %", "upright: 2026-05", "above", "aside"]


def test_places_that_stand_on_the_picture_alone_have_no_row():
    own = Series((5.0, NONE), name="stated", called=None, withheld=(0.0,))
    panel = Panel(MONTHS, Scale(), (Series((5.0, 6.0), name="a"), own))
    assert told(panel) == [["Month", "a"], ["2026-05", "6"]]
    assert one(panel).notes == (say("chart.table.withheld"),)


def test_titles_of_counts_do_not_name_the_step_in_which_they_are_drawn():
    title = Bracketed("cards", Magnitude(5e6))
    assert values.text(EN, title) == "cards (million)"
    assert values.text(EN, one(Panel(MONTHS, Scale(), (Series((1.0,), name="a"),), title)).title) == "cards"


def test_panels_that_share_an_axis_share_its_name():
    named, bare = Scale(0, 1, name="seats"), Scale(0, 1)
    marks = (Series((1.0,), (0.5,), name="a"),)
    panels = tuple(Panel(axis, Scale(), marks) for axis in (bare, named, Scale(0, 2)))
    shown = [values.text(EN, each.table.headings[0]) for each in numbers(Drawing("", "", panels))]
    assert shown == ["seats", "seats", "Along the axis"]


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
@pytest.mark.parametrize("name", PANELS)
def test_every_kind_of_mark_and_axis_can_be_told(name, cat):
    found = one(PANELS[name])
    if found is not None:
        assert len(found.at) == len(found.table.rows) and all(text for text in told(PANELS[name], cat)[0])
