"""The empty workbook for a planner's own figures (実績): what to fill in, where to find it, what becomes of it.

Headings and bounds are those that the reader knows (``scenarios.workbook.columns``); the words are the catalogue's.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from reports.catalogue import Catalogue
from reports.sheets import Book, Form, letters
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
    book = Book(cat, cat.text("actuals.title"))
    _guide(cat, Form(book, _title(cat, "guide")))
    _figures(cat, Form(book, _title(cat, "monthly")))
    return book.saved()


def _title(cat: Catalogue, key: str) -> str:
    return SHEETS[key][0 if cat.lang == "ja" else 1]


def _guide(cat: Catalogue, form: Form) -> None:
    """What the file is for, then a row for each figure."""
    top = form.guide(cat.text("actuals.title"), cat.text("actuals.guide").splitlines())
    form.head(top, [cat.text(f"actuals.heading.{name}") for name in ("figure", "what", "where", "use")])
    for number, column in enumerate((AS_OF, *STATE, MONTH, *MONTHLY), start=top + 1):
        texts = [cat.text(f"actuals.{column.name}.{name}") for name in ("what", "where", "use")]
        form.told(number, (column.heading(cat.lang), *texts))
    form.on_one_page((27, 48, 38, 48), top)


def _figures(cat: Catalogue, form: Form) -> None:
    """The as-of date and the work inside at its close, and below them a row a month."""
    _state(cat, form)
    _monthly(cat, form)
    form.sheet.freeze_panes(HEADINGS, 1)
    form.on_one_page((27, *(_width(column.heading(cat.lang)) for column in MONTHLY)), HEADINGS)


def _state(cat: Catalogue, form: Form) -> None:
    for row, column in enumerate((AS_OF, *STATE), start=1):
        form.named(row, column.heading(cat.lang))
        form.entry(row, 2, None, _DAY_FORMAT[cat.lang] if column is AS_OF else _COUNT)
        form.write(row, 3, cat.text(f"actuals.{column.name}.what"))
        if column is not AS_OF:
            _validate(cat, form, (row, row), 2, column)
    rule = {"validate": "custom", "value": "=AND(ISNUMBER(B1),B1=EOMONTH(B1,0))"}
    form.rule((1, 1), 2, rule | _told(cat, cat.text("actuals.refused.as_of")))


def _monthly(cat: Catalogue, form: Form) -> None:
    form.head(HEADINGS, [column.heading(cat.lang) for column in (MONTH, *MONTHLY)])
    month, rows = FIRST_MONTH, range(HEADINGS + 1, HEADINGS + MONTHS + 1)
    for row in rows:
        form.named(row, month, num_format=_MONTH_FORMAT[cat.lang])
        for index, column in enumerate(MONTHLY, start=2):
            form.entry(row, index, None, _PERCENT if column.share else _COUNT)
        month = next_month(month)
    for index, column in enumerate(MONTHLY, start=2):
        _validate(cat, form, (rows[0], rows[-1]), index, column)


def _width(heading: str) -> float:
    """Room for a figure; where a Japanese heading is longer, for its name alone: its unit goes below, in one piece."""
    name, _, unit = heading.partition("（")
    return 1.05 * letters(name) + 2 if unit and letters(heading) > _FIGURE_WIDTH else _FIGURE_WIDTH


def _validate(cat: Catalogue, form: Form, rows: tuple[int, int], place: int, column: Column) -> None:
    """Let Excel refuse what the reader would refuse."""
    low, high = (bound if column.share else round(bound) for bound in (column.low, column.high))
    kind = "decimal" if column.share else "integer"
    rule = {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    least, most = (f"{bound:.0%}" if column.share else f"{bound:,.0f}" for bound in (column.low, column.high))
    text = cat.text("actuals.refused.number", name=column.heading(cat.lang), low=least, high=most)
    form.rule(rows, place, rule | _told(cat, text))


def _told(cat: Catalogue, text: str) -> dict[str, Any]:
    """What Excel says of what it refuses."""
    return {"error_title": cat.text("actuals.refused.title"), "error_message": text}
