"""Lists of things on dates, such as outages, of scenarios that are joined: they add up.

A part does not know with what it is joined: what it says happens beside the rest. An entry that names the same
thing at the same time as one before takes its place, and an empty list takes all before away. Which lists these are,
and what makes two entries one thing, stands at their fields (``sim.fields.dated``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.errors import Place
from scenarios.files.tree import field_at


@dataclass(frozen=True)
class JoinedLists:
    """The entries of both, by date, and where in them each of the one and of the other stands now.

    An entry whose place another took stands nowhere: ``None``.
    """

    entries: list[Any]
    earlier: list[int | None]
    later: list[int | None]


def join(path: str, earlier: Any, later: Any) -> JoinedLists | None:
    """Two values of the field at a dotted path as one; None unless both are lists of things on dates and not empty."""
    names = _names(path)
    if names is None or not (isinstance(earlier, list) and isinstance(later, list) and earlier and later):
        return None
    told_again = {_thing(entry, names) for entry in later}
    kept = [number for number, entry in enumerate(earlier) if _thing(entry, names) not in told_again]
    pairs = [*((earlier[number], (0, number)) for number in kept), *((e, (1, n)) for n, e in enumerate(later))]
    pairs.sort(key=lambda pair: _date(pair[0]))
    now: dict[tuple[int, int], int] = {origin: place for place, (_, origin) in enumerate(pairs)}
    places = ([now.get((which, number)) for number in range(len(own))] for which, own in enumerate((earlier, later)))
    return JoinedLists([entry for entry, _ in pairs], *places)


def move(places: dict[str, Place], path: str, now: Sequence[int | None]) -> None:
    """Let the entries of the list at a path have the numbers that they have ``now`` in the names of places."""
    found: dict[str, Place] = {}
    for name, place in places.items():
        number, _, rest = name.removeprefix(f"{path}.").partition(".")
        if not name.startswith(f"{path}.") or not number.isdigit() or int(number) >= len(now):
            found[name] = place
        elif (to := now[int(number)]) is not None:
            found[".".join((path, str(to), *([rest] if rest else [])))] = place
    places.clear()
    places.update(found)


def _names(path: str) -> list[str] | None:
    """The names in an entry that make it the same thing as another; None of a value that does not add up."""
    field = field_at(path)
    extra = field.json_schema_extra if field else None
    same = extra.get("same") if isinstance(extra, dict) else None
    return [str(name) for name in same] if isinstance(same, list) else None


def _thing(entry: Any, names: Iterable[str]) -> str:
    """What an entry is, as text; whatever a file has there."""
    return repr([entry.get(name) for name in names] if isinstance(entry, dict) else entry)


def _date(entry: Any) -> str:
    """When it begins, as text; one of every year before all others."""
    if not isinstance(entry, dict):
        return str(entry)
    return next((str(entry[name]) for name in ("as_of", "day", "from") if name in entry), "")
