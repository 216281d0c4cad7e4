"""How a workbook of entries is laid out: a row an entry, a column a field, the file's own keys above the headings.

Reader and template both follow the layout, so that what the template writes is what the reader knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scenarios.workbook.columns import plain, split_unit

Kind = Literal["number", "share", "yes_no", "text", "choice", "month_day"]


@dataclass(frozen=True)
class Heading:
    """A field: its name in the file of text, its heading by language, and what stands in its cells."""

    name: str
    ja: str
    en: str
    kind: Kind = "text"

    def text(self, lang: str) -> str:
        """The heading in a language."""
        return self.ja if lang == "ja" else self.en

    def is_called(self, text: str) -> bool:
        """Whether a heading, in either language or as the field's name, means this field, with or without its unit."""
        known = {plain(self.ja), plain(self.en), plain(self.name)}
        return plain(text) in known or (self.kind == "share" and split_unit(text)[0] in map(_unitless, known))


def _unitless(text: str) -> str:
    return split_unit(text)[0]


@dataclass(frozen=True)
class Layout:
    """The sheets of a workbook of entries.

    Attributes:
        sheet: names of the sheet of entries, Japanese and English.
        own: the file's own keys, in rows above the headings.
        fields: the columns after the name.
        more: names of a second sheet whose rows add to a list of an entry: the list's name and its columns.
    """

    sheet: tuple[str, str]
    own: tuple[Heading, ...]
    fields: tuple[Heading, ...]
    more_sheet: tuple[str, str] | None = None
    more_name: str = ""
    more_fields: tuple[Heading, ...] = ()

    @property
    def head(self) -> tuple[str, ...]:
        """Names of the file's own keys."""
        return tuple(heading.name for heading in self.own)


ENTRY = Heading("entry", "対象", "entry")
"""Heading of the names of entries."""
MEANING = Heading("meaning", "内容", "meaning")
"""Heading of a column that explains them, which the reader passes over."""
_ASSUMED = Heading("assumed", "仮定値か", "assumed", "yes_no")
PRICES = Layout(
    sheet=("単価", "Prices"),
    own=(Heading("title", "表題", "title"), Heading("why", "趣旨", "why")),
    fields=(
        Heading("yen", "単価（円）", "price (yen)", "number"),
        Heading("units", "単価の単位数", "for so many units", "number"),
        Heading("every", "月額・年額", "every", "choice"),
        Heading("one_off_yen", "増やすときの一時経費（円）", "once for more (yen)", "number"),
        Heading("tax_rate", "消費税率（％）", "tax rate (%)", "share"),
        Heading("tax_included", "税込みか", "tax included", "yes_no"),
        Heading("funding", "財源", "funding"),
        Heading("from", "最初の年度", "from fiscal year", "number"),
        Heading("until", "最後の年度", "until fiscal year", "number"),
        Heading("yearly_change", "年間上昇率（％）", "yearly change (%)", "share"),
        _ASSUMED,
        Heading("reason", "仮定の理由", "reason"),
        Heading("source", "出所", "source"),
    ),
    more_sheet=("改定単価", "Later prices"),
    more_name="later",
    more_fields=(
        Heading("from", "改定の年度", "from fiscal year", "number"),
        Heading("yen", "改定後の単価（円）", "price (yen)", "number"),
    ),
)
LEAD_TIMES = Layout(
    sheet=("所要月数", "Lead times"),
    own=(Heading("request_due", "概算要求の期限（月-日）", "budget request due (month-day)", "month_day"),),
    fields=(
        Heading("procurement_months", "調達（月）", "procurement (months)", "number"),
        Heading("hiring_months", "採用（月）", "hiring (months)", "number"),
        Heading("training_months", "研修（月）", "training (months)", "number"),
        Heading("in_request", "概算要求が必要か", "in budget request", "yes_no"),
        _ASSUMED,
        Heading("why", "理由", "why"),
    ),
)
CHOICES = {"month": ("月額", "month"), "year": ("年額", "year")}
"""Words of the cells of a choice, Japanese and English."""
YES, NO = ("はい", "yes"), ("いいえ", "no")
