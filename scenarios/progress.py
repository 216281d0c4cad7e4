"""Who is told, before work starts and as it goes on, how much of it there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scenarios.experiment import Task


@dataclass(frozen=True)
class Progress:
    """Told before the work starts how many replications there may be; then of each, of more, of those not needed."""

    expect: Callable[[int], None] = lambda total: None
    done: Callable[[Task], None] = lambda task: None
    more: Callable[[int], None] = lambda count: None
    skip: Callable[[int], None] = lambda count: None
