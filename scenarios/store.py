"""Finished replications as files, one each: whole or not there at all."""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import numpy as np

from sim.facts import FACTS
from sim.result import Result

_TABLES = ("lead_times", "ledger")


@dataclass(frozen=True)
class Store:
    """A folder of replications."""

    folder: Path

    def _path(self, digest: str, replication: int) -> Path:
        return self.folder / f"{digest}-{replication:04d}.npz"

    def of_whole_runs(self) -> Store:
        """Where the same replications are kept with every simulated day."""
        return Store(self.folder / "whole")

    def has(self, digest: str, replication: int) -> bool:
        """Whether a replication is there, whole and readable."""
        wanted = {f"{name}.npy" for name in (*_TABLES, *(f"fact_{name}" for name in FACTS))}
        try:
            with ZipFile(self._path(digest, replication)) as archive:
                return wanted <= set(archive.namelist()) and archive.testzip() is None
        except (OSError, EOFError, ValueError, RuntimeError, BadZipFile, zlib.error):
            return False

    def save(self, digest: str, replication: int, result: Result) -> None:
        """Write a replication; a reader sees all of it or nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(digest, replication)
        unfinished = path.with_name(f"{path.stem}.{os.getpid()}.unfinished")
        tables = {"lead_times": result.lead_times, "ledger": result.ledger}
        tables |= {f"fact_{name}": series for name, series in result.facts.items()}
        with unfinished.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **tables)
        unfinished.replace(path)

    def load(self, digest: str, replication: int) -> Result:
        """Read a replication back."""
        with np.load(self._path(digest, replication)) as arrays:
            facts = {name.removeprefix("fact_"): arrays[name] for name in arrays.files if name.startswith("fact_")}
            return Result(facts, arrays["lead_times"], arrays["ledger"])
