"""What must be run again when an input changes: the part that reads it, and all that lie behind that one.

What one part does to another stands in the couplings table, and in what each part declares that it reads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache

from sim.couplings import COUPLINGS
from sim.parameters import Parameters
from sim.parts import DECLARED, HELPDESK, PART_OF, PARTS, RESIDENT

_NOBODY = ("targets.",)
"""Beginnings of paths of parameters that nobody reads before the replication is over."""
_EVERYBODY = ("start", "end")
"""Dates of the run."""


@cache
def _behind(lending: bool) -> Mapping[str, Collection[str]]:
    """For each part those that it does something to; with ``lending``, the call centres change each other."""
    behind = {part: set[str]() for part in PARTS}
    pairs = [(cause, PART_OF[row.effect]) for row in COUPLINGS for cause in row.causes]
    pairs += [(fact, part.name) for part in DECLARED for fact in part.reads]
    for fact, reader in pairs:
        poster = PART_OF[fact]
        if poster and reader and poster != reader:
            behind[poster].add(reader)
    if lending:
        behind[RESIDENT].add(HELPDESK)
        behind[HELPDESK].add(RESIDENT)
    return behind


def reached(parts: Iterable[str], lending: bool) -> frozenset[str]:
    """These parts and all behind them; with ``lending``, the call centres change each other."""
    behind = _behind(lending)
    found, new = set[str](), set(parts)
    while new:
        found |= new
        new = {other for part in new for other in behind[part]} - found
    return frozenset(found)


def reached_by(paths: Iterable[str], parameters: Parameters) -> frozenset[str]:
    """Parts whose facts can change with the parameters of these dotted paths."""
    return reached((part for path in paths for part in read_by(path)), lends(parameters))


@cache
def read_by(path: str) -> frozenset[str]:
    """Parts that are the first to read the parameter of a dotted path.

    Raises:
        LookupError: if no part declares that it reads it.
    """
    if path in _EVERYBODY:
        return frozenset(PARTS)
    declared = [(beginning, part.name) for part in DECLARED for beginning in part.parameters]
    fitting = [pair for pair in (*declared, *((beginning, None) for beginning in _NOBODY)) if path.startswith(pair[0])]
    if not fitting:
        raise LookupError(f"no part declares that it reads {path}")
    longest = max(len(beginning) for beginning, _ in fitting)
    return frozenset(part for beginning, part in fitting if part and len(beginning) == longest)


def upstream(parts: Iterable[str], lending: bool) -> frozenset[str]:
    """These parts and all that do something to them: what must be right for their facts to be right."""
    wanted = set(parts)
    return frozenset(part for part in PARTS if wanted & reached([part], lending))


def lends(parameters: Parameters) -> bool:
    """Whether the centres ever lend each other agents."""
    return any(number > 0 for number in parameters.contact.cross_trained_share.numbers())


def refuse_gap(parts: Collection[str], lost: Collection[str], lending: bool) -> None:
    """Refuse to run parts that rest on others of which nothing is known.

    Raises:
        ValueError: naming a part, and those that it rests on.
    """
    for part in parts:
        if gap := upstream([part], lending) & set(lost):
            raise ValueError(f"{part} rests on {', '.join(sorted(gap))}, which would have to be run again too")
