"""Validation: every published figure the model can speak to, beside what the model says, and what it was used for.

The simulated value is the mean over replications in which only chance varies, every assumption at its middle; the
interval holds nine tenths of the replications in which assumptions vary over their ranges too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from calibration import simulated
from calibration.agreement import Agreement
from calibration.agreement import load as load_agreements
from calibration.fits_record import Fits
from calibration.holders_walk import Outlook, notices_by_cohort, outlook
from calibration.joint.shown import shown
from calibration.problems import answers, hand_over, holders
from calibration.record import Band, Cohort, Place, Row, Validation
from scenarios.errors import UserError
from scenarios.experiment.cost import Work
from scenarios.experiment.experiment import Point, Task, evaluate
from scenarios.experiment.progress import Expected, Progress
from scenarios.files.load import Scenario, load
from scenarios.folder.question import Question
from scenarios.records import from_json
from scenarios.run.monthly import BAND
from scenarios.run.run_folder import RunFolder, at_work
from scenarios.unknowns import load_unknowns, record
from sim import __version__
from sim.calendar import Period
from sim.message import Message
from sim.streams import Streams

FY2025, HINDCAST = holders.SCENARIO, hand_over.SCENARIO
CHANCE_REPLICATIONS = answers.REPLICATIONS
"""By chance alone, at most; not more than those with everything uncertain. Answer rates need so many."""
_WALK = Work(1, 0.23)
"""What a walk of the cohorts takes."""
LIST_KEYS = ("id", "published", "simulated", "low", "high", "difference", "use")
"""What ``cardflow validate --json`` prints of each figure."""
NOT_VALIDATED = (
    "future_demand",
    "call_volumes",
    "counter_slots",
    "jpki_capacity",
    "breakdowns",
    "channels",
    "stations",
    "lapse_shares",
    "prices",
)
"""What no published figure speaks to; the page says why of each."""

Told = dict[str, float]


@dataclass(frozen=True)
class ValidateOptions:
    """How many replications with everything uncertain, and the seed."""

    replications: int = 20
    seed: int = 1
    workers: int = 1


def question(options: ValidateOptions) -> Question:
    """What is asked of a validation; what was published comes with the version."""
    return Question("validation", "", [[point.digest for point in _points(options)], options.replications])


def validate(out: RunFolder | Path | None, options: ValidateOptions, progress: Progress | None = None) -> Validation:
    """Simulate what was published and fill ``validation.json``.

    The folder is that of the question by default.

    Raises:
        UserError: if there are too few replications for an interval, or the folder cannot be written or is not ours.
    """
    refuse(options)
    with at_work(out, question(options)) as runs:
        runs.prepare(load(FY2025).parameters, options.replications)
        runs.take()
        progress = progress or Progress()
        tasks = [Task(point, number + 1) for point in _points(options) for number in range(_count(point, options))]
        walks = _WALK * (1 + options.replications)
        progress.expect(Expected.of(tasks, runs.store, options.workers, walks))
        runs.begin({})
        found = _found(runs, options, progress)
        with runs.answer() as draft:
            draft.write(found)
    return found


def listed(found: Validation) -> list[dict[str, Any]]:
    """The rows of ``validation.json`` as ``cardflow validate --json`` prints them."""
    return [{key: getattr(row, key) for key in LIST_KEYS} for row in found.rows]


def refuse(options: ValidateOptions) -> None:
    """Raise UserError with too few replications for an interval."""
    if options.replications < 2:
        few = Message("--replications {count}: an interval takes 2 or more", count=options.replications)
        raise UserError("validate", [few])


def _points(options: ValidateOptions) -> list[Point]:
    """Both scenarios, by chance alone and with all that is uncertain."""
    return [
        Point(f"{name}, chance only", load(name).parameters, options.seed, chance_only=True)
        if chance
        else Point(name, load(name).parameters, options.seed)
        for name in (FY2025, HINDCAST)
        for chance in (True, False)
    ]


def _count(point: Point, options: ValidateOptions) -> int:
    """Replications of a point."""
    return min(CHANCE_REPLICATIONS, options.replications) if point.chance_only else options.replications


def _found(runs: RunFolder, options: ValidateOptions, progress: Progress) -> Validation:
    points = _points(options)
    told: dict[bool, list[Told]] = {True: [{}], False: [{} for _ in range(options.replications)]}
    by_day: list[Mapping[date, float]] = []
    middle: Told = {}
    for point in points:
        ((_, results),) = evaluate([point], _count(point, options), runs.store, options.workers, progress.done)
        hindcast = point.label.startswith(HINDCAST)
        speak = simulated.of_hindcast if hindcast else simulated.of_fy2025
        values = [speak(result, point.parameters) for result in results]
        if point.chance_only:
            middle |= {key: float(np.mean([value[key] for value in values])) for key in values[0]}
        else:
            for known, value in zip(told[False], values, strict=True):
                known.update(value)
            if hindcast:
                by_day = [simulated.handed_over_by_day(result, point.parameters) for result in results]
    scenario, figures = load(FY2025), list(load_agreements())
    middle_walk = outlook(scenario.parameters, holders.LAST_DAY, unknowns=load_unknowns())
    middle |= simulated.of_walk(middle_walk, figures)
    outlooks = []
    progress.done(_WALK)
    for replication, known in enumerate(told[False], start=1):
        streams = Streams(options.seed, replication)
        outlooks.append(outlook(scenario.parameters, holders.LAST_DAY, streams, unknowns=load_unknowns()))
        known.update(simulated.of_walk(outlooks[-1], figures))
        progress.done(_WALK)
    before = {figure.id: figure.prior for figure in record().figures}
    agreements = load_agreements().items()
    return Validation(
        version=__version__,
        seed=options.seed,
        replications=options.replications,
        rows=tuple(row(agreement, middle, told[False], before.get(key)) for key, agreement in agreements),
        bands={"handed_over": _band_by_day(by_day, load(HINDCAST)), "held": _band_of_held(outlooks)},
        notices_by_cohort=_cohorts(scenario),
        not_validated=NOT_VALIDATED,
        fits=shipped_fits(),
        unknowns=shown(scenario.parameters),
    )


def row(agreement: Agreement, middle: Told, replications: Sequence[Told], before: Sequence[float] | None = None) -> Row:
    """One figure: published, simulated, interval, difference, use, and whether they agree.

    ``before`` is the interval of the prior, before any published figure narrowed the unknowns.
    """
    figure = agreement.published
    value = middle[figure.id]
    low, high = np.quantile([told[figure.id] for told in replications], BAND).tolist()
    prior_low, prior_high = before or (None, None)
    difference = value - figure.value
    return Row(
        id=figure.id,
        group=agreement.group,
        subject=figure.subject,
        unit=figure.unit,
        period=figure.period,
        published=figure.value,
        simulated=value,
        low=min(low, value),
        high=max(high, value),
        prior_low=prior_low,
        prior_high=prior_high,
        difference=difference,
        use=agreement.use,
        tolerance=agreement.tolerance,
        tolerance_why=agreement.why,
        within=abs(difference) <= agreement.tolerance,
        confidence=figure.confidence,
        sources=tuple(Place(source.title, source.locator) for source in figure.sources),
    )


def shipped_fits() -> Fits | None:
    """The fit that the values of the library rest on, as ``cardflow calibrate`` left it; None if there is none."""
    resource = files("calibration").joinpath(Fits.FILE)
    return from_json(Fits, json.loads(resource.read_text(encoding="utf-8"))) if resource.is_file() else None


def _band_by_day(by_day: Sequence[Mapping[date, float]], hindcast: Scenario) -> Band:
    days = list(by_day[0])
    values = np.array([[series[day] for day in days] for series in by_day])
    return _band(days, values, hindcast.parameters.opening.handed_over.as_of)


def _band_of_held(outlooks: Sequence[Outlook]) -> Band:
    ends = [date(year, month, 1) - timedelta(days=1) for year in (2023, 2024, 2025, 2026) for month in range(1, 13)]
    days = [day for day in ends if date(2023, 3, 31) <= day <= date(2026, 3, 31)]
    values = np.array([[found.held_on(day) for day in days] for found in outlooks])
    return _band(days, values, date(2026, 1, 31))


def _band(days: Sequence[date], values: Any, fitted_until: date) -> Band:
    low, high = (tuple(end.tolist()) for end in np.quantile(values, BAND, axis=0))
    return Band(tuple(days), tuple(values.mean(axis=0).tolist()), low, high, fitted_until)


def _cohorts(scenario: Scenario) -> tuple[Cohort, ...]:
    return tuple(
        Cohort(Period.of_year(year), cohort.kind, cohort.issued_year, cohort.notices)
        for year in (2024, 2025)
        for cohort in notices_by_cohort(scenario.parameters, year)
    )
