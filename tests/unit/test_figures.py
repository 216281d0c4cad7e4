"""The face that draws: every mark and axis once, where numbers, names and units go, the same bytes every time."""

from dataclasses import replace
from datetime import date

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from reports import catalogue, formats
from reports.charting import drawing, key, stacked
from reports.document import Bracketed, Chart, Magnitude, Number, Period, Ranged, say
from reports.drawing import Arrow, Bars, Box, Cells, Days, Drawing, Months, Names, Panel, Rule, Scale, Series, Words
from reports.faces.figures import marks, sheet
from reports.faces.figures.axes import month_names
from reports.faces.figures.breaking import broken
from reports.faces.figures.plane import Plane, squeezed
from reports.looks import DARK, DASHED, area, line, point, shade

EN, JA = catalogue.load("en"), catalogue.load("ja")
NAN = float("nan")
SHORT, LONG = (Months(tuple(f"2026-{month:02d}" for month in range(1, count + 1))) for count in (3, 12))
RUN = {"version": "1", "scenario": "s", "seed": 1, "replications": 2}
CURVE = Series((1e6, 2e6, NAN), low=(0, 1e6, NAN), high=(2e6, 3e6, NAN), look=line(DARK, DASHED, halo=True), name="a")
PARTS = (((1, 2, 3), area(DARK), "lower"), ((0, 0, 0), area(DARK), "none"), ((1, 1, 1), area("#ffffff", "//"), "b"))
STACK = stacked(PARTS)
WHISKERS = Series((1,), (0,), (0,), (2,), point("diamond", DARK), "p", whiskers=True)
STEPS = Series((1, 2, 3), low=(0, 1, 2), high=(2, 3, 4), look=line(), steps=True)
DAYS = Series((739_800,), (0,), (739_700,), (739_900,), point("up", DARK), "q", whiskers=True)
SHADES = ("#ffffff", DARK)
LINE = Series((2, 2), (0.5, 3.5), look=line())
HIDDEN = Cells((3, 3), (1, 1), (0, 0), SHADES, called=None, dots=(0.1, 0.4))
DOTS = Cells((1, 1.1), (1, 1), (1, 0), SHADES, names=("far", "near"), dots=(0.2, 0.2), beside=(1, 0))
UNSURE = Ranged(Number(23_456_789), Number(9_000_000), Number(31_000_000))
STAGES = (
    Box("first", 1, 1, (1, 1), area("#ffffff")),
    Box("a name that is wider than its box", 4, 1, (1, 1), area("#ffffff"), (("told", UNSURE), ("more", Number(7000)))),
    Arrow(((1.5, 1), (3.5, 1)), line(DARK), "passes", UNSURE, "first", "second"),
    Arrow(((4, 1.5), (4, 2), (1, 2), (1, 1.5)), line(DARK, DASHED), "returns", Number(89_300), "second", "first"),
    Arrow(((1, 0.5), (1, 0)), line(DARK), "a sample"),
)
PANELS = {
    "a line with its band": Panel(SHORT, Scale(0, 3e6, counts=3e6), (CURVE,), "title", above=("more above",)),
    "steps and an area": Panel(SHORT, Scale(), (STEPS,)),
    "whiskers and points": Panel(SHORT, Scale(), (WHISKERS,)),
    "bars on each other": Panel(SHORT, Scale(0, 9), (*STACK, Words("4", 1, 3, "above", over=(3.2,), ground="white"))),
    "an area of bars": Panel(LONG, Scale(), (Bars((1.0,) * 12, look=area(DARK, "//"), width=1),)),
    "rules": Panel(SHORT, Scale(0, 1, unit="share"), (Rule(0.9, line()), Rule(0, area("#eeeeee"), to=1, upright=True))),
    "rows": Panel(
        Names(("first", "second"), quiet=frozenset({1}), right=("more", "")),
        Days(date(2026, 1, 1), date(2026, 9, 1)),
        (DAYS, Bars((739_900,), (1,), look=area(DARK)), Words("on", 1, 739_800)),
        across=True,
    ),
    "cells": Panel(Scale(-0.5, 1.5), Scale(-1, 1), (Cells((0, 1), (0, 0), (0, 1), SHADES, size=(1, 1)),)),
    "dots": Panel(Scale(-1, 2), Scale(-1, 1), (Cells((0, 1), (0, 0), (0, 1), SHADES),), note="a note"),
    "a map": Panel(Scale(0, 4, ()), Scale(0, 4, ()), (LINE, HIDDEN, DOTS, Words("said", 3, 3)), key=(), even=True),
    "boxes and arrows": Panel(Scale(0, 5, ()), Scale(0, 3, ()), STAGES, key=()),
    "years, nothing": Panel(Names((Period.of_year(2026), "x"), least=5)),
    "many years": Panel(Days(date(2016, 1, 1), date(2026, 1, 1)), Scale(ticks=((0, "none"),)), (Rule(0, line()),)),
}


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_every_kind_of_mark_and_axis_is_drawn_alike_twice(cat, tmp_path):
    whole = drawing("seats", RUN, PANELS.values(), height=24, shared=False)
    chart, before = Chart("all", "Title", "", lambda: whole), dict(mpl.rcParams)
    written = []
    for place in (tmp_path / "one", tmp_path / "two"):
        saved = sheet.save(cat, [chart, Chart("none", "", "")], place)
        assert list(saved) == ["all"] and saved["all"] == place / "all.png"
        written.append([(place / f"all.{kind}").read_bytes() for kind in ("png", "svg")])
    assert written[0] == written[1] and dict(mpl.rcParams) == before


def drawn(panel, cat=EN):
    with sheet.lettering(cat.lang):
        figure = sheet.figure(cat, "t", Drawing("", "", (panel,)))
        figure.draw_without_rendering()
    return figure.axes[0]


def words(panel, cat=EN):
    ax = drawn(panel, cat)
    return [text.get_text() for text in (*ax.texts, ax.title, *ax.get_yticklabels(), *ax.get_xticklabels(minor=True))]


def test_the_first_month_of_a_year_that_has_a_name_names_the_year():
    months = [f"{2026 + at // 12}-{at % 12 + 1:02d}" for at in range(3, 15)]
    told = {every: [name for name in month_names(EN, months, every) if "\n" in name] for every in (1, 2)}
    assert told == {1: ["Apr\n2026", "Jan\n2027"], 2: ["Apr\n2026", "Feb\n2027"]}
    assert month_names(EN, months, 2)[1] == ""


def test_counts_stand_in_the_step_of_a_language():
    assert drawn(PANELS["a line with its band"]).get_ylim() == (0, 3)
    assert drawn(PANELS["a line with its band"], JA).get_ylim() == (0, 300)
    assert squeezed(EN, say("chart.wave.unit", scale=Magnitude(10))) == "cards a month"
    assert (
        squeezed(JA, Bracketed("数", Magnitude(5e4))) == "数（万）"
        and squeezed(EN, Bracketed("n", Magnitude(1))) == "n"
    )


def test_names_stand_at_ends_or_in_a_key_and_nothing_to_see_is_said():
    assert {"a", "more above"} <= set(words(PANELS["a line with its band"]))
    assert {"lower", "b"} <= set(words(PANELS["bars on each other"])) and "none" not in words(
        PANELS["bars on each other"]
    )
    keyed = Panel(SHORT, Scale(), STACK, key=key(*STACK, *STACK))
    assert [label.name for label in keyed.key] == ["lower", "b"] and words(keyed).count("b") == 1
    assert EN.text("chart.no_data") in words(PANELS["years, nothing"]) and "a note" in words(PANELS["dots"])
    assert {"first", "second", "more"} <= set(words(PANELS["rows"]))


def test_a_number_above_a_point_is_lifted_over_a_line_that_would_strike_it():
    figure = Figure(figsize=(4, 3))
    ax = figure.subplots()
    ax.set_ylim(0, 10)
    panel = Panel(SHORT, marks=tuple(Words("5", 0.5, y, "above", over=(at,)) for y, at in ((5.0, 5.3), (2, 8), (5, 4))))
    marks.letter(Plane.of(EN, ax, panel), panel)
    assert [text.xy[1] for text in ax.texts] == [5.3, 2.0, 5.0]


def test_a_map_has_one_scale_along_and_up_and_shows_more_where_there_is_room():
    ax = drawn(PANELS["a map"])
    box, (left, right), (bottom, top) = ax.get_window_extent(), ax.get_xlim(), ax.get_ylim()
    assert box.width / (right - left) == pytest.approx(box.height / (top - bottom))
    assert (bottom, top) == (0, 4) and left < 0 and right > 4 and left + right == pytest.approx(4)


def test_dots_are_as_wide_as_places_say_and_small_ones_stand_on_large_ones():
    ax = drawn(PANELS["a map"])
    dots = [each for each in ax.lines if each.get_marker() == "o"]
    inch = ax.get_window_extent().width / ax.figure.dpi / (ax.get_xlim()[1] - ax.get_xlim()[0])
    sizes = [each.get_markersize() for each in dots]
    assert sizes == pytest.approx([72 * inch * wide for wide in (0.4, 0.1, 0.2, 0.2)], abs=0.25)
    assert {each.get_markerfacecolor() for each in dots} == {"#ffffff", DARK}


def test_names_of_dots_stand_beside_them_where_they_cover_nothing_and_others_at_the_end_of_a_line():
    ax = drawn(PANELS["a map"])
    near, far = (next(text for text in ax.texts if text.get_text() == name) for name in ("near", "far"))
    assert near.get_position()[0] > far.get_position()[0]
    assert not [each for each in ax.lines if each.get_linewidth() == 0.5]
    crowd = tuple(0.2 * place for place in range(21))
    crowded = Cells(crowd * 21, tuple(value for value in crowd for _ in crowd), (0,) * 441, SHADES, called=None)
    full = replace(PANELS["a map"], marks=(replace(crowded, dots=(0.1,) * 441), replace(DOTS, beside=(0,))))
    assert "far" not in [text.get_text() for text in drawn(full).texts]
    some = replace(crowded, places=(0.7, 1.4, 1.0, 1.0), values=(1.0, 1.0, 1.3, 0.7), amounts=(0,) * 4, dots=(0.3,) * 4)
    ringed = drawn(replace(PANELS["a map"], marks=(some, replace(DOTS, beside=(0,)))))
    assert "far" in [text.get_text() for text in ringed.texts]
    assert len([each for each in ringed.lines if each.get_linewidth() == 0.5]) == 1


def test_names_longer_than_the_margin_go_on_in_a_new_line():
    assert broken("monthly cap on dispatch = promised a month") == "monthly cap on dispatch =\npromised a month"
    assert broken("月間発送上限 = 公表された月間の能力") == "月間発送上限 =\n公表された月間の能力"
    assert broken("市区町村向けヘルプデスクの必要席数") == "市区町村向けヘルプデスクの必\n要席数"
    assert broken("what the plant can make (assumed)") == "what the plant can make\n(assumed)"
    assert broken("mean") == "mean" and broken("a\nb") == "a\nb"


def test_shades_lie_between_their_ends_and_long_texts_are_cut():
    assert [shade(("#000000", "#ffffff"), at) for at in (0, 0.5, 1)] == ["#000000", "#808080", "#ffffff"]
    assert formats.shortened("届出の件数", 7) == "届出の…" and formats.shortened("届出", 7) == "届出"


def test_whole_percent_is_100_and_0_only_where_it_is():
    assert [formats.whole(share) for share in (0.0, 0.001, 0.5, 0.996, 1.0)] == ["0", "1", "50", "99", "100"]


def test_boxes_and_arrows_have_names_and_amounts_in_thousands_and_no_axes_around_them():
    ax, ja = drawn(PANELS["boxes and arrows"]), words(PANELS["boxes and arrows"], JA)
    assert not any(spine.get_visible() for spine in ax.spines.values()) and not ax.get_xticklabels()
    told = [text.get_text() for text in ax.texts]
    assert {"first", "passes", "23,500 (9,000-31,000)", "returns", "89.3", "a sample"} <= set(told)
    assert {"a name that is wider", "than its box", "told 23,500", "(9,000-31,000)"} <= set(told)
    assert {"2,350 (900～3,100)", "8.93"} <= set(ja)


@pytest.mark.parametrize(
    ("count", "english", "japanese"),
    [
        (0, "0", "0"),
        (7, "0.0070", "0.00070"),
        (999_600, "1,000", "100.0"),
        (1602, "1.60", "0.16"),
        (2e7, "20,000", "2,000"),
    ],
)
def test_counts_in_steps_have_three_digits(count, english, japanese):
    assert (formats.in_steps(EN, count), formats.in_steps(JA, count)) == (english, japanese)
