"""Who is told, before work starts and as it goes on, how much of it there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scenarios.cost import Work
from scenarios.experiment import Task
from sim.message import Message


def _nobody(*told: object) -> None:
    pass


@dataclass(frozen=True)
class Expected:
    """Work that there may be, and by how many processes; of what it consists, where a number alone would puzzle."""

    work: Work
    workers: int
    consists: Sequence[Message] = ()


@dataclass(frozen=True)
class Progress:
    """Told of work: what there may be, before it starts; then of each thing done, of more, of what is not needed."""

    expect: Callable[[Expected], None] = _nobody
    done: Callable[[Task | Work], None] = _nobody
    more: Callable[[Work], None] = _nobody
    skip: Callable[[Work], None] = _nobody
