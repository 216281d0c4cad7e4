"""The answer in plain words: what to buy by when, how sure that is, what could be released, what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from reports import chances, names, price_texts
from reports.document import Joined, Number, Opening, Period, Say, Value, listing, say, sentences
from reports.size import cells
from reports.size.ask import ask
from reports.size.budget import Money, Shown, interval, money, rounded
from scenarios.size.record import Evidence, Level, Partial, Plan, Sizing
from sim import calendar
from sim.facts import INDEX_DAY


def answer(data: Sizing) -> tuple[Value, ...]:
    """The paragraphs at the top of the page and under the terminal's table."""
    plan = data.asked
    if not plan.reached:
        return _asked(data), *partial(data), *_indices(data)
    said = [
        *ask(data),
        _asked(data),
        *(year(data, plan, name) for name in plan.years),
        *(_evidence(plan, found) for found in plan.evidence if found.period not in plan.years),
        claim(data),
        released(data, plan),
        *bill(data),
        *withheld(data),
        *_indices(data),
    ]
    return tuple(sentence for sentence in said if sentence)


def _asked(data: Sizing) -> Value:
    certainty, floor = cells.certainty(data.confidence), data.monthly_floor
    return sentences(
        say(f"sizing.answer.asked_{data.together}", targets=cells.targets(data), certainty=certainty),
        None if floor is None else say("sizing.answer.floor", share=chances.share(floor)),
    )


def _indices(data: Sizing) -> list[Value]:
    """What the index of seats stands for, where nobody has entered their number."""
    return [
        say(
            "sizing.index_note",
            resource=Opening(price_texts.name(path)),
            year=Period.of_year(INDEX_DAY.year, whole=True),
            hundred=Number(hundred.value, "plain"),
            **{end: Number(getattr(hundred, end)) for end in ("low", "middle", "high")},
            path=path,
        )
        for path, own in data.sought.items()
        if (hundred := own.hundred)
    ]


def year(data: Sizing, plan: Plan, name: str) -> Value:
    """A year's levels, one sentence a resource, then the evidence."""
    said = [_buy(data, own) for path in plan.resources if (own := plan.of(path, name))]
    said += [_evidence(plan, evidence) for evidence in plan.evidence if evidence.period == name]
    return say("sizing.answer.year", year=Period(name), sentences=sentences(*said))


def _buy(data: Sizing, levels: Sequence[Level]) -> Value:
    """What a resource must be in a year, and between what the least lies."""
    return sentences(_level(data, levels), _between(data, levels))


def _between(data: Sizing, levels: Sequence[Level]) -> Value:
    """The interval of the least that does, or that there is none; nothing of a year with several levels."""
    level = levels[0]
    low, high = level.least_low, level.least_high
    if len(levels) > 1 or level.by_promise:
        return None
    if low == high:
        return say("sizing.answer.least_open") if low is None else None
    ends = {
        name: cells.amount(data, level.resource, end) for name, end in (("low", low), ("high", high)) if end is not None
    }
    key = "between" if len(ends) == 2 else "at_most" if "high" in ends else "at_least"
    return say(f"sizing.answer.least_{key}", **ends)


def _level(data: Sizing, levels: Sequence[Level]) -> Say:
    """What a resource must be in a year, and from when."""
    path = levels[0].resource
    least, today = cells.level_range(data, levels), cells.today_range(data, levels)
    told: dict[str, Value] = {"resource": Opening(price_texts.name(path)), "least": least, "today": today}
    largest = max(levels, key=lambda level: level.more)
    if all(level.by_promise for level in levels):
        promise = say(f"sizing.promise.{data.sought[path].promise or 'intake'}")
        return say("sizing.answer.promised", promise=promise, **told)
    if all(level.more == 0 for level in levels):
        return say("sizing.answer.same", **told)
    if largest.more <= 0:
        fewer = cells.amount(data, path, -min(level.more for level in levels))
        key = "fewer" if data.asked.shown_in(levels[0].fiscal_year) else "fewer_unsure"
        return say(f"sizing.answer.{key}", fewer=fewer, **told)
    first = next(level for level in levels if level.more > 0)
    told |= {"more": cells.amount(data, path, largest.more), "month": Period(_first_month(first.period))}
    if len({level.least for level in levels}) == 1:
        return say("sizing.answer.more", **told)
    peak = max(levels, key=lambda level: level.least)
    return say("sizing.answer.more_by_month", peak=Period(peak.period), **told)


def _first_month(period: str) -> str:
    return calendar.Period.of_month(calendar.Period(period).month)


def _evidence(plan: Plan, found: Evidence) -> Value:
    today = next((other for other in plan.today_evidence if other.period == found.period), None)
    own = say("sizing.answer.held", held=cells.held(found))
    if today is None:
        return own
    short = names.short_of(today.short_of)
    key = "sizing.answer.held_today_short" if short else "sizing.answer.held_today"
    return sentences(own, say(key, held=cells.held(today), what=short))


def claim(data: Sizing) -> Say:
    """What the evidence shows of the asked plan, and nothing more."""
    plan = data.asked
    shown, lacking = (
        tuple(Period(found.period) for found in plan.evidence if found.shown is said) for said in (True, False)
    )
    return say(
        f"sizing.answer.{'shown' if plan.shown else 'shown_in_part' if shown else 'not_shown'}",
        certainty=cells.certainty(data.confidence),
        assurance=cells.certainty(data.assurance),
        of=_counts(plan),
        shown=Joined(shown),
        lacking=Joined(lacking),
    )


def _counts(plan: Plan) -> Value:
    """How many fresh replications speak for the periods."""
    counts = [found.of for found in plan.evidence] or [0]
    if min(counts) == max(counts):
        return counts[0]
    return say("format.number_range", low=min(counts), high=max(counts))


def released(data: Sizing, plan: Plan) -> Value:
    """What today's levels hold beyond the plan's, where that is shown: else nothing may go; None where nothing is."""
    items, unsure = [], []
    for path in plan.resources:
        spare = {
            year: [level for level in plan.of(path, year) if level.more < 0 and not level.below_promise]
            for year in plan.years
        }
        unsure += [year for year, levels in spare.items() if levels and not plan.shown_in(year)]
        years = tuple(_spare(data, year, levels) for year, levels in spare.items() if levels and plan.shown_in(year))
        if years:
            items.append(say("sizing.answer.spare", resource=price_texts.name(path), years=Joined(years)))
    told = [each for each in (_released(plan, items), _kept(plan, unsure)) if each is not None]
    return sentences(*told) if told else None


def _kept(plan: Plan, unsure: Sequence[str]) -> Value:
    """The fiscal years in which less than today's would do by estimate alone."""
    years = tuple(Period(year) for year in plan.years if year in unsure)
    return say("sizing.answer.kept", years=Joined(years)) if years else None


def _released(plan: Plan, items: Sequence[Value]) -> Value:
    if not items:
        return None
    plant = any(level.more < 0 and level.resource.startswith("plant.") for level in plan.levels)
    said = say("sizing.answer.released", items=listing(items))
    return sentences(said, say("sizing.answer.released_plant") if plant else None)


def _spare(data: Sizing, year: str, levels: Sequence[Level]) -> Say:
    amount = cells.amount(data, levels[0].resource, max(-level.more for level in levels))
    if calendar.Period(levels[0].period).monthly:
        amount = say("sizing.answer.spare_months", amount=amount, months=len(levels))
    return say("sizing.in_year", year=Period(year), level=amount)


def bill(data: Sizing) -> list[Value]:
    """What the asked plan costs a year, and of what that is made; one sentence where there are no prices."""
    plan, unit = data.asked, money(data)
    if plan.lines is None:
        return [] if data.prices else [say("sizing.answer.no_prices")]
    shown = rounded(plan.lines, unit.step)
    items = []
    for number in sorted({line.fiscal_year for line in plan.lines}):
        own = [part for part in shown if part.line.fiscal_year == number]
        ends = interval(plan, number)
        items.append(
            say(
                "sizing.answer.cost_item" if ends is None else "sizing.answer.cost_item_interval",
                year=Period.of_year(number),
                yen=unit.shown(sum(part.included for part in own)),
                money=unit.name,
                beyond=_beyond(own, unit),
                **(unit.between(ends) if ends else {}),
            )
        )
    mark = cells.price_mark([line.assumed for line in plan.lines])
    file = data.prices.file if data.prices else ""
    return [say("sizing.answer.cost", items=listing(items), prices=mark, file=file)]


def withheld(data: Sizing) -> list[Value]:
    """Certainties that no budget is shown for, and why; and that nothing is told to be saved below the promises."""
    said: list[Value] = []
    for each in data.withheld:
        certainty = cells.certainty(each.certainty)
        said.append(say(f"sizing.withheld.{each.reason}", certainty=certainty, of=each.of, needs=each.needs))
    below = dict.fromkeys(level.resource for level in data.asked.levels if level.below_promise)
    if below:
        said.append(say("sizing.answer.below_promise", items=Joined(tuple(map(price_texts.name, below)))))
    return said


def _beyond(parts: Sequence[Shown], unit: Money) -> Say:
    beyond = sum(part.beyond for part in parts)
    key = "sizing.answer.beyond" if beyond >= 0 else "sizing.answer.below"
    return say(key, yen=unit.shown(abs(beyond)), money=unit.name)


def partial(data: Sizing) -> list[Value]:
    """What to say where no level within the bounds reaches the certainty."""
    found = data.best_partial
    bounds = tuple(_bounds(data, path) for path in data.sought)
    said: list[Value] = [say("sizing.answer.not_reached", bounds=listing(bounds))]
    return said if found is None else [*said, _best(data, found)]


def _bounds(data: Sizing, path: str) -> Say:
    own = data.sought[path]
    span = cells.amounts(data, path, [own.low, own.high])
    return say("sizing.answer.bounds", resource=price_texts.name(path), span=span)


def _best(data: Sizing, found: Partial) -> Value:
    by_resource: dict[str, list[Level]] = {}
    for level in found.levels:
        by_resource.setdefault(level.resource, []).append(level)
    items = (
        say("sizing.answer.bounds", resource=price_texts.name(path), span=cells.level_range(data, levels))
        for path, levels in by_resource.items()
    )
    share, low, high = (chances.share(each) for each in (found.probability, found.low, found.high))
    said = say("sizing.answer.best", items=Joined(tuple(items)), share=share, low=low, high=high)
    short = names.short_of(found.short_of)
    return sentences(said, say("sizing.answer.short", what=short) if short else None)
