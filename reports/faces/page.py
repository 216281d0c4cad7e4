"""A document as self-contained pages, one a language: a summary for one sheet, then all that stands behind it.

Each language has a page of its own, which links the other: words take little room, but pictures differ in their words
and even in the step of their axes (million, 万), so that one page for both would weigh twice as much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from markupsafe import Markup, escape

from reports import catalogue, source_texts, values
from reports.catalogue import LANGUAGES, Catalogue
from reports.document import Chart, Code, Document, Labelled, Marked, Number, Range, Ranged, Table, Value
from reports.drawn_numbers import Numbers, numbers, whole
from reports.faces.answered import Answered
from reports.faces.figures.inline import Frame, Inline, inline
from reports.faces.figures.plane import squeezed
from reports.faces.laid import laid
from reports.faces.markdown import markdown
from reports.faces.source import Source
from reports.faces.workbook import workbook
from reports.html import render, script
from reports.presentation import Presentation, Record

_SHORT = 60
"""Characters of a cell that are not to stand on more than two lines."""
_TALL = 7.3
"""Charts lower than so many inches are printed two on a sheet."""


@dataclass(frozen=True)
class Panel:
    """The numbers of a panel: where it lies on its picture and where each row of its table lies, for a pointer."""

    title: str
    table: Table
    notes: tuple[Value, ...]
    box: str
    across: bool
    spots: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A chart on the page: its title, the sentence on what to see, the picture, and its numbers in their unit."""

    id: str
    title: str
    caption: str
    svg: Markup
    tall: bool
    unit: str
    panels: tuple[Panel, ...]


def write(
    presentation: Presentation[Record],
    folder: Path,
    lang: str,
    into: Path | None = None,
    languages: Sequence[str] = LANGUAGES,
) -> Path:
    """Draw the charts of a folder's answer and write its pages; returns the path of that in the language asked for.

    The other languages' pages stand beside it, named ``PAGE.LANG.html``. With its own page a language's charts go into
    ``charts/`` as PNG and SVG, and what stands beside the page is written. All of it goes into another folder if one is
    given, and only the pages of some languages are written if they are. Raises ``FileNotFoundError`` where the folder
    holds no answer, ``ValueError`` for an unknown language.
    """
    into = into or folder
    answered = Answered(presentation, folder, lang)
    drawn: dict[str, Mapping[str, Inline]] = {}
    for own in languages:
        files = into / "charts" if own == lang else None
        drawn[own] = inline(answered.within(own), answered.charts, files) if answered.charts else {}
    if lang in drawn:
        _beside(answered, drawn[lang], folder, into)
    return pages(presentation.page, answered.document, answered.within, lang, into, drawn)


def _beside(answered: Answered[Any], drawn: Iterable[str], folder: Path, into: Path) -> None:
    """What stands beside the page: workbooks, and the same as markdown."""
    for _, name in answered.document.beside:
        (into / name).write_bytes(workbook(answered.cat, answered.document, Source.of(answered, folder)))
    if answered.presentation.markdown:
        text = markdown(answered.cat, answered.document, {chart: f"charts/{chart}.png" for chart in drawn})
        (into / f"{answered.presentation.page}.md").write_text(text, encoding="utf-8", newline="\n")


def pages(
    name: str,
    document: Document,
    within: Callable[[str], Catalogue],
    lang: str,
    into: Path,
    drawn: Mapping[str, Mapping[str, Inline]],
) -> Path:
    """Write the pages of a document, of a name without ending, and return the path of that in a language.

    ``within`` has the catalogue of each language for it, ``drawn`` its charts in each language that is to be written.
    """
    names = {own: f"{name}{'' if own == lang else f'.{own}'}.html" for own in LANGUAGES}
    for own, pictures in drawn.items():
        others = {other: at for other, at in names.items() if other != own}
        page = html(within(own), document, pictures, others, beside=own == lang and bool(pictures))
        (into / names[own]).write_text(page, encoding="utf-8", newline="\n")
    return into / names[lang]


def html(
    cat: Catalogue,
    document: Document,
    drawn: Mapping[str, Inline],
    others: Mapping[str, str] | None = None,
    beside: bool = False,
) -> str:
    """The page of a document with the charts that were drawn of it, by their ids.

    ``others`` are the same pages in other languages; ``beside``, that the charts stand in ``charts/`` in this one.
    """
    read = Reader(cat, drawn)
    return render(
        "document.html.j2",
        t=cat.text,
        lang=cat.lang,
        page=document,
        laid=laid(document, drawn),
        read=read,
        others=[(own, catalogue.load(own).text("language.name"), address) for own, address in (others or {}).items()],
        beside=beside,
        script=script("page.js"),
    )


class Reader:
    """What templates ask of values: their text, the pictures of charts that were drawn, the sources that were named."""

    def __init__(self, cat: Catalogue, drawn: Mapping[str, Inline] | None = None) -> None:
        self._cat, self._drawn = cat, drawn or {}
        self._named: dict[str, None] = {}

    def text(self, value: Value) -> str:
        """A value as it is read."""
        return values.text(self._cat, value)

    def texts(self, lines: Iterable[Value]) -> list[str]:
        """Lines as they are read."""
        return values.texts(self._cat, lines)

    def linked(self, text: str) -> Markup:
        """A text whose ids of published figures lead to the list of sources; they are in it from now on."""
        pieces = source_texts.split(text)
        self._named |= dict.fromkeys(pieces[1::2])
        return Markup("").join(_to_source(piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces))

    def sources(self) -> list[tuple[str, str, str]]:
        """Each published figure that was named: its id, what it says, where it is from."""
        told = ((name, source_texts.figure(name)) for name in sorted(self._named))
        return [(name, self.text(subject), self.text(places)) for name, (subject, places) in told]

    def cells(self, table: Table, row: Sequence[Value], judged: bool) -> Markup:
        """The cells of a row of a table, whose first are verdicts; not made by a template, as there are thousands."""
        looks = (' class="n"' if not judged and table.numbers(at) else "" for at in range(1, len(row)))
        first = ' class="verdict"' if judged else ' class="n"' if table.numbers(0) else ""
        shown = (self._cell(value, at in table.prose) for at, value in enumerate(row))
        return Markup("".join(f"<td{look}>{cell}</td>" for look, cell in zip((first, *looks), shown, strict=False)))

    def _cell(self, value: Value, prose: bool) -> Markup:
        """A cell of a table; of prose, lines may break anywhere."""
        match value:
            case Code(code):
                typed = escape(code).replace("_", Markup("_<wbr>")).replace(".", Markup(".<wbr>"))
                return Markup(f"<code>{typed}</code>")
            case Marked(inner, mark):
                return Markup(f'{self._cell(inner, prose)} <span class="mark">{escape(self.text(mark))}</span>')
        return self._unbroken(self.text(value), prose)

    def _unbroken(self, text: str, prose: bool) -> Markup:
        """What is short on a line of its own; what stands in brackets on the next one rather than on two."""
        before, bracket, inside = text.partition(" (")
        if bracket and not prose and len(text) < _SHORT:
            nb = '<span class="nb">'
            return Markup(f"{nb}{escape(before)}</span> {nb}({self.linked(inside)}</span>")
        whole = len(text) < (12 if prose else 16) and "（" not in text
        return Markup(f'<span class="nb">{self.linked(text)}</span>') if whole else self.linked(text)

    def rows(self, panel: Panel) -> Markup:
        """The numbers of a panel, each row with where it lies and each number with its digits."""
        flush = [' class="n"' if panel.table.numbers(at) else "" for at in range(len(panel.table.headings))]
        lines = zip(panel.spots, panel.table.rows, strict=True)
        return Markup("\n".join(f"<tr {spot}>{self._row(row, flush)}</tr>" for spot, row in lines))

    def _row(self, row: Sequence[Value], flush: Sequence[str]) -> str:
        cells = (
            f"<td{look}{_data(exact(value))}>{escape(self.text(value))}</td>"
            for value, look in zip(row[1:], flush[1:], strict=True)
        )
        return f'<th scope="row">{escape(self.text(row[0]))}</th>{"".join(cells)}'

    def labelled(self, value: Value) -> bool:
        """Whether a value stands behind a word that stands out."""
        return isinstance(value, Labelled)

    def in_css(self, text: str) -> str:
        """A text as a string of a style sheet, with all but letters and digits as numbers."""
        return "".join(one if one.isascii() and one.isalnum() else f"\\{ord(one):x} " for one in text)

    def picture(self, chart: Chart[Any]) -> Picture:
        """A chart that was drawn."""
        drawn, title = self._drawn[chart.id], self.text(chart.title)
        shown = numbers(chart.drawing) if chart.drawing else ()
        panels = (
            _panel(self._cat, own, frame) for own, frame in zip(shown, drawn.frames, strict=False) if own and frame
        )
        unit = squeezed(self._cat, whole(chart.drawing.unit)) if chart.drawing else ""
        told = f'<svg role="img" aria-label="{escape(title)}" preserveAspectRatio="xMinYMin" '
        svg = Markup(drawn.svg.replace("<svg ", told, 1))
        tall = chart.drawing is not None and chart.drawing.height > _TALL
        return Picture(chart.id, title, self.text(chart.caption), svg, tall, unit, tuple(panels))


def exact(value: Value) -> str:
    """The number of a cell, its low and its high end at seven digits, as far as it has them; empty without any."""
    match value:
        case Number():
            return _digits(value)
        case Range(low, high):
            return f",{_digits(low)},{_digits(high)}"
        case Ranged(shown, low, high):
            return f"{_digits(shown)},{_digits(low)},{_digits(high)}"
    return ""


def _data(digits: str) -> str:
    return f' data-v="{digits}"' if digits else ""


def _digits(number: Number) -> str:
    return np.format_float_positional(float(f"{number.amount:.7g}"), trim="-")


def _to_source(identifier: str) -> Markup:
    return Markup('<a class="source" href="#source-{0}">{0}</a>').format(identifier)


def _panel(cat: Catalogue, own: Numbers, frame: Frame) -> Panel:
    box = " ".join(f"{edge:.4f}" for edge in (frame.left, frame.top, frame.right, frame.bottom))
    spots = tuple(
        " ".join(
            f'data-{axis}="{part:.4f}"' for axis, part in zip("xy", frame.spot(at), strict=True) if part is not None
        )
        for at in own.at
    )
    return Panel(squeezed(cat, own.title), own.table, own.notes, box, frame.across, spots)
