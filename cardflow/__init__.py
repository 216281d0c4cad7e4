"""Cardflow: capacity simulator of Japan's My Number card operation (マイナンバーカード).

Example:
    >>> import cardflow
    >>> scenario = cardflow.load("plan-period").changed(plant__cards_per_day=200_000)
    >>> run = cardflow.run(scenario, replications=3)   # doctest: +SKIP
    >>> run.verdicts                                    # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cardflow.answers import Clock, Comparison, Ledger, Run, Sized, Sweep, Update
    from cardflow.api import clock, compare, ledger, run, size, sweep, update, wave
    from scenarios.errors import UserError
    from scenarios.files.load import Scenario, load
    from scenarios.size.size import SizeOptions
    from sim import __version__

__all__ = [
    "Clock",
    "Comparison",
    "Ledger",
    "Run",
    "Scenario",
    "SizeOptions",
    "Sized",
    "Sweep",
    "Update",
    "UserError",
    "__version__",
    "clock",
    "compare",
    "ledger",
    "load",
    "run",
    "size",
    "sweep",
    "update",
    "wave",
]


def __getattr__(name: str) -> Any:
    """Import the public names late: the command line starts quickly, and no ``sim.py`` of the user's hides ours."""
    if name not in __all__:
        raise AttributeError(f"module 'cardflow' has no attribute {name!r}")
    if name == "__version__":  # which scripts ask for without more: the rest takes seconds to load
        from sim import __version__

        return __version__
    from cardflow import api

    return getattr(api, name)
