"""Verification and validation: what was checked of the model and of this run, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from calibration import validated
from reports import actuals, names, track
from reports.document import Number, Value, say, sentences
from reports.run import certainty
from reports.run.quality.stress import BALANCES
from reports.run_data import RunData
from reports.validation.answer import answer

Check = tuple[Value, Value]
"""What was checked, and what came of it."""


def checks(data: RunData) -> Iterator[Check]:
    """Of the model, of this version, of this run, of forecasts that have come."""
    run, found = data.run, validated.load()
    yield say("checks.balances"), say("checks.balances_told", balances=BALANCES, replications=run.replications)
    yield say("checks.twice"), say("checks.twice_told")
    yield say("checks.published"), sentences(names.origin("checks.published_told", found), *answer(found))
    before = (run.first_day - run.first_simulated_day).days
    yield say("checks.run_in"), say("checks.run_in_told", first=run.first_simulated_day, days=Number(before))
    counts: dict[str, Value] = {"replications": run.replications, "chance": run.chance_replications}
    yield say("checks.replications"), sentences(say("checks.replications_told", **counts), *_precision(data))
    if narrowed := actuals.narrowed(run):
        yield say("checks.narrowed"), sentences(*narrowed)
    yield say("checks.track"), track.told(data.ahead)


def _precision(data: RunData) -> list[Value]:
    """Whether the precision asked for was reached, and what stayed undecided, where anybody asked."""
    return [told for told in (certainty.precision(data.run), certainty.decided(data.run)) if told]
