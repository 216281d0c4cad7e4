"""The budget as a workbook reckons it: prices, the bill in formulas on them, and sums of the bill.

Another price in the sheet of prices makes another bill and another budget. Cells hold yen, whatever unit they show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports import price_texts
from reports.document import Computed, Number, Opening, Period, Table, Value, headings, say
from reports.size import cells
from reports.size.budget import Money, interval
from reports.size.priced import Priced
from reports.size.tables import MARKS, Row, certainty_heading
from scenarios.bill import Line
from scenarios.price_file import Price, Prices
from scenarios.size.record import Plan

PRICES, BILL, BUDGET = "prices", "bill", "budget"
"""What formulas call the tables."""


def prices(found: Prices) -> Table:
    """A line a price of the file, and one for each later price that is agreed."""
    columns = (
        "item", "price_yen", "price_for", "price_units", "one_off_yen", "tax_rate", "tax_within", "from",
        "yearly_change", "funding", "prices", "reason",
    )  # fmt: skip
    rows = (row for name, price in found.entries.items() for row in _price(name, price))
    return Table(headings("sizing", *columns), tuple(rows))


def _price(name: str, price: Price) -> Iterator[Row]:
    item, unit = Opening(price_texts.name(name)), price_texts.unit(name, float(price.units), price.every or "use")
    once, change = Number(float(price.one_off_yen), "plain"), Number(float(price.yearly_change or 0), "rate")
    within = say("format.yes" if price.tax_included else "format.no")
    taxed = Number(float(price.units), "plain"), once, Number(float(price.tax_rate), "rate"), within
    why = price_texts.reason(name, price.reason) if price.assumed else price.source
    told = change, price_texts.funding(price.funding), cells.price_mark([price.assumed]), why
    yield item, Number(float(price.yen), "plain"), unit, *taxed, Period(f"FY{price.from_}", whole=True), *told
    for agreed in price.later:
        later = (Period(f"FY{agreed.from_}", whole=True), *[None] * len(told))
        yield item, Number(float(agreed.yen), "plain"), unit, *[None] * len(taxed), *later


def _rows(found: Prices) -> dict[tuple[str, int], int]:
    """The row of each price in the table of prices, by item and the fiscal year from which it holds."""
    starts = ((name, year) for name, price in found.entries.items() for year in _starts(price))
    return {start: row for row, start in enumerate(starts)}


def _starts(price: Price) -> list[int]:
    return [price.from_, *(agreed.from_ for agreed in price.later)]


def bill(plans: Sequence[Plan], found: Prices) -> Table:
    """Every line of every plan in yen, reckoned in the sheet itself from quantities and prices.

    Amounts are whole yen, rounded once; the tax is cut (``scenarios.prices``). What is beyond today's levels has the
    same price, so it is the same share of the amount at any price.
    """
    columns = (
        "certainty", "year", "item", "funding", "prices", "quantity", "price_yen", "price_units", "tax_rate",
        "tax_within", "excluded", "tax", "included", "beyond_share", "beyond",
    )  # fmt: skip
    rows = _rows(found)
    lines = (
        _line(plan, line, found, rows) for plan in plans for line in plan.lines or () if line.item in found.entries
    )
    return Table(headings("sizing", *columns), tuple(lines))


def _line(plan: Plan, line: Line, found: Prices, rows: dict[tuple[str, int], int]) -> Row:
    amount, rate = "ROUND({5}*{6}/{7},0)", "{8}"
    tax = f"TRUNC({amount}*{rate}/(1+{rate})+1E-6)" if line.tax_included else f"TRUNC({{10}}*{rate}+1E-6)"
    without = f"{amount}-{{11}}" if line.tax_included else amount
    entry = found.entries[line.item]
    main = rows[line.item, entry.from_]
    return (
        cells.certainty(plan.certainty),
        Period(f"FY{line.fiscal_year}"),
        Opening(cells.kind(line)),
        price_texts.funding(line.funding),
        cells.price_mark([line.assumed]),
        Number(line.quantity, "plain"),
        Computed(Number(line.price, "plain"), _price_of(line, entry, rows)),
        Computed(Number(line.units, "plain"), f"{{{PRICES}.{main}.3}}"),
        Computed(Number(float(entry.tax_rate), "rate"), f"{{{PRICES}.{main}.5}}"),
        say("format.yes" if line.tax_included else "format.no"),
        Computed(Number(line.yen_excl_tax), without),
        Computed(Number(line.tax), tax),
        Computed(Number(line.yen_incl_tax), "{10}+{11}"),
        *_beyond(line),
    )


def _price_of(line: Line, entry: Price, rows: dict[tuple[str, int], int]) -> str:
    """The price of a line's year: the one in force, risen year by year, to 0.01 yen."""
    main = rows[line.item, entry.from_]
    if line.kind == "one_off":
        return f"{{{PRICES}.{main}.4}}"
    start = max((year for year in _starts(entry) if year <= line.fiscal_year), default=entry.from_)
    own = rows[line.item, start]
    return f"ROUND({{{PRICES}.{own}.1}}*(1+{{{PRICES}.{main}.8}})^({{1}}-{{{PRICES}.{own}.7}}),2)"


def _beyond(line: Line) -> tuple[Value, Value]:
    """Which share of a line is beyond today's levels, and how much that is; a fixed amount of what costs nothing."""
    if line.beyond_today is None:
        return None, None
    amount = Number(line.beyond_today)
    if not line.yen_incl_tax:
        return None, amount
    return Number(line.beyond_today / line.yen_incl_tax, "rate"), Computed(amount, "ROUND({12}*{13},0)")


def plans(data: Priced, money: Money) -> Table:
    """A line a certainty and fiscal year: whether it is shown, the levels, the evidence, the cost."""
    found = [(plan, row) for plan in data.plans for row in _plan(data, plan, money)]
    columns = (
        *headings("sizing", "status", "certainty", "year"),
        *(Opening(price_texts.name(path)) for path in data.sought),
        *headings("sizing", "held", "included"),
    )
    marks = tuple(MARKS[cells.status_name(plan)] for plan, _ in found)
    return Table(columns, tuple(row for _, row in found), marks)


def _plan(data: Priced, plan: Plan, money: Money) -> Iterator[Row]:
    head = cells.status(plan), cells.certainty(plan.certainty)
    evidence = {each.period: each for each in plan.evidence}
    for year in plan.years:
        levels = (plan.of(path, year) for path in data.sought)
        own = (cells.level_range(data, each) if each else None for each in levels)
        held = cells.held(evidence[year]) if year in evidence else None
        yield *head, Period(year), *own, held, _cost(data, plan, money, int(year[2:]), "{2}")
    if len(plan.years) != 1:
        every = cells.held(plan.every_year)
        name, none = say("sizing.all_years"), [None] * len(data.sought)
        yield *head, name, *none, every, _cost(data, plan, money, None)


def _cost(data: Priced, plan: Plan, money: Money, year: int | None, cell: str = "") -> Value:
    if not plan.reached or plan.lines is None:
        return None
    return _sum(data, money, plan, "yen_incl_tax", year, cell)


def budget(data: Priced, money: Money) -> Table:
    """Cost by fiscal year and certainty, split by funding source; tax and the part beyond today's below each total."""
    years = sorted({line.fiscal_year for plan in data.priced for line in plan.lines or ()})
    rows: list[Row] = []
    for year in [*years, None] if len(years) > 1 else years:
        rows += _year(data, money, year, len(rows))
    certainties = map(certainty_heading, data.priced)
    return Table((*headings("sizing", "year", "funding", "prices"), *certainties), tuple(rows))


def _year(data: Priced, money: Money, year: int | None, first: int) -> Iterator[Row]:
    """The rows of a fiscal year, or of all, of which the first is at a place: funding sources, total, tax, beyond."""
    name: Value = say("sizing.all_years") if year is None else Period(f"FY{year}")
    own = [line for plan in data.priced for line in plan.lines or () if year in (None, line.fiscal_year)]
    every, cell = cells.price_mark([line.assumed for line in own]), "" if year is None else "{0}"
    sources = list(dict.fromkeys(line.funding for line in own))
    for source in sources:
        mark = cells.price_mark([line.assumed for line in own if line.funding == source])
        sums = (_sum(data, money, plan, "yen_incl_tax", year, cell, source) for plan in data.priced)
        yield name, price_texts.funding(source), mark, *sums
    span = f"{first}-{first + len(sources) - 1}"
    totals = (_yen(plan, "yen_incl_tax", year) for plan in data.priced)
    added = (f"SUM({{{BUDGET}.{span}.{3 + place}}})" for place in range(len(data.priced)))
    summed = (Computed(money.exact(yen), formula) for yen, formula in zip(totals, added, strict=True))
    yield name, say("sizing.budget.total"), every, *summed
    for label, column in (("tax", "tax"), ("beyond", "beyond_today")):
        sums = (_sum(data, money, plan, column, year, cell) for plan in data.priced)
        yield name, say(f"sizing.budget.{label}"), every, *sums
    if data.curve:
        ends = (interval(plan, year) for plan in data.priced)
        yield name, say("sizing.budget.interval"), every, *map(money.span, ends)


_COLUMNS = {"tax": 11, "yen_incl_tax": 12, "beyond_today": 14}


def _yen(plan: Plan, column: str, year: int | None, funding: str | None = None) -> int:
    """The sum of a column of a plan's bill."""
    chosen = (line for line in plan.lines or () if year in (None, line.fiscal_year) and funding in (None, line.funding))
    return sum(getattr(line, column) or 0 for line in chosen)


def _sum(
    data: Priced, money: Money, plan: Plan, column: str, year: int | None, cell: str, funding: str | None = None
) -> Computed | Number:
    """The same as a formula on the bill, by the year that stands in a cell of the row, and the funding beside it."""
    shown = money.exact(_yen(plan, column, year, funding))
    if data.price_file is None:
        return shown
    which = [f"({{{BILL}.*.0}}={plan.certainty!r})", *([f"({{{BILL}.*.1}}={cell})"] if cell else [])]
    which += [f"({{{BILL}.*.3}}={{1}})"] if funding is not None else []
    return Computed(shown, f"SUMPRODUCT({'*'.join(which)}*{{{BILL}.*.{_COLUMNS[column]}}})")
