"""The tables of a sizing: levels, evidence, budget, bill, certainty, prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise

from reports import names, price_texts
from reports.document import (
    Columns,
    Figures,
    Joined,
    Number,
    Opening,
    Period,
    Plot,
    Range,
    Table,
    Value,
    headings,
    say,
    table_of,
)
from reports.size import cells
from reports.size.budget import Money, Shown, interval, rounded
from scenarios.price_file import Prices
from scenarios.size.record import Further, Level, Plan, Point, Sizing

MARKS = {"shown": "holds", "not_shown": "undecided", "not_reached": "fails"}
"""The verdict whose look a plan has."""
Row = tuple[Value, ...]


def levels(data: Sizing, chosen: Iterable[Level]) -> Table:
    """A line a resource and period: today's level, theory's, the least, the difference."""
    columns: Columns[Level] = {
        "resource": lambda level: Opening(price_texts.name(level.resource)),
        "period": lambda level: Period(level.period),
        "today": lambda level: cells.amount(data, level.resource, level.today),
        "theory": lambda level: cells.amount(data, level.resource, level.theory),
        "least" if data.asked.reached else "best": lambda level: cells.amount(data, level.resource, level.least),
        "least_interval": partial(cells.least_interval, data),
        "more": lambda level: cells.more(data, [level]),
        "bound": partial(cells.bound, data),
    }
    return table_of("sizing", chosen, columns)


def evidence(data: Sizing, plan: Plan) -> Table:
    """A line a period: all targets together with the plan and with today's levels, then each target alone."""
    today = {found.period: found for found in plan.today_evidence}
    short = any(found.short_of for found in plan.evidence)
    rows = tuple(
        (
            Period(found.period),
            cells.held(found),
            cells.held(today[found.period]) if found.period in today else None,
            *(cells.held(found.alone(name)) for name in data.targets),
            *([names.short_of(found.short_of)] if short else []),
        )
        for found in plan.evidence
    )
    every = Period(plan.every_year.period), cells.held(plan.every_year), None, *[None] * len(data.targets)
    rows += ((*every, *([names.short_of(None)] if short else [])),)
    alone = (Opening(names.target(name)) for name in data.targets)
    lacking = headings("sizing", "short_of") if short else ()
    return Table((*headings("sizing", "period", "held", "held_today"), *alone, *lacking), rows)


def plans(data: Sizing, money: Money) -> Table:
    """A line a certainty: whether it is shown, the levels, the evidence of the least sure period, the cost, and by how
    much that is more than the plan before.
    """
    steps = _steps(data, money)
    rows = tuple(
        (
            cells.status(plan),
            cells.certainty(plan.certainty),
            *(_levels_of(data, plan, path) for path in data.sought),
            _least_sure(plan),
            _total(plan, money),
            *([steps.get(plan.certainty)] if steps else []),
        )
        for plan in data.plans
    )
    columns = (
        *headings("sizing", "status", "certainty"),
        *(Opening(price_texts.name(path)) for path in data.sought),
        *headings("sizing", "least_sure"),
        say("sizing.column.all_years", money=money.name),
        *headings("sizing", *(["plan_step"] if steps else [])),
    )
    return Table(columns, rows, tuple(MARKS[cells.status_name(plan)] for plan in data.plans))


def _levels_of(data: Sizing, plan: Plan, path: str) -> Value:
    if not plan.reached:
        return None
    by_year = {year: own for year in plan.years if (own := plan.of(path, year))}
    return Joined(tuple(_in_year(year, cells.level_range(data, own)) for year, own in by_year.items()))


def _least_sure(plan: Plan) -> Value:
    found = min(plan.evidence, key=lambda evidence: evidence.probability, default=None)
    return None if found is None else _in_year(found.period, cells.held(found))


def _in_year(period: str, level: Value) -> Figures:
    return Figures("sizing.in_year", {"year": Period(period), "level": level})


def _total(plan: Plan, money: Money) -> Value:
    if not plan.reached or plan.lines is None:
        return None
    return money.shown(_sum(plan, money))


def _sum(plan: Plan, money: Money) -> int:
    return sum(part.included for part in rounded(plan.lines or (), money.step))


def _steps(data: Sizing, money: Money) -> dict[float, Value]:
    """By certainty how much more a plan costs than the one before, and that by percentage point."""
    found: dict[float, Value] = {}
    for lower, upper in pairwise(data.priced):
        yen, points = _sum(upper, money) - _sum(lower, money), 100 * (upper.certainty - lower.certainty)
        told = {"yen": money.shown(yen), "point": money.shown(round(yen / points))}
        found[upper.certainty] = Figures("sizing.plan_step", told)
    return found


def budget(data: Sizing, money: Money) -> Table:
    """Cost by fiscal year and certainty, split by funding source; tax and the part beyond today's below each total."""
    bills = {plan.certainty: rounded(plan.lines or (), money.step) for plan in data.priced}
    years = sorted({part.line.fiscal_year for parts in bills.values() for part in parts})
    rows: list[Row] = []
    for year in [*years, None] if len(years) > 1 else years:
        rows += _year(data, money, bills, year)
    certainties = (certainty_heading(plan) for plan in data.priced)
    return Table((*headings("sizing", "year", "funding", "prices"), *certainties), tuple(rows))


def certainty_heading(plan: Plan) -> Value:
    """A certainty, and whether it is not shown."""
    shown = cells.certainty(plan.certainty)
    return shown if plan.shown else say("sizing.column.not_shown", certainty=shown)


def _year(data: Sizing, money: Money, bills: Mapping[float, Sequence[Shown]], year: int | None) -> list[Row]:
    """The rows of a fiscal year, or of all: funding sources, total, tax, beyond today's."""
    own = [[part for part in parts if year in (None, part.line.fiscal_year)] for parts in bills.values()]
    name: Value = say("sizing.all_years") if year is None else Period.of_year(year)
    rows: list[Row] = []
    for source in dict.fromkeys(part.line.funding for parts in own for part in parts):
        chosen = [[part for part in parts if part.line.funding == source] for parts in own]
        sums = (money.shown(sum(part.included for part in parts)) for parts in chosen)
        rows.append((name, price_texts.funding(source), _mark(chosen), *sums))
    for label, kind in (("total", "included"), ("tax", "tax"), ("beyond", "beyond")):
        sums = (money.shown(sum(getattr(part, kind) for part in parts)) for parts in own)
        rows.append((name, say(f"sizing.budget.{label}"), _mark(own), *sums))
    if data.curve:
        ends = (money.span(interval(plan, year)) for plan in data.priced)
        rows.append((name, say("sizing.budget.interval"), _mark(own), *ends))
    return rows


def _mark(groups: Iterable[Sequence[Shown]]) -> Value:
    return cells.price_mark([part.line.assumed for parts in groups for part in parts])


def bill(plan: Plan, money: Money) -> Table:
    """Every line of a plan's bill, with the sum of each fiscal year."""
    shown = rounded(plan.lines or (), money.step)
    rows: list[Row] = []
    for year in sorted({part.line.fiscal_year for part in shown}):
        own = [part for part in shown if part.line.fiscal_year == year]
        sums = (sum(getattr(part, name) for part in own) for name in ("excluded", "tax", "included", "beyond"))
        rows += [_item(part, money) for part in own]
        total = (Period.of_year(year), say("sizing.budget.total"), None, _mark([own]), None, None)
        rows.append((*total, *map(money.shown, sums)))
    columns = ("year", "item", "funding", "prices", "price", "quantity", "excluded", "tax", "included", "beyond")
    return Table(headings("sizing", *columns), tuple(rows))


def _item(part: Shown, money: Money) -> Row:
    line = part.line
    whole = line.quantity >= 1000 or line.quantity == round(line.quantity)
    return (
        Period.of_year(line.fiscal_year),
        Opening(cells.kind(line)),
        price_texts.funding(line.funding),
        cells.price_mark([line.assumed]),
        cells.price_of(line.item, line.price, line.tax_included, line.units, line.every),
        Number(line.quantity, decimals=0 if whole else 1),
        *map(money.shown, (part.excluded, part.tax, part.included)),
        None if line.beyond_today is None else money.shown(part.beyond),
    )


def further(found: Iterable[Further], money: Money) -> Table:
    """Yen for each further point of certainty, with its bootstrap interval."""
    columns: Columns[Further] = {
        "step": lambda step: between(step.lower, step.upper),
        "period": lambda step: Period(step.period),
        "further": lambda step: money.of(step.yen),
        "further_interval": lambda step: Range(money.of(step.low), money.of(step.high)),
    }
    return table_of("sizing", found, columns)


def between(lower: float, upper: float) -> Figures:
    """A step from a certainty to a higher one."""
    return Figures("sizing.from_to", {"lower": cells.certainty(lower), "upper": cells.certainty(upper)})


def curve(points: Sequence[Point], money: Money) -> Table:
    """A line a period and certainty: cost with its interval."""
    rows = tuple(
        (
            Period(point.period),
            cells.certainty(point.certainty),
            *(None if yen is None else money.of(yen) for yen in (point.yen, point.low, point.high)),
        )
        for point in points
    )
    plot = Plot(1, (2,), "points", say("workbook.axis.cost"), by=0, ends=(3, 4))
    return Table(headings("sizing", "period", "certainty", "included", "low", "high"), rows, plots=(plot,))


def prices(found: Prices) -> Table:
    """A line a price of the file: item, price, one-off, tax, years, funding, assumed or own, reason or source."""
    rows = tuple(
        (
            Opening(price_texts.name(name)),
            cells.price_of(name, float(price.yen), price.tax_included, float(price.units), price.every or "use"),
            Number(float(price.one_off_yen), "plain") if price.one_off_yen else None,
            Number(float(price.tax_rate), "rate"),
            Period.of_year(price.from_, whole=True),
            Number(float(price.yearly_change), "rate") if price.yearly_change else None,
            price_texts.funding(price.funding),
            cells.price_mark([price.assumed]),
            price_texts.reason(name, price.reason) if price.assumed else price.source,
        )
        for name, price in found.entries.items()
    )
    columns = ("item", "price", "one_off_yen", "tax_rate", "from", "yearly_change", "funding", "prices", "reason")
    return Table(headings("sizing", *columns), rows)
