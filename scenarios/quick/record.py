"""What theory says of a scenario, by fiscal year, and beside the same without a change."""

from __future__ import annotations

from dataclasses import dataclass

FIGURES = (
    "calls_answered",
    "helpdesk_answered",
    "cards_in_time",
    "card_days",
    "plant_use",
    "renewed_in_time",
    "slots_use",
)
"""What is told, in order: shares, but for the mean days from receipt to dispatch."""


@dataclass(frozen=True)
class Expected:
    """Of a scenario, at the middle of all that is not known: a number a fiscal year for each of ``FIGURES``.

    None where theory has no honest number, and the simulation must say.
    """

    years: tuple[str, ...]
    figures: dict[str, tuple[float | None, ...]]
