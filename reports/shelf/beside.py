"""Several finished answers of a kind side by side, made of what stands in their folders."""

from __future__ import annotations

from collections.abc import Sequence

from reports.document import Document
from reports.faces.answered import Answered
from reports.presentations import presentation_of
from scenarios.errors import Together, UserError
from scenarios.folder.folder import Folder
from scenarios.limits import shown_name
from sim.message import Message


def beside(folders: Sequence[Folder], lang: str) -> Document:
    """What they say side by side.

    Raises:
        UserError: of fewer than two; of kinds that do not lie side by side, or of several.
    """
    if len(folders) < 2:
        raise UserError("beside", [Message("two or more answers are needed to lay side by side")])
    presentations, wrong = [presentation_of(folder) for folder in folders], Together()
    together = presentations[0].beside
    for folder, own in zip(folders, presentations, strict=True):
        if own.beside is None or own.kind != presentations[0].kind:
            kind = shown_name(folder.kind)
            rule = Message("answers of this kind ({kind}) do not lie side by side with the others", kind=kind)
            wrong.note(UserError(str(folder.path), [rule]))
    wrong.refuse()
    assert together is not None
    return together(
        [Answered(own, folder.path, lang).record for own, folder in zip(presentations, folders, strict=True)]
    )
