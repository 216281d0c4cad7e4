"""Charts of Word's own, with the workbook inside that they are drawn of: readers change them like those of Excel.

A chart has the same shape in both programs, so that it is taken out of the workbook of its table.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from reports import values
from reports.catalogue import Catalogue
from reports.document import Block, Chapter, Document, Plot
from reports.faces.workbook import workbook

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEIGHT, _AROUND, _A_BAR, _HIGHEST = 0.45, 0.2, 0.055, 1.3
"""Of a chart, for its width; of bars what stands around them, what a name takes, and what a page holds."""
_FRAME = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:drawing>
<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0"
 distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="Chart {number}"/>
<wp:cNvGraphicFramePr/>
<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="{chart}">
<c:chart xmlns:c="{chart}" xmlns:r="{relation}" r:id="{id}"/></a:graphicData></a:graphic></wp:inline>
</w:drawing></w:r>"""


@dataclass(frozen=True)
class Native:
    """A chart of a table: its shape, and the workbook of the table. ``height`` is for its width."""

    title: str
    shape: bytes
    workbook: bytes
    height: float = _HEIGHT

    def place(self, paragraph: Paragraph, part: Any, number: int, width: int, told: str) -> None:
        """Put it into a paragraph of the part of a document; ``told`` is read in its place."""
        package = part.package
        root = etree.fromstring(self.shape)
        chart = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
        sheet = PackURI(f"/word/embeddings/chart{number}.xlsx")
        inside = Part(sheet, CONTENT_TYPE.SML_SHEET, self.workbook, package)
        outside = etree.Element(f"{{{_CHART}}}externalData")
        outside.set(f"{{{_RELATION}}}id", chart.relate_to(inside, RELATIONSHIP_TYPE.PACKAGE))
        etree.SubElement(outside, f"{{{_CHART}}}autoUpdate").set("val", "0")
        settings = root.find(f"{{{_CHART}}}printSettings")
        root.append(outside) if settings is None else settings.addprevious(outside)
        chart._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        size = {"width": int(width), "height": round(self.height * width)}
        own = {"chart": _CHART, "relation": _RELATION, "id": part.relate_to(chart, RELATIONSHIP_TYPE.CHART)}
        run = parse_xml(_FRAME.format(number=10_000 + number, **size, **own))
        run.find(f".//{qn('wp:docPr')}").set("descr", told)
        paragraph._p.append(run)


def native(cat: Catalogue, chapter: Chapter, block: Block) -> Iterator[Native]:
    """The charts that a spreadsheet draws of a table."""
    if not block.table.plots:
        return
    alone = replace(chapter, blocks=(block,), charts=(), words=(), named=(), commands=())
    book = workbook(cat, Document(title=chapter.heading, origin="", answer=(), chapters=(alone,)))
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        shapes = [parts.read(name) for name in parts.namelist() if name.startswith("xl/charts/chart")]
    for plot, shape in zip(block.table.plots, shapes, strict=True):
        yield Native(values.text(cat, plot.title), shape, book, _height(plot, len(block.table.rows)))


def _height(plot: Plot, names: int) -> float:
    """So high that the name of every bar is written: programs leave out those that have no room."""
    return min(max(_HEIGHT, _AROUND + _A_BAR * names), _HIGHEST) if plot.kind == "bar" else _HEIGHT
