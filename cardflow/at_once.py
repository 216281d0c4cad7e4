"""All that is wrong with what was asked, in one answer: command line, scenarios, values, options, files and folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from typer._click.globals import get_current_context

from scenarios.errors import Together, UserError

if TYPE_CHECKING:  # help and plain mistakes need none of what it imports
    from scenarios.folder.folder import Folder


@contextmanager
def at_once(*folders: Folder) -> Iterator[Together]:
    """Gather what is wrong before anything is done, with what is wrong with the command line and the named folders.

    A command line with mistakes is judged to its end too: its command is called to hear what else is wrong, and comes
    no further than this block.

    Raises:
        UserError: at the end of the block, with all of it.
    """
    wrong = Together()
    if (mistaken := _command_line()) is not None:
        wrong.note(mistaken)
    yield wrong
    for folder in folders:
        if folder.named is not None:
            with wrong.noted():
                folder.look()
    wrong.refuse()


def _command_line() -> UserError | None:
    """What is wrong with the command line that is at work."""
    context = get_current_context(silent=True)
    return context.obj if context is not None and isinstance(context.obj, UserError) else None
