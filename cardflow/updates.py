"""Updates in the public Python API: a finished run beside the months that have come."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from cardflow.api import Run
from cardflow.pages import folder_for, remade
from scenarios.files.actuals import Actuals
from scenarios.update.update import update as update_run
from scenarios.workbook.rules import read_actuals

__all__ = ["Update", "update"]


@dataclass(frozen=True)
class Update:
    """A finished update: its folder, what stands in ``update.json``, and its tables as pandas frames."""

    folder: Path
    update: dict[str, Any]

    @property
    def targets(self) -> pd.DataFrame:
        """The targets by fiscal year: each column of ``summary.json`` before and after, such as ``after_verdict``."""
        pairs = [
            {f"{when}_{key}": value for when, row in pair.items() for key, value in row.items()}
            for pair in self.update["targets"]
        ]
        return pd.DataFrame(pairs)

    @property
    def track(self) -> pd.DataFrame:
        """Every month of every earlier forecast that has come."""
        return pd.DataFrame(self.update["track"])

    def write_report(self, lang: str = "en") -> Path:
        """Write ``update.html``; the path of the page."""
        return remade(self.folder, lang, "update", ("update.json", self.update))


def update(run: Run | str | Path, actuals: Actuals | str | Path, out: str | Path | None = None) -> Update:
    """Weigh the replications of a finished run by what came; nothing is simulated.

    Args:
        run: a run, or its folder.
        actuals: what came (実績), or its workbook or CSV file.
        out: the folder; ``runs/update/SCENARIO/DIGEST`` by default.

    Raises:
        UserError: if something is wrong with the actuals, the run or the folder.
    """
    came = actuals if isinstance(actuals, Actuals) else read_actuals(Path(actuals))
    source = run.folder if isinstance(run, Run) else Path(run)
    with folder_for(None if out is None else Path(out)) as folder:
        return Update(update=update_run(source, came, folder), folder=folder.path)
