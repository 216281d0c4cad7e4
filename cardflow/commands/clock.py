"""``cardflow clock``: until when to decide."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cardflow.life import SIMULATING, Life, command
from sim.message import Message


@command(*SIMULATING)
def clock(
    life: Life,
    scenario: str,
    *,
    targets: list[str] | None = None,
    lead_times: Path | None = None,
    as_of: str | None = None,
    settings: list[str] | None = None,
    replications: int = 120,
) -> None:
    """The decision clock: which signs tell early that a target breaks, and the last date to act."""
    from scenarios.clock.clock import ClockOptions, clock, listed, refuse
    from scenarios.clock.lead_times import load_lead_times

    with life.judging() as wrong:
        chosen = wrong.tried(life.load, scenario)
        day = wrong.tried(life.day, "as-of", as_of)
        options = life.options(ClockOptions, as_of=day or date.today())
        wrong.tried(refuse, chosen if day else None, options)
        times = wrong.tried(load_lead_times, lead_times)
    assert chosen is not None and times is not None
    with life.progress(Message("clock")) as progress:
        found = clock(chosen, life.folder, options, times, progress)
    life.answer(lambda: listed(found))
