"""Replications of a point that other commands have simulated: taken over, so that they need not be simulated again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scenarios.experiment.experiment import Point
from scenarios.experiment.store import Store
from scenarios.folder.names import RUNS
from sim.replication import reported
from sim.result import Result


def take_over(point: Point, numbers: Iterable[int], store: Store, root: Path = RUNS) -> int:
    """Put replications that stand anywhere under a folder into a store that lacks them; returns how many."""
    missing = [number for number in numbers if not store.has(point.digest, number)]
    others = [Store(folder) for folder in sorted(root.rglob("replications")) if folder.is_dir()] if missing else []
    found = {number: result for number in missing if (result := _there(point, number, others))}
    for number, result in found.items():
        store.save(point.digest, number, result)
    return len(found)


def _there(point: Point, number: int, stores: Iterable[Store]) -> Result | None:
    for store in stores:
        if store.has(point.digest, number):
            return store.load(point.digest, number)
        whole = store.of_whole_runs()
        if whole.has(point.digest, number):
            return reported(whole.load(point.digest, number), point.parameters)
    return None
