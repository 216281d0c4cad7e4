"""The renewal wave as an aligned table for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from reports import catalogue, formats

_COLUMNS = ("cards_expiring", "certificates_expiring", "notices_due")
_SCALE = {"en": (1_000, 0), "ja": (10_000, 1)}
"""Persons in a unit of the table and its decimals: thousands, 万人; both show full thousands."""


def wave_table_lines(table: Sequence[Mapping[str, int]], lang: str) -> list[str]:
    """A line a fiscal year, in thousands of persons; in Japanese in units of 10,000 (万人)."""
    cat = catalogue.load(lang)
    rows = [["", *(cat.text(f"wave.{name}") for name in _COLUMNS)]]
    step, decimals = _SCALE[lang]
    for line in table:
        persons = [formats.number(line[name] / step, decimals) for name in _COLUMNS]
        rows.append([formats.fiscal_year(cat, line["fiscal_year"]), *persons])
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [cat.text("wave.title"), *("  ".join(_padded(row, widths)) for row in rows)]


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [" " * (width - cell_len(cell)) + cell for cell, width in zip(row, widths, strict=True)]
