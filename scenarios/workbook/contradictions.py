"""Figures that cannot all be true: each is plausible for itself, together they are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from scenarios.files.actuals import Month, month_end
from scenarios.workbook.columns import MONTHLY, STATE
from sim.facts import CENTRES
from sim.message import Message

_BRIEFEST = 0.5
"""Minutes that a call takes an agent at least, however brief."""
_NAMES = {column.name: column.ja for column in (*MONTHLY, *STATE)}
Told = tuple[date | None, str, Message]
"""The month, the figure at whose cell it is told, and what is wrong; no month for the work inside."""


def contradictions(months: Sequence[Month], state: Mapping[str, int]) -> Iterator[Told]:
    """What contradicts what: calls answered and seats; cards dispatched in months, so far, and not yet collected."""
    for month in months:
        yield from (told for centre in CENTRES for told in _answered(month, centre))
    yield from _dispatched(months, state)


def _answered(month: Month, centre: str) -> Iterator[Told]:
    """More calls answered than the seats could take, if each took half a minute around the clock."""
    calls, share, seats = (getattr(month, f"{name}_{centre}") for name in ("calls", "answered_share", "seats"))
    if None in (calls, share, seats):
        return
    most = round(seats * month_end(month.month).day * 24 * 60 / _BRIEFEST)
    if calls * share > most:
        told = {"answered": round(calls * share), "most": most, "seats": seats, "name": _NAMES[f"calls_{centre}"]}
        rule = Message("{answered:,} calls answered ({name}) are more than {seats:,} seats can take: {most:,}", **told)
        yield month.month, f"seats_{centre}", rule


def _dispatched(months: Sequence[Month], state: Mapping[str, int]) -> Iterator[Told]:
    so_far = state.get("dispatched_so_far")
    if so_far is None:
        return
    summed = sum(month.dispatched for month in months if month.dispatched is not None)
    told = {"name": _NAMES["dispatched_so_far"], "so_far": so_far}
    if summed > so_far:
        rule = Message("{name} {so_far:,} is less than the stated months together: {summed:,}", summed=summed, **told)
        yield None, "dispatched_so_far", rule
    waiting = state.get("cards_at_municipalities")
    if waiting is not None and waiting > so_far:
        other = {"other": _NAMES["cards_at_municipalities"], "waiting": waiting}
        yield None, "dispatched_so_far", Message("{name} {so_far:,} is less than {other} {waiting:,}", **told, **other)
