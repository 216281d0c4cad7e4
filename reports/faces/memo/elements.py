"""Elements of Word's own XML, for what the library has no words for."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(name: str, *inside: Any, **attributes: str) -> Any:
    """An element of text documents, such as ``shd``, with its attributes and what stands in it."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    made.extend(inside)
    return made
