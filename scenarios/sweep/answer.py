"""The answer of a study that has been driven, and what ``cardflow sweep --json`` prints of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scenarios.files.load import Scenario
from scenarios.records import as_json
from scenarios.run.periods import spans
from scenarios.sweep.design import Input, number_on
from scenarios.sweep.ranges import Range
from scenarios.sweep.record import Doubt, Drawn, Points, Screened, Sweep, Varied
from scenarios.sweep.study import Study
from scenarios.sweep.table import described
from sim import __version__
from sim.calendar import Period
from sim.parameters import quantities

ROW_KEYS = ("id", "period", "statistic", "value", "low", "high", "probability", "computed", "verdict")
"""What ``cardflow sweep --json`` prints of each row, after ``point`` and the varied paths."""
EFFECT_KEYS = ("path", "id", "period", "statistic", "mu_star", "low", "high", "sigma", "sigma_low", "sigma_high")
"""What it prints of each effect of a screening."""
DRAWN_KEYS = ("path", "id", "period", "statistic", "rho", "low", "high", "clear", "tied_to", "replications")
"""What it prints of each rank correlation, with ``--draws``."""
_SPREAD = ("grid", "latin")
_SHARE_KEYS = ("s1", "s1_low", "s1_high", "st", "st_low", "st_high")


def answer(study: Study, doubts: Iterable[Doubt], found: Points | Screened | Drawn) -> Sweep:
    """What was asked of a study, and what was found."""
    scenario, options = study.scenario, study.options
    moved = study.ranges if options.design in _SPREAD else study.inputs
    return Sweep(
        version=__version__,
        scenario=scenario.name,
        title=scenario.title,
        seed=options.seed,
        replications=options.each,
        chance_only=options.chance_only or options.screens,
        confidence=0.95,
        first_day=scenario.parameters.start,
        last_day=scenario.parameters.end,
        file="scenario.toml",
        design=options.design,
        points=len(study.blocks[0].spots) if study.blocks else None,
        lhs=options.lhs,
        trajectories=options.trajectories if options.screens else None,
        sobol=options.sobol,
        vary=tuple(own.text for own in study.ranges),
        varied=tuple(_varied(scenario, own) for own in moved),
        doubts=tuple(doubts),
        found=found,
    )


def _varied(scenario: Scenario, own: Input) -> Varied:
    """A varied path: its range, and what the scenario itself has on the first day of each fiscal year."""
    years = {period: span[0] for period, span in spans(scenario.parameters).items() if not Period(period).monthly}
    quantity = quantities(scenario.parameters).get(own.path)
    return Varied(
        path=own.path,
        **described(own.path),
        low=own.number(0.0),
        high=own.number(1.0),
        values=own.values if isinstance(own, Range) and own.count else None,
        today={period: number_on(scenario, own.path, day) for period, day in years.items()},
        dated=quantity is not None and len(quantity.steps) > 1,
        uncertain=quantity is not None and quantity.uncertain,
    )


def listed(sweep: Sweep) -> list[dict[str, Any]]:
    """What ``cardflow sweep --json`` prints: rows of points by year; of a screening, the effects."""
    match sweep.found:
        case Points(rows=rows):
            keys = ("point", *(own.path for own in sweep.varied), *ROW_KEYS)
            return [{key: row[key] for key in keys} for row in as_json(rows)]
        case Drawn(correlations=rows):
            return [{key: getattr(row, key) for key in DRAWN_KEYS} for row in rows]
        case Screened(effects=effects, shares=shares):
            by_key = {(row.path, row.id, row.period): row for row in shares or ()}
            return [
                {key: getattr(row, key) for key in EFFECT_KEYS}
                | {key: getattr(by_key.get((row.path, row.id, row.period)), key, None) for key in _SHARE_KEYS}
                for row in effects
            ]
