"""Where a sizing keeps what it finds on its way, noted, so that it can say how much of it is there when it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scenarios.experiment.cost import Work
from scenarios.experiment.experiment import Point
from scenarios.experiment.sealed import keep, kept
from scenarios.experiment.store import Store
from scenarios.size.search import Kept


@dataclass(frozen=True)
class Noted:
    """The note of one question, beside what was found; prices and counts are no part of it, since work serves any."""

    folder: Path
    question: str

    @property
    def file(self) -> Path:
        """Where the note stands."""
        return self.folder / f"noted-{self.question}.json"

    def _read(self) -> dict[str, float]:
        try:
            found: dict[str, float] = kept(self.file)
        except LookupError:
            return {}
        return found

    def __call__(self, found: Kept, seconds: float) -> None:
        """Note where something is kept, and for how many seconds each file there stands."""
        known = self._read()
        if found.digest not in known:
            keep(self.file, {**known, found.digest: seconds})

    def stored(self, base: Point, whole: Store, searched: int) -> Work:
        """The work that is there already: whole runs of the search, and what was noted."""
        store = Store(whole.folder)  # what is damaged is told later, once
        runs = sum(store.has(base.digest, number) for number in range(1, searched + 1))
        found = Work(runs, runs * sum(base.costs.values()))
        for digest, seconds in self._read().items():
            count = len(list(self.folder.glob(f"{digest}-*.json")))
            found += Work(count, count * seconds)
        return found
