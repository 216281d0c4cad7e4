"""The decision clock: when a plan's targets break, the last dates to act, and trip-wires that tell it early.

Where a year breaks, the part of the model that it rests on is run again with more of a resource, to see how late that
may come and still save the year. Half of the replications choose the wires, the other half judges them. What is kept in
memory of a replication is small: its observables by week and what it says of each year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from scenarios.clock.breaks import JUDGED, outcomes
from scenarios.clock.choosing import Seen, Told, seen
from scenarios.clock.events import describe
from scenarios.clock.foreseen import Foreseen
from scenarios.clock.helping import Broken, Finder
from scenarios.clock.lead_times import LeadTimes
from scenarios.clock.observables import known_on, weekly
from scenarios.clock.paths import paths
from scenarios.clock.record import Clock, Lead
from scenarios.errors import Together, UserError, nearest
from scenarios.experiment.cost import Work
from scenarios.experiment.experiment import Point, Task, keep_whole
from scenarios.experiment.progress import Expected, Progress
from scenarios.files.load import Scenario
from scenarios.files.scenario_file import complete_file
from scenarios.folder.question import Question
from scenarios.run.available import Availability, is_computed
from scenarios.run.periods import Span, spans
from scenarios.run.run_folder import RunFolder, at_work
from sim import __version__
from sim.calendar import Period
from sim.message import Message
from sim.replication import reported
from sim.target import parted
from sim.targets import TARGETS

LIST_KEYS = ("target", "period", "probability", "probability_low", "probability_high", "computed", "no_wire")
"""What ``cardflow clock --json`` prints of an event in each of its rows."""
WIRE_KEYS = (
    "purpose", "wire", "side", "threshold", "weeks", "hits", "of_breaks", "hit_rate", "hit_low", "hit_high", "saved",
    "requested", "false_alarms", "of_others", "false_alarm_rate", "false_alarm_low", "false_alarm_high", "right_alarms",
    "alarms", "precision", "precision_low", "precision_high", "base_rate", "base_rate_low", "base_rate_high",
    "warning_days", "warning_days_low", "warning_days_high",
)  # fmt: skip
"""And of its wire; null in the one row of an event that has none."""


@dataclass(frozen=True)
class ClockOptions:
    """How to make a clock. ``targets``: ids with or without part, all of them where none is named.

    ``as_of``: the day that counts as today, before which a last date has passed.
    """

    as_of: date
    replications: int = 120
    seed: int = 1
    workers: int = 1
    targets: tuple[str, ...] = ()


def question(scenario: Scenario, options: ClockOptions, lead_times: LeadTimes) -> Question:
    """What is asked of a clock."""
    how = [options.as_of.isoformat(), options.replications, options.seed, list(options.targets)]
    return Question("clock", scenario.name, [complete_file(scenario), lead_times.text, how])


def clock(
    scenario: Scenario,
    out: RunFolder | Path | None,
    options: ClockOptions,
    lead_times: LeadTimes,
    progress: Progress | None = None,
) -> Clock:
    """Simulate a scenario and make its clock; returns what stands in ``clock.json``.

    The folder is that of the question by default.

    Raises:
        UserError: as ``refuse``, or if the folder cannot be written or is not ours.
    """
    refuse(scenario, options)
    targets = chosen_targets(options)
    with at_work(out, question(scenario, options, lead_times)) as runs:
        runs.prepare(scenario.parameters, options.replications)
        runs.take()
        progress = progress or Progress()
        tasks = [Task(_point(scenario, options), number + 1) for number in range(options.replications)]
        foreseen = Foreseen(_point(scenario, options), lead_times, options.replications, progress)
        searched = foreseen.at_first((target, year) for target in targets for year in _years(scenario))
        expected = Expected.of(tasks, runs.store.of_whole_runs(), options.workers, searched, _parts(options, searched))
        progress.expect(expected)
        runs.begin({"scenario.toml": complete_file(scenario), "lead-times.toml": lead_times.text})
        told = _simulate(runs, scenario, options, targets, progress, foreseen)
        where = runs.store.of_whole_runs(), runs.home / "kept", options.workers
        finder = Finder(scenario, _point(scenario, options), lead_times, _years(scenario), *where, progress, foreseen)
        helps = finder.find(_broken(told, targets))
        found = _content(scenario, options, targets, lead_times, seen(told, known_on(scenario.parameters), helps))
        with runs.answer() as draft:
            draft.write(found)
    return found


def listed(found: Clock) -> list[dict[str, Any]]:
    """A clock as ``cardflow clock --json`` prints it: a row a wire, or one for an event without any.

    ``resource`` is the quickest that can mend the target, with its ``last_date_to_act``; null where there is none.
    """
    rows: list[dict[str, Any]] = []
    for event in found.events:
        quickest = next(iter(event.resources), None)
        for wire in event.wires or [None]:
            told = {key: getattr(event, key) for key in LIST_KEYS[:2]}
            told |= {key: getattr(wire, key, None) for key in WIRE_KEYS}
            told |= {key: getattr(quickest, key, None) for key in ("resource", "last_date_to_act")}
            rows.append(told | {key: getattr(event, key) for key in LIST_KEYS[2:]})
    return rows


def refuse(scenario: Scenario | None, options: ClockOptions) -> None:
    """Refuse what no clock can be made of, as far as that can be told where the ``scenario`` cannot be read.

    Raises:
        UserError: as ``chosen_targets``, and if the day that counts as today is none that is simulated (run-in
            included): before them nothing is watched, and after them nothing is left to decide.
    """
    wrong = Together("clock")
    wrong.tried(chosen_targets, options)
    days = scenario and (scenario.parameters.first_simulated_day, scenario.parameters.end)
    if days and not days[0] <= options.as_of <= days[1]:
        span = {"day": options.as_of, "first": days[0], "last": days[1]}
        rule = Message("--as-of {day}   must lie between {first} and {last}, the days that are simulated", **span)
        wrong.note(UserError("clock", [rule]))
    wrong.refuse()


def chosen_targets(options: ClockOptions) -> tuple[str, ...]:
    """The chosen targets with their parts, in their fixed order.

    Raises:
        UserError: with fewer than two replications, and for every unknown target.
    """
    mistakes = []
    if options.replications < 2:
        count = options.replications
        few = Message("--replications {count}: takes 2 or more, half to choose wires, half to judge them", count=count)
        mistakes.append(few)
    known = [*JUDGED, *dict.fromkeys(parted(judged)[0] for judged in JUDGED)]
    for name in options.targets:
        if name in TARGETS and name not in known:
            mistakes.append(
                Message(
                    "--target {name}: its load is stated in the scenario, so there is nothing to be warned of",
                    name=name,
                )
            )
        elif name not in known:
            unknown = {"name": name, "hint": nearest(name, known)}
            mistakes.append(Message("--target {name}: no such target{hint}", **unknown))
    if mistakes:
        raise UserError("clock", mistakes)
    wanted = options.targets or JUDGED
    return tuple(judged for judged in JUDGED if judged in wanted or parted(judged)[0] in wanted)


def _point(scenario: Scenario, options: ClockOptions) -> Point:
    return Point(scenario.name, scenario.parameters, options.seed)


def _content(
    scenario: Scenario, options: ClockOptions, targets: Sequence[str], lead_times: LeadTimes, replications: Seen
) -> Clock:
    years, known = _years(scenario), Availability(_point(scenario, options))
    events = tuple(
        describe(
            (target, period),
            span,
            replications,
            lead_times,
            1 - known.of(target, period) if is_computed(target, scenario.parameters) else None,
        )
        for target in targets
        for period, span in years.items()
        if (target, period) in replications.told[0].outcomes
    )
    return Clock(
        version=__version__,
        scenario=scenario.name,
        title=scenario.title,
        why=scenario.why,
        seed=options.seed,
        replications=options.replications,
        training=replications.training,
        held_out=options.replications - replications.training,
        targets=options.targets,
        as_of=options.as_of,
        first_day=scenario.parameters.start,
        last_day=scenario.parameters.end,
        lead_times=tuple(
            Lead(path, **entry.model_dump(), months=entry.months) for path, entry in lead_times.entries.items()
        ),
        request_due="{:02}-{:02}".format(*lead_times.request_due),
        events=events,
        paths=paths(events, replications, years),
    )


def _parts(options: ClockOptions, searched: Work) -> list[Message]:
    """Of what the work consists, for who is told how long it takes."""
    parts = [Message("replications: {count}", count=options.replications)]
    if searched.count:
        parts.append(Message("parts of them again, to see which years are saved: about {count}", count=searched.count))
    return parts


def _simulate(
    runs: RunFolder,
    scenario: Scenario,
    options: ClockOptions,
    targets: Sequence[str],
    progress: Progress,
    foreseen: Foreseen,
) -> list[Told]:
    """What is kept in memory of every replication; which of them break tells how much there will be to search."""
    point, numbers = _point(scenario, options), range(1, options.replications + 1)
    whole, told = runs.store.of_whole_runs(), dict[int, Told]()

    def done(task: Task) -> None:
        result = reported(whole.load(point.digest, task.replication), point.parameters)
        told[task.replication] = Told(weekly(result, point.parameters), outcomes(result, point.parameters))
        known = [one.outcomes for one in told.values()]
        foreseen.learn(known, (event for event in known[0] if event[0] in targets))
        progress.done(task)

    keep_whole(point, numbers, runs.store, options.workers, done)
    return [told[number] for number in numbers]


def _years(scenario: Scenario) -> dict[str, Span]:
    """The first and last reported day of each fiscal year."""
    return {period: span for period, span in spans(scenario.parameters).items() if Period(period).yearly}


def _broken(told: Sequence[Told], targets: Sequence[str]) -> Broken:
    """Of each target and year that some replication breaks the numbers of those replications."""
    events = (event for event in told[0].outcomes if event[0] in targets)
    numbers = {
        event: [number for number, one in enumerate(told, start=1) if one.outcomes[event].met is False]
        for event in events
    }
    return {event: own for event, own in numbers.items() if own}
