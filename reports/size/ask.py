"""The first lines of a sizing's answer: what to ask for, what it costs, how certain that is, and by when to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from reports import price_texts
from reports.document import Joined, Period, Say, Value, listing, say, sentences
from reports.size import cells
from reports.size.budget import money, rounded
from scenarios.size.record import Level, Plan, Sizing
from sim import calendar


def ask(data: Sizing) -> list[Value]:
    """What to ask for, then by when to decide; nothing where no level within the bounds does."""
    plan = data.asked
    if not plan.reached or not plan.levels:
        return []
    asked = say(
        f"sizing.ask.{'sure' if plan.shown else 'unsure'}",
        years=listing(_year(data, plan, name) for name in plan.years),
        targets=cells.targets(data),
        when=_when(data, plan),
        certainty=cells.certainty(data.confidence),
        assurance=cells.certainty(data.assurance),
    )
    mark = None if plan.lines is None else cells.price_mark([line.assumed for line in plan.lines])
    prices = say("sizing.ask.prices", prices=mark) if mark else None
    return [sentences(asked, _every_year(plan), cells.below_shown(data), prices), _decide(data)]


def _when(data: Sizing, plan: Plan) -> Say:
    """Of which fiscal years a certainty is told: the only one, each by itself, or all at once."""
    if len(plan.years) == 1:
        return say("sizing.ask.one_year", year=Period(*plan.years))
    return say(f"sizing.ask.{'all_years' if data.together == 'run' else 'each_year'}")


def _every_year(plan: Plan) -> Value:
    """In how many replications the targets held in all fiscal years; None of a single one."""
    return say("sizing.ask.every_year", held=cells.held(plan.every_year)) if len(plan.years) > 1 else None


def _year(data: Sizing, plan: Plan, name: str) -> Say:
    items = [_item(data, own) for path in plan.resources if (own := plan.of(path, name))]
    if plan.lines is not None:
        unit = money(data)
        parts = rounded(plan.lines, unit.step)
        yen = unit.shown(
            sum(part.included for part in parts if part.line.fiscal_year == calendar.Period(name).fiscal_year)
        )
        items.append(say("sizing.ask.cost", yen=yen, money=unit.name))
    return say("sizing.ask.year", year=Period(name), items=Joined(tuple(items)))


def _item(data: Sizing, levels: Sequence[Level]) -> Say:
    """A resource with its level of a year, and how much that is more or less than today's."""
    path = levels[0].resource
    most = max(levels, key=lambda level: abs(level.more))
    return say(
        f"sizing.ask.{'more' if most.more > 0 else 'fewer' if most.more else 'same'}",
        resource=price_texts.name(path),
        least=cells.level_range(data, levels),
        amount=cells.amount(data, path, abs(most.more)),
    )


def _decide(data: Sizing) -> Value:
    """The last date to act for the first rise of each resource, from when that is to be there, and which have passed;
    that there is nothing to decide where nothing rises.
    """
    by_resource: dict[str, tuple[date, str]] = {}
    for level in data.asked.levels:
        if level.decide_by:
            due = level.decide_by, level.period
            by_resource[level.resource] = min(due, by_resource.get(level.resource, due))
    if not by_resource:
        return say("sizing.ask.nothing_to_decide")
    items = (_by(path, *due) for path, due in by_resource.items())
    return sentences(say("sizing.ask.decide", items=listing(items)), _passed(data, by_resource))


def _by(path: str, day: date, period: str) -> Say:
    first = calendar.Period(period).first_day
    return say("sizing.ask.by", resource=price_texts.name(path), day=day, period=Period(period), first=first)


def _passed(data: Sizing, by_resource: Mapping[str, tuple[date, str]]) -> Value:
    """The resources of which the last date lies before the day that counts as today."""
    if data.as_of is None:
        return None
    past = tuple(price_texts.name(path) for path, (day, _) in by_resource.items() if day < data.as_of)
    return say("sizing.ask.passed", as_of=data.as_of, items=Joined(past)) if past else None
