"""Earlier answers: the list of them, names and notes, several side by side, throwing away and bringing back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cardflow.console import say
from cardflow.life import Life, command
from reports.typed import quoted
from scenarios.errors import NOTHING_WRITTEN, UserError
from scenarios.folder.names import RUNS
from sim.message import NOTHING, Message

if TYPE_CHECKING:  # help needs none of what it imports
    from reports.document import Value
    from scenarios.shelf.shelf import Shelf


@command("lang", "as_json", undone=NOTHING)
def runs(life: Life, folder: Path = RUNS, *, search: str = "", kind: str | None = None) -> None:
    """List earlier answers: what was asked, what differs from its base, verdicts, version, size, time."""
    from reports.shelf import shown

    with life.judging() as wrong:
        entries = wrong.tried(_shelf(folder).entries)
    assert entries is not None
    found = shown.matching(entries, search, kind)
    word = " ".join(filter(None, (search, kind)))
    life.show(lambda: found, lambda: life.words(shown.screen(found, folder, len(entries), word)))


@command("lang", undone=NOTHING_WRITTEN)
def mark(
    life: Life,
    answers: list[Path],
    *,
    name: str | None = None,
    note: str | None = None,
    pin: bool = False,
    unpin: bool = False,
    shelf: Path = RUNS,
) -> None:
    """Give earlier answers a name, a note or a pin; an empty text takes a name or a note away."""
    if pin and unpin:
        raise UserError("cardflow mark", [Message("--pin and --unpin   exclude each other: give one of them")])
    on = _shelf(shelf)
    for path in _paths(life, on, answers):
        on.mark(path, name, note, True if pin else False if unpin else None)
        _tell(life, "shelf.marked", path=str(shelf / path))


@command("lang", undone=NOTHING_WRITTEN)
def discard(life: Life, answers: list[Path], *, shelf: Path = RUNS) -> None:
    """Throw earlier answers away: they are moved into a trash, from which 'restore' brings them back."""
    from reports.document import Code

    on = _shelf(shelf)
    back = Code("cardflow restore" if shelf == RUNS else f"cardflow restore {quoted(str(shelf))}")
    for path in _paths(life, on, answers):
        _tell(life, "shelf.moved", path=str(shelf / path), trash=str(on.discard(path)), command=back)


@command("lang", undone=NOTHING_WRITTEN)
def restore(life: Life, folder: Path = RUNS) -> None:
    """Bring back the answer that was thrown away last; once more, and the one before comes back."""
    _tell(life, "shelf.restored", path=str(_shelf(folder).restore()))


@command("lang", undone=NOTHING)
def beside(life: Life, folders: list[Path]) -> None:
    """Show finished runs side by side without simulating: inputs that differ, and verdicts."""
    from reports.shelf.beside import beside

    with life.all_finished(folders) as opened:
        say(*life.words(beside(opened, life.lang).screen))


def _shelf(folder: Path) -> Shelf:
    from reports.shelf.facts import facts
    from scenarios.shelf.shelf import Shelf

    return Shelf(folder, facts)


def _paths(life: Life, shelf: Shelf, named: list[Path]) -> list[str]:
    """The paths on the shelf of all that is named; raises UserError with all of it that is no answer there."""
    with life.judging() as wrong:
        paths = [wrong.tried(shelf.path_of, each) for each in named]
    return [path for path in dict.fromkeys(paths) if path is not None]


def _tell(life: Life, key: str, **values: Value) -> None:
    from reports.document import Say

    say(*life.words((Say(key, values),)))
