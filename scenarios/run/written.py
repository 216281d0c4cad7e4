"""What a run says, as its records: of its answer, and of a provisional one on the way to that."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scenarios.experiment.experiment import Point
from scenarios.files.changes import changes, replaced
from scenarios.files.find import LIBRARY, library
from scenarios.files.from_actuals import named
from scenarios.files.load import Scenario, load
from scenarios.ledger.delays import entries
from scenarios.margin.search import LEAST
from scenarios.margin.search import MOST as MOST_BORNE
from scenarios.run.drivers import drivers
from scenarios.run.enough import Found
from scenarios.run.judge import judge
from scenarios.run.options import Options
from scenarios.run.record import Change, Provisional, Run, Summary
from scenarios.run.repairs import repairs
from scenarios.run.statistic import Looked, Row
from scenarios.run.totals import totals
from sim import __version__
from sim.calendar import RUN
from sim.result import Result
from sim.targets import Statistic

Told = Sequence[Sequence[Statistic]]
"""The statistics of each replication, in the same order."""


def _identity(scenario: Scenario, options: Options) -> dict[str, Any]:
    """What tells one run from another, in every file that speaks of it."""
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "seed": options.seed,
        "replications": options.replications,
        "first_day": scenario.parameters.start,
        "last_day": scenario.parameters.end,
        "version": __version__,
        "actuals": named(scenario),
        "narrowed": scenario.narrowed.told if scenario.narrowed else None,
    }


def record(scenario: Scenario, options: Options, point: Point, rows: Sequence[Row], told: Told, enough: Found) -> Run:
    """What ``run.json`` says of a scenario's ``point``, from the statistics of its replications."""
    of_run = [row for row in rows if row.decides and row.period == RUN]
    return Run(
        **_identity(scenario, options),
        why=scenario.why,
        base=scenario.base,
        library_name=_library_name(scenario),
        chance_only=options.chance_only,
        draws=scenario.narrowed.draws if scenario.narrowed else None,
        first_simulated_day=scenario.parameters.first_simulated_day,
        chance_replications=options.chance_replications,
        margin=Looked(LEAST, MOST_BORNE) if options.margin else None,
        changes=tuple(Change(**each) for each in json.loads(json.dumps(changes(scenario), default=str))),
        replaced=tuple(replaced(scenario)),
        precision=enough.precision.record if enough.precision else None,
        decided=enough.decided,
        chance_shares={row.judged: row.chance_share for row in of_run},
        chance_intervals={row.judged: (row.chance_share_low, row.chance_share_high) for row in of_run},
        unknowns=point.unknowns.digest,
        drivers=drivers(scenario, point, told),
        repairs=repairs(scenario, point, rows),
    )


def _library_name(scenario: Scenario) -> str | None:
    """The name that loads the same again from anywhere, without actual figures; None for a file, or with values set."""
    if not set(scenario.name.split("+")) <= set(library()):
        return None
    own = scenario.before or scenario
    return scenario.name if load(scenario.name, LIBRARY).parameters == own.parameters else None


def summary(scenario: Scenario, options: Options, rows: Sequence[Row], results: Sequence[Result]) -> Summary:
    """What ``summary.json`` says."""
    return Summary(
        **_identity(scenario, options),
        targets=tuple(rows),
        totals=totals(results, scenario.parameters),
        ledger=tuple(entries(results, scenario.parameters)),
    )


def provisional(scenario: Scenario, options: Options, point: Point, told: Told, of: int) -> tuple[Summary, Run]:
    """Both of some replications, of so many: verdicts by counting alone, without margins, totals and the ledger."""
    options = replace(options, replications=len(told), margin=False)
    rows, mark = judge(told), Provisional(of)
    found = Summary(**_identity(scenario, options), targets=tuple(rows), totals={}, provisional=mark)
    return found, replace(record(scenario, options, point, rows, (), Found(None, None, of)), provisional=mark)
