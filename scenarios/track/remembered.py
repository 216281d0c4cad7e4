"""A run's forecast, added to the track record."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.run.record import Identity
from scenarios.run.run_folder import RunFolder
from scenarios.track.bands import bands, daily_of
from scenarios.track.record import forecast, now
from scenarios.update.smoothing import equal_weights
from sim.calendar import Calendar, month_label
from sim.parameters import Parameters
from sim.result import Result


def remember(runs: RunFolder, identity: Identity, parameters: Parameters, results: Sequence[Result]) -> None:
    """Add what a run said of each month; ``identity`` tells which run, and up to when it knew what came.

    Raises:
        UserError: if the system refuses.
    """
    days = {month_label(number): span for number, span in Calendar(parameters.start, parameters.end).months()}
    told = bands(daily_of(results), days, equal_weights(len(results)))
    known_to = identity.actuals.as_of.isoformat() if identity.actuals else None
    with runs.told():
        runs.record.add(forecast(now(), "run", runs.question.digest, identity, known_to, told))
