"""Answers as one memo: which chapter goes where, the template filled in, the file as it is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, exceptions
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from reports import values
from reports.catalogue import Catalogue
from reports.document import Chapter, Chart, Document, Value
from reports.faces import traced
from reports.faces.memo.controls import Listed, enlist
from reports.faces.memo.template import SECTIONS, WORDS, add_styles
from reports.faces.memo.writer import Counts, Writer
from reports.faces.source import Source
from reports.formats import day
from reports.sheets import clean

Draw = Callable[[str, Sequence[Chart[Any]]], Mapping[str, Path]]

_LONG = 15
"""Tables of more rows stand in the appendix."""
_STAMP = (2016, 1, 1, 0, 0, 0)
"""What the parts of the file say of their date: always the same, so that the same answer makes the same bytes."""


class TemplateError(ValueError):
    """What is wrong with a template: the placeholder that it asks for and nobody has, or what Jinja says."""


@dataclass(frozen=True)
class Shown:
    """An answer as a memo shows it; ``name`` stands before the addresses of its numbers."""

    name: str
    cat: Catalogue
    document: Document


def memo(
    title: Value, today: date, shown: Sequence[Shown], given: bytes, sources: tuple[Source, ...], draw: Draw
) -> bytes:
    """The memo of some answers on a template, as the bytes of a .docx file.

    Args:
        title: what stands above.
        today: the date of the memo.
        shown: the answers, in their order.
        given: the template.
        sources: what the file says of where the answers are.
        draw: draws charts of the answer of a name; the picture of each by its id.

    Raises:
        TemplateError: if it asks for what there is not, or is no template.
    """
    cat, template = shown[0].cat, Template(given)
    add_styles(template.document, cat.lang)
    content = _Content(template.document, shown, draw)
    told: dict[str, Any] = {"title": clean(values.text(cat, title)), "date": day(cat, today)}
    told |= {name: content.section(name) for name in SECTIONS if name in template.asked}
    finished = template.filled({**told, "n": count(1).__next__})
    enlist(finished, Listed(sources, content.counts.told))
    properties = finished.core_properties
    properties.title, properties.author, properties.last_modified_by = told["title"][:255], "Cardflow", "Cardflow"
    properties.created = properties.modified = datetime(today.year, today.month, today.day)
    stream = io.BytesIO()
    finished.save(stream)
    return _stamped(stream.getvalue())


class Template:
    """A template of Word at work; ``asked`` are the placeholders that it has."""

    def __init__(self, given: bytes) -> None:
        self._environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        try:
            self._made = DocxTemplate(io.BytesIO(given))
            self.document: WordDocument = self._made.get_docx()
            self.asked = self._made.get_undeclared_template_variables(self._environment)
        except exceptions.TemplateError as error:
            raise TemplateError(str(error)) from error
        except Exception as error:  # a file of any kind may be given, and the library says many things of it
            raise TemplateError("") from error
        unknown = sorted(self.asked - {*SECTIONS, *WORDS})
        if unknown:
            raise TemplateError(unknown[0])

    def filled(self, content: Mapping[str, Any]) -> WordDocument:
        """The document with its placeholders filled in; raises TemplateError where the template cannot be."""
        try:
            self._made.render(dict(content), self._environment, autoescape=True)
        except exceptions.TemplateError as error:
            raise TemplateError(str(error)) from error
        return self.document


class _Content:
    """The sections of a memo, each written when the template asks for it."""

    def __init__(self, document: WordDocument, shown: Sequence[Shown], draw: Draw) -> None:
        self._document, self._shown, self._draw = document, shown, draw
        self.counts = Counts()

    def section(self, name: str) -> Markup:
        """A section's paragraphs; empty where no answer has anything to say in it."""
        writer = Writer(self._document, self.counts)
        for own in self._shown:
            match name:
                case "question" if own.document.answer:
                    writer.of(own.name, own.cat, {}).paragraphs([traced.question(own.document)])
                case "answer":
                    self._answer(writer, own)
                case _:  # a question that nobody asked has no chapters
                    self._chapters(writer, own, list(_chosen(name, own.document)))
        return writer.xml

    def _answer(self, writer: Writer, own: Shown) -> None:
        writer.of(own.name, own.cat, {})
        if not own.document.answer:
            return
        if len(self._shown) > 1:
            writer.heading(own.document.title, 2)
        writer.answer(traced.answer(own.document))
        writer.notes(traced.origins(own.document))

    def _chapters(self, writer: Writer, own: Shown, chosen: Sequence[Chapter]) -> None:
        charts = [chart for chapter in chosen for chart in chapter.charts]
        writer.of(own.name, own.cat, self._draw(own.name, charts) if charts else {}, own.document.origin)
        several = len(self._shown) > 1
        if several and chosen:
            writer.heading(own.document.title, 2)
        for chapter in chosen:
            writer.chapter(chapter, 3 if several else 2)


def _chosen(section: str, document: Document) -> Iterator[Chapter]:
    """The chapters of a section: those of its role, assumptions as far as they are short, and in the appendix the rest.

    Parts of the operation stand where a template asks for ``details`` alone. What a page folds stands on the page, but
    for what says how good the numbers are: a page has a reader who opens it, a memo is checked by who gets it.
    """
    for chapter in (own for own in document.chapters if own.says):
        match chapter.role:
            case "statistics":
                place = "appendix"
            case _ if chapter.folded:
                continue
            case "origin":
                place = "appendix"
            case "assumptions":
                place = "appendix" if _rows(chapter) > _LONG else "limits"
            case role:
                place = role
        if place == section:
            yield chapter


def _rows(chapter: Chapter) -> int:
    return sum(len(block.table.rows) for block in chapter.shown if not block.folded)


def _stamped(content: bytes) -> bytes:
    """The file with its parts in order and without the time at which they were written."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in parts.namelist():
            made.writestr(zipfile.ZipInfo(name, _STAMP), parts.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
