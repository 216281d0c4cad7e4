"""What a spreadsheet makes of the formulas of a workbook: enough of one for those that Cardflow writes."""

import io
import re
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import openpyxl
from openpyxl.utils import column_index_from_string

_ELSEWHERE = re.compile(r"(?:'((?:[^']|'')+)'|(\w+))!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?")
_HERE = re.compile(r"\b([A-Z]{1,2})(\d+)\b")


def rounded(number, digits):
    """Half away from zero, of the number as it is written."""
    return float(Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP))


class Spreadsheet:
    """The cells of a workbook; another value in one of them changes all that follow from it."""

    def __init__(self, raw: bytes):
        self.book, self._known = openpyxl.load_workbook(io.BytesIO(raw)), {}

    def formulas(self):
        """Sheet, place and text of every formula."""
        for sheet in self.book:
            yield from ((sheet.title, cell) for row in sheet.iter_rows() for cell in row if cell.data_type == "f")

    def put(self, sheet, place, value):
        self.book[sheet][place] = value
        self._known.clear()

    def value(self, sheet, row, column):
        """What a cell shows, worked out if it is a formula; None of an empty one."""
        key = sheet, row, column
        if key not in self._known:
            held = self.book[sheet].cell(row, column).value
            formula = isinstance(held, str) and self.book[sheet].cell(row, column).data_type == "f"
            self._known[key] = self._worked_out(sheet, held[1:]) if formula else held
        return self._known[key]

    def _worked_out(self, sheet, formula):
        found = []

        def elsewhere(match):
            name = (match[1] or match[2]).replace("''", "'")
            column, first = column_index_from_string(match[3]), int(match[4])
            rows = range(first, int(match[6] or first) + 1)
            cells = [self.value(name, row, column) for row in rows]
            found.append(np.array(cells, dtype=object) if match[5] else cells[0] or 0)
            return f"found[{len(found) - 1}]"

        def here(match):
            found.append(self.value(sheet, int(match[2]), column_index_from_string(match[1])) or 0)
            return f"found[{len(found) - 1}]"

        text = _HERE.sub(here, _ELSEWHERE.sub(elsewhere, formula))
        return eval(text.replace("^", "**").replace("=", "=="), {"__builtins__": {}}, {"found": found, **_FUNCTIONS})


def _product(values):
    return float(sum(value or 0 for value in values))


_FUNCTIONS = {
    "ROUND": rounded,
    "TRUNC": lambda number: float(int(number)),
    "SUM": lambda *values: float(sum(value or 0 for each in values for value in np.atleast_1d(each))),
    "SUMPRODUCT": _product,
}
