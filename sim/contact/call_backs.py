"""Calls and those that are made again after a lost one, by Erlang A."""

from __future__ import annotations

from sim.contact.erlang import erlang_a_answered
from sim.streams import Floats

_TRIES = 6
"""Rounds after which attempts and lost ones no longer move."""


def with_call_backs(
    rate: Floats, handle: float, patience: float, agents: Floats, again: float, most: int
) -> tuple[Floats, Floats]:
    """Attempts a minute, call-backs among them, and the share of attempts that is lost.

    Who rings again does so in the same half-hour, and times are exponential.

    Args:
        rate: first calls a minute, of the shape of ``agents``.
        handle: mean handle time in minutes.
        patience: mean patience in minutes.
        agents: at their posts; need not be whole.
        again: share of lost callers who ring again.
        most: call-backs after the first call, at most.
    """
    offered = rate
    for _ in range(_TRIES):
        lost = 1 - erlang_a_answered(offered, handle, patience, agents)
        more = sum((again * lost) ** attempt for attempt in range(most + 1))
        offered = 0.5 * offered + 0.5 * rate * more
    return offered, lost
