"""Resources as a planner names them: ``PATH``, ``PATH=LOW:HIGH`` or ``PATH=LOW:HIGH:STEP``; and targets beside them."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.errors import Mistake, UserError, nearest
from scenarios.files.load import Scenario
from scenarios.resources import LINES, RESOURCES, all_targets, level, resource, rounded
from scenarios.size.problem import Bounded
from scenarios.size.scales import periods
from sim.limits import limits
from sim.message import Message
from sim.target import parted

_LOW, _HIGH = 0.25, 3.0
"""Unless bounds are given, levels from a quarter of today's to three times as much are looked at."""
_MOST_RUNGS = 20_000
_MAY_BE_NONE = ("contact.resident.seats", "contact.helpdesk.seats", "plant.weekend_days_per_month")
_MOST_OF = {"plant.weekend_days_per_month": 10.0, LINES: 100.0}


def bounded(scenario: Scenario, asked: Sequence[str]) -> tuple[Bounded, ...]:
    """The resources with their bounds, in the order of the table, however they are named.

    Raises:
        UserError: naming each unknown resource with the nearest right one, each range that is empty or cannot be read,
            and each resource named twice.
    """
    found: list[Bounded] = []
    mistakes: list[Mistake | Message] = []
    for text in asked:
        path, equals, spelt = text.partition("=")
        path = path.strip()
        try:
            resource(path)
        except UserError as error:
            mistakes += error.mistakes
            continue
        if any(path == other.path for other in found):
            mistakes.append(Message("{path}   is named twice", path=path))
        elif equals:
            wrong = _wrong(path, spelt)
            mistakes += [Message("{path}={spelt}   {rule}", path=path, spelt=spelt, rule=wrong)] if wrong else []
            found += [] if wrong else [_read(path, spelt)]
        else:
            found.append(_around_today(scenario, path))
    if {"plant.cards_per_day", LINES} <= {one.path for one in found}:
        mistakes.append(
            Message("plant.cards_per_day and {lines}   are two names of one thing: choose one", lines=LINES)
        )
    if not asked:
        mistakes.append(Message("none is named; there are {resources}", resources=list(RESOURCES)))
    if mistakes:
        raise UserError("--resource", mistakes)
    ranks = list(RESOURCES)
    return tuple(sorted(found, key=lambda one: ranks.index(one.path)))


def _wrong(path: str, spelt: str) -> Message | None:
    form = Message("must look like LOW:HIGH or LOW:HIGH:STEP, as in 400:900:50")
    try:
        numbers = [float(part) for part in spelt.split(":")]
    except ValueError:
        return form
    if len(numbers) not in (2, 3):
        return form
    low, high, step = *numbers[:2], numbers[2] if len(numbers) == 3 else RESOURCES[path].step
    if not all(abs(number) < 1e15 for number in numbers):
        return Message("must be finite numbers")
    if low < 0 or step <= 0:
        return Message("must not be below 0, and the step must be more than 0")
    if limits()[path].whole and not all(number.is_integer() for number in numbers):
        return Message("must be whole numbers")
    if high > limits()[path].high:
        return Message("must be {high:,.12g} or less", high=limits()[path].high)
    if high < low:
        return Message("is an empty range: {high:g} is less than {low:g}", low=low, high=high)
    if (high - low) / step > _MOST_RUNGS:
        return Message("has more than {most:,} levels: take a larger step", most=_MOST_RUNGS)
    return None


def _read(path: str, spelt: str) -> Bounded:
    low, high, *step = (float(part) for part in spelt.split(":"))
    return Bounded(path, _least(path, low), high, step[0] if step else RESOURCES[path].step)


def _around_today(scenario: Scenario, path: str) -> Bounded:
    parameters = scenario.parameters
    months = [month for year in periods(parameters.start, parameters.end).values() for month in year]
    today = [level(scenario, path, month) for month in months]
    step = RESOURCES[path].step
    high = max(_HIGH * max(today), 10 * step)
    high = min(high, _MOST_OF.get(path, limits()[path].high))
    return Bounded(path, _least(path, rounded(path, _LOW * min(today), up=False)), rounded(path, high), step)


def _least(path: str, low: float) -> float:
    """Capacities of stations, servers and lines must be more than nothing."""
    return low if path in _MAY_BE_NONE else max(low, RESOURCES[path].step)


def targets(asked: Sequence[str], resources: Sequence[Bounded]) -> tuple[str, ...]:
    """The targets asked for, by id or with their part; all that the resources can help to meet where none is.

    Raises:
        UserError: naming each that is unknown, or that none of the resources can help to meet.
    """
    possible = all_targets([one.path for one in resources])
    if not asked:
        return possible
    found: list[str] = []
    mistakes: list[Mistake | Message] = []
    for name in asked:
        fitting = _fitting(name)
        if not fitting:
            mistakes.append(_unknown(name))
        elif fitting[0] not in possible:
            others = [path for path, known in RESOURCES.items() if fitting[0] in known.targets]
            mistakes.append(
                Message(
                    "{name}   is never reachable with these resources; it takes one of {others}",
                    name=name,
                    others=others,
                )
            )
        found += fitting
    if mistakes:
        raise UserError("--target", mistakes)
    lacking = [one.path for one in resources if not set(RESOURCES[one.path].targets) & set(found)]
    if lacking:
        told = [Message("{path}   helps to meet none of {targets}", path=path, targets=found) for path in lacking]
        raise UserError("--resource", told)
    return tuple(target for target in possible if target in found)


def refuse_unknown(asked: Sequence[str]) -> None:
    """Raise UserError naming each target that is unknown, whatever the resources."""
    if mistakes := [_unknown(name) for name in asked if not _fitting(name)]:
        raise UserError("--target", mistakes)


def _fitting(name: str) -> list[str]:
    """The targets that can be sized for, with a name or with a part of that name."""
    return [target for target in all_targets(list(RESOURCES)) if name in (target, parted(target)[0])]


def _unknown(name: str) -> Message:
    hint = nearest(name, all_targets(list(RESOURCES)))
    return Message("{name}   is no target that can be sized for{hint}", name=name, hint=hint)
