"""``budget.xlsx``: the tables of the page as plain cells with numbers, for planners who paste from Excel.

Cells hold values, no formulas. Tables in thousand or million yen hold the rounded numbers of the page, which add up;
the bill stands in exact yen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from reports import formats, price_texts, sheets
from reports.catalogue import Catalogue
from reports.sized import cells, tables
from reports.sized.budget import Money, money
from reports.sized.data import Evidence, Sizing
from reports.sized.parts import title
from scenarios.price_file import Prices

_COUNT, _PERCENT, _PRICE = "#,##0", '[=1]0.0%;[>=0.9995]">99.9%";0.0%', "#,##0.##"
_NARROWEST, _WIDEST = 8, 40

Cell = str | float | None
Rows = Iterable[Sequence[Cell]]


def workbook(cat: Catalogue, data: Sizing, prices: Prices | None) -> bytes:
    """The workbook in the catalogue's language, as the bytes of an .xlsx file; needs a plan with a bill."""
    unit = money(cat, data)
    book = Workbook()
    book.properties.creator = f"Cardflow {data.version}"
    book.properties.title = cat.text("sizing.title", title=title(cat, data))
    book.remove(book.worksheets[0])
    _budget(cat, data, unit, book)
    _bill(cat, data, book)
    _levels(cat, data, book)
    _evidence(cat, data, book)
    _certainty(cat, data, unit, book)
    if prices is not None:
        _prices(cat, prices, book)
    _about(cat, data, unit, book)
    return sheets.saved(cat, book)


def _budget(cat: Catalogue, data: Sizing, unit: Money, book: Workbook) -> None:
    """The table of the page: the same rounded numbers."""
    table = tables.budget(cat, data, unit)
    text = table.text_columns
    rows: Rows = [[*map(str, row[:text]), *(_number(str(cell)) for cell in row[text:])] for row in table.rows]
    looks = [*[None] * text, *[_COUNT] * (len(table.headings) - text)]
    note = cat.text("sizing.workbook.adds_up", money=unit.name)
    _sheet(book, cat.text("sizing.workbook.budget"), [*map(str, table.headings)], rows, looks, note)


def _number(cell: str) -> float | str:
    """A number of the page as a number of the workbook."""
    plain = cell.replace(",", "")
    return int(plain) if plain.lstrip("-").isdigit() else cell


def _bill(cat: Catalogue, data: Sizing, book: Workbook) -> None:
    """Every line of every plan, in exact yen."""
    names = ("certainty", "year", "item", "quantity", "price_yen", "price_for", "excluded", "tax", "included", "beyond",
             "funding", "prices")  # fmt: skip
    rows = [
        (
            plan.certainty,
            formats.fiscal_year(cat, line.fiscal_year),
            formats.opening(cells.kind(cat, line)),
            line.quantity,
            line.price,
            tables.price(cat, line),
            line.yen_excl_tax,
            line.tax,
            line.yen_incl_tax,
            line.beyond_today,
            price_texts.funding(cat, line.funding),
            cells.price_mark(cat, [line.assumed]),
        )
        for plan in data.priced
        for line in plan.lines or ()
    ]
    looks = [_PERCENT, None, None, _COUNT, _PRICE, None, *[_COUNT] * 4]
    _sheet(book, cat.text("sizing.workbook.bill"), _headings(cat, names), rows, looks, cat.text("sizing.workbook.yen"))


def _levels(cat: Catalogue, data: Sizing, book: Workbook) -> None:
    names = ("certainty", "status", "resource", "unit", "period", "today", "theory", "least",
             "least_low", "least_high", "decide_by", "more")  # fmt: skip
    rows = [
        (
            plan.certainty,
            cells.status(cat, plan),
            formats.opening(cells.resource(cat, level.resource)),
            cat.name("unit", str(data.resources[level.resource].get("unit", ""))),
            formats.period(cat, level.period),
            level.today,
            level.theory,
            level.least,
            level.least_low,
            level.least_high,
            level.decide_by,
            level.more,
        )
        for plan in data.plans
        if plan.reached
        for level in plan.levels
    ]
    looks = [_PERCENT, None, None, None, None, *[_COUNT] * 5, None, _COUNT]
    _sheet(book, cat.text("sizing.workbook.levels"), _headings(cat, names), rows, looks)


def _evidence(cat: Catalogue, data: Sizing, book: Workbook) -> None:
    names = ("certainty", "period", "target", "levels", "count", "of", "probability", "low", "high")
    rows: list[tuple[Cell, ...]] = []
    for plan in data.plans:
        own, today = (cat.text(f"sizing.workbook.{name}") for name in ("own_levels", "todays_levels"))
        told = [*plan.evidence, *([plan.every_year] if plan.every_year else [])]
        groups = [(own, found) for found in told] + [(today, found) for found in plan.today_evidence if plan.asked]
        for levels, found in groups:
            rows.append(_held(cat, plan.certainty, cat.text("sizing.workbook.together"), levels, found))
            for name in found.targets:
                rows.append(_held(cat, plan.certainty, cells.target(cat, name), levels, cells.alone(name, found)))
    looks = [_PERCENT, None, None, None, _COUNT, _COUNT, *[_PERCENT] * 3]
    _sheet(book, cat.text("sizing.workbook.evidence"), _headings(cat, names), rows, looks)


def _held(cat: Catalogue, certainty: float, target: str, levels: str, found: Evidence) -> tuple[Cell, ...]:
    interval = (found.probability, found.low, found.high)
    return certainty, formats.period(cat, found.period), target, levels, found.held, found.of, *interval


def _certainty(cat: Catalogue, data: Sizing, unit: Money, book: Workbook) -> None:
    """Yen for each further point between plans, then the curve."""
    further: list[tuple[Cell, ...]] = [
        (
            step.lower,
            step.upper,
            formats.period(cat, step.period),
            *(unit.rounded(yen) for yen in (step.yen, step.low, step.high)),
        )
        for step in data.steps
    ]
    note = cat.text("sizing.workbook.in_money", money=unit.name)
    names = ("lower", "upper", "period", "further", "low", "high")
    looks = [_PERCENT, _PERCENT, None, *[_COUNT] * 3]
    if further:
        _sheet(book, cat.text("sizing.workbook.further"), _headings(cat, names), further, looks, note)
    points: list[tuple[Cell, ...]] = [
        (
            formats.period(cat, p.period),
            p.certainty,
            *(None if yen is None else unit.rounded(yen) for yen in (p.yen, p.low, p.high)),
        )
        for p in data.curve
    ]
    if points:
        columns = _headings(cat, ("period", "certainty", "included", "low", "high"))
        _sheet(book, cat.text("sizing.workbook.curve"), columns, points, [None, _PERCENT, *[_COUNT] * 3], note)


def _prices(cat: Catalogue, prices: Prices, book: Workbook) -> None:
    table = tables.prices(cat, prices)
    note = cat.text("sizing.prices.file", file=prices.file, digest=prices.digest)
    _sheet(
        book,
        cat.text("sizing.workbook.prices"),
        [*map(str, table.headings)],
        [[*map(str, row)] for row in table.rows],
        [],
        note,
    )


def _about(cat: Catalogue, data: Sizing, unit: Money, book: Workbook) -> None:
    """Where the numbers are from, and how they are rounded."""
    facts: dict[str, Cell] = {
        "scenario": data.scenario,
        "seed": data.seed,
        "version": data.version,
        "replications": data.replications,
        "prices": f"{data.prices['file']} ({data.prices['digest']})" if data.prices else None,
    }
    rows: list[tuple[Cell, ...]] = [(cat.text(f"sizing.again.{name}"), value) for name, value in facts.items()]
    rows += [(cat.text(f"sizing.word.{name}"), cat.text(f"sizing.rule.{name}")) for name in ("rounding", "tax")]
    rows += [(cat.text("sizing.workbook.money"), unit.name), (cat.text("sizing.workbook.forecast"), "")]
    heads = (cat.text("column.name"), cat.text("column.value"))
    _sheet(book, cat.text("sizing.workbook.about"), heads, rows, [])


def _headings(cat: Catalogue, names: Sequence[str]) -> tuple[str, ...]:
    own: Callable[[str], str] = lambda name: f"sizing.column.{name}"  # noqa: E731
    return tuple(cat.text(own(name)) if cat.has(own(name)) else cat.text(f"column.{name}") for name in names)


def _sheet(
    book: Workbook, name: str, headings: Sequence[str], rows: Rows, looks: Sequence[str | None], note: str = ""
) -> None:
    """A sheet with a note, a row of headings and rows; ``looks`` are number formats by column."""
    sheet = book.create_sheet(name)
    top = 1
    if note:
        sheet.cell(1, 1, note)
        top = 2
    sheets.head(sheet, top, headings)
    for number, row in enumerate(rows, start=top + 1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            cell.border, cell.alignment = sheets.GRID, sheets.WRAPPED
            if isinstance(value, str):
                cell.data_type = "s"  # a planner's own text that starts with = is no formula
            look = looks[column - 1] if column <= len(looks) else None
            if look and isinstance(value, int | float):
                cell.number_format = look
    sheet.freeze_panes = sheet.cell(top + 1, 1)
    sheets.widths(sheet, [_width(cells) for cells in sheet.iter_cols(min_row=top)])
    sheets.fit_rows(sheet)
    sheets.across(sheet, top)


def _width(cells: Sequence[Any]) -> float:
    """As wide as what a column holds and as the longest word of its heading; long texts take several lines."""
    heading, *below = (f"{c.value:,}" if isinstance(c.value, int | float) else str(c.value or "") for c in cells)
    longest = max(sheets.letters(text) for text in (*heading.split(), *below, ""))
    return min(max(1.1 * longest + 2, _NARROWEST), _WIDEST)
