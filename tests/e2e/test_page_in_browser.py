"""Pages in a browser: no barrier that axe finds, values by pointer and keys, charts as files, one sheet in print."""

import csv
import io
import json
import re
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import browser
import pytest
from test_page import HOSTILE
from test_reports_folder import make

pytestmark = [
    pytest.mark.usefixtures("coarse"),
    pytest.mark.skipif(browser.PROGRAM is None, reason="no Chromium is installed"),
]
RECORDED = Path(__file__).parent / "renewal_wave"
MILLIMETRE = 96 / 25.4
LONG = "{exclude: [['#fixed'], ['#columns']]}"
"""Two long tables that are folded, which this version of axe looks through all the same, for minutes."""


@pytest.fixture(scope="module")
def window():
    with browser.Browser() as opened:
        yield opened


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
        patch.setattr("reports.faces.figures.sheet.save", lambda *_: {})
        return {"ja": write(RUN, folder, "ja"), "en": folder / "report.en.html"}


@pytest.mark.parametrize(
    ("lang", "width", "opened"), [("ja", 1280, 1), ("en", 1280, 0), ("ja", 360, 0), ("en", 360, 1)]
)
def test_axe_finds_no_violation(window, pages, lang, width, opened):
    found = find_spec("axe_core_python")
    if found is None or found.origin is None:
        pytest.skip("axe-core-python is not installed")
    window.open(pages[lang], width)
    if opened:
        window.ask("document.querySelectorAll('#wave details, #waiting details').forEach((each) => (each.open = true))")
    window.ask(Path(found.origin).with_name("axe.min.js").read_text(encoding="utf-8") + "; 0")
    told = json.loads(window.ask(f"axe.run({LONG}, {{resultTypes: ['violations']}}).then(JSON.stringify)"))
    assert len(told["passes"]) > 20
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in told["violations"]] == []


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
    while {path.name for path in tmp_path.iterdir() if path.stat().st_size} != names:
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


def test_a_title_is_never_run(window, tmp_path):
    from reports.faces.page import write
    from reports.run.document import RUN

    folder = make(tmp_path / "run", last=date(2026, 4, 30))
    for name in ("summary.json", "run.json"):
        told = json.loads((folder / name).read_text(encoding="utf-8"))
        (folder / name).write_text(json.dumps(told | {"title": HOSTILE, "scenario": HOSTILE}), encoding="utf-8")
    scenario = (folder / "scenario.toml").read_text(encoding="utf-8")
    why = re.sub("^why = .*$", lambda _: f"why = {json.dumps(HOSTILE)}", scenario, flags=re.MULTILINE)
    (folder / "scenario.toml").write_text(why, encoding="utf-8")
    window.open(write(RUN, folder, "en"), 360)
    assert window.ask("document.title") == f"Cardflow: {HOSTILE}"
    assert window.ask("[document.scripts.length, document.images.length]") == [1, 0]
    assert window.ask("document.querySelector('h1').textContent") == HOSTILE
    assert window.ask("[...document.querySelectorAll('text')].some((each) => each.textContent.includes('{{ 7*7 }}'))")
    assert window.ask("document.documentElement.scrollWidth") <= 360 and window.complaints == []
