"""What takes long is not started without a word of the user."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from reports.durations import duration
from reports.messages import said
from scenarios.errors import UserError
from scenarios.experiment.progress import ASK_ABOVE_SECONDS
from sim.message import Message

if TYPE_CHECKING:
    from scenarios.sweep.sweep import Estimate

Ask = Callable[[str], bool]
"""Puts a question to the user; whether the answer is yes."""


def agree(seconds: float, estimate: Message | str, where: Message | str, lang: str, ask: Ask | None = None) -> None:
    """Ask whether to go on where something takes more than 15 minutes; ``ask`` stands in for the user.

    Raises:
        UserError: if nobody can be asked; it says what the estimate is.
        KeyboardInterrupt: if the answer is no; what was simulated is kept.
    """
    if seconds <= ASK_ABOVE_SECONDS:
        return
    if ask is None and (sys.stdin is None or not sys.stdin.isatty()):
        rule = Message(
            "{estimate}. Nobody can be asked here: give --yes to start it. What was simulated is kept",
            estimate=estimate,
        )
        raise UserError(where, [rule])
    minutes = ASK_ABOVE_SECONDS // 60
    if not (ask or _ask)(said(Message("That is more than {minutes} minutes. Start? [y/N]", minutes=minutes), lang)):
        raise KeyboardInterrupt


def estimated(estimate: Estimate) -> Message:
    """How long a sweep will take, about, and why."""
    return Message(
        "takes about {time}: at most {count} replications of about {seconds} s each, on {workers} processes",
        time=duration(estimate.total),
        count=f"{estimate.left:,}",
        seconds=f"{estimate.seconds:,.{1 if estimate.seconds < 10 else 0}f}",
        workers=estimate.workers,
    )


def _ask(words: str) -> bool:
    print(words, end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "はい")
