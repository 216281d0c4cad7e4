"""How each kind of question that folders hold answers to is shown, by the word that folders have for it."""

from __future__ import annotations

from typing import Any

from reports.presentation import Presentation
from scenarios.errors import UserError
from scenarios.folder.folder import Folder
from scenarios.limits import shown_name
from sim.message import Message

KINDS = ("run", "compare", "sweep", "size", "ledger", "clock", "update", "validation", "wave")


def presentation_of(folder: Folder) -> Presentation[Any]:
    """How the answer in a folder is shown.

    Raises:
        UserError: if answers of its kind have no page.
    """
    if folder.kind not in KINDS:
        kind = shown_name(folder.kind)
        raise UserError(str(folder.path), [Message("holds an answer that has no page of its own ({kind})", kind=kind)])
    return presentation(folder.kind)


def presentation(kind: str) -> Presentation[Any]:
    """That of a kind; it is loaded when it is asked for, since charts and tables take a second to load."""
    match kind:
        case "run":
            from reports.run.document import RUN

            return RUN
        case "compare":
            from reports.compare.document import COMPARE

            return COMPARE
        case "sweep":
            from reports.sweep.document import SWEEP

            return SWEEP
        case "size":
            from reports.size.document import SIZE

            return SIZE
        case "ledger":
            from reports.ledger.document import LEDGER

            return LEDGER
        case "clock":
            from reports.clock.document import CLOCK

            return CLOCK
        case "update":
            from reports.update.document import UPDATE

            return UPDATE
        case "validation":
            from reports.validation.document import VALIDATE

            return VALIDATE
        case "wave":
            from reports.wave.document import WAVE

            return WAVE
        case _:
            raise ValueError(f"no question of kind {kind}")
