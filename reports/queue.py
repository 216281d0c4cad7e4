"""The figures of the call-centre calculator as an aligned table for the terminal."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from reports import catalogue, formats
from reports.catalogue import Catalogue
from reports.columns import aligned

if TYPE_CHECKING:
    from sim.contact.steady import Measure, Steady


def queue_lines(found: Steady, patience: float | None, lang: str) -> list[str]:
    """A line a figure: simulated, its interval, and by formula; ``patience`` in minutes, ``None`` for ever."""
    cat = catalogue.load(lang)
    formula = "erlang_c" if patience is None else "erlang_a" if patience else "erlang_b"
    rows = [["", *(cat.text(f"queue.{name}") for name in ("value", "interval", formula))]]
    for name in asdict(found):
        measure: Measure = getattr(found, name)
        value, low, high, theory = (_shown(cat, name, number) for number in asdict(measure).values())
        rows.append([cat.text(f"queue.{name}"), value, cat.text("format.range", low=low, high=high), theory])
    return [cat.text("queue.title"), *aligned(rows, right=(1, 2, 3))]


def _shown(cat: Catalogue, name: str, number: float) -> str:
    if name == "offered":
        return formats.number(number)
    if name == "mean_wait_s":
        return cat.text("queue.seconds", number=formats.number(number, 2))
    return formats.percent(cat, number, 2)
