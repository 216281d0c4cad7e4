"""The figures that a planner's file may state: headings in both languages, units, and what is plausible.

The reader and the template both follow this table, so that what the template writes is what the reader knows. A value
outside its bounds is refused as a wrong unit (thousands for single cards, percent for shares): the bounds lie an order
of magnitude beyond what has been published.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A figure: its field, its heading and unit by language, and the plausible range (shares: 0 to 1)."""

    name: str
    ja: str
    en: str
    unit_ja: str = ""
    unit_en: str = ""
    low: float = 0.0
    high: float = 0.0

    @property
    def share(self) -> bool:
        """Whether it is a share, which Excel shows in percent."""
        return self.unit_en == "%"

    def heading(self, lang: str) -> str:
        """The heading with its unit, such as ``申請件数（件）``."""
        name, unit = (self.ja, self.unit_ja) if lang == "ja" else (self.en, self.unit_en)
        if not unit:
            return name
        return f"{name}（{unit}）" if lang == "ja" else f"{name} ({unit})"


MONTH = Column("month", "年月", "month")
AS_OF = Column("as_of", "基準日", "as-of date")
MONTHLY = (
    Column("applications", "申請件数", "applications", "件", "number", 10_000, 10_000_000),
    Column("dispatched", "発送枚数", "cards dispatched", "枚", "cards", 10_000, 10_000_000),
    Column("handed_over", "交付枚数", "cards handed over", "枚", "cards", 10_000, 10_000_000),
    Column("calls_resident", "住民向け入電数", "resident calls", "件", "number", 1_000, 10_000_000),
    Column("answered_share_resident", "住民向け応答率", "resident answer rate", "％", "%", 0.05, 1),
    Column("seats_resident", "住民向け席数", "resident seats", "席", "seats", 1, 20_000),
    Column("calls_helpdesk", "ヘルプデスク入電数", "help desk calls", "件", "number", 100, 1_000_000),
    Column("answered_share_helpdesk", "ヘルプデスク応答率", "help desk answer rate", "％", "%", 0.05, 1),
    Column("seats_helpdesk", "ヘルプデスク席数", "help desk seats", "席", "seats", 1, 20_000),
    Column("notices", "有効期限通知書送付数", "expiry notices sent", "通", "number", 1_000, 10_000_000),
)
"""Columns of the monthly sheet, after the month."""
STATE = (
    Column("cards_in_plant", "工場内のカード", "cards in the plant", "枚", "cards", 1_000, 20_000_000),
    Column("cards_at_municipalities", "市区町村のカード", "cards at municipalities", "枚", "cards", 1_000, 50_000_000),
    Column("dispatched_so_far", "累計発送枚数", "cards dispatched so far", "枚", "cards", 1_000_000, 1_000_000_000),
)
"""Work inside at the close of the as-of date."""
SHEETS = {"monthly": ("月次", "Monthly"), "state": ("基準日", "As of"), "guide": ("説明", "Guide")}
"""Names of the template's sheets, Japanese and English; templates of earlier versions had ``state`` in its own."""
ITEM = ("項目", "item")
"""Heading above the rows of that sheet."""

_UNIT = re.compile(r"^(.*?)\(([^()]*)\)$")


def plain(text: str) -> str:
    """A heading as it is compared: full-width and upper-case letters, spaces, hyphens and underscores are alike."""
    return re.sub(r"[\s_-]+", "", unicodedata.normalize("NFKC", text)).casefold()


def split_unit(heading: str) -> tuple[str, str]:
    """A heading's name and the unit in its brackets, if any, both as compared."""
    found = _UNIT.match(plain(heading))
    return (found[1], found[2]) if found else (plain(heading), "")


def names(column: Column) -> set[str]:
    """What a column may be called, as compared."""
    return {plain(column.ja), plain(column.en), plain(column.name)}


def unit_fits(column: Column, unit: str) -> bool:
    """Whether the unit in a heading is the column's, or none; what has no unit may say anything in brackets."""
    return not column.unit_en or unit in ("", plain(column.unit_ja), plain(column.unit_en))
