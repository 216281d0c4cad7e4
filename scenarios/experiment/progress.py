"""Who is told, before work starts and as it goes on, how much of it there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scenarios.experiment.cost import Work
from scenarios.experiment.durations import duration
from scenarios.experiment.experiment import Task
from scenarios.experiment.store import Store
from sim.message import Message

ASK_ABOVE_SECONDS = 15 * 60
"""What takes longer is not started without a word of the user."""


def _nobody(*told: object) -> None:
    pass


@dataclass(frozen=True)
class Expected:
    """Work that there may be, and by how many processes; of what it consists, where a number alone would puzzle.

    ``heaviest`` is what one thing costs at the most, where that is known. ``stored`` is so much of the work that is
    there already, as far as that is known before it starts.
    """

    work: Work
    workers: int
    consists: Sequence[Message] = ()
    heaviest: float = 0.0
    stored: Work = field(default_factory=Work)

    @classmethod
    def of(
        cls,
        tasks: Sequence[Task],
        store: Store,
        workers: int,
        more: Work | None = None,
        consists: Sequence[Message] = (),
    ) -> Expected:
        """Tasks whose results are to be in a store, and so much ``more``."""
        work = sum((task.work for task in tasks), more or Work())
        found = Store(store.folder)  # what is damaged is told later, once
        there = (task.work for task in tasks if found.has(task.point.digest, task.replication))
        heaviest = max((task.work.seconds for task in tasks), default=0.0)
        return cls(work, workers, consists, heaviest, sum(there, Work()))

    def __add__(self, other: Expected) -> Expected:
        """Both together, by as many processes as this."""
        heaviest, consists = max(self.heaviest, other.heaviest), (*self.consists, *other.consists)
        return Expected(self.work + other.work, self.workers, consists, heaviest, self.stored + other.stored)

    def taking(self, seconds: float) -> Message:
        """That it takes so many seconds, about, and of what it consists."""
        what = list(self.consists) or [Message("replications: {count}", count=self.work.count)]
        told = {"time": duration(seconds), "what": what}
        if self.workers > 1:
            return Message("about {time} on {workers} cores: {what}", workers=self.workers, **told)
        return Message("about {time} on one core: {what}", **told)


@dataclass(frozen=True)
class Progress:
    """Told of work: what there may be, before it starts; then of each thing done, of more, of what is not needed.

    ``beside`` is given lines on what is known so far, in place of those before.
    """

    expect: Callable[[Expected], None] = _nobody
    done: Callable[[Task | Work], None] = _nobody
    more: Callable[[Work], None] = _nobody
    skip: Callable[[Work], None] = _nobody
    beside: Callable[[Sequence[str]], None] = _nobody
