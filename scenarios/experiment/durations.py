"""How long something takes, about, in a unit that people use for it."""

from __future__ import annotations

from math import ceil

from sim.message import Message


def duration(seconds: float) -> Message:
    """Seconds below a minute and a half, minutes below two hours, else hours."""
    if seconds < 90:
        return Message("{number} s", number=max(ceil(seconds), 1))
    if seconds < 2 * 3600:
        return Message("{number} minutes", number=ceil(seconds / 60))
    return Message("{number:,.1f} hours", number=seconds / 3600)
