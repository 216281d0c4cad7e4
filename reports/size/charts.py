"""Charts of a sizing: the least levels beside today's, how often targets held, what certainty costs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reports import names, price_texts
from reports.charting import amounts, drawing, key, largest, with_key
from reports.document import Bracketed, Joined, Magnitude, Name, Opening, Period, Value, say
from reports.drawing import Bars, Drawing, Mark, Months, Names, Panel, Rule, Scale, Series, Words
from reports.looks import DARK, DASHED, INK, QUIET, WARM, Look, area, line, point
from reports.size import cells, tables
from reports.size.budget import Money, money
from scenarios.resources import Hundred
from scenarios.size.record import Further, Held, Level, Plan, Sizing
from sim import calendar
from sim.calendar import RUN
from sim.facts import INDEX_DAY

_WIDTH = 0.36
_LABELLED = 14
"""So many bars or fewer carry their number."""
_TICKS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
_FACES = (DARK, "#9dbbd0", "#5b8aa9", "#d5dfe6", "#2a5f80")
_PLAN = point("circle", DARK, size=6)
_TOGETHER = replace(point("circle", DARK, size=6.5), width=2.2)
_ALONE = replace(point("circle", QUIET, size=4.5), width=1.4)
_BEFORE = replace(point("square", "#7c8790", "white"), width=1.3)


def levels(data: Sizing) -> Drawing | None:
    """A panel a resource: bars by fiscal year, steps by month, a mark for what theory says; None without levels."""
    resources = list(dict.fromkeys(level.resource for level in data.levels))
    if not resources:
        return None
    panels = [_resource(data, [level for level in data.levels if level.resource == own]) for own in resources]
    panels = with_key(panels)
    chart = "sized-levels" if data.asked.reached else "sized-partial"
    return drawing(chart, data, panels, height=2.4 + 2.1 * len(panels))


def by_month(levels: Sequence[Level], months: Sequence[str]) -> list[Level]:
    """The level in every month; those of a fiscal year stand in each of its months."""
    own = {level.period: level for level in levels}
    years = {month: calendar.Period.of_year(calendar.fiscal_year_of_month(month)) for month in months}
    held = {month: own.get(month) or own.get(year) for month, year in years.items()}
    return [replace(level, period=month) for month, level in held.items() if level is not None]


def _resource(data: Sizing, own: Sequence[Level]) -> Panel:
    if data.months:
        own = by_month(own, data.months)
    resource = own[0].resource
    hundred = data.sought[resource].hundred
    least, today, theory = (
        amounts(_index(getattr(level, name), hundred) for level in own) for name in ("least", "today", "theory")
    )
    top = largest(least, today, theory)
    if hundred:
        inside = say("sizing.index", year=Period.of_year(INDEX_DAY.year, whole=True))
    else:
        inside = say("sizing.amount", number=Magnitude(top), unit=Name("unit", data.sought[resource].unit))
    title = Bracketed(Opening(price_texts.name(resource)), inside)
    scale = Scale(0, 1.18 * max(top, 1e-9), counts=top)
    marks = _steps if data.months else _bars
    axis = Months(data.months) if data.months else Names(tuple(Period(level.period) for level in own))
    return Panel(axis, scale, tuple(marks(_texts(data), least, today, theory, top)), title)


def _index(level: float, hundred: Hundred | None) -> float:
    """A level of seats that nobody has entered as an index, others as they are."""
    return level if hundred is None else cells.index_of(level, hundred)


def _texts(data: Sizing) -> Mapping[str, Value]:
    chart = "sized-levels" if data.asked.reached else "sized-partial"
    return {name: say(f"chart.{chart}.{name}") for name in ("least", "today", "theory")}


def _bars(
    texts: Mapping[str, Value], least: Sequence[float], today: Sequence[float], theory: Sequence[float], top: float
) -> Iterator[Mark]:
    left, right = ([place + shift for place in range(len(least))] for shift in (-_WIDTH / 2, _WIDTH / 2))
    yield Bars(amounts(today), amounts(left), look=area("#b9c4cc"), name=texts["today"], width=_WIDTH)
    yield Bars(amounts(least), amounts(right), look=area(DARK), name=texts["least"], width=_WIDTH)
    yield from _theory(theory, right, texts["theory"], 6)
    if len(least) <= _LABELLED:
        for values, places, color in ((today, left, INK), (least, right, "white")):
            for value, place in zip(values, places, strict=True):
                yield Words(Magnitude(top, value), place, value / 2, color=color, size=8.5)


def _steps(
    texts: Mapping[str, Value], least: Sequence[float], today: Sequence[float], theory: Sequence[float], top: float
) -> Iterator[Mark]:
    foot = amounts(0.0 for _ in least)
    look = line(DARK, width=2.0)
    yield Series(amounts(least), low=foot, high=amounts(least), look=look, name=texts["least"], steps=True)
    yield Series(amounts(today), look=line(QUIET, DASHED, 1.4), name=texts["today"], steps=True)
    yield from _theory(theory, range(len(theory)), texts["theory"], 3.5)


def _theory(values: Sequence[float], places: Sequence[float], name: Value, size: float) -> Iterator[Series]:
    yield Series(amounts(values), amounts(places), look=point("diamond", WARM, "white", size), name=name)


def evidence(data: Sizing) -> Drawing:
    """How often targets held on fresh replications: a row a period and target, against what was asked."""
    rows = list(_rows(data))
    today = {own.period: own for own in data.asked.today_evidence}
    together, alone = ({at: own for at, (_, own, all_) in enumerate(rows) if all_ is each} for each in (True, False))
    beside = {at: today[own.period] for at, own in together.items() if own.period in today}
    asked = say("chart.sized-evidence.asked", certainty=cells.certainty(data.confidence))
    marks = (
        _held("together", {at - 0.12 * (at in beside): own for at, own in together.items()}, _TOGETHER),
        *([_held("alone", alone, _ALONE)] if alone else ()),
        *([_held("today", {at + 0.18: own for at, own in beside.items()}, _BEFORE)] if beside else ()),
        Rule(data.confidence, line(WARM, DASHED, 1.3), asked),
    )
    texts = tuple(Joined((name, f"   {own.held}/{own.of}"), "") for name, own, _ in rows)
    axis, scale = Names(texts, quiet=frozenset(alone)), Scale(-0.01, 1.01, unit="share")
    panel = Panel(axis, scale, marks, key=key(*marks), across=True)
    return drawing("sized-evidence", data, [panel], height=2.3 + 0.3 * max(len(rows), 4), left=3.5)


def _held(name: str, found: Mapping[int, Held] | Mapping[float, Held], look: Look) -> Series:
    """Shares with their intervals at places."""
    shares, low, high = (amounts(getattr(own, end) for own in found.values()) for end in ("probability", "low", "high"))
    return Series(shares, amounts(found), low, high, look, say(f"chart.sized-evidence.{name}"), whiskers=True)


def _rows(data: Sizing) -> Iterator[tuple[Value, Held, bool]]:
    """A row's name, what held with the plan, and whether that is of all targets together."""
    plan = data.asked
    for own in plan.evidence:
        yield say("sizing.together", period=Period(own.period)), own, True
        for target in data.targets if len(data.targets) > 1 else ():
            yield names.target(target, short=True), own.alone(target), False
    yield say("sizing.together", period=Period(plan.every_year.period)), plan.every_year, True


def cost(data: Sizing) -> Drawing:
    """Cost with tax against certainty, a panel a period: line and band from the curve, points for the plans."""
    years, curve = sorted({line.fiscal_year for plan in data.priced for line in plan.lines or ()}), data.curve or ()
    periods = dict.fromkeys([*map(calendar.Period.of_year, years), *(point.period for point in curve)])
    certainties = sorted({point.certainty for point in curve} | {plan.certainty for plan in data.priced})
    ticks = [tick for tick in _TICKS if certainties[0] - 1e-9 <= tick <= certainties[-1] + 1e-9] or certainties
    low, high = certainties[0] - 0.02, min(certainties[-1] + 0.02, 1.005)
    axis = Scale(low, high, tuple((tick, cells.certainty(tick)) for tick in ticks), unit="share_exact")
    panels = [_period(data, axis, period) for period in periods]
    panels = with_key(panels)
    return drawing("sized-cost", data, panels, _prices(data), height=2.2 + 1.75 * len(panels))


def _period(data: Sizing, axis: Scale, period: str) -> Panel:
    unit = money(data)
    points = sorted((point for point in data.curve or () if point.period == period), key=lambda point: point.certainty)
    low, middle, high = (_in(unit, (getattr(point, end) for point in points)) for end in ("low", "yen", "high"))
    places = amounts(point.certainty for point in points)
    marks: list[Mark] = []
    if points:
        marks.append(Series(middle, places, low, high, line(DARK, width=1.8), say("chart.sized-cost.curve")))
    for shown, name, fill in ((True, "plans", ""), (False, "not_shown", "white")):
        plans = [plan for plan in data.priced if plan.shown is shown]
        if plans or shown:
            bills = _in(unit, (_bill(plan, period) for plan in plans))
            where, text = amounts(plan.certainty for plan in plans), say(f"chart.sized-cost.{name}")
            marks.append(Series(bills, where, look=replace(_PLAN, fill=fill), name=text))
    return Panel(axis, Scale(bins=5, margin=0.15, unit="plain"), tuple(marks), Period(period))


def _bill(plan: Plan, period: str) -> float:
    """Yen with tax of a fiscal year, or of the run."""
    lines = plan.lines or ()
    return sum(each.yen_incl_tax for each in lines if period in (RUN, calendar.Period.of_year(each.fiscal_year)))


def _in(unit: Money, yen: Iterable[float | None]) -> tuple[float, ...]:
    """Amounts in the unit; not a number where the data do not reach."""
    return amounts(None if each is None else each / unit.step for each in yen)


def _prices(data: Sizing) -> Mapping[str, Value]:
    assumed = [line.assumed for plan in data.priced for line in plan.lines or ()]
    return {"money": money(data).name, "prices": cells.price_mark(assumed)}


def further(data: Sizing) -> Drawing:
    """Yen for each further point of certainty: a group of bars a step, one a fiscal year, with intervals."""
    unit, found = money(data), [step for step in data.further if step.period != RUN]
    periods = list(dict.fromkeys(step.period for step in found))
    ends = list(dict.fromkeys((step.lower, step.upper) for step in found))
    marks: list[Mark] = [Rule(0, line(QUIET, width=0.8))] if found else []
    for place, period in enumerate(periods):
        own = [step for step in found if step.period == period]
        marks += _further(unit, own, ends, place, len(periods))
    axis = Names(tuple(tables.between(*each) for each in ends))
    panel = Panel(axis, Scale(unit="plain"), tuple(marks), key=key(*marks))
    return drawing("sized-further", data, [panel], _prices(data), height=4.3)


def _further(
    unit: Money, own: Sequence[Further], ends: Sequence[tuple[float, float]], place: int, count: int
) -> Iterator[Mark]:
    width, name = 0.7 / count, Period(own[0].period)
    at = amounts(ends.index((step.lower, step.upper)) + (place - (count - 1) / 2) * width for step in own)
    yen, low, high = (_in(unit, (getattr(step, end) for step in own)) for end in ("yen", "low", "high"))
    yield Bars(yen, at, look=area(_FACES[place % len(_FACES)]), name=name, width=width * 0.9)
    yield Series(places=at, low=low, high=high, look=line(WARM), whiskers=True, called=name)


CHARTS: Mapping[str, Callable[[Sizing], Drawing | None]] = {
    "sized-levels": levels,
    "sized-partial": levels,
    "sized-evidence": evidence,
    "sized-cost": cost,
    "sized-further": further,
}
"""What draws each chart, by the id that names its files and texts; None where a sizing has nothing for it."""
