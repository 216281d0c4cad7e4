"""``cardflow clock``: until when to decide."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from cardflow import options as own
from cardflow.life import Life, answering
from sim.message import Message


@answering(Message("Folder; runs/clock/SCENARIO/DIGEST by default."))
def clock(
    life: Life,
    scenario: own.Scenario,
    targets: Annotated[
        list[str] | None,
        own.asked("ID", Message("Targets to watch, as in calls-95; repeatable; all by default."), "--target"),
    ] = None,
    lead_times: Annotated[
        Path | None,
        own.asked(
            Message("FILE"),
            Message("Your own lead times (.toml or .xlsx, see lead-times-template) instead of assumed ones."),
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        own.asked(Message("DATE"), Message("The day that counts as today; a last date before it has passed.")),
    ] = None,
    settings: own.Settings = None,
    replications: Annotated[
        int, own.replications(Message("How many; half of them choose the trip-wires, the others judge them."))
    ] = 120,
) -> None:
    """The decision clock: which signs tell early that a target breaks, and the last date to act."""
    from scenarios.clock.clock import ClockOptions, chosen_targets, clock, day_of, listed
    from scenarios.clock.lead_times import load_lead_times

    with life.judging() as wrong:
        chosen = wrong.tried(life.load, scenario)
        day = wrong.tried(day_of, as_of) if as_of is not None else None
        options = life.options(ClockOptions, as_of=day or date.today())
        wrong.tried(chosen_targets, options)
        times = wrong.tried(load_lead_times, lead_times)
    assert chosen is not None and times is not None
    with life.progress(Message("clock")) as progress:
        found = clock(chosen, life.folder, options, times, progress)
    life.answer(lambda: listed(found))
