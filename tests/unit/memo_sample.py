"""Memos of made-up answers, as commands write them."""

import io
from copy import copy
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path

import clock_sample
import comparison_sample
import docx
import ledger_sample
import sizing_sample
import sweep_sample
import test_reports_folder
import update_sample
import validation_sample
import wave_sample

from reports.catalogue import load
from reports.faces.answered import Answered
from reports.faces.memo.memo import memo
from reports.faces.memo.template import template
from reports.faces.source import Source
from reports.memos import Answers
from reports.presentations import presentation

TODAY = date(2026, 11, 30)
COMPARED = comparison_sample.BASE, comparison_sample.SEATS
MAKE = {
    "run": lambda folder: test_reports_folder.make(folder, last=date(2027, 3, 31)),
    "size": sizing_sample.write,
    "compare": lambda folder: comparison_sample.write(folder, comparison_sample.comparison(*COMPARED)),
    "ledger": ledger_sample.write,
    "clock": clock_sample.usual,
    "sweep": partial(sweep_sample.write, **sweep_sample.KINDS["one"]),
    "update": update_sample.updated,
    "validation": validation_sample.write,
    "wave": wave_sample.write,
}
"""What writes an answer of each kind into a folder."""


def in_language(answered: Answered, lang: str) -> Answered:
    """The same answer in a language; its document has none, and takes longest to make."""
    own = copy(answered)
    own.cat = own.within(lang)
    return own


@lru_cache(maxsize=8)
def read_once(kind: str, place: Path, written: tuple[int, ...]) -> Answered:
    """An answer, read anew where a file of it was ``written`` at another time."""
    return Answered(presentation(kind), place, "en")


def answers(folder: Path, *kinds: str, lang: str = "en") -> Answers:
    """Answers of these kinds, made in folders of their own."""
    answered = []
    for number, kind in enumerate(kinds):
        place = folder / f"{number}-{kind}"
        if not place.is_dir():
            MAKE[kind](place)
        written = tuple(path.stat().st_mtime_ns for path in sorted(place.iterdir()))
        answered.append(in_language(read_once(kind, place, written), lang))
    return Answers(tuple(answered))


def made(folder: Path, told: Answers, given: bytes | None = None, title: str | None = None, drawn=None) -> bytes:
    """A memo of answers, without charts unless something draws them."""
    sources = tuple(Source.of(one, folder) for one in told.answered)
    cat = told.answered[0].cat
    draw = drawn or (lambda name, charts: {})
    return memo(title or told.title, TODAY, told.shown, given or own_template(cat.lang), sources, draw)


@cache
def own_template(lang: str) -> bytes:
    return template(load(lang))


def opened(content: bytes):
    return docx.Document(io.BytesIO(content))


def edited(content: bytes, change) -> bytes:
    """A file after something was changed in it."""
    document = opened(content)
    change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def paragraphs(document):
    """Every paragraph, in tables too, as text."""
    from docx.oxml.ns import qn

    return ["".join(text.text or "" for text in each.iter(qn("w:t"))) for each in document.element.iter(qn("w:p"))]
