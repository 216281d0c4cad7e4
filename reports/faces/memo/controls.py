"""Content controls of Word around numbers, and the list in the file of what each was made of.

A control's tag is the address of its number (``reports.faces.traced``) behind the place of its answer in the list; the
list is a part of custom XML, which Word keeps when it saves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.text.run import Run
from lxml import etree

from reports.faces.memo.elements import element
from reports.faces.source import Source

SPACE = "urn:cardflow:memo"
_LONGEST = 64
"""Letters that Word takes in a tag or a title."""
_HIDDEN = "http://schemas.microsoft.com/office/word/2012/wordml"


@dataclass(frozen=True)
class Told:
    """A number as the memo was made: the tag of its control, its text, the target and period that it is about."""

    tag: str
    text: str
    target: str = ""
    period: str = ""


@dataclass(frozen=True)
class Listed:
    """The list of a memo: its answers, and its numbers by tag."""

    sources: tuple[Source, ...]
    numbers: dict[str, Told]


def control(run: Run, told: Told, number: int) -> None:
    """Put a run into a content control that has the tag of what it tells; ``number`` tells controls apart."""
    about = " · ".join(filter(None, (told.target, told.period))) or told.tag
    values = {"alias": about[:_LONGEST], "tag": told.tag[:_LONGEST], "id": str(number)}
    hidden = etree.Element(f"{{{_HIDDEN}}}appearance", {f"{{{_HIDDEN}}}val": "hidden"}, {"w15": _HIDDEN})
    named = (element(name, val=value) for name, value in values.items())
    properties, content = element("sdtPr", *named, hidden, element("text")), element("sdtContent")
    run._r.addprevious(element("sdt", properties, content))
    content.append(run._r)


def controls(document: WordDocument) -> Iterator[tuple[str, str]]:
    """The tag and the text of every content control of a document that has a tag, with those of headers and footers."""
    parts = [document.element, *(rel.target_part.element for rel in document.part.rels.values() if _is_margin(rel))]
    for sdt in (found for part in parts for found in part.iter(qn("w:sdt"))):
        tag = sdt.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag is not None:
            yield tag.get(qn("w:val"), ""), "".join(text.text or "" for text in sdt.iter(qn("w:t")))


def _is_margin(rel: Any) -> bool:
    return rel.reltype in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)


def enlist(document: WordDocument, listed: Listed) -> None:
    """Put the list into the file."""
    root = etree.Element(f"{{{SPACE}}}memo", nsmap={None: SPACE})
    for name, rows in (("source", listed.sources), ("number", listed.numbers.values())):
        for row in rows:
            etree.SubElement(root, f"{{{SPACE}}}{name}", asdict(row))
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    package = document.part.package
    name = PackURI("/customXml/cardflow.xml")
    document.part.relate_to(Part(name, "application/xml", content, package), RELATIONSHIP_TYPE.CUSTOM_XML)


def listed(document: WordDocument) -> Listed | None:
    """The list in a file; None where it has none."""
    for rel in document.part.rels.values():
        if rel.reltype == RELATIONSHIP_TYPE.CUSTOM_XML and not rel.is_external:
            root = etree.fromstring(rel.target_part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            if root.tag == f"{{{SPACE}}}memo":
                numbers = (_row(Told, each) for each in root.iter(f"{{{SPACE}}}number"))
                sources = tuple(_row(Source, each) for each in root.iter(f"{{{SPACE}}}source"))
                return Listed(sources, {told.tag: told for told in numbers})
    return None


def _row(kind: type[Any], element: Any) -> Any:
    return kind(**{field.name: element.get(field.name, "") for field in fields(kind)})
