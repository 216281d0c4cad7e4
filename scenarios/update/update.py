"""A stored run beside the months that have come: replications weighed, targets judged again, the record kept.

Nothing is simulated, and what stands in the run's folder stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from pathlib import Path

import numpy as np

from scenarios.errors import UserError
from scenarios.files.actuals import Actuals, Month
from scenarios.folder.folder import Folder
from scenarios.folder.question import Question
from scenarios.margin.loads import reference_days
from scenarios.margin.rows import with_margins
from scenarios.run.available import Availability, with_computed
from scenarios.run.judge import judge
from scenarios.run.record import Run
from scenarios.run.run_folder import RunFolder, at_work
from scenarios.track.bands import Bands, bands
from scenarios.track.record import Record, came, forecast, place_of
from scenarios.track.record import now as this_moment
from scenarios.track.scored import scored
from scenarios.update.figures import FIGURES
from scenarios.update.likelihood import Compared, compared
from scenarios.update.record import Ahead, Came, Changed, Told, Update, Worth
from scenarios.update.reopened import Reopened, reopened
from scenarios.update.smoothing import FEWEST, Weights, equal_weights, smoothed
from scenarios.update.weighed import judged, with_availability
from sim import __version__
from sim.message import Message
from sim.targets import statistics

_SAME = "scenario", "title", "seed", "replications", "first_day", "last_day"
"""What an update says of its run in the words of that."""
_AHEAD = 12
"""So many months behind the last stated one are shown before and after."""


@dataclass(frozen=True)
class Known:
    """What is known of a run: its folder read, its digest, and the track record that it belongs to."""

    run: Reopened
    digest: str
    record: Record


def question(known: Known, actuals: Actuals) -> Question:
    """What is asked of an update: the run, and the figures that have come."""
    return Question("update", known.run.run.scenario, [known.digest, actuals.as_drawn()])


def update(folder: Path, actuals: Actuals, out: RunFolder, now: datetime | None = None) -> Update:
    """Weigh the replications of a run by what came, and fill a folder; returns the record of that.

    Args:
        folder: of the run, which is read and stays as it is.
        actuals: what came.
        out: the folder of the answer; by default that of the question.
        now: when it is made; for tests.

    Raises:
        UserError: if the folder is not that of a finished run of this version, whole and as it was written; if no
            figure is of a month that the run reports and did not know; or if the answer cannot be written.
    """
    made = now or this_moment()
    known = read(folder, out)
    fits = _fits(known.run, actuals)
    with at_work(out, question(known, actuals)) as runs:
        runs.take()
        runs.begin({})
        weights = smoothed(np.sum([fit.log_likelihood() for fit in fits], axis=0))
        _remember(known, actuals, made, bands(known.run.daily, known.run.months, weights))
        found = _found(known, actuals, fits, weights)
        with runs.answer() as draft:
            draft.write(found)
    return found


def read(folder: Path, out: RunFolder) -> Known:
    """Read a run's folder, and find its track record.

    Raises:
        UserError: as ``update``.
    """
    if out.named is not None and out.named.resolve() == folder.resolve():
        raise UserError(f"--out {out.named}", [Message("is the run that is to be updated: choose another folder")])
    with Folder(folder, option="") as held:
        digest = held.reopen("run")
        return Known(reopened(folder), digest, Record(place_of(folder), out.tell))


def _fits(run: Reopened, actuals: Actuals) -> list[Compared]:
    """The figures that tell the run something.

    Raises:
        UserError: if there are none.
    """
    told = known_to(run.run)
    new = tuple(month for month in actuals.months if told is None or month.month > told)
    if fits := compared(Actuals(actuals.file, actuals.as_of, new), run.daily, run.months):
        return fits
    span = {"first": next(iter(run.months)), "last": list(run.months)[-1]}
    if told is not None and any(_reported(run, month) for month in actuals.months):
        rule = Message("no figure of a month after {day}, up to which the run knew them already", day=told)
    else:
        rule = Message("no figure of a month that the run reports, {first} to {last}", **span)
    raise UserError(actuals.file, [rule])


def known_to(run: Run) -> date | None:
    """The last day of which a run was narrowed by figures that had come; None for one that was not."""
    return run.narrowed.as_of if run.narrowed else None


def _reported(run: Reopened, month: Month) -> bool:
    return f"{month.month:%Y-%m}" in run.months


def _found(known: Known, actuals: Actuals, fits: Sequence[Compared], weights: Weights) -> Update:
    run = known.run
    before = equal_weights(run.replications)
    replications = [statistics(result, run.parameters) for result in run.results()]
    own = [row for row in judge(replications) if row.decides and not row.monthly]
    now, enough = judged(replications, weights), run.margins if weights.word == "trusted" else []
    reference, _ = reference_days(run.parameters)
    first = with_computed(own, Availability(run.point))
    rows = zip(
        with_margins(first, run.margins, reference, before.shares.tolist()),
        with_margins(with_availability(now, first), enough, reference, weights.shares.tolist()),
        strict=True,
    )
    earlier, later = (bands(run.daily, run.months, each) for each in (before, weights))
    return Update(
        **{key: getattr(run.run, key) for key in _SAME},
        version=__version__,
        run=str(run.folder),
        margin=run.run.margin if run.margins else None,
        again=run.run.library_name or str(run.folder / "scenario.toml"),
        actuals=Came(actuals.file, actuals.as_of),
        weights=_worth(weights, run.replications),
        figures=tuple(_told(fit) for fit in fits),
        outside=tuple(month for fit in fits for month in fit.outside()),
        targets=tuple(Changed(one, other) for one, other in rows),
        forecast=_ahead(earlier, later, max(fit.months[-1] for fit in fits)),
        track=tuple(scored(known.record.lines())),
    )


def _worth(weights: Weights, replications: int) -> Worth:
    needed = _needed(weights, replications)
    return Worth(tuple(weights.shares.tolist()), weights.effective, weights.k_hat, weights.word, needed)


def _needed(weights: Weights, replications: int) -> int | None:
    """Replications in all, in tens, with which as narrow weights would be worth ``FEWEST``.

    None where they are worth it, and where the tail of the weights is too heavy to say.
    """
    if weights.word != "few":
        return None
    return ceil(FEWEST * replications / weights.effective / 10) * 10


def _told(fit: Compared) -> Told:
    """A figure with how much it says for itself: replications that are left, and facts that its months are worth."""
    alone = smoothed(fit.log_likelihood())
    return Told(
        figure=fit.figure.name,
        first=fit.months[0],
        last=fit.months[-1],
        months=len(fit.months),
        facts=fit.facts,
        model=fit.figure.model,
        month=float(np.median(fit.noise)),
        effective=alone.effective,
    )


def _ahead(before: Bands, after: Bands, last: str) -> tuple[Ahead, ...]:
    """The months behind the last stated one: quantiles before and after."""
    return tuple(
        Ahead(name, month, tuple(quantiles), tuple(after[name][month]))
        for name in FIGURES
        for month, quantiles in [one for one in before[name].items() if one[0] > last][:_AHEAD]
    )


def _remember(known: Known, actuals: Actuals, made: datetime, told: Bands) -> None:
    """Add what came to the track record, and the forecast that knows it."""
    figures = {
        name: {f"{month:%Y-%m}": float(value) for month, value in series.items()}
        for name in FIGURES
        if (series := actuals.series(name))
    }
    as_of = actuals.as_of.isoformat()
    known.record.add(came(made, actuals.file, as_of, figures))
    digest = question(known, actuals).digest
    known.record.add(forecast(made, "update", digest, known.run.run, as_of, told))
