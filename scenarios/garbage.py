"""How often Python looks for objects that are held by nothing but each other.

By default it does after every 700 that are made, of which most are there to stay while modules load and charts are
drawn: a tenth of what that takes is spent on looking.
"""

from __future__ import annotations

import gc

_MADE = 50_000
"""So many more objects than have gone: some megabytes."""


def collect_seldom() -> None:
    """Look after so many, in a process that is ours from its start to its end."""
    gc.set_threshold(_MADE)
