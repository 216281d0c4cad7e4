"""What must be run again when an input changes: the part that reads it, and all that lie behind that one.

What one part does to another stands in the couplings table, and in what a part reads of another's facts directly.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sim.couplings import COUPLINGS
from sim.parameters import Parameters
from sim.parts import CARDS, COUNTERS, HELPDESK, PART_OF, PARTS, RESIDENT

_DIRECTLY: dict[str, set[str]] = {CARDS: {COUNTERS}, COUNTERS: set(), RESIDENT: set(), HELPDESK: set()}
"""Parts that read facts of another without a coupling."""

_FIRST_REACHED: dict[str, set[str]] = {
    "counters.": {COUNTERS},
    "counters.weekdays": {CARDS},
    "counters.closures": {CARDS},
    "counters.never_collected_share": {CARDS},
    "systems.": set(PARTS),
    "systems.jpki_": {COUNTERS},
    "systems.retry_share": {COUNTERS},
    "systems.jpki_counter.": {COUNTERS, HELPDESK},
    "systems.jpki_verifier.": set(),
    "contact.resident.": {RESIDENT},
    "contact.helpdesk.": {HELPDESK},
    "contact.cross_trained_share": {RESIDENT, HELPDESK},
    "opening.handed_over": {COUNTERS},
    "opening.at_municipalities": {COUNTERS},
    "targets.": set(),
    "targets.issue_days": {CARDS},
    "targets.express_days": {CARDS},
    "targets.answered_share": {RESIDENT, HELPDESK},
}
"""Parts that read the parameters under a path; the longest fitting path counts. All others reach the cards."""


def _behind() -> dict[str, set[str]]:
    """For each part those that it does something to."""
    behind = {part: set(others) for part, others in _DIRECTLY.items()}
    for row in COUPLINGS:
        cause, effect = PART_OF.get(row.cause), PART_OF.get(row.effect)
        if cause and effect and cause != effect:
            behind[cause].add(effect)
    return behind


def reached(parts: Iterable[str], lending: bool) -> frozenset[str]:
    """These parts and all behind them; with ``lending``, the call centres change each other."""
    behind = _behind()
    if lending:
        behind[RESIDENT].add(HELPDESK)
        behind[HELPDESK].add(RESIDENT)
    found, new = set[str](), set(parts)
    while new:
        found |= new
        new = {other for part in new for other in behind[part]} - found
    return frozenset(found)


def reached_by(paths: Iterable[str], parameters: Parameters) -> frozenset[str]:
    """Parts whose facts can change with the parameters of these dotted paths."""
    return reached((part for path in paths for part in read_by(path)), lends(parameters))


def read_by(path: str) -> set[str]:
    """Parts that read the parameter of a dotted path themselves."""
    fitting = [prefix for prefix in _FIRST_REACHED if path.startswith(prefix)]
    return _FIRST_REACHED[max(fitting, key=len)] if fitting else set(PARTS[:1])


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
