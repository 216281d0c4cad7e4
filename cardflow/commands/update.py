"""``cardflow update``: a finished run beside the months that have come. Nothing is simulated."""

from __future__ import annotations

from pathlib import Path

from cardflow.life import Life, command
from scenarios.errors import NOTHING_WRITTEN


@command("out", "lang", "as_json", undone=NOTHING_WRITTEN)
def update(life: Life, folder: Path, actuals: Path) -> None:
    """Weigh a finished run by the months that have come, and hold all forecasts against them."""
    from scenarios.update.update import read, update
    from scenarios.workbook.rules import read_actuals

    with life.judging() as wrong:
        figures = wrong.tried(read_actuals, actuals)
        wrong.tried(read, folder, life.folder)
    assert figures is not None
    found = update(folder, figures, life.folder)
    life.answer(lambda: found)
