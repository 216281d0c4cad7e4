"""Pages in a browser: no barrier that axe finds, values by pointer and keys, charts as files, one sheet in print."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import browser
import pytest
from test_faces import TABLE
from test_figures import PANELS, RUN
from test_page import DOCUMENT, HOSTILE, table
from test_reports_folder import make

from reports.charting import drawing
from reports.document import Block, Chapter, Chart, Table

pytestmark = [
    pytest.mark.usefixtures("coarse"),
    pytest.mark.skipif(browser.PROGRAM is None, reason="no Chromium is installed"),
]
RECORDED = Path(__file__).parent / "renewal_wave"
MILLIMETRE = 96 / 25.4
LONG = "{exclude: [['#fixed'], ['#columns']]}"
"""Two long tables that are folded, which this version of axe looks through all the same, for minutes."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The verdicts of a recorded run of ten years over made-up tables of one: the page in each language."""
    from reports.faces.page import write
    from reports.run.document import RUN

    folder = make(tmp_path_factory.mktemp("page") / "run", last=date(2027, 3, 31))
    for name in ("summary.json", "run.json"):
        told = json.loads((RECORDED / name).read_text(encoding="utf-8")) | {"last_day": "2027-03-31"}
        if "targets" in told:
            told["targets"] = [row for row in told["targets"] if row["period"] in ("FY2026", "all")]
        (folder / name).write_text(json.dumps(told), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reports.faces.figures.sheet.write", lambda *_: None)  # pictures are in the pages
        return {"ja": write(RUN, folder, "ja"), "en": folder / "report.en.html"}


@pytest.fixture(scope="module")
def pieces(tmp_path_factory):
    """A page with every kind of piece, in each language."""
    from reports import catalogue
    from reports.faces.figures.inline import inline
    from reports.faces.page import html

    whole = drawing("seats", RUN, PANELS.values(), height=24, shared=False)
    marked = replace(table(5), marks=("holds", "at_risk", "fails", "undecided", "not_tested"))
    wide = Table(tuple(f"column {at}" for at in range(12)), (tuple(range(12)),))
    blocks = Block(TABLE, "Table"), Block(marked, judged=True), Block(wide, "Folded", folded=True, notes=("note",))
    named, commands = (("word", "rule"),), ("cardflow run " + "x" * 200,)
    more = Chapter("all", "All", ("words",), blocks, (Chart("every", "Every", "see", lambda: whole),), named, commands)
    document = replace(
        DOCUMENT, question="What?", chapters=(*DOCUMENT.chapters, more, replace(more, id="x", charts=(), folded=True))
    )
    folder = tmp_path_factory.mktemp("pieces")
    for cat in map(catalogue.load, catalogue.LANGUAGES):
        charts = (chart for chapter in document.chapters for chart in chapter.charts)
        page = html(cat, document, inline(cat, charts), {"ja": "ja.html", "en": "en.html"}, beside=True)
        (folder / f"{cat.lang}.html").write_text(page, encoding="utf-8")
    return folder


def violations(window, **options):
    """What axe finds on the page that is open, with everything unfolded."""
    found = find_spec("axe_core_python")
    if found is None or found.origin is None:
        pytest.skip("axe-core-python is not installed")
    window.ask("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
    window.ask(Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8") + "; 0")
    asked = json.dumps({"resultTypes": ["violations"], **options})
    told = json.loads(window.ask(f"axe.run({LONG}, {asked}).then(JSON.stringify)"))
    assert len(told["passes"]) > 20
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in told["violations"]]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_axe_finds_no_violation_in_any_piece(window, pieces, lang, width):
    window.open(pieces / f"{lang}.html", width)
    assert window.ask("document.querySelectorAll('h2, h3, h4, table, figure, dl, pre, details').length") > 40
    assert violations(window) == []


@pytest.mark.parametrize(("lang", "width"), [("ja", 1280), ("en", 360)])
def test_axe_finds_no_violation_in_a_report(window, pages, lang, width):
    """Colours, which take minutes to compare all over, are those of the pieces."""
    window.open(pages[lang], width)
    assert violations(window, rules={"color-contrast": {"enabled": False}}) == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_phone_scrolls_no_page_sideways_and_has_its_contents_folded(window, pages, lang):
    window.open(pages[lang], 360)
    assert window.ask("document.documentElement.scrollWidth") <= 360
    assert window.ask("document.querySelector('.contents details').open") is False
    wide = "[...document.querySelectorAll('.scroll')].filter((each) => each.scrollWidth > each.clientWidth)"
    window.until(f"{wide}.length > 0 && {wide}.every((each) => each.tabIndex === 0)")
    window.open(pages[lang], 1280)
    assert window.ask("document.querySelector('.contents details').open") is True


def test_values_are_read_by_keys_and_pointer(window, pages):
    window.open(pages["ja"], 1280)
    rows = window.ask(
        "[...document.querySelectorAll('#wave tbody tr')].map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    window.ask("document.querySelector('#wave .picture').focus()")
    tip = "document.querySelector('#wave .tip').innerText"
    window.press("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")
    assert window.ask(tip).splitlines()[0] == rows[1][0]
    assert [line.rpartition(": ")[2] for line in window.ask(tip).splitlines()[1:]] == rows[1][1:]
    window.press("Escape")
    assert window.ask(tip) == ""
    window.ask("document.querySelector('#wave').scrollIntoView()")
    box = "(box) => [box.left, box.top, box.width, box.height]"
    left, top, width, height = window.ask(f"({box})(document.querySelector('#wave svg').getBoundingClientRect())")
    edges = [float(edge) for edge in window.ask("document.querySelector('#wave table').dataset.box").split()]
    window.point(left + width * (edges[2] - 0.001), top + height * (edges[1] + edges[3]) / 2)
    window.until(f"{tip} !== ''")
    assert window.ask(tip).splitlines()[0] == rows[-1][0]
    window.point(left + width * edges[0] / 2, top + height * (edges[1] + edges[3]) / 2)
    window.until(f"{tip} === ''")
    assert window.complaints == []


def test_keys_go_on_to_other_panels(window, pages):
    window.open(pages["en"], 1280)
    window.ask("document.querySelector('#waiting .picture').focus()")
    box = "document.querySelector('#waiting .guide').getAttribute('y1')"
    window.press("ArrowRight")
    first = float(window.ask(box))
    window.press("ArrowDown")
    assert float(window.ask(box)) > first
    window.press("ArrowUp", "ArrowUp")
    assert float(window.ask(box)) == first


def test_charts_are_saved_as_png_svg_and_csv(window, pages, tmp_path):
    window.open(pages["ja"], 1280)
    window.call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    window.ask("document.querySelectorAll('#wave .tools button').forEach((each) => each.click())")
    names = {f"wave.{kind}" for kind in ("png", "svg", "csv")}
    while {path.name for path in tmp_path.iterdir() if path.name in names and path.stat().st_size} != names:
        window.until("true")
    assert (tmp_path / "wave.png").read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert ElementTree.parse(tmp_path / "wave.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"
    content = (tmp_path / "wave.csv").read_bytes().decode("utf-8")
    assert content.startswith("\ufeff") and content.endswith("\r\n")
    headings, *rows = csv.reader(io.StringIO(content.removeprefix("\ufeff")))
    assert headings[0] == "月" and len(rows) == 12 and {len(row) for row in rows} == {len(headings)}
    assert all(float(cell) >= 0 for row in rows for cell in row[1:] if cell)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_summary_prints_on_one_sheet(window, pages, lang):
    window.open(pages[lang], 1280)
    window.call("Emulation.setDeviceMetricsOverride", width=695, height=1000, deviceScaleFactor=1, mobile=False)
    window.call("Emulation.setEmulatedMedia", media="print")
    assert window.ask("document.querySelectorAll('.sheet tbody tr').length") >= 12
    height, inner = (window.ask(f"document.querySelector('.sheet').{name}Height") for name in ("offset", "scroll"))
    assert 266 * MILLIMETRE - 1 <= height <= 269 * MILLIMETRE and inner <= height
    assert window.ask("document.documentElement.scrollWidth") <= 695
    assert window.ask("document.querySelector('.sheet .plot').offsetHeight") >= 50 * MILLIMETRE
    window.call("Emulation.setEmulatedMedia", media="")


def test_a_title_is_never_run(window, tmp_path, monkeypatch):
    from reports.faces.page import write
    from reports.run.document import RUN

    folder = make(tmp_path / "run", last=date(2026, 4, 30))
    for name in ("summary.json", "run.json"):
        told = json.loads((folder / name).read_text(encoding="utf-8"))
        (folder / name).write_text(json.dumps(told | {"title": HOSTILE, "scenario": HOSTILE}), encoding="utf-8")
    scenario = (folder / "scenario.toml").read_text(encoding="utf-8")
    why = re.sub(
        "^why = .*$", lambda _: f"why = {json.dumps(HOSTILE, ensure_ascii=False)}", scenario, flags=re.MULTILINE
    )
    (folder / "scenario.toml").write_text(why, encoding="utf-8")
    monkeypatch.setattr("reports.faces.figures.sheet.write", lambda *_: None)
    window.open(write(RUN, folder, "en", languages=["en"]), 360)
    assert window.ask("document.title") == f"Cardflow: {HOSTILE}"
    assert window.ask("[document.scripts.length, document.images.length]") == [1, 0]
    assert window.ask("document.querySelector('h1').textContent") == HOSTILE
    assert window.ask("[...document.querySelectorAll('text')].some((each) => each.textContent.includes('{{ 7*7 }}'))")
    assert window.ask("document.documentElement.scrollWidth") <= 360 and window.complaints == []
