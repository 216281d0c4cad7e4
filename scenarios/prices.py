"""What levels of resources and their use cost, by fiscal year, exact to the yen.

How amounts are rounded:

- A price of a later year is the first one times the yearly rise, rounded to 0.01 yen.
- A line of a bill is one item of one fiscal year: price times quantity, rounded half up to whole yen once.
- Consumption tax is cut to whole yen (端数切捨て) line by line; without tax, tax and with tax always add up.
- Sums are sums of lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise

from scenarios.bill import Kind, Line
from scenarios.errors import UserError
from scenarios.price_file import USES, Price, Prices, load_prices
from scenarios.resources import RESOURCES
from sim.calendar import Period, fiscal_year_of_month
from sim.message import NOTHING, Message

__all__ = ["Prices", "cost", "load_prices", "refuse_missing", "unit_yen"]

Levels = Mapping[str, Mapping[str, float]]
"""Resource path -> month (``2027-04``) -> contracted level, in the resource's unit."""
Usage = Mapping[str, Mapping[str, float]]
"""Fiscal year (``FY2027``) -> use -> mean quantity."""
_YEN, _SEN = Decimal(1), Decimal("0.01")
_MONTHS = {"month": 1, "year": 12}


def refuse_missing(prices: Prices, resources: Iterable[str], fiscal_years: Iterable[int] = ()) -> None:
    """Refuse prices that lack a resource, or lack it in one of the fiscal years.

    Raises:
        UserError: naming every such resource, the years without a price, and the file.
    """
    years = list(fiscal_years)
    told = [said for path in resources if (said := _missing(prices, path, years))]
    if told:
        raise UserError(prices.file, told)


def _missing(prices: Prices, path: str, years: list[int]) -> Message:
    price = prices.entries.get(path)
    if price is None:
        return Message("{path}   has no price: add a table [{path}], as cardflow prices-template writes it", path=path)
    lacking = [Period.of_year(year) for year in years if not price.holds_in(year)]
    if not lacking:
        return NOTHING
    told = {"path": path, "years": lacking, "first": price.from_, "last": price.until}
    if price.until is None:
        return Message("{path}   has no price in {years}: it holds from FY{first}", **told)
    return Message("{path}   has no price in {years}: it holds from FY{first} until FY{last}", **told)


def unit_yen(prices: Prices, path: str, fiscal_year: int) -> float:
    """Yen, tax included, for one unit of a resource over a full fiscal year; what is paid once is left out.

    Raises:
        UserError: if the resource has no price in that year.
    """
    refuse_missing(prices, [path], [fiscal_year])
    price = prices.entries[path]
    yearly = in_year(price, fiscal_year) * 12 / _MONTHS[price.every or "month"] / price.units
    return float(yearly if price.tax_included else yearly * (1 + price.tax_rate))


def in_year(price: Price, fiscal_year: int) -> Decimal:
    """The price in a fiscal year in which it holds, in yen for its ``units``, to 0.01 yen."""
    first, yen = price.from_, price.yen
    for agreed in price.later:
        if agreed.from_ <= fiscal_year:
            first, yen = agreed.from_, agreed.yen
    if fiscal_year == first or not price.yearly_change:
        return yen
    return _rounded(yen * (1 + price.yearly_change) ** (fiscal_year - first), _SEN)


def cost(prices: Prices, levels: Levels, today: Levels, usage: Usage, usage_today: Usage | None = None) -> list[Line]:
    """The lines of a plan's bill, by fiscal year, then item: running and one-off cost of resources, then uses.

    Args:
        prices: a price for each resource of ``levels``; uses without a price are left out.
        levels: the plan's levels in every month of it.
        today: the scenario's own levels in the same months.
        usage: what is used a fiscal year with the plan's levels.
        usage_today: the same with today's levels; without it no line of a use says how much is beyond today's.

    What is paid once is paid for every unit more than in the month before; before the first month stands today's level.

    Raises:
        UserError: if a resource has no price in a year of the plan.
    """
    years = sorted(
        {fiscal_year_of_month(month) for months in levels.values() for month in months}
        | {Period(name).fiscal_year for name in usage}
    )
    for path, months in levels.items():
        refuse_missing(prices, [path], sorted({fiscal_year_of_month(month) for month in months}))
    lines = []
    for year in years:
        for path in levels:
            lines += _resource(prices.entries[path], path, year, levels[path], today[path])
        lines += _uses(prices, year, usage, usage_today)
    return lines


def _resource(
    price: Price, path: str, year: int, months: Mapping[str, float], today: Mapping[str, float]
) -> list[Line]:
    """The running line of a resource, and one for what is paid once where that is anything."""
    own = sorted(month for month in months if fiscal_year_of_month(month) == year)
    if not own:
        return []
    every, unit = price.every or "month", RESOURCES[path].unit
    held, before = (sum((_exact(level[month]) for month in own), Decimal(0)) for level in (months, today))
    length = _MONTHS[every]
    found = [_line(price, year, path, "running", unit, every, in_year(price, year), held / length, before / length)]
    ordered = sorted(months)
    earlier = ordered[: ordered.index(own[0])]
    added, added_today = (
        _added([level[earlier[-1]] if earlier else today[own[0]], *(level[month] for month in own)])
        for level in (months, today)
    )
    if price.one_off_yen and (added or added_today):
        found.append(_line(price, year, path, "one_off", unit, "once", price.one_off_yen, added, added_today))
    return found


def _added(steps: Iterable[float]) -> Decimal:
    """Units more than in the step before, over all steps after the first."""
    return sum((_exact(after) - _exact(before) for before, after in pairwise(steps) if after > before), Decimal(0))


def _uses(prices: Prices, year: int, usage: Usage, usage_today: Usage | None) -> list[Line]:
    used = _of_year(usage, year)
    before = None if usage_today is None else _of_year(usage_today, year)
    found = []
    for use, unit in USES.items():
        price = prices.entries.get(use)
        if price is None or use not in used or not price.holds_in(year):
            continue
        today = None if before is None else _exact(before.get(use, 0.0))
        found.append(_line(price, year, use, "use", unit, "use", in_year(price, year), _exact(used[use]), today))
    return found


def _of_year(usage: Usage, year: int) -> Mapping[str, float]:
    return next((uses for name, uses in usage.items() if Period(name).fiscal_year == year), {})


def _line(
    price: Price,
    year: int,
    item: str,
    kind: Kind,
    unit: str,
    every: str,
    yen: Decimal,
    quantity: Decimal,
    today: Decimal | None,
) -> Line:
    excluded, tax = _amount(price, yen, quantity)
    beyond = None if today is None else excluded + tax - sum(_amount(price, yen, today))
    return Line(
        fiscal_year=year,
        item=item,
        kind=kind,
        quantity=float(quantity),
        unit=unit,
        units=float(price.units),
        every=every,
        price=float(yen),
        tax_included=price.tax_included,
        yen_excl_tax=excluded,
        tax=tax,
        yen_incl_tax=excluded + tax,
        beyond_today=beyond,
        funding=price.funding,
        assumed=price.assumed,
    )


def _amount(price: Price, yen: Decimal, quantity: Decimal) -> tuple[int, int]:
    """Whole yen without tax, and the tax."""
    amount = int(_rounded(yen * quantity / price.units, _YEN))
    if not price.tax_included:
        return amount, _cut(amount * price.tax_rate)
    tax = _cut(amount * price.tax_rate / (1 + price.tax_rate))
    return amount - tax, tax


@lru_cache(maxsize=4096)
def _exact(value: float) -> Decimal:
    return Decimal(str(value))


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return value.quantize(step, rounding=ROUND_HALF_UP)


def _cut(value: Decimal) -> int:
    return int(value.to_integral_value(rounding=ROUND_FLOOR))
