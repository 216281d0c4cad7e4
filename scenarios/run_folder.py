"""The folder of a command that simulates: whether that fits into it, its replications, and the tables of a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.errors import UserError
from scenarios.folder.draft import Draft
from scenarios.folder.folder import Folder
from scenarios.folder.question import Question
from scenarios.folder.strangers import WORK
from scenarios.store import Store, clear_up
from scenarios.tables import daily_table, lead_time_table, ledger_table
from sim.facts import FACTS
from sim.parameters import Parameters
from sim.result import Result

_BYTES_A_VALUE = 8
_SHARE_OF_MEMORY = 0.5
_SHARE_OF_DISK = 0.9
_MOST_LOTS = 50_000
"""A day with more lots would take minutes."""


class RunFolder(Folder):
    """A folder with finished replications in it, or beside it."""

    @property
    def store(self) -> Store:
        """Where the finished replications live."""
        return Store(self.home / "replications", self.tell)

    def prepare(self, parameters: Parameters, replications: int) -> None:
        """Refuse a run that cannot fit; touches nothing.

        Raises:
            UserError: if the run is too large for memory or disk.
        """
        with self.told():
            self._refuse_too_large(parameters, replications)

    def take(self, beside: Sequence[str] = ()) -> None:
        """As any folder; and what killed processes left unfinished among finished work goes."""
        super().take(beside)
        with self.told():
            for name in WORK:
                clear_up(self.home / name)

    def _refuse_too_large(self, parameters: Parameters, replications: int) -> None:
        if (lots := _lots_on_a_full_day(parameters)) > _MOST_LOTS:
            raise UserError(
                f"plant.lot_size = {parameters.plant.lot_size}",
                [f"about {lots:,.0f} lots on a full day of this demand, more than {_MOST_LOTS:,}: raise lot_size"],
            )
        needed = replications * parameters.days * len(FACTS) * _BYTES_A_VALUE
        memory = psutil.virtual_memory().available * _SHARE_OF_MEMORY
        there = next(folder for folder in (self.path.absolute(), *self.path.absolute().parents) if folder.exists())
        disk = shutil.disk_usage(there).free * _SHARE_OF_DISK
        for what, room in (("memory", memory), ("disk", disk)):
            if needed > room:
                raise UserError(
                    f"{replications} replications of {parameters.days} days",
                    [f"need about {needed / 1e9:.1f} GB of {what}, more than the {room / 1e9:.1f} GB to spare"],
                )


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
    """Write ``daily.parquet``, ``lead_times.parquet`` and ``ledger.parquet``."""
    tables: dict[str, pa.Table] = {
        "daily": daily_table(results, parameters),
        "lead_times": lead_time_table(results),
        "ledger": ledger_table(results),
    }
    for name, table in tables.items():
        pq.write_table(table, draft.path / f"{name}.parquet")


def _lots_on_a_full_day(parameters: Parameters) -> float:
    """Roughly, from the largest demand of each reason; renewals are never more than a million a day."""
    demand = parameters.demand
    yearly = (demand.first_time_per_year, demand.births_per_year, demand.move_per_year)
    cards = 1e6 + sum(max(quantity.numbers()) for quantity in yearly) / 100
    cards = cards * max(demand.load.numbers()) + sum(
        load.applications_per_day for load in (*demand.campaign, *demand.stress)
    )
    return cards / parameters.plant.lot_size
