"""The renewal wave as an aligned table for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from reports import catalogue, formats

_COLUMNS = ("cards_expiring", "certificates_expiring", "notices_due")


def wave_table_lines(table: Sequence[Mapping[str, int]], lang: str) -> list[str]:
    """A line a fiscal year, in thousands of persons."""
    cat = catalogue.load(lang)
    rows = [["", *(cat.text(f"wave.{name}") for name in _COLUMNS)]]
    for line in table:
        thousands = [formats.number(line[name] / 1000) for name in _COLUMNS]
        rows.append([formats.fiscal_year(cat, line["fiscal_year"]), *thousands])
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [cat.text("wave.title"), *("  ".join(_padded(row, widths)) for row in rows)]


def _padded(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [" " * (width - cell_len(cell)) + cell for cell, width in zip(row, widths, strict=True)]
