"""The template of memos: made here, and written for planners to change in Word.

A placeholder such as ``{{ title }}`` stands for a text, one such as ``{{p reasons }}`` for paragraphs, tables and
pictures. Planners move, drop and rename what stands around them; styles of the file are those of the memo.
"""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from reports.catalogue import Catalogue
from reports.faces.memo.elements import element

SECTIONS = ("question", "answer", "reasons", "hangs", "actions", "details", "limits", "appendix")
"""What paragraphs a template can ask for. The own one does not ask for ``details``, the parts of the operation."""
WORDS = ("title", "date", "sources", "n")
"""What texts; ``n()`` is the number of the next heading."""
_BODY = {"ja": ("Times New Roman", "游明朝"), "en": ("Calibri", "游明朝")}
_HEADS = {"ja": ("Arial", "游ゴシック"), "en": ("Calibri", "游ゴシック")}
"""Fonts that Word has: of Latin letters, and of Japanese."""
_INK, _QUIET = RGBColor(0x0B, 0x3C, 0x5D), RGBColor(0x5F, 0x5F, 0x5F)
NOTE, CELL, ANSWER, CODE = "Memo Note", "Memo Cell", "Memo Answer", "Memo Code"
"""Styles of paragraphs that Word's own have none for: below tables, in cells, of the answer, of commands."""


def template(cat: Catalogue) -> bytes:
    """The template in a language, as the bytes of a .docx file."""
    document = docx.Document()
    for paragraph in document.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)
    _paper(document)
    _letters(document, cat.lang)
    add_styles(document, cat.lang)
    _margins(document)
    document.add_paragraph("{{ date }}", NOTE).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.add_paragraph("{{ title }}", "Title")
    for name in (section for section in SECTIONS if section != "details"):
        document.add_paragraph(f"{{%p if {name} %}}")
        heading = cat.text(f"memo.section.{name}")
        document.add_paragraph(cat.text("memo.numbered", number="{{ n() }}", heading=heading), "Heading 1")
        document.add_paragraph(f"{{{{p {name} }}}}")
        document.add_paragraph("{%p endif %}")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def add_styles(document: WordDocument, lang: str) -> None:
    """The memo's own styles, as far as a document does not have them."""
    shapes = {NOTE: (8.5, _QUIET, 4), CELL: (8.0, None, 0), ANSWER: (11.0, None, 6), CODE: (8.5, None, 2)}
    known = {style.name for style in document.styles}
    for name, (size, ink, below) in shapes.items():
        if name not in known:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            _fonts(
                style, *(("Consolas", "游ゴシック") if name == CODE else _HEADS[lang] if name == CELL else _BODY[lang])
            )
            style.font.size = Pt(size)
            style.paragraph_format.space_after = Pt(below)
            style.paragraph_format.space_before = Pt(0)
            if ink is not None:
                style.font.color.rgb = ink


def _paper(document: WordDocument) -> None:
    """A4 upright."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)


def _letters(document: WordDocument, lang: str) -> None:
    sizes = {"Normal": 10.5, "Title": 16, "Heading 1": 13, "Heading 2": 11, "Heading 3": 10.5, "Caption": 9}
    for name, size in sizes.items():
        style = document.styles[name]
        _fonts(style, *(_BODY[lang] if name == "Normal" else _HEADS[lang]))
        style.font.size = Pt(size)
        style.font.bold = name != "Normal"
        style.font.italic = False
        if name != "Normal":
            style.font.color.rgb = _INK
            style.paragraph_format.keep_with_next = name != "Caption"
            style.paragraph_format.space_before = Pt(0 if name in ("Caption", "Title") else size)
        style.paragraph_format.space_after = Pt(4)
    title = document.styles["Title"].element.get_or_add_pPr().find(qn("w:pBdr"))
    if title is not None:
        title.getparent().remove(title)


def _fonts(style: Any, latin: str, japanese: str) -> None:
    """Both fonts, in place of those of the theme."""
    style.font.name = latin
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name, font in (("w:eastAsia", japanese), ("w:hAnsi", latin), ("w:cs", latin)):
        fonts.set(qn(name), font)


def _margins(document: WordDocument) -> None:
    """The title above every page, the number of the page and of all pages below."""
    section = document.sections[0]
    section.header.paragraphs[0].style = NOTE
    section.header.paragraphs[0].add_run("{{ title }}")
    below = section.footer.paragraphs[0]
    below.style, below.alignment = NOTE, WD_ALIGN_PARAGRAPH.CENTER
    _field(below, "PAGE")
    below.add_run(" / ")
    _field(below, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """A field that Word fills in."""
    inside = element("instrText")
    inside.set(qn("xml:space"), "preserve")
    inside.text = code
    for part in (element("fldChar", fldCharType="begin"), inside, element("fldChar", fldCharType="end")):
        paragraph.add_run()._r.append(part)
