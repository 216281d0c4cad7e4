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
    from cardflow.api import (
        Clock,
        Comparison,
        Ledger,
        Run,
        Sized,
        SizeOptions,
        Sweep,
        Update,
        clock,
        compare,
        ledger,
        load,
        run,
        size,
        sweep,
        update,
        wave,
    )
    from scenarios.errors import UserError
    from scenarios.files.load import Scenario
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

_FROM = {
    "Scenario": "scenarios.files.load",
    "UserError": "scenarios.errors",
    "__version__": "sim",
}


def __getattr__(name: str) -> Any:
    """Import the public names late: the command line starts quickly, and no ``sim.py`` of the user's hides ours."""
    if name not in __all__:
        raise AttributeError(f"module 'cardflow' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_FROM.get(name, "cardflow.api")), name)
