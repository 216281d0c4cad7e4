"""The renewal wave from the cohorts alone: no plant, no chance, middle values."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from scenarios.errors import UserError
from scenarios.files.load import Scenario
from scenarios.files.rules import FIRST_DAY, LAST_DAY
from scenarios.files.scenario_file import complete_file
from scenarios.folder.question import Question
from scenarios.history import load_history
from scenarios.run.run_folder import RunFolder, at_work
from scenarios.unknowns import load_unknowns
from scenarios.wave.record import Wave, Year
from sim import __version__
from sim.calendar import Calendar, first_day, fiscal_year
from sim.message import Message
from sim.parameters import Parameters
from sim.people.holders import Holders
from sim.people.outlook import walk
from sim.plan import Plan
from sim.streams import Streams

FIRST_YEAR, LAST_YEAR = FIRST_DAY.year, LAST_DAY.year - 1


def refuse(first: int, last: int) -> None:
    """Raise UserError if fiscal years are out of order or outside what the cohorts cover."""
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        years = {"first": first, "last": last, "earliest": FIRST_YEAR, "latest": LAST_YEAR}
        raise UserError(
            "wave",
            [
                Message(
                    "--from {first} --to {last}: must be fiscal years in order, from {earliest} to {latest}", **years
                )
            ],
        )


def wave(scenario: Scenario, first: int, last: int, out: RunFolder | Path | None = None) -> Wave:
    """The wave of a scenario; fills a folder with it, if one is given.

    Raises:
        UserError: as ``refuse``; if the folder cannot be written or is not ours.
    """
    found = Wave(
        scenario=scenario.name,
        title=scenario.title,
        version=__version__,
        first=first,
        last=last,
        rows=wave_table(scenario.parameters, first, last),
    )
    if out is not None:
        with at_work(out, Question("wave", scenario.name, [complete_file(scenario), first, last])) as folder:
            folder.take()
            folder.begin({"scenario.toml": complete_file(scenario)})
            with folder.answer() as draft:
                draft.write(found)
    return found


def wave_table(parameters: Parameters, first: int, last: int) -> tuple[Year, ...]:
    """By fiscal year, in persons: cards expiring, certificates expiring while the card stays valid, notices due.

    Raises:
        UserError: as ``refuse``.
    """
    refuse(first, last)
    history = load_history()
    end_month = (last + 1) * 12 + 3
    calendar = Calendar(first_day(history.first_month), first_day(end_month))
    plan = Plan(parameters, Streams(0, 0), calendar, chance_only=True, unknowns=load_unknowns())
    holders = Holders(plan, history, first_day(end_month))
    sums: defaultdict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for month, opened in walk(holders, plan, history, end_month):
        year = sums[fiscal_year(first_day(month))]
        year[0] += opened.cards_expiring
        year[1] += opened.certificates_expiring
        year[2] += opened.notices
    return tuple(Year(year, *map(round, sums[year])) for year in range(first, last + 1))
