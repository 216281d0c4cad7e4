"""Calibration: every fit in turn, what the fits say, and the fitted values as scenario parts.

Each evaluation and each finished fit is kept in the folder, so that an interrupted calibration goes on where it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from calibration import simulated
from calibration.agreement import load as load_agreements
from calibration.fitting import Fit, Fitted, Problem, Values, fit
from calibration.holders_walk import outlook
from calibration.joint import command
from calibration.joint.record import Made
from calibration.joint.table import write_table
from calibration.kept import Kept
from calibration.problems import actual_applications, actual_calls, answers, hand_over, holders, lead_times
from calibration.values import calibrated, multiplied, scaled, split, whole_range
from scenarios.actuals import Actuals
from scenarios.cost import Work
from scenarios.errors import UserError, nearest
from scenarios.experiment import Point, Task, evaluate
from scenarios.folder.question import Question
from scenarios.history import history_digest
from scenarios.load import Scenario, load
from scenarios.plain_file import read_plain
from scenarios.progress import Expected, Progress
from scenarios.run_folder import RunFolder, at_work
from scenarios.scenario_file import part_file
from scenarios.workbook.file import MOST_BYTES
from scenarios.workbook.rules import read_actuals
from sim import __version__
from sim.facts import CENTRES
from sim.message import Message

PROBLEMS = ("lead_times", "holders", "hand_over", "resident", "helpdesk", command.NAME)
BUDGET = 200
"""Most evaluations of one fit."""
CONFIRMING_REPLICATIONS = answers.REPLICATIONS
_EVALUATION = {"lead_times": 0.001, "holders": 0.17, "hand_over": 0.06, "resident": 1.8, "helpdesk": 0.6}
"""Seconds that an evaluation takes, as ``scenarios.cost`` counts them."""
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


def calibrate(
    out: RunFolder | Path | None, options: CalibrateOptions, progress: Progress | None = None
) -> dict[str, Any]:
    """Fit, confirm on the whole model, fill ``fits.json`` and ``calibrated.toml``; returns what stands in the former.

    The folder is that of the question by default.

    Raises:
        UserError: if a fit is not known, its budget is too small, the planner's figures cannot be used, or the folder
            cannot be written or is not ours.
    """
    names = _names(options.only)
    actuals = read_actuals(options.actuals) if options.actuals else None
    with at_work(out, question(options)) as runs:
        runs.prepare(load(holders.SCENARIO).parameters, CONFIRMING_REPLICATIONS)
        runs.take()
        kept = Kept(runs.home / "kept", _context(options), runs.store.tell)
        work = _Work(runs, options, progress or Progress(), kept, actuals)
        work.announce(names)
        runs.begin({})
        found = work.all(names)
        with runs.answer() as draft:
            draft.write_json("fits.json", found)
            for name, text in work.parts().items():
                draft.write_text(name, text)
            if work.joint:
                draft.write_json("joint.json", work.joint.record)
                write_table(work.joint.table, draft.path / "joint.parquet")
    return found


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
        self._found: dict[str, dict[str, Any]] = {}
        self.joint: Made | None = None

    def announce(self, names: Sequence[str]) -> None:
        """Tell what there is to do, about."""
        whole = Task(Point("", load(holders.SCENARIO).parameters, self._options.seed), 1).work
        work = sum((_evaluations(name) for name in names), whole * (2 * CONFIRMING_REPLICATIONS))
        self._progress.expect(Expected(work, workers=1))  # evaluations follow each other

    def all(self, names: Sequence[str]) -> dict[str, Any]:
        """Every fit asked for, then the whole model with the fitted values."""
        self._found = {name: self._one(name) for name in names if name != command.NAME}
        if command.NAME in names:
            self.joint = command.made(self._options.seed, self._kept.get, self._progress)
        parts = list(self._found.values())
        return {
            "version": __version__,
            "seed": self._options.seed,
            "actuals": self._actuals.file if self._actuals else None,
            **{key: [line for part in parts for line in part[key]] for key in _LISTS},
            "influence": sorted(
                (line for part in parts for line in part["influence"]), key=lambda line: -line["share"]
            ),
            "confirmed": self._confirmed(),
            "evaluations": sum(part["evaluations"] for part in parts),
            "messages": [message for part in parts for message in part["messages"]] + self._conflicts(),
        }

    def _conflicts(self) -> list[str]:
        """Figures that the unknowns cannot be made to meet."""
        figures = self.joint.record["figures"] if self.joint else []
        return [
            f"{command.NAME}: {figure['id']} = {figure['published']:g}: {figure['conflict']}"
            for figure in figures
            if figure["used"] and figure["conflict"]
        ]

    def _one(self, name: str) -> dict[str, Any]:
        ticks = 0

        def tick() -> None:
            nonlocal ticks
            ticks += 1
            self._progress.done(_evaluations(name, 1))

        key = f"{name}-{self._options.budget}"
        found: dict[str, Any] = self._kept.get(key, lambda: self._solve(name, tick))
        self._progress.skip(_evaluations(name, _EXPECTED[name] - ticks))
        return found

    def _solve(self, name: str, tick: Callable[[], None]) -> dict[str, Any]:
        found: dict[str, Any] = {key: [] for key in (*_LISTS, "messages", "influence")}
        fits = [fit(self._remembered(problem), self._options.budget, tick) for problem in self._problems(name)]
        for each in fits:
            _add(found, each)
        if name == "lead_times":
            for reading in ("excl_closure", "whole_year"):
                found["readings"].append(self._reading(reading))
            receipts = lead_times.receipts(self._options.seed)
            found["calendars"] = [_calendar(row) for row in lead_times.calendars(receipts)]
        if name in CENTRES:
            found["trade_off"] = [vars(point) for point in answers.trade_off(name, self._year, tick)]
            found["contracted"] = [vars(answers.contracted(name, self._year, tick))]
        found["evaluations"] = sum(each.evaluations for each in fits)
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

    def _reading(self, reading: lead_times.Reading) -> dict[str, Any]:
        (share,) = fit(lead_times.problem(reading, self._options.seed), self._options.budget).parameters
        return {"reading": reading, "path": share.uncertain.name, **_interval(share)}

    def _remembered(self, problem: Problem) -> Problem:
        """The problem with every evaluation kept."""

        def predict(values: Values) -> Values:
            key = f"{problem.name}/{sorted(values.items())}"
            told: Values = self._kept.get(key, lambda: dict(problem.predict(values)))
            return told

        return replace(problem, predict=predict)

    # the whole model ------------------------------------------------------------------------------------------------

    def parts(self) -> dict[str, str]:
        """The scenario parts with fitted values, by file name."""
        texts = {}
        for name in (holders.SCENARIO, hand_over.SCENARIO):
            values = self._fitted_values(name)
            if values:
                file = "calibrated.toml" if name == holders.SCENARIO else f"calibrated-{name}.toml"
                why = f"Written by cardflow calibrate {__version__}, seed {self._options.seed}."
                texts[file] = part_file(f"Fitted values of {name}", why, values)
        return texts

    def _fitted_values(self, name: str) -> dict[str, Any]:
        lines = [line for part in self._found.values() for line in part["fits"] if line["scenario"] == name]
        usable = [line for line in lines if line["usable"]]
        ranges = {line["path"] + (f"@{line['from']}" if line["from"] else ""): whole_range(line) for line in usable}
        values = calibrated(load(name), ranges)
        return values | self._calls_and_seats() if name == holders.SCENARIO else values

    def _calls_and_seats(self) -> dict[str, Any]:
        """Seats that meet the published rate at the assumed load; with the planner's figures load and handle time."""
        values: dict[str, Any] = {}
        scenario = load(holders.SCENARIO)
        for centre, part in ((name, self._found[name]) for name in CENTRES if name in self._found):
            own = [line for line in part["fits"] if line["scenario"] == actual_calls.SCENARIO]
            actual = {line["path"]: whole_range(line) for line in own}
            (contracted,) = part["contracted"]
            handle = f"contact.{centre}.handle_minutes"
            if actual:
                values |= {path: scaled(scenario, path, actual[answers.LOAD]) for path in answers.RATES[centre]}
                values |= calibrated(scenario, {handle: actual[handle]})
            else:
                times = contracted["load"]
                values |= {path: multiplied(scenario, path, times) for path in answers.RATES[centre]}
                values[f"contact.{centre}.seats"] = contracted["seats"]
        return values

    def _confirmed(self) -> list[dict[str, Any]]:
        told: list[dict[str, float]] = [{} for _ in range(CONFIRMING_REPLICATIONS)]
        wanted = {line["id"] for part in self._found.values() for line in part["figures"]}
        fitted = {line["scenario"] for part in self._found.values() for line in part["fits"]}
        speakers = {holders.SCENARIO: simulated.of_fy2025, hand_over.SCENARIO: simulated.of_hindcast}
        for name, speak in ((name, speak) for name, speak in speakers.items() if name in fitted):
            scenario = load(name).with_values(self._fitted_values(name))
            point = Point(f"{name}, fitted", scenario.parameters, self._options.seed, chance_only=True)
            ((_, results),) = evaluate(
                [point], CONFIRMING_REPLICATIONS, self._runs.store, self._options.workers, self._progress.done
            )
            walk = self._walk(scenario, wanted) if name == holders.SCENARIO else {}
            for known, result in zip(told, results, strict=True):
                known.update(speak(result, scenario.parameters) | walk)
        return [
            _confirmation(id_, [known[id_] for known in told])
            for id_ in load_agreements()
            if id_ in wanted and all(id_ in known for known in told)
        ]

    def _walk(self, scenario: Scenario, wanted: set[str]) -> dict[str, float]:
        return simulated.of_walk(outlook(scenario.parameters, holders.LAST_DAY), sorted(wanted))


_LISTS = ("fits", "figures", "calendars", "readings", "trade_off", "contracted")
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


def _add(found: dict[str, Any], fitted: Fit) -> None:
    problem, known = fitted.problem, load_agreements()
    found["fits"] += [_line(problem, each) for each in fitted.parameters]
    found["figures"] += [
        {
            "problem": problem.name,
            "id": aim.id,
            "published": aim.value,
            "fitted": fitted.predicted[aim.id],
            "tolerance": aim.tolerance,
            "why": known[aim.id].why if aim.id in known else actual_calls.WHY,
            "met": abs(fitted.predicted[aim.id] - aim.value) <= aim.tolerance,
        }
        for aim in problem.aims
    ]
    found["influence"] += [
        {**vars(each), "share": abs(each.change) / (abs(each.level) or 1.0)} for each in fitted.influences()
    ]
    if not fitted.converged:
        found["messages"].append(f"{problem.name}: stopped after {fitted.evaluations} evaluations, before it settled")
    found["messages"] += [
        f"{problem.name}: no values within what is assumed meet {aim.id} = {aim.value:g}: "
        f"the nearest give {fitted.predicted[aim.id]:g}"
        for aim in fitted.missed()
    ]


def _line(problem: Problem, each: Fitted) -> dict[str, Any]:
    uncertain = each.uncertain
    path, day = split(uncertain.name)
    return {
        "problem": problem.name,
        "scenario": problem.scenario,
        "path": path,
        "from": day.isoformat() if day else None,
        **_interval(each),
        "assumed_value": uncertain.value,
        "assumed_low": uncertain.low,
        "assumed_high": uncertain.high,
        "unit": uncertain.unit,
        "pinned": each.pinned,
        "word": each.word,
        "with": split(each.partner)[0] if each.partner else None,
        "correlation": each.correlation,
        "usable": problem.scenario != actual_calls.SCENARIO and problem.name not in CENTRES,
    }


def _interval(each: Fitted) -> dict[str, float]:
    return {"value": each.value, "low": each.low, "high": each.high}


def _calendar(row: lead_times.Row) -> dict[str, Any]:
    told = {**vars(row), "class": row.kind, "holidays": "worked" if row.holidays else "closed", "max": row.longest}
    return {key: value for key, value in told.items() if key not in ("kind", "longest")}


def _confirmation(id_: str, values: Sequence[float]) -> dict[str, Any]:
    agreement = load_agreements()[id_]
    mean = float(np.mean(values))
    return {
        "id": id_,
        "published": agreement.published.value,
        "simulated": mean,
        "low": min(values),
        "high": max(values),
        "tolerance": agreement.tolerance,
        "met": abs(mean - agreement.published.value) <= agreement.tolerance,
    }
