"""The questions that folders hold answers to, by the word that folders have for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reports.question import Question


def _ledger() -> Question[Any]:
    from reports.ledgers.document import LEDGER

    return LEDGER


QUESTIONS: Mapping[str, Callable[[], Question[Any]]] = {"ledger": _ledger}
"""Each is loaded when it is asked for: charts and tables take a second to load."""
