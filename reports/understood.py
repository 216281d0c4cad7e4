"""What was understood of values that are not typed as a file has them: 8万, 令和8年4月1日."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from reports import catalogue, formats, parameter_texts
from reports.messages import said
from sim.message import Message


def understood_lines(values: Iterable[tuple[str, str, Any]], lang: str) -> Iterator[str]:
    """Of path, typed words and value a line where they differ: ``plant.cards_per_day = 8万 read as 80,000 cards``."""
    for path, typed, value in values:
        if typed not in (formats.plain(value), str(value)):
            shown = _shown(path, value, lang)
            yield said(Message("{path} = {typed} read as {value}", path=path, typed=typed, value=shown), lang)


def _shown(path: str, value: Any, lang: str) -> str:
    """The value as reports write it, with the unit of its parameter."""
    cat = catalogue.load(lang)
    if isinstance(value, bool):
        return cat.text("format.yes" if value else "format.no")
    if isinstance(value, date):
        return value.isoformat()
    unit = parameter_texts.unit(cat, path)
    return cat.text("sweep.with_unit", number=formats.plain(value), unit=unit).strip()
