"""Everything said of made-up results: pages, charts, captions, terminal lines, workbooks, templates."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

import clock_sample
import comparison_sample
import drawn
import json_sample
import ledger_sample
import openpyxl
import sizing_sample
import sweep_sample
import test_reports_folder
import update_sample
import validation_sample
import wave_sample

from reports import actuals_template, catalogue, lead_times_template, prices_template, scenario_texts, values
from reports.clock.document import CLOCK
from reports.compare.document import COMPARE
from reports.faces import terminal
from reports.faces.answered import Answered
from reports.faces.page import html
from reports.faces.workbook import sheets, workbook
from reports.ledger.document import LEDGER
from reports.run.document import RUN
from reports.run.screen import screen_lines
from reports.size.document import SIZE
from reports.sweep.document import SWEEP
from reports.update.document import UPDATE
from reports.validation.document import VALIDATE
from reports.wave.document import document as wave_document
from scenarios.clock.lead_times import load_lead_times
from scenarios.price_file import load_prices
from scenarios.run.run_folder import RunFolder
from scenarios.update.update import update
from sim import __version__

Said = Iterator[tuple[str, str]]
"""Where a text stands, and the text."""
COMPARED = comparison_sample.BASE, comparison_sample.SEATS, comparison_sample.OUTAGE
CATS = {lang: catalogue.load(lang) for lang in catalogue.LANGUAGES}


class _Visible(HTMLParser):
    """The texts of a page that a reader sees, but for code."""

    def __init__(self):
        super().__init__()
        self.found, self._hidden = [], []

    def handle_starttag(self, tag, attrs):
        if tag in ("code", "style", "script"):
            self._hidden.append(tag)
        self.found += [value for name, value in attrs if name in ("alt", "title", "aria-label") and value]

    def handle_endtag(self, tag):
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()

    def handle_data(self, data):
        if not self._hidden and data.strip():
            self.found.append(data.strip())


def _page(where: str, html: str) -> Said:
    reader = _Visible()
    reader.feed(html)
    return ((f"{where} page", text) for text in reader.found)


def _charts(where: str, cat, document) -> Said:
    for chart in drawn.charts(document).values():
        drawing = chart.make()
        yield f"{where} chart", values.text(cat, chart.title)
        yield from ((f"{where} chart", text) for text in drawn.texts(cat, drawing) if drawing)


def _cells(where: str, content: bytes) -> Said:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book.worksheets:
        yield f"{where} sheet", sheet.title
        yield from (
            (f"{where} cell", cell)
            for row in sheet.iter_rows(values_only=True)
            for cell in row
            if isinstance(cell, str)
        )


def _sheets(where: str, cat, document) -> Said:
    """What a workbook's sheets are called where Excel's 31 characters do not cut it, and their columns' headings."""
    for name, laid in sheets(cat, document).items():
        if len(name) < 31:
            yield f"{where} sheet", name
        yield from ((f"{where} heading", column.heading) for column in laid)


def _lines(where: str, lines) -> Said:
    return ((f"{where} terminal", line) for line in lines)


def of_run(folder: Path, lang: str) -> Said:
    """A run of a month."""
    test_reports_folder.make(folder, last=date(2026, 4, 30))
    answered, cat = Answered(RUN, folder, lang), CATS[lang]
    pictures = drawn.not_inline(cat, answered.charts)
    yield from _page("run", html(cat, answered.document, pictures))
    yield from _charts("run", cat, answered.document)
    yield from _sheets("run", cat, answered.document)
    yield from _lines("run", screen_lines(folder, lang, folder / "report.html", 61, "utf-8"))


def of_comparison(folder: Path, lang: str) -> Said:
    made = comparison_sample.write(folder, comparison_sample.comparison(*COMPARED))
    return _answered("compare", COMPARE, made, lang)


def _answered(where: str, question, folder: Path, lang: str, page: str = "page.html") -> Said:
    """The page with its captions, the charts, and what a terminal shows."""
    answered = Answered(question, folder, lang)
    cat = answered.cat
    yield from _page(where, html(cat, answered.document, {}))
    yield from _charts(where, cat, answered.document)
    captions = (chart.caption for part in answered.document.chapters for chart in part.charts)
    yield from ((f"{where} caption", values.text(cat, caption)) for caption in captions)
    yield from _sheets(where, cat, answered.document)
    yield from _lines(where, terminal.lines(question, folder, lang, folder / page, "utf-8"))


def of_ledger(folder: Path, lang: str) -> Said:
    return _answered("ledger", LEDGER, ledger_sample.write(folder), lang)


def of_update(folder: Path, lang: str) -> Said:
    """Figures far from the run and near to it, the second time with a track record; and a run that keeps margins."""
    names, cat = ("far", "near", "closer", "margins"), CATS[lang]
    if not (folder / names[-1]).exists():
        _update(folder, names)
    for name in names:
        told = UPDATE.document(UPDATE.read(folder / name))
        yield from _page("update", html(cat, told, {}))
        yield from _sheets("update", cat, told)
        yield from _lines("update", terminal.lines(UPDATE, folder / name, lang, folder / "update.html", "utf-8"))


def _update(folder: Path, names: Sequence[str]) -> None:
    run = update_sample.run_folder(folder / "run")
    kept = update_sample.run_folder(folder / "kept" / "run", 200, update_sample.LOOKED_AT)
    far, near, one = (update_sample.actuals(40_000, 0.98, 2), *(update_sample.actuals(months=m) for m in (3, 1)))
    for name, of, came in zip(names, (run, run, kept, kept), (far, near, near, one), strict=True):
        with RunFolder(folder / name) as held:
            update(of, came, held, update_sample.MADE)


def of_clock(folder: Path, lang: str) -> Said:
    clock_sample.usual(folder)
    return _answered("clock", CLOCK, folder, lang)


def of_validation(folder: Path, lang: str) -> Said:
    return _answered("validate", VALIDATE, validation_sample.write(folder), lang)


def of_sizing(folder: Path, lang: str) -> Said:
    cat = CATS[lang]
    for name, sample in (("reached", None), ("not", sizing_sample.out_of_reach())):
        place = sizing_sample.write(folder / name, sample)
        data = SIZE.read(place)
        yield from _answered("size", SIZE, place, lang, "size.html")
        if data.priced:
            yield from _cells("size", workbook(cat, SIZE.document(data)))


def of_sweep(folder: Path, lang: str) -> Said:
    kinds = sweep_sample.KINDS if lang == "ja" else ("one",)
    swept = {kind: partial(sweep_sample.write, **sweep_sample.KINDS[kind]) for kind in kinds}
    for name, write in {**swept, "screen": sweep_sample.screened, "draws": sweep_sample.with_draws}.items():
        place = folder / name
        if not place.exists():
            write(place)
        yield from _answered("sweep", SWEEP, place, lang, "sweep.html")


def of_templates(folder: Path, lang: str) -> Said:
    """What planners fill in, and the wave."""
    cat = CATS[lang]
    yield from _cells("actuals template", actuals_template.template(cat))
    yield from _lines("prices template", prices_template.template(cat, load_prices()).splitlines())
    yield from _lines("lead times template", lead_times_template.template(cat, load_lead_times()).splitlines())
    yield from _lines("new scenario", scenario_texts.comments(lang, ["start", "plant.cards_per_day"]).values())
    yield from _lines("wave", terminal.shown(cat, wave_document(wave_sample.WAVE).screen))


EVERYTHING = (
    of_run, of_update, of_comparison, of_ledger, of_clock, of_validation, of_sizing, of_sweep, of_templates,
)  # fmt: skip


@cache
def said_of(said: Callable[[Path, str], Said], lang: str) -> tuple[tuple[str, str], ...]:
    """What one of them says in a language."""
    return tuple(said(Path(_folder(said).name) / "run", lang))


@cache
def _folder(said: Callable[[Path, str], Said]) -> TemporaryDirectory:
    """Where its samples are made once for both languages."""
    return TemporaryDirectory()


def wording(said: Callable[[Path, str], Said], lang: str) -> str:
    """The same as a file, a line a text: which sample's folder and which version of Cardflow it was is left out."""
    told = [(where, text.replace(__version__, "VERSION")) for where, text in said_of(said, lang)]
    lines = (re.sub(r"\S*/tmp\w+/run", "FOLDER", f"{where}: {text!r}") for where, text in told)
    return "\n".join(lines) + "\n"


def frozen(said: Callable[[Path, str], Said], lang: str) -> Path:
    """The file that holds what was said when somebody last looked."""
    return Path(__file__).with_name("frozen") / lang / f"{said.__name__.removeprefix('of_')}.txt"


if __name__ == "__main__":
    for one in EVERYTHING:
        for language in catalogue.LANGUAGES:
            frozen(one, language).parent.mkdir(parents=True, exist_ok=True)
            frozen(one, language).write_text(wording(one, language), encoding="utf-8", newline="\n")
    json_sample.freeze()
