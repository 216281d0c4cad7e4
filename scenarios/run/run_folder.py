"""The folder of a command that simulates: whether that fits into it, its replications, and the tables of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.experiment.estimate import refuse_too_large
from scenarios.experiment.store import Store, clear_up
from scenarios.folder.draft import Draft
from scenarios.folder.folder import Folder
from scenarios.folder.question import Question
from scenarios.folder.strangers import WORK
from scenarios.run.tables import axis_tables, counters_table, daily_table, lead_time_table, ledger_table
from scenarios.track.record import NAME, Record
from sim.parameters import Parameters
from sim.result import Result


class RunFolder(Folder):
    """A folder with finished replications in it, or beside it."""

    @property
    def store(self) -> Store:
        """Where the finished replications live."""
        return Store(self.home / "replications", self.tell)

    @property
    def record(self) -> Record:
        """The track record: in a folder that was named, or else in that of all runs."""
        folder = self.path if self.named else self.path.parent.parent
        return Record(folder / NAME, self.tell)

    def prepare(self, parameters: Parameters, replications: int) -> None:
        """Refuse a folder that is not ours to fill and a run that cannot fit, before any work; touches nothing.

        Raises:
            UserError: as ``look``, and if the run is too large for memory or disk.
        """
        self.look()
        with self.told():
            refuse_too_large(parameters, replications, self.path)

    def take(self, beside: Sequence[str] = ()) -> None:
        """As any folder; and what killed processes left unfinished among finished work goes."""
        super().take(beside)
        with self.told():
            for name in WORK:
                clear_up(self.home / name)


@contextmanager
def at_work(out: RunFolder | Path | None, question: Question) -> Iterator[RunFolder]:
    """A folder to answer a question in: one that is held already, or one at a path that is let go of at the end.

    Raises:
        UserError: in place of what the system refuses.
    """
    with ExitStack() as stack:
        folder = out if isinstance(out, RunFolder) else stack.enter_context(RunFolder(out))
        folder.ask(question)
        with folder.told():
            yield folder


def write_tables(draft: Draft, results: Sequence[Result], parameters: Parameters) -> None:
    """Write ``daily``, ``lead_times``, ``ledger`` and ``counters.parquet``, and a table for each axis of a fact."""
    tables: dict[str, pa.Table] = {
        "daily": daily_table(results, parameters),
        "lead_times": lead_time_table(results),
        "ledger": ledger_table(results),
        "counters": counters_table(results),
        **axis_tables(results, parameters),
    }
    for name, table in tables.items():
        pq.write_table(table, draft.path / f"{name}.parquet")
