"""How many figures came out how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calibration.record import Row


@dataclass(frozen=True)
class Counts:
    """Every row stands in exactly one of them.

    ``agree`` of ``held_back`` is the success of the model. ``fitted_met`` of ``fitted`` only says that the fit did
    its work.
    """

    held_back: int
    agree: int
    fitted: int
    fitted_met: int
    inputs: int
    missing: int


def count(rows: Sequence[Row]) -> Counts:
    """Count rows by what they can say."""
    fitted = [row for row in rows if row.use == "fitted" and row.compared]
    return Counts(
        held_back=sum(row.speaks for row in rows),
        agree=sum(row.agrees for row in rows),
        fitted=len(fitted),
        fitted_met=sum(bool(row.within) for row in fitted),
        inputs=sum(row.use == "input" for row in rows),
        missing=sum(row.use != "input" and not row.compared for row in rows),
    )
