"""Pictures inside a page: words stay words, ids are their own, hatches are one tile, frames say where panels lie."""

import re
from dataclasses import replace

import pytest
from test_figures import PANELS, RUN

from reports import catalogue
from reports.charting import drawing
from reports.document import Chart
from reports.drawing import Bars, Drawing, Panel, Scale, Series
from reports.faces.figures.inline import Frame, inline
from reports.looks import area, point

EN, JA = catalogue.load("en"), catalogue.load("ja")
HOSTILE = '<b>&amp; version="1.1" 0.123456 font-family: x; {{ y }} $z$ </text> 㐂'


def picture(panel: Panel, cat=EN, title="t", name="one"):
    return inline(cat, [Chart(name, title, "", lambda: Drawing("unit", "print", (panel,)))])[name]


@pytest.mark.parametrize("cat", [EN, JA], ids=["en", "ja"])
def test_every_kind_of_mark_is_drawn_alike_twice_without_what_a_page_has_already(cat):
    whole = drawing("seats", RUN, PANELS.values(), height=24, shared=False)
    first, again = (inline(cat, [Chart("all", "Title", "", lambda: whole), Chart("none", "", "")]) for _ in range(2))
    assert first == again and list(first) == ["all"] and len(first["all"].frames) == len(whole.panels)
    svg = first["all"].svg
    assert svg.startswith('<svg viewBox="0 0 720 1728"') and svg.endswith("</svg>") and svg.count("<svg") == 1
    assert not re.search(r"<\?xml|<!|<metadata|<style|font-family|xmlns|xlink|<g id|\d\.\d{3}", svg)


def test_words_are_as_they_were():
    svg = picture(PANELS["bars on each other"], title=HOSTILE).svg
    assert f">{HOSTILE.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</text>" in svg


def test_ids_are_of_their_own_picture_and_lead_somewhere():
    svg = picture(PANELS["bars on each other"], name="a-chart").svg
    named = re.findall(r' id="([^"]*)"', svg)
    led = re.findall(r' href="#([^"]*)"|url\(#([^)]*)\)', svg)
    assert named and all(name.startswith("a-chart-") for name in named) and len(named) == len(set(named))
    assert {first or second for first, second in led} <= set(named)


def test_signs_side_by_side_say_their_style_once():
    whole = Series((1, 2, 3), look=point("circle", "#123456"))
    assert picture(Panel(Scale(), Scale(), (whole,))).svg.count("fill: #123456") == 1
    seen_through = Series((1, 2, 3), look=replace(point("circle", "#123456"), opacity=0.5))
    assert picture(Panel(Scale(), Scale(), (seen_through,))).svg.count("fill: #123456") == 3


@pytest.mark.parametrize("hatch", ["////", "....", "xxx", "\\\\", "oo", "++"])
def test_a_hatch_is_one_tile(hatch):
    panel = Panel(Scale(), Scale(), (Bars((1.0,), look=area("#ffffff", hatch), name="a"),))
    patterns = re.findall(r"<pattern.*?</pattern>", picture(panel).svg)
    assert patterns and all('width="24" height="24"' in each and " d=" in each for each in patterns)
    assert all(len(each) < 40_000 for each in patterns)


def test_a_frame_says_where_places_and_values_lie():
    frame = Frame(0.1, 0.2, 0.5, 0.8, (-0.5, 3.5), (0.0, 100.0), False)
    assert frame.spot((1.5, 50.0)) == pytest.approx((0.3, 0.5)) and frame.spot((-0.5, None)) == (0.1, None)
    rows = Frame(0.1, 0.2, 0.5, 0.8, (1.5, -0.5), (0.0, 100.0), True)
    assert rows.spot((0.5, 25.0)) == pytest.approx((0.2, 0.5)) and rows.spot((-0.5, None)) == (None, pytest.approx(0.2))


def test_frames_are_those_of_the_panels_in_counts_as_they_are():
    (frame,) = picture(Panel(Scale(0, 4), Scale(0, 5e6, counts=5e6), (Series((1e6, 4e6), name="a"),))).frames
    assert frame.places == (0, 4) and frame.values == pytest.approx((0, 5e6)) and not frame.across
    assert 0 < frame.left < frame.right < 1 and 0 < frame.top < frame.bottom < 1
