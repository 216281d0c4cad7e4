"""How each kind of question that folders hold answers to is shown, by the word that folders have for it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from reports.presentation import Presentation
from scenarios.errors import UserError
from scenarios.folder.folder import Folder
from scenarios.limits import shown_name
from sim.message import Message

KINDS: Mapping[str, str] = {
    "run": "reports.run.document.RUN",
    "compare": "reports.compare.document.COMPARE",
    "sweep": "reports.sweep.document.SWEEP",
    "size": "reports.size.document.SIZE",
    "ledger": "reports.ledger.document.LEDGER",
    "clock": "reports.clock.document.CLOCK",
    "update": "reports.update.document.UPDATE",
    "validation": "reports.validation.document.VALIDATE",
    "wave": "reports.wave.document.WAVE",
}
"""Where the presentation of each kind stands."""


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
    module, _, name = KINDS[kind].rpartition(".")
    shown: Presentation[Any] = getattr(import_module(module), name)
    return shown
