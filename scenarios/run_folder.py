"""A run's folder: whether a run fits into it, and files that appear whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.errors import UserError
from scenarios.estimate import refuse_too_large
from scenarios.store import Store
from scenarios.tables import daily_table, lead_time_table, ledger_table
from sim.parameters import Parameters
from sim.result import Result


@dataclass(frozen=True)
class RunFolder:
    """Paths and writing; a file appears whole or not at all."""

    path: Path

    @property
    def store(self) -> Store:
        """Where the finished replications live."""
        return Store(self.path / "replications")

    def prepare(self, parameters: Parameters, replications: int) -> None:
        """Refuse a run that cannot fit, then make the folder.

        Raises:
            UserError: if the folder cannot be written, or the run is too large for memory or disk.
        """
        with self.told():
            refuse_too_large(parameters, replications, self.path)
            self.store.folder.mkdir(parents=True, exist_ok=True)
            probe = self.path / f".writable.{os.getpid()}"
            probe.touch()
            probe.unlink()

    @contextmanager
    def told(self) -> Iterator[None]:
        """Tell the user what the system refuses: no right to write, no room.

        Raises:
            UserError: in place of an OSError.
        """
        try:
            yield
        except OSError as error:
            raise UserError(f"--out {self.path}", [f"cannot be written: {error.strerror or error}"]) from None

    def write_scenario(self, text: str) -> None:
        """Write ``scenario.toml``; results of another scenario no longer count."""
        there = self.path / "scenario.toml"
        if there.exists() and there.read_bytes() != text.encode():
            (self.path / "summary.json").unlink(missing_ok=True)
        self.write_text("scenario.toml", text)

    def write_actuals(self, drawn: dict[str, Any] | None) -> None:
        """Write ``actuals.json``, what charts draw of the planner's own figures; none of an earlier run stays."""
        if drawn is not None:
            self.write_json("actuals.json", drawn)
        elif (self.path / "run.json").exists():
            (self.path / "actuals.json").unlink(missing_ok=True)

    def write_text(self, name: str, text: str) -> None:
        """Write a text file."""
        target = self.path / name
        unfinished = target.with_name(f".{name}.{os.getpid()}.unfinished")
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(target)

    def write_json(self, name: str, data: Any) -> None:
        """Write a JSON file, keys in the order given."""
        self.write_text(name, json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n")

    def write_tables(self, results: Sequence[Result], parameters: Parameters) -> None:
        """Write ``daily.parquet``, ``lead_times.parquet`` and ``ledger.parquet``."""
        self._write_parquet("daily.parquet", daily_table(results, parameters))
        self._write_parquet("lead_times.parquet", lead_time_table(results))
        self._write_parquet("ledger.parquet", ledger_table(results))

    def _write_parquet(self, name: str, table: pa.Table) -> None:
        unfinished = self.path / f".{name}.{os.getpid()}.unfinished"
        pq.write_table(table, unfinished)
        unfinished.replace(self.path / name)
