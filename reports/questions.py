"""The questions that folders hold answers to, by the word that folders have for them."""

from __future__ import annotations

from typing import Any

from reports.question import Question

KINDS = ("run", "compare", "sweep", "size", "ledger", "clock", "update", "validation")


def question(kind: str) -> Question[Any]:
    """The question of a kind; it is loaded when it is asked for, since charts and tables take a second to load."""
    match kind:
        case "run":
            from reports.run.document import RUN

            return RUN
        case "compare":
            from reports.differences.document import COMPARE

            return COMPARE
        case "sweep":
            from reports.sweeping.document import SWEEP

            return SWEEP
        case "size":
            from reports.sized.document import SIZE

            return SIZE
        case "ledger":
            from reports.ledgers.document import LEDGER

            return LEDGER
        case "clock":
            from reports.clocking.document import CLOCK

            return CLOCK
        case "update":
            from reports.updated.document import UPDATE

            return UPDATE
        case "validation":
            from reports.agreement.document import VALIDATE

            return VALIDATE
        case _:
            raise ValueError(f"no question of kind {kind}")
