"""New files of a planner's: a scenario to edit, or one for own figures. What is there already is never touched."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from scenarios.errors import UserError
from scenarios.files.changes import flat
from scenarios.files.find import library
from scenarios.files.load import load, load_with
from scenarios.files.settings import parse_settings
from scenarios.limits import unshowable
from scenarios.system_words import reason
from sim.message import Message

_LEVERS = (
    "start",
    "end",
    "contact.resident.seats_index",
    "contact.helpdesk.seats_index",
    "contact.resident.seats",
    "contact.helpdesk.seats",
    "plant.cards_per_day",
    "plant.lines",
    "plant.dispatch_cap_per_month",
    "demand.load",
    "demand.first_time_per_year",
    "renewal.card_lapse_share",
    "counters.slots_per_day",
    "systems.jpki_per_day",
    "next_card.start",
    "next_card.delay_months",
)
"""Values that planners change most, shown in a new file, seats first."""


def refuse_name(name: str, path: Path) -> None:
    """Raise UserError if a new scenario cannot have a name, by which it would stand in a file at a path."""
    stem = path.stem
    if not stem or path.name != str(path) or set("+\n\t") & set(stem) or unshowable(stem):
        raise UserError(name, [Message("must be a plain name: it becomes NAME.toml in the current folder")])
    if stem in library():
        raise UserError(name, [Message("is the name of a scenario of the library; choose another")])
    _refuse_there(path)


def refuse_base(base: str) -> None:
    """Raise UserError if a new scenario is to start from several."""
    if "+" in base:
        raise UserError(base, [Message("must be one scenario; join others to the new one when you run it")])


def refuse_kind(name: str, kinds: Collection[str]) -> None:
    """Raise UserError if a file's name does not end as one of the kinds, or stands for a file that is there."""
    if Path(name).suffix.lower() not in kinds:
        raise UserError(name, [Message("must end in {ends}", ends=" / ".join(kinds))])
    _refuse_there(Path(name))


def values_of_new(base: str, settings: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a new scenario sets, by the paths that a file writes, and examples.

    A part of a range stands with its range. Raises UserError with all that is wrong with the base or the settings.
    """
    wanted, current = flat(load_with(base, settings).parameters), flat(load(base).parameters)
    keys = parse_settings(settings)
    chosen = {path: value for path, value in wanted.items() if any(f"{key}.".startswith(f"{path}.") for key in keys)}
    return chosen, {path: current[path] for path in _LEVERS}


def write_new(path: Path, content: bytes) -> None:
    """Write a file; raises UserError if it is there already, or cannot be written."""
    with _refused(path), path.open("xb") as file:
        file.write(content)


def _refuse_there(path: Path) -> None:
    """Refuse a file that is there already, or that cannot be written under its name."""
    with _refused(path), suppress(FileNotFoundError):
        path.lstat()
        raise FileExistsError


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    """Tell the user what is in the way of a new file."""
    try:
        yield
    except FileExistsError:
        raise UserError(str(path), [Message("is there already; choose another name, or remove it")]) from None
    except (OSError, ValueError) as error:
        raise UserError(str(path), [Message("cannot be written: {error}", error=reason(error))]) from None
