"""Published counts of FY2025 that facts of the model stand beside: set to them (input), or found (result)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

YEAR = 2025
TOLERANCE = 0.03
"""Share by which a fact may miss the count that its input was set by, holders being a result themselves."""


@dataclass(frozen=True)
class Count:
    """A published figure, the fact that counts the same in that fiscal year, and what it is in the model."""

    figure: str
    fact: str
    role: Literal["input", "result"] = "input"


COUNTS = (
    Count("JLIS-022", "notices_sent", "result"),
    Count("JLIS-025", "notices_emailed"),
    Count("JLIS-031", "pin_resets_store_signing"),
    Count("JLIS-033", "pin_resets_store_user"),
    Count("JLIS-035", "attributes_provided"),
    Count("JLIS-036", "copies_android"),
    Count("JLIS-037", "copies_ios"),
    Count("POST-002", "post_offices_opened"),
)
