"""The figures of the call-centre calculator: as data, and as an aligned table for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.cells import cell_len

from reports import catalogue, formats
from reports.catalogue import Catalogue

if TYPE_CHECKING:
    from sim.contact.steady import Measure, Steady


def figures(found: Steady) -> dict[str, dict[str, float]]:
    """Each figure's ``value``, ``low``, ``high`` and ``theory`` by name."""
    return asdict(found)


def queue_lines(found: Steady, patience: float | None, lang: str) -> list[str]:
    """A line a figure: simulated, its interval, and by formula; ``patience`` in minutes, ``None`` for ever."""
    cat = catalogue.load(lang)
    formula = "erlang_c" if patience is None else "erlang_a" if patience else "erlang_b"
    rows = [["", *(cat.text(f"queue.{name}") for name in ("value", "interval", formula))]]
    for name in asdict(found):
        measure: Measure = getattr(found, name)
        value, low, high, theory = (_shown(cat, name, number) for number in asdict(measure).values())
        rows.append([cat.text(f"queue.{name}"), value, formats.between(cat, low, high), theory])
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [cat.text("queue.title"), *("  ".join(_padded(row, widths)) for row in rows)]


def _shown(cat: Catalogue, name: str, number: float) -> str:
    if name == "offered":
        return formats.number(number)
    if name == "mean_wait_s":
        return cat.text("queue.seconds", number=formats.number(number, 2))
    return formats.percent(cat, number, 2)


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    name, *numbers = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
    return [name, *(" " * (len(cell) - len(cell.rstrip())) + cell.rstrip() for cell in numbers)]
