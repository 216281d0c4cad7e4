"""Charts for a memo or slides: sizes, kinds of files, grey; what is drawn stays inside its sheet."""

import io
import re
import struct
from dataclasses import replace
from functools import cache

import matplotlib as mpl
import pytest
from PIL import Image
from test_figures import EN, JA, PANELS, RUN

from reports.charting import drawing
from reports.drawing import Box, Cells, Months, Names, Panel, Scale, Series, Words
from reports.faces.figures import labels, layout, sheet
from reports.faces.figures.files import written
from reports.faces.figures.grey import grey
from reports.looks import Look, line

WHOLE = drawing("seats", RUN, PANELS.values(), height=24, shared=False)
CATS = {"en": EN, "ja": JA}
SIZES = {"page": 160, "column": 85, "slide": 305}
"""Millimetres of each size."""


def figure(size, cat=EN, of=WHOLE):
    """A new one."""
    with sheet.lettering(cat.lang):
        made = sheet.figure(
            cat, "A title that is longer than a narrow column of text is wide", of, layout.LAYOUTS[size]
        )
        made.draw_without_rendering()
    return made


@cache
def shared(size, lang="en"):
    """The same for all who only look at it, or write it."""
    return figure(size, CATS[lang])


def anew(kind, size="page"):
    with sheet.lettering("en"):
        return written(figure(size), kind, layout.LAYOUTS[size].scale, 100)


@cache
def file(kind, size="page"):
    with sheet.lettering("en"):
        return written(shared(size), kind, layout.LAYOUTS[size].scale, 100)


@pytest.mark.parametrize("size", SIZES)
def test_a_file_is_as_wide_as_its_size_says_in_every_kind(size):
    image = Image.open(io.BytesIO(file("png", size)))
    svg = float(re.search(rb'<svg[^>]* width="([\d.]+)pt"', file("svg", size))[1])
    pdf = float(re.search(rb"/MediaBox \[ 0 0 ([\d.]+)", file("pdf", size))[1])
    emf = struct.unpack_from("<8i", file("emf", size), 8)[6] / 100
    assert image.info["dpi"][0] == pytest.approx(100, abs=0.1)
    for wide in (image.width / 100 * 25.4, svg / 72 * 25.4, pdf / 72 * 25.4, emf):
        assert wide == pytest.approx(SIZES[size], abs=0.6)


def test_files_are_the_same_twice():
    for kind in ("png", "svg", "pdf", "emf"):
        before = dict(mpl.rcParams)
        assert anew(kind) == file(kind) and dict(mpl.rcParams) == before


def test_a_metafile_is_records_one_after_another_that_leave_nothing_selected_or_saved():
    content = file("emf")
    at, kinds = 0, []
    while at < len(content):
        kind, long = struct.unpack_from("<II", content, at)
        assert long % 4 == 0 and long >= 8
        kinds.append(kind)
        at += long
    signature, _, size, records, handles = struct.unpack_from("<IIIIH", content, 40)
    assert (kinds[0], kinds[-1], signature, handles) == (1, 14, 0x464D4520, 3)
    assert (size, records) == (len(content), len(kinds)) and at == len(content)
    assert kinds.count(33) == kinds.count(34) and kinds.count(59) == kinds.count(60)
    assert kinds.count(40) == kinds.count(39) + kinds.count(95)  # each pen and brush is deleted


@pytest.mark.parametrize("lang", CATS)
@pytest.mark.parametrize("size", ["page", "column", "slide"])
def test_no_text_leaves_the_sheet(size, lang):
    made = shared(size, lang)
    sheet_ = made.bbox
    for own in made.findobj(lambda artist: hasattr(artist, "get_text") and artist.get_visible() and artist.get_text()):
        box = own.get_window_extent()
        assert box.x0 >= sheet_.x0 and box.x1 <= sheet_.x1 and box.y0 >= sheet_.y0 and box.y1 <= sheet_.y1, own


def test_a_column_stacks_panels_that_stand_side_by_side_and_keeps_rows_under_their_heading():
    named = Scale(0, 1, name="probability")
    first, second = (Panel(Scale(0, 1), named if at == 0 else Scale(0, 1), title=str(at)) for at in (0, 1))
    below = Panel(Scale(0, 1), Scale(0, 9))
    whole = replace(drawing("seats", RUN, [first, second, below, None], height=7.0, shared=False), columns=2)
    laid = layout.lay(EN, layout.LAYOUTS["column"], "t", whole)
    assert [panel.title for panel in laid.drawing.panels] == ["0", "", "1"]
    assert [panel.values.name for panel in laid.drawing.panels] == ["probability", "", "probability"]
    assert len({room.left for room in laid.rooms}) == 1
    lower = [room.bottom for room in laid.rooms]
    assert lower == sorted(lower, reverse=True)


def test_names_of_marks_stand_above_a_panel_in_a_column():
    panel = Panel(Months(("2026-01", "2026-02")), Scale(0, 9), (Series((1, 2), look=line(), name="a name"),))
    key = labels.in_key(EN, replace(panel, aside=("aside",)), 3.0)
    assert [text for one in key.lines for _, text, _ in one] == ["a name", "aside"]
    room = layout.lay(EN, layout.LAYOUTS["column"], "t", drawing("seats", RUN, [panel])).rooms[0]
    beside = layout.lay(EN, layout.LAYOUTS["page"], "t", drawing("seats", RUN, [panel])).rooms[0]
    assert room.key > 0 == beside.key


def test_rows_are_as_high_as_the_longest_of_their_names():
    long = "a name of a row that is far too long for the margin of a narrow column of text"
    few, many = (
        layout.lay(EN, layout.LAYOUTS["column"], "t", drawing("seats", RUN, [panel], height=3.0, left=3.0)).height
        for panel in (
            Panel(Names(("a", "b")), Scale(0, 1), across=True),
            Panel(Names((long, "b")), Scale(0, 1), across=True),
        )
    )
    assert many > few


def test_a_slide_is_no_higher_than_its_place_where_panels_bear_it():
    chart = drawing("seats", RUN, [PANELS["rules"]], height=9.0)
    laid = layout.lay(EN, layout.LAYOUTS["slide"], "t", chart)
    assert laid.height * layout.LAYOUTS["slide"].scale == pytest.approx(6.5, abs=0.01)


def test_boxes_with_words_in_them_become_smaller_as_a_whole():
    boxes = drawing("seats", RUN, [Panel(Scale(0, 1), Scale(0, 1), (Box("a", 0.5, 0.5, (0.4, 0.4)),))], height=8.0)
    page, slide = (layout.suited(layout.LAYOUTS[size], boxes) for size in ("page", "slide"))
    assert (page.width, page.sheet) == (pytest.approx(6.3), pytest.approx(10)) and not page.keyed
    assert slide.sheet == pytest.approx(10) and 8.0 * slide.scale == pytest.approx(6.5)
    others = drawing("seats", RUN, [PANELS["rules"]])
    assert layout.suited(layout.LAYOUTS["column"], boxes) == page
    assert layout.suited(layout.LAYOUTS["page"], others) == layout.LAYOUTS["page"]


def test_grey_is_as_light_as_the_colour_and_all_that_is_drawn_is_grey():
    look = Look("#0b3c5d", fill="#ffffff")
    words = Words("#0b3c5d", 0, 0, color="#b34700")
    panel = Panel(Scale(), marks=(Series((1,), look=look), words, Cells((0,), (0,), (1,), ("#ffffff", "#0b3c5d"))))
    marks = grey(drawing("seats", RUN, [panel])).panels[0].marks
    assert marks[0].look == Look("#343434", fill="#ffffff") and marks[1].text == "#0b3c5d"
    assert marks[1].color == "#595959" and marks[2].shades == ("#ffffff", "#343434")
    with sheet.lettering("en"):
        pixels = Image.open(io.BytesIO(written(figure("page", of=grey(WHOLE)), "png", 1.0, 50))).convert("RGB")
    assert all(red == green == blue for _, (red, green, blue) in pixels.getcolors(1 << 20))
