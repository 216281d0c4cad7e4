"""The tables of a sizing, cell by cell as text: levels, evidence, budget, bill, certainty, prices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports import formats, phrases, price_texts
from reports.catalogue import Catalogue
from reports.document import Table
from reports.sized import cells
from reports.sized.budget import Money, Shown, interval, rounded
from reports.sized.data import CurvePoint, Evidence, Level, Plan, Sizing, Step
from scenarios.price_file import Prices
from scenarios.prices import Line

_MARKS = {"shown": "holds", "not_shown": "undecided", "not_reached": "fails"}
"""The verdict whose look a plan has."""


def levels(cat: Catalogue, data: Sizing, chosen: Iterable[Level]) -> Table:
    """A line a resource and period: today's level, theory's, the least, the difference."""
    nothing = cat.text("format.nothing")
    rows = tuple(
        (
            formats.opening(cells.resource(cat, level.resource)),
            formats.period(cat, level.period),
            cells.amount(cat, data, level.resource, level.today),
            nothing if level.theory is None else cells.amount(cat, data, level.resource, level.theory),
            cells.amount(cat, data, level.resource, level.least),
            cells.least_interval(cat, data, level),
            cells.more(level.more),
            cells.bound(cat, data, level) or nothing,
        )
        for level in chosen
    )
    found = "least" if data.asked.reached else "best"
    return Table(
        _headings(cat, "resource", "period", "today", "theory", found, "least_interval", "more", "bound"), rows, (), 2
    )


def evidence(cat: Catalogue, data: Sizing, plan: Plan) -> Table:
    """A line a period: all targets together with the plan and with today's levels, then each target alone."""
    today = {found.period: found for found in plan.today_evidence}
    nothing = cat.text("format.nothing")
    told = [*plan.evidence, *([plan.every_year] if plan.every_year else [])]
    short = [phrases.short_of(cat, found.short_of) for found in told]
    rows = tuple(
        (
            formats.period(cat, found.period),
            cells.held(cat, found),
            cells.held(cat, today[found.period]) if found.period in today else nothing,
            *(_alone(cat, name, found) for name in data.targets),
            *([lacking or nothing] if any(short) else []),
        )
        for found, lacking in zip(told, short, strict=True)
    )
    headings = (
        *_headings(cat, "period", "held", "held_today"),
        *(formats.opening(cells.target(cat, name)) for name in data.targets),
        *(_headings(cat, "short_of") if any(short) else ()),
    )
    return Table(headings, rows)


def _alone(cat: Catalogue, name: str, found: Evidence) -> str:
    return cells.held(cat, cells.alone(name, found)) if name in found.targets else cat.text("format.nothing")


def plans(cat: Catalogue, data: Sizing, money: Money | None) -> Table:
    """A line a certainty: whether it is shown, the levels, the evidence of the least sure period, the cost."""
    rows = tuple(
        (
            cells.status(cat, plan),
            cells.certainty(cat, plan.certainty),
            *(_levels_of(cat, data, plan, path) for path in data.resources),
            _least_sure(cat, plan),
            *([] if money is None else [_total(cat, plan, money)]),
        )
        for plan in data.plans
    )
    headings = [*_headings(cat, "status", "certainty"), *(_name(cat, path) for path in data.resources)]
    headings += _headings(cat, "least_sure")
    if money is not None:
        headings.append(cat.text("sizing.column.all_years", money=money.name))
    return Table(tuple(headings), rows, tuple(_MARKS[cells.status_name(plan)] for plan in data.plans), 2)


def _name(cat: Catalogue, item: str) -> str:
    return formats.opening(price_texts.name(cat, item))


def _levels_of(cat: Catalogue, data: Sizing, plan: Plan, path: str) -> str:
    if not plan.reached:
        return cat.text("format.nothing")
    by_year = [(year, plan.of(path, year)) for year in plan.years if plan.of(path, year)]
    return cat.join(
        cat.text("sizing.in_year", year=formats.period(cat, year), level=cells.level_range(cat, data, own))
        for year, own in by_year
    )


def _least_sure(cat: Catalogue, plan: Plan) -> str:
    found = min(plan.evidence, key=lambda evidence: evidence.probability, default=None)
    if found is None:
        return cat.text("format.nothing")
    return cat.text("sizing.in_year", year=formats.period(cat, found.period), level=cells.held(cat, found))


def _total(cat: Catalogue, plan: Plan, money: Money) -> str:
    if not plan.reached or plan.lines is None:
        return cat.text("format.nothing")
    return formats.number(sum(part.included for part in rounded(plan.lines, money.step)))


def budget(cat: Catalogue, data: Sizing, money: Money) -> Table:
    """Cost by fiscal year and certainty, split by funding source; tax and the part beyond today's below each total."""
    bills = {plan.certainty: rounded(plan.lines or (), money.step) for plan in data.priced}
    years = sorted({part.line.fiscal_year for parts in bills.values() for part in parts})
    rows: list[tuple[str, ...]] = []
    for year in [*years, None] if len(years) > 1 else years:
        rows += _year(cat, data, money, bills, year)
    headings = (
        *_headings(cat, "year", "funding", "prices"),
        *(_certainty_heading(cat, plan) for plan in data.priced),
    )
    return Table(headings, tuple(rows), text_columns=3)


def _certainty_heading(cat: Catalogue, plan: Plan) -> str:
    shown = cells.certainty(cat, plan.certainty)
    return shown if plan.shown else cat.text("sizing.column.not_shown", certainty=shown)


def _year(
    cat: Catalogue, data: Sizing, money: Money, bills: dict[float, list[Shown]], year: int | None
) -> list[tuple[str, ...]]:
    """The rows of a fiscal year, or of all: funding sources, total, tax, beyond today's."""
    own = {
        certainty: [part for part in parts if year in (None, part.line.fiscal_year)]
        for certainty, parts in bills.items()
    }
    name = cat.text("sizing.all_years") if year is None else formats.fiscal_year(cat, year)
    sources = dict.fromkeys(part.line.funding for parts in own.values() for part in parts)
    rows = []
    for source in sources:
        chosen = {key: [part for part in parts if part.line.funding == source] for key, parts in own.items()}
        sums = [formats.number(sum(part.included for part in parts)) for parts in chosen.values()]
        rows.append((name, price_texts.funding(cat, source), _mark(cat, chosen.values()), *sums))
    amounts = {
        "total": [sum(part.included for part in parts) for parts in own.values()],
        "tax": [sum(part.tax for part in parts) for parts in own.values()],
        "beyond": [sum(part.beyond for part in parts) for parts in own.values()],
    }
    mark = _mark(cat, own.values())
    for label, values in amounts.items():
        rows.append((name, cat.text(f"sizing.budget.{label}"), mark, *map(formats.number, values)))
    if data.curve:
        ends = [_interval(cat, money, interval(plan, year)) for plan in data.priced]
        rows.append((name, cat.text("sizing.budget.interval"), mark, *ends))
    return rows


def _interval(cat: Catalogue, money: Money, ends: tuple[float, float] | None) -> str:
    if ends is None:
        return cat.text("format.nothing")
    return cat.text("format.number_range", low=money.shown(ends[0]), high=money.shown(ends[1]))


def _mark(cat: Catalogue, groups: Iterable[Sequence[Shown]]) -> str:
    return cells.price_mark(cat, [part.line.assumed for parts in groups for part in parts])


def bill(cat: Catalogue, plan: Plan, money: Money) -> Table:
    """Every line of a plan's bill, with the sum of each fiscal year."""
    shown = rounded(plan.lines or (), money.step)
    rows: list[tuple[str, ...]] = []
    for year in sorted({part.line.fiscal_year for part in shown}):
        own = [part for part in shown if part.line.fiscal_year == year]
        rows += [_item(cat, part) for part in own]
        sums = [sum(getattr(part, name) for part in own) for name in ("excluded", "tax", "included", "beyond")]
        nothing = cat.text("format.nothing")
        rows.append(
            (
                formats.fiscal_year(cat, year),
                cat.text("sizing.budget.total"),
                nothing,
                _mark(cat, [own]),
                *[nothing] * 2,
                *map(formats.number, sums),
            )
        )
    names = ("year", "item", "funding", "prices", "price", "quantity", "excluded", "tax", "included", "beyond")
    return Table(_headings(cat, *names), tuple(rows), text_columns=5)


def _item(cat: Catalogue, part: Shown) -> tuple[str, ...]:
    line = part.line
    return (
        formats.fiscal_year(cat, line.fiscal_year),
        formats.opening(cells.kind(cat, line)),
        price_texts.funding(cat, line.funding),
        cells.price_mark(cat, [line.assumed]),
        price(cat, line),
        formats.number(line.quantity, 0 if line.quantity >= 1000 or line.quantity == round(line.quantity) else 1),
        formats.number(part.excluded),
        formats.number(part.tax),
        formats.number(part.included),
        cat.text("format.nothing") if line.beyond_today is None else formats.number(part.beyond),
    )


def price(cat: Catalogue, line: Line) -> str:
    """The price of a line with what it is for and whether tax is in it."""
    return cat.text(
        "sizing.price_of.included" if line.tax_included else "sizing.price_of.excluded",
        yen=formats.plain(line.price),
        unit=price_texts.unit(cat, line.item, line.units, line.every),
    )


def further(cat: Catalogue, found: Iterable[Step], money: Money) -> Table:
    """Yen for each further point of certainty, with its bootstrap interval."""
    rows = tuple(
        (
            cat.text("sizing.from_to", lower=cells.certainty(cat, step.lower), upper=cells.certainty(cat, step.upper)),
            formats.period(cat, step.period),
            money.shown(step.yen),
            cat.text("format.range", low=money.shown(step.low), high=money.shown(step.high)),
        )
        for step in found
    )
    return Table(_headings(cat, "step", "period", "further", "further_interval"), rows, text_columns=2)


def curve(cat: Catalogue, points: Sequence[CurvePoint], money: Money) -> Table:
    """A line a period and certainty: cost with its interval."""
    rows = tuple(
        (
            formats.period(cat, point.period),
            cells.certainty(cat, point.certainty),
            money.shown(point.yen),
            cat.text("format.nothing") if point.low is None else money.shown(point.low),
            cat.text("format.nothing") if point.high is None else money.shown(point.high),
        )
        for point in points
    )
    return Table(_headings(cat, "period", "certainty", "included", "low", "high"), rows)


def prices(cat: Catalogue, found: Prices) -> Table:
    """A line a price of the file: item, price, one-off, tax, years, funding, assumed or own, reason or source."""
    nothing = cat.text("format.nothing")
    rows = tuple(
        (
            _name(cat, name),
            cat.text(
                "sizing.price_of.included" if price.tax_included else "sizing.price_of.excluded",
                yen=formats.plain(float(price.yen)),
                unit=price_texts.unit(cat, name, float(price.units), price.every or "use"),
            ),
            formats.plain(float(price.one_off_yen)) if price.one_off_yen else nothing,
            formats.digits(cat, float(price.tax_rate)),
            formats.whole_fiscal_year(cat, price.from_),
            formats.digits(cat, float(price.yearly_change)) if price.yearly_change else nothing,
            price_texts.funding(cat, price.funding),
            cells.price_mark(cat, [price.assumed]),
            price_texts.reason(cat, name, price.reason) if price.assumed else price.source,
        )
        for name, price in found.entries.items()
    )
    names = ("item", "price", "one_off_yen", "tax_rate", "from", "yearly_change", "funding", "prices", "reason")
    return Table(_headings(cat, *names), rows, text_columns=9)


def _headings(cat: Catalogue, *names: str) -> tuple[str, ...]:
    own = ((f"sizing.column.{name}", f"column.{name}") for name in names)
    return tuple(cat.text(key) if cat.has(key) else cat.text(shared) for key, shared in own)
