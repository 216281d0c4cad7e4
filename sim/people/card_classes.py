"""Why people apply (申請の理由), and what becomes of the cards: a row a reason.

How many of each are expected stands where it is known: of those that nothing else moves in ``demand.py``, of those that
follow the holders in ``people.py``. Licences in a card are no reason for one: they take longer to hand over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Reason:
    """A reason of applications, as facts are named with it.

    Args:
        name: one of ``sim.facts.SOURCES``.
        expected: ``alone`` where nothing else in the model moves it, by the ``holders`` month by month, or ``stated``.
        joins: the stock as a ``first`` card, as one made ``again`` for a holder, or ``renewed``; ``apart`` are
            residence cards (特定在留カード), since holders of limited stay stand apart (``limited_stay.py``).
        express: the parameter of the share that is express; None where all are standard.
        replaces: of those made again, the share that takes the place of a valid card: a number, a parameter, or
            ``pushed``, those that a push adds.
        seasonal: whether months and years swing it.
    """

    name: str
    expected: Literal["alone", "holders", "stated"]
    joins: Literal["first", "again", "renewed", "apart"]
    express: str | None = None
    replaces: float | str | None = None
    seasonal: bool = False


PUSHED = "pushed"
REASONS = (
    Reason("first_time", "alone", "first", seasonal=True),
    Reason("newborn", "alone", "first", express="demand.newborn_express_share"),
    Reason(
        "move",
        "alone",
        "again",
        express="demand.move_express_share",
        replaces="demand.move_replaces_share",
        seasonal=True,
    ),
    Reason("loss", "holders", "again", express="demand.loss_express_share", replaces=PUSHED),
    Reason("renewal", "holders", "renewed"),
    Reason("campaign", "stated", "first"),
    Reason("residence", "holders", "apart"),
    Reason("readings", "holders", "again", replaces=1.0),
    Reason("abroad", "alone", "first"),
)
ALONE, OF_HOLDERS = (
    tuple(reason.name for reason in REASONS if reason.expected == expected) for expected in ("alone", "holders")
)
FIRST, AGAIN = (tuple(reason.name for reason in REASONS if reason.joins == joins) for joins in ("first", "again"))
SEASONAL = tuple(reason.name for reason in REASONS if reason.seasonal)
EXPRESS_SHARE = {reason.name: reason.express for reason in REASONS if reason.express}
"""The parameter of the share that is express, by reason."""
