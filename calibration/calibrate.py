"""Calibration: every fit in turn, what the fits say, and the fitted values as scenario parts.

Each evaluation and each finished fit is kept in the folder, so that an interrupted calibration goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args

from calibration.agreement import load as load_agreements
from calibration.cache import Kept
from calibration.fit_lines import joined, lines
from calibration.fits_record import Fits, Reading
from calibration.fitted import CONFIRMING_REPLICATIONS, Whole
from calibration.fitting import Problem, Values, fit
from calibration.joint import command
from calibration.joint.record import Made
from calibration.joint.table import write_table
from calibration.problems import actual_applications, actual_calls, answers, hand_over, holders, lead_times
from scenarios.errors import Together, UserError, nearest
from scenarios.experiment.cost import Work
from scenarios.experiment.experiment import Point, Task
from scenarios.experiment.progress import Expected, Progress
from scenarios.files.actuals import Actuals
from scenarios.files.load import load
from scenarios.files.plain_file import read_plain
from scenarios.folder.question import Question
from scenarios.history import history_digest
from scenarios.records import as_json, from_json
from scenarios.run.run_folder import RunFolder, at_work
from scenarios.workbook.file import MOST_BYTES
from scenarios.workbook.rules import read_actuals
from sim import __version__
from sim.facts import CENTRES
from sim.message import Message

PROBLEMS = ("lead_times", "holders", "hand_over", "resident", "helpdesk", command.NAME)
BUDGET = 200
"""Most evaluations of one fit."""
_EVALUATION = {"lead_times": 0.001, "holders": 0.17, "hand_over": 0.06, "resident": 1.8, "helpdesk": 0.6}
"""Seconds that an evaluation takes, as ``scenarios.experiment.cost`` counts them."""
_EXPECTED = {"lead_times": 30, "holders": 75, "hand_over": 45, "resident": 90, "helpdesk": 90}
"""About so many evaluations, for the progress bar."""


@dataclass(frozen=True)
class CalibrateOptions:
    """One fit or all; the most evaluations of each; the seed; the planner's own figures, if there are any."""

    only: str | None = None
    budget: int = BUDGET
    seed: int = 1
    workers: int = 1
    actuals: Path | None = None


def question(options: CalibrateOptions) -> Question:
    """What is asked of a calibration: which fits, how far, and all that they depend on beside what is fitted."""
    file = options.actuals and options.actuals.name
    return Question("calibration", "", [_context(options), options.only, options.budget, file])


def calibrate(out: RunFolder | Path | None, options: CalibrateOptions, progress: Progress | None = None) -> Fits:
    """Fit, confirm on the whole model, fill ``fits.json`` and ``calibrated.toml``; returns what stands in the former.

    The folder is that of the question by default.

    Raises:
        UserError: if a fit is not known, its budget is too small, the planner's figures cannot be used, or the folder
            cannot be written or is not ours.
    """
    refuse(options)
    names = _names(options.only)
    actuals = _actuals(options)
    with at_work(out, question(options)) as runs:
        runs.prepare(load(holders.SCENARIO).parameters, CONFIRMING_REPLICATIONS)
        runs.take()
        kept = Kept(runs.home / "kept", _context(options), runs.store.tell)
        work = _Work(runs, options, progress or Progress(), kept, actuals)
        work.announce(names)
        runs.begin({})
        found = work.all(names)
        with runs.answer() as draft:
            draft.write(found)
            for name, text in work.whole.parts().items():
                draft.write_text(name, text)
            if work.joint:
                draft.write_json(work.joint.record.FILE, work.joint.record)
                write_table(work.joint.table, draft.path / "joint.parquet")
    return found


def refuse(options: CalibrateOptions) -> None:
    """Raise UserError with all that is wrong with the options: a fit that is not known, figures that cannot be read."""
    wrong = Together()
    with wrong.noted():
        _names(options.only)
    with wrong.noted():
        _actuals(options)
    wrong.refuse()


def _actuals(options: CalibrateOptions) -> Actuals | None:
    return read_actuals(options.actuals) if options.actuals else None


def _names(only: str | None) -> tuple[str, ...]:
    if only is None:
        return PROBLEMS
    if only not in PROBLEMS:
        told = {"name": only, "problems": list(PROBLEMS), "hint": nearest(only, PROBLEMS)}
        raise UserError("calibrate", [Message("--only {name}: must be one of {problems}{hint}", **told)])
    return (only,)


def _context(options: CalibrateOptions) -> str:
    """Stands for all that the results depend on beside what is fitted."""
    names = (holders.SCENARIO, hand_over.SCENARIO)
    scenarios = [Point(name, load(name).parameters, options.seed).digest for name in names]
    figures = [(key, each.published.value, each.tolerance, each.use) for key, each in load_agreements().items()]
    actuals = read_plain(options.actuals, MOST_BYTES).hex() if options.actuals else ""
    content = json.dumps([scenarios, figures, history_digest(), __version__, actuals])
    return hashlib.blake2b(content.encode(), digest_size=6).hexdigest()


class _Work:
    """One calibration: its folder, its budget, its bar, and what has been found so far."""

    def __init__(
        self, runs: RunFolder, options: CalibrateOptions, progress: Progress, kept: Kept, actuals: Actuals | None
    ) -> None:
        self._runs, self._options, self._progress, self._kept = runs, options, progress, kept
        self._actuals = actuals
        self._year = answers.Year(load(answers.SCENARIO), options.seed, keep=kept.get)
        self._found: dict[str, Fits] = {}
        self.joint: Made | None = None

    @property
    def whole(self) -> Whole:
        """The whole model with what was found."""
        return Whole(self._found, self._options.seed)

    def announce(self, names: Sequence[str]) -> None:
        """Tell what there is to do, about, and what of it is there already."""
        there = [name for name in names if self._kept.has(self._key(name))]
        work, stored = (sum(map(_evaluations, some), Work()) for some in (names, there))
        fits = Expected(work, workers=1, stored=stored)  # evaluations follow each other
        self._progress.expect(fits + self._confirming([name for name in names if name != command.NAME], there))

    def _confirming(self, names: Sequence[str], there: Sequence[str]) -> Expected:
        """The whole model's work; where every fit is there, so are the values with which it is simulated."""
        if set(names) <= set(there):
            found = {name: self._part(name, dict) for name in names}
            return Expected.of(Whole(found, self._options.seed).tasks(), self._runs.store, workers=1)
        whole = Task(Point("", load(holders.SCENARIO).parameters, self._options.seed), 1).work
        return Expected(whole * (2 * CONFIRMING_REPLICATIONS), workers=1)

    def _key(self, name: str) -> str:
        return command.MADE if name == command.NAME else f"{name}-{self._options.budget}"

    def _part(self, name: str, solve: Callable[[], dict[str, Any]]) -> Fits:
        """What a fit says, as it is kept or else solved."""
        own = {"version": __version__, "seed": self._options.seed}  # neither stands in what was kept as loose lists
        return from_json(Fits, own | self._kept.get(self._key(name), solve))

    def all(self, names: Sequence[str]) -> Fits:
        """Every fit asked for, then the whole model with the fitted values."""
        self._found = {name: self._one(name) for name in names if name != command.NAME}
        if command.NAME in names:
            self.joint = command.made(self._options.seed, self._kept.get, self._progress)
            self._kept.get(command.MADE, lambda: True)
        found = joined(list(self._found.values()), self._options.seed)
        return replace(
            found,
            actuals=self._actuals.file if self._actuals else None,
            confirmed=self.whole.confirmed(self._runs.store, self._options.workers, self._progress.done),
            messages=found.messages + self._conflicts(),
        )

    def _conflicts(self) -> tuple[str, ...]:
        """Figures that the unknowns cannot be made to meet."""
        figures = self.joint.record.figures if self.joint else ()
        return tuple(
            f"{command.NAME}: {figure.id} = {figure.published:g}: {figure.conflict}"
            for figure in figures
            if figure.used and figure.conflict
        )

    def _one(self, name: str) -> Fits:
        ticks = 0

        def tick() -> None:
            nonlocal ticks
            ticks += 1
            self._progress.done(_evaluations(name, 1))

        found = self._part(name, lambda: as_json(self._solve(name, tick)))
        self._progress.skip(_evaluations(name, _EXPECTED[name] - ticks))
        return found

    def _solve(self, name: str, tick: Callable[[], None]) -> Fits:
        fits = [fit(self._remembered(problem), self._options.budget, tick) for problem in self._problems(name)]
        found = joined([lines(each, self._options.seed) for each in fits], self._options.seed)
        if name == lead_times.NAME:
            readings = tuple(self._reading(reading) for reading in get_args(lead_times.Reading))
            calendars = tuple(lead_times.calendars(lead_times.receipts(self._options.seed)))
            return replace(found, calendars=calendars, readings=readings)
        if name in CENTRES:
            trade_off = tuple(answers.trade_off(name, self._year, tick))
            return replace(found, trade_off=trade_off, contracted=(answers.contracted(name, self._year, tick),))
        return found

    def _problems(self, name: str) -> Iterator[Problem]:
        if name in CENTRES:
            yield answers.problem(name, self._year)
            if self._actuals:
                yield from actual_calls.problems(name, self._actuals, self._options.seed)
        else:
            yield _FITS[name](self._options.seed)
        if self._actuals and name == holders.NAME:
            yield from actual_applications.problems(self._actuals)

    def _reading(self, reading: lead_times.Reading) -> Reading:
        (share,) = fit(lead_times.problem(reading, self._options.seed), self._options.budget).parameters
        return Reading(reading, share.uncertain.name, share.value, share.low, share.high)

    def _remembered(self, problem: Problem) -> Problem:
        """The problem with every evaluation kept."""

        def predict(values: Values) -> Values:
            key = f"{problem.name}/{sorted(values.items())}"
            told: Values = self._kept.get(key, lambda: dict(problem.predict(values)))
            return told

        return replace(problem, predict=predict)


_FITS: Mapping[str, Callable[[int], Problem]] = {
    "lead_times": lambda seed: lead_times.problem("excl_closure", seed),
    "holders": lambda seed: holders.problem(),
    "hand_over": hand_over.problem,
}


def _evaluations(name: str, count: int | None = None) -> Work:
    """So many evaluations of a problem; as many as are expected, where no number is given."""
    if name == command.NAME:
        return command.work()
    return Work(1, _EVALUATION[name]) * (_EXPECTED[name] if count is None else count)
