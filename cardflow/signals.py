"""Signals that ask the command to end: all are taken as Ctrl-C is, so that it ends tidily."""

from __future__ import annotations

import signal
from types import FrameType

_ASKING = ("SIGTERM", "SIGHUP", "SIGBREAK")


def end_like_an_interrupt() -> None:
    """Take them so, as far as the system knows them and nobody (such as ``nohup``) has switched them off."""
    for name in _ASKING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
