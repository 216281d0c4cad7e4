"""The empty workbook for a planner's own figures (実績): what to fill in, where to find it, what becomes of it.

Headings and bounds are those that the reader knows (``scenarios.workbook.columns``); the words are the catalogue's.
"""

from __future__ import annotations

from datetime import date

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reports import sheets
from reports.catalogue import Catalogue
from scenarios.actuals import next_month
from scenarios.workbook.columns import AS_OF, ITEM, MONTH, MONTHLY, SHEETS, STATE, Column

FIRST_MONTH, MONTHS = date(2025, 4, 1), 24
"""FY2025 and FY2026."""
_COUNT, _PERCENT = "#,##0", "0.00%"
_MONTH_FORMAT = {"ja": 'yyyy"年"m"月"', "en": "yyyy-mm"}
_DAY_FORMAT = {"ja": 'yyyy"年"m"月"d"日"', "en": "yyyy-mm-dd"}


def template(cat: Catalogue) -> bytes:
    """The workbook in the catalogue's language, as the bytes of an .xlsx file."""
    book, first = sheets.new_book(cat.text("actuals.title"))
    _guide(cat, first)
    _monthly(cat, book.create_sheet())
    _state(cat, book.create_sheet())
    return sheets.saved(cat, book)


def _title(cat: Catalogue, key: str) -> str:
    return SHEETS[key][0 if cat.lang == "ja" else 1]


def _name(cat: Catalogue, column: Column) -> str:
    return column.heading(cat.lang)


def _guide(cat: Catalogue, sheet: Worksheet) -> None:
    """What the file is for, then a row for each figure."""
    sheet.title = _title(cat, "guide")
    top = sheets.guide(sheet, cat.text("actuals.title"), cat.text("actuals.guide").splitlines())
    headings = ("sheet", "figure", "what", "where", "use")
    sheets.head(sheet, top, [cat.text(f"actuals.heading.{name}") for name in headings])
    places = [(column, "monthly") for column in (MONTH, *MONTHLY)] + [(column, "state") for column in (AS_OF, *STATE)]
    for number, (column, key) in enumerate(places, start=top + 1):
        texts = [cat.text(f"actuals.{column.name}.{name}") for name in ("what", "where", "use")]
        sheets.told(sheet, number, (_title(cat, key), _name(cat, column), *texts))
    sheets.widths(sheet, (10, 27, 48, 38, 48))
    sheets.on_one_page(sheet, top)


def _monthly(cat: Catalogue, sheet: Worksheet) -> None:
    """A row a month, to be filled in."""
    sheet.title = _title(cat, "monthly")
    sheets.head(sheet, 1, [_name(cat, column) for column in (MONTH, *MONTHLY)])
    month = FIRST_MONTH
    for row in range(2, MONTHS + 2):
        sheet.cell(row, 1, month).number_format = _MONTH_FORMAT[cat.lang]
        for index, column in enumerate(MONTHLY, start=2):
            sheets.entry(sheet.cell(row, index), _PERCENT if column.share else _COUNT)
        sheet.cell(row, 1).border = sheets.GRID
        month = next_month(month)
    for index, column in enumerate(MONTHLY, start=2):
        letter = sheet.cell(1, index).column_letter
        _validate(cat, sheet, f"{letter}2:{letter}{MONTHS + 1}", column)
    sheet.freeze_panes = "B2"
    sheets.widths(sheet, (14, *[16] * len(MONTHLY)))
    sheets.on_one_page(sheet, 1)


def _state(cat: Catalogue, sheet: Worksheet) -> None:
    """The as-of date and the work inside at its close, one below the other."""
    sheet.title = _title(cat, "state")
    item = ITEM[0] if cat.lang == "ja" else ITEM[1]
    sheets.head(sheet, 1, [item, cat.text("actuals.heading.value"), cat.text("actuals.heading.what")])
    for row, column in enumerate((AS_OF, *STATE), start=2):
        sheet.cell(row, 1, _name(cat, column)).border = sheets.GRID
        sheets.entry(sheet.cell(row, 2), _DAY_FORMAT[cat.lang] if column is AS_OF else _COUNT)
        cell = sheet.cell(row, 3, cat.text(f"actuals.{column.name}.what"))
        cell.alignment, cell.border = sheets.WRAPPED, sheets.GRID
        if column is not AS_OF:
            _validate(cat, sheet, f"B{row}", column)
    rule = DataValidation(type="custom", formula1="AND(ISNUMBER(B2),B2=EOMONTH(B2,0))", allow_blank=True)
    _told(cat, rule, cat.text("actuals.refused.as_of"))
    sheet.add_data_validation(rule)
    rule.add("B2")
    sheet.freeze_panes = "A2"
    sheets.widths(sheet, (30, 18, 70))
    sheets.on_one_page(sheet, 1)


def _validate(cat: Catalogue, sheet: Worksheet, cells: str, column: Column) -> None:
    """Let Excel refuse what the reader would refuse."""
    low, high = (f"{bound:g}" if column.share else f"{bound:.0f}" for bound in (column.low, column.high))
    kind = "decimal" if column.share else "whole"
    rule = DataValidation(type=kind, operator="between", formula1=low, formula2=high, allow_blank=True)
    shown = (f"{bound:.0%}" if column.share else f"{bound:,.0f}" for bound in (column.low, column.high))
    least, most = shown
    _told(cat, rule, cat.text("actuals.refused.number", name=_name(cat, column), low=least, high=most))
    sheet.add_data_validation(rule)
    rule.add(cells)


def _told(cat: Catalogue, rule: DataValidation, text: str) -> None:
    rule.errorTitle, rule.error, rule.showErrorMessage = cat.text("actuals.refused.title"), text, True
