"""Columns of text aligned for consoles that give Japanese characters two places."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.cells import cell_len


def aligned(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> list[str]:
    """A line a row, columns flush left but for those on the ``right``, two spaces between them.

    Rows have as many cells as the first.
    """
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    spaced = ([(cell, " " * (width - cell_len(cell))) for cell, width in zip(row, widths, strict=True)] for row in rows)
    return [
        "  ".join(space + cell if place in right else cell + space for place, (cell, space) in enumerate(row)).rstrip()
        for row in spaced
    ]
