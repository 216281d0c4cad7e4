"""Jobs that take their time, shared by a cluster of this machine, for who ends that in the midst of it."""

import time
from dataclasses import dataclass
from pathlib import Path

from scenarios.experiment.cluster import Cluster
from scenarios.experiment.workers import spread
from sim.message import Message


@dataclass(frozen=True)
class Sleeper:
    folder: Path
    label: Message

    @property
    def task(self) -> "Sleeper":
        return self

    def __call__(self) -> None:
        time.sleep(0.3)
        (self.folder / self.label).touch()


def main(folder: str) -> None:
    jobs = [Sleeper(Path(folder), Message("{number}", number=number)) for number in range(1000)]
    with Cluster(None, 2):
        spread(jobs, len(jobs))
