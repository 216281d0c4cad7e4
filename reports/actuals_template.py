"""The empty workbook for a planner's own figures (実績): what to fill in, where to find it, what becomes of it.

Headings and bounds are those that the reader knows (``scenarios.workbook.columns``); the words are the catalogue's.
"""

from __future__ import annotations

from datetime import date

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reports import sheets
from reports.catalogue import Catalogue
from scenarios.files.actuals import next_month
from scenarios.workbook.columns import AS_OF, MONTH, MONTHLY, SHEETS, STATE, Column

FIRST_MONTH, MONTHS = date(2025, 4, 1), 24
"""FY2025 and FY2026."""
HEADINGS = len((AS_OF, *STATE)) + 2
"""The row of the headings above the months; the as-of date and the work inside stand above it."""
_COUNT, _PERCENT = "#,##0", "0.00%"
_FIGURE_WIDTH = 16.0
_MONTH_FORMAT = {"ja": 'yyyy"年"m"月"', "en": "yyyy-mm"}
_DAY_FORMAT = {"ja": 'yyyy"年"m"月"d"日"', "en": "yyyy-mm-dd"}


def template(cat: Catalogue) -> bytes:
    """The workbook in the catalogue's language, as the bytes of an .xlsx file; it prints on two pages.

    All that is filled in stands in one sheet, so that this sheet saved as CSV is whole.
    """
    book, first = sheets.new_book(cat.text("actuals.title"))
    _guide(cat, first)
    _figures(cat, book.create_sheet())
    return sheets.saved(cat, book)


def _title(cat: Catalogue, key: str) -> str:
    return SHEETS[key][0 if cat.lang == "ja" else 1]


def _guide(cat: Catalogue, sheet: Worksheet) -> None:
    """What the file is for, then a row for each figure."""
    sheet.title = _title(cat, "guide")
    top = sheets.guide(sheet, cat.text("actuals.title"), cat.text("actuals.guide").splitlines())
    sheets.head(sheet, top, [cat.text(f"actuals.heading.{name}") for name in ("figure", "what", "where", "use")])
    for number, column in enumerate((AS_OF, *STATE, MONTH, *MONTHLY), start=top + 1):
        texts = [cat.text(f"actuals.{column.name}.{name}") for name in ("what", "where", "use")]
        sheets.told(sheet, number, (column.heading(cat.lang), *texts))
    sheets.widths(sheet, (27, 48, 38, 48))
    sheets.on_one_page(sheet, top)


def _figures(cat: Catalogue, sheet: Worksheet) -> None:
    """The as-of date and the work inside at its close, and below them a row a month."""
    sheet.title = _title(cat, "monthly")
    _state(cat, sheet)
    _monthly(cat, sheet)
    sheet.freeze_panes = sheet.cell(HEADINGS + 1, 2)
    sheets.widths(sheet, (27, *(_width(column.heading(cat.lang)) for column in MONTHLY)))
    sheets.on_one_page(sheet, HEADINGS)


def _state(cat: Catalogue, sheet: Worksheet) -> None:
    for row, column in enumerate((AS_OF, *STATE), start=1):
        sheet.cell(row, 1, column.heading(cat.lang)).border = sheets.GRID
        sheets.entry(sheet.cell(row, 2), _DAY_FORMAT[cat.lang] if column is AS_OF else _COUNT)
        sheet.cell(row, 3, cat.text(f"actuals.{column.name}.what"))
        if column is not AS_OF:
            _validate(cat, sheet, f"B{row}", column)
    rule = DataValidation(type="custom", formula1="AND(ISNUMBER(B1),B1=EOMONTH(B1,0))", allow_blank=True)
    _told(cat, rule, cat.text("actuals.refused.as_of"))
    sheet.add_data_validation(rule)
    rule.add("B1")


def _monthly(cat: Catalogue, sheet: Worksheet) -> None:
    sheets.head(sheet, HEADINGS, [column.heading(cat.lang) for column in (MONTH, *MONTHLY)])
    month, rows = FIRST_MONTH, range(HEADINGS + 1, HEADINGS + MONTHS + 1)
    for row in rows:
        sheet.cell(row, 1, month).number_format = _MONTH_FORMAT[cat.lang]
        sheet.cell(row, 1).border = sheets.GRID
        for index, column in enumerate(MONTHLY, start=2):
            sheets.entry(sheet.cell(row, index), _PERCENT if column.share else _COUNT)
        month = next_month(month)
    for index, column in enumerate(MONTHLY, start=2):
        letter = sheet.cell(HEADINGS, index).column_letter
        _validate(cat, sheet, f"{letter}{rows[0]}:{letter}{rows[-1]}", column)


def _width(heading: str) -> float:
    """Room for a figure; where a Japanese heading is longer, for its name alone: its unit goes below, in one piece."""
    name, _, unit = heading.partition("（")
    return 1.05 * sheets.letters(name) + 2 if unit and sheets.letters(heading) > _FIGURE_WIDTH else _FIGURE_WIDTH


def _validate(cat: Catalogue, sheet: Worksheet, cells: str, column: Column) -> None:
    """Let Excel refuse what the reader would refuse."""
    low, high = (f"{bound:g}" if column.share else f"{bound:.0f}" for bound in (column.low, column.high))
    kind = "decimal" if column.share else "whole"
    rule = DataValidation(type=kind, operator="between", formula1=low, formula2=high, allow_blank=True)
    shown = (f"{bound:.0%}" if column.share else f"{bound:,.0f}" for bound in (column.low, column.high))
    least, most = shown
    _told(cat, rule, cat.text("actuals.refused.number", name=column.heading(cat.lang), low=least, high=most))
    sheet.add_data_validation(rule)
    rule.add(cells)


def _told(cat: Catalogue, rule: DataValidation, text: str) -> None:
    rule.errorTitle, rule.error, rule.showErrorMessage = cat.text("actuals.refused.title"), text, True
