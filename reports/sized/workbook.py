"""``budget.xlsx``: the tables of the page as plain cells with numbers, for planners who paste from Excel.

Cells hold values, no formulas. Tables in thousand or million yen hold the rounded numbers of the page, which add up;
the bill stands in exact yen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from reports import names as named
from reports import price_texts, sheets, values
from reports.catalogue import Catalogue
from reports.document import Name, Number, Opening, Period, Title, Value, headings, say
from reports.sized import cells, tables
from reports.sized.budget import Money, money
from reports.sized.data import Evidence, Sizing

_COUNT, _PERCENT, _PRICE = "#,##0", '[=1]0.0%;[>=0.9995]">99.9%";0.0%', "#,##0.##"
_NARROWEST, _WIDEST = 8, 40

Cell = Value | float
Rows = Iterable[Sequence[Cell]]


def workbook(cat: Catalogue, data: Sizing) -> bytes:
    """The workbook in the catalogue's language, as the bytes of an .xlsx file; needs a plan with a bill."""
    unit = money(data)
    book = Workbook()
    book.properties.creator = f"Cardflow {data.version}"
    book.properties.title = values.text(cat, say("sizing.title", title=Title(data.title)))
    book.remove(book.worksheets[0])
    writer = _Writer(cat, data, book)
    writer.budget(unit)
    writer.bill()
    writer.levels()
    writer.evidence()
    writer.certainty(unit)
    writer.prices()
    writer.about(unit)
    return sheets.saved(cat, book)


class _Writer:
    def __init__(self, cat: Catalogue, data: Sizing, book: Workbook) -> None:
        self._cat, self._data, self._book = cat, data, book

    def budget(self, unit: Money) -> None:
        """The table of the page: the same rounded numbers."""
        table = tables.budget(self._data, unit)
        looks = [*[None] * table.text_columns, *[_COUNT] * (len(table.headings) - table.text_columns)]
        rows = [[say("format.nothing") if cell is None else cell for cell in row] for row in table.rows]
        self._sheet("budget", table.headings, rows, looks, say("sizing.workbook.adds_up", money=unit.name))

    def bill(self) -> None:
        """Every line of every plan, in exact yen."""
        names = ("certainty", "year", "item", "quantity", "price_yen", "price_for", "excluded", "tax", "included",
                 "beyond", "funding", "prices")  # fmt: skip
        rows = [
            (
                plan.certainty,
                Period(f"FY{line.fiscal_year}"),
                Opening(cells.kind(line)),
                line.quantity,
                line.price,
                cells.price_of(line.item, line.price, line.tax_included, line.units, line.every),
                line.yen_excl_tax,
                line.tax,
                line.yen_incl_tax,
                line.beyond_today,
                price_texts.funding(line.funding),
                cells.price_mark([line.assumed]),
            )
            for plan in self._data.priced
            for line in plan.lines or ()
        ]
        looks = [_PERCENT, None, None, _COUNT, _PRICE, None, *[_COUNT] * 4]
        self._sheet("bill", headings("sizing", *names), rows, looks, say("sizing.workbook.yen"))

    def levels(self) -> None:
        """The least levels of every plan that can be had."""
        names = ("certainty", "status", "resource", "unit", "period", "today", "theory", "least",
                 "least_low", "least_high", "decide_by", "more")  # fmt: skip
        rows = [
            (
                plan.certainty,
                cells.status(plan),
                Opening(price_texts.name(level.resource)),
                Name("unit", str(self._data.resources[level.resource].get("unit", ""))),
                Period(level.period),
                level.today,
                level.theory,
                level.least,
                level.least_low,
                level.least_high,
                level.decide_by,
                level.more,
            )
            for plan in self._data.plans
            if plan.reached
            for level in plan.levels
        ]
        looks = [_PERCENT, None, None, None, None, *[_COUNT] * 5, None, _COUNT]
        self._sheet("levels", headings("sizing", *names), rows, looks)

    def evidence(self) -> None:
        """How often targets held, all together and each alone."""
        names = ("certainty", "period", "target", "levels", "count", "of", "probability", "low", "high")
        own, today, together = (say(f"sizing.workbook.{name}") for name in ("own_levels", "todays_levels", "together"))
        rows: list[tuple[Cell, ...]] = []
        for plan in self._data.plans:
            told = [*plan.evidence, *([plan.every_year] if plan.every_year else [])]
            groups = [(own, found) for found in told] + [(today, found) for found in plan.today_evidence if plan.asked]
            for levels, found in groups:
                rows.append(_held(plan.certainty, together, levels, found))
                for name in found.targets:
                    rows.append(_held(plan.certainty, named.target(name), levels, cells.alone(name, found)))
        looks = [_PERCENT, None, None, None, _COUNT, _COUNT, *[_PERCENT] * 3]
        self._sheet("evidence", headings("sizing", *names), rows, looks)

    def certainty(self, unit: Money) -> None:
        """Yen for each further point between plans, then the curve."""
        note = say("sizing.workbook.in_money", money=unit.name)
        further: list[tuple[Cell, ...]] = [
            (step.lower, step.upper, Period(step.period), *map(unit.of, (step.yen, step.low, step.high)))
            for step in self._data.steps
        ]
        names = ("lower", "upper", "period", "further", "low", "high")
        looks = [_PERCENT, _PERCENT, None, *[_COUNT] * 3]
        if further:
            self._sheet("further", headings("sizing", *names), further, looks, note)
        curve: list[tuple[Cell, ...]] = [
            (Period(p.period), p.certainty, *(None if yen is None else unit.of(yen) for yen in (p.yen, p.low, p.high)))
            for p in self._data.curve
        ]
        if curve:
            columns = headings("sizing", "period", "certainty", "included", "low", "high")
            self._sheet("curve", columns, curve, [None, _PERCENT, *[_COUNT] * 3], note)

    def prices(self) -> None:
        """The prices of the file, as the page has them."""
        file = self._data.price_file
        if file is not None:
            table = tables.prices(file)
            rows = [[values.text(self._cat, cell) for cell in row] for row in table.rows]
            note = say("sizing.prices.file", file=file.file, digest=file.digest)
            self._sheet("prices", table.headings, rows, [], note)

    def about(self, unit: Money) -> None:
        """Where the numbers are from, and how they are rounded."""
        rows: list[tuple[Cell, ...]] = [(say(f"sizing.again.{name}"), told) for name, told in self._data.facts.items()]
        rows += [(say(f"sizing.word.{name}"), say(f"sizing.rule.{name}")) for name in ("rounding", "tax")]
        rows += [(say("sizing.workbook.money"), unit.name), (say("sizing.workbook.forecast"), "")]
        self._sheet("about", (say("column.name"), say("column.value")), rows, [])

    def _sheet(
        self, name: str, headings: Sequence[Value], rows: Rows, looks: Sequence[str | None], note: Value = ""
    ) -> None:
        """A sheet with a note, a row of headings and rows; ``looks`` are number formats by column."""
        sheet = self._book.create_sheet(self._cat.text(f"sizing.workbook.{name}"))
        top = 1
        if note:
            sheet.cell(1, 1, values.text(self._cat, note))
            top = 2
        sheets.head(sheet, top, [values.text(self._cat, heading) for heading in headings])
        for number, row in enumerate(rows, start=top + 1):
            for column, value in enumerate(map(self._value, row), start=1):
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

    def _value(self, cell: Cell) -> str | float | None:
        """What a spreadsheet holds: numbers as numbers, nothing where there is nothing, all else as text."""
        if isinstance(cell, Number):
            return cell.amount
        return cell if cell is None or isinstance(cell, int | float) else values.text(self._cat, cell)


def _held(certainty: float, target: Value, levels: Value, found: Evidence) -> tuple[Cell, ...]:
    interval = (found.probability, found.low, found.high)
    return certainty, Period(found.period), target, levels, found.held, found.of, *interval


def _width(cells: Sequence[Any]) -> float:
    """As wide as what a column holds and as the longest word of its heading; long texts take several lines."""
    heading, *below = (f"{c.value:,}" if isinstance(c.value, int | float) else str(c.value or "") for c in cells)
    longest = max(sheets.letters(text) for text in (*heading.split(), *below, ""))
    return min(max(1.1 * longest + 2, _NARROWEST), _WIDEST)
