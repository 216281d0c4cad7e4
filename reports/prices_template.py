"""The commented price file that a planner edits: the assumed prices, with what each field and each resource means."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reports.catalogue import Catalogue
from reports.price_texts import meaning, reason
from scenarios.price_file import Price, Prices
from scenarios.scenario_file import written

FIELDS = (
    "yen", "units", "every", "one_off_yen", "tax_rate", "tax_included", "funding", "from", "until", "yearly_change",
    "later", "assumed", "reason", "source",
)  # fmt: skip
"""The fields of a price in the order in which the file explains and writes them."""


def template(cat: Catalogue, prices: Prices) -> str:
    """The file's text in the catalogue's language; every value is as in ``prices``."""
    title, why = cat.text("prices.title"), cat.text("prices.why")
    lines = [*_comment(cat.text("prices.head")), f"title = {written(title)}", f"why = {written(why)}", ""]
    lines += _comment(cat.text("prices.fields"))
    lines += [f"#   {name:<14} {cat.text(f'prices.field.{name}')}" for name in FIELDS]
    for name, price in prices.entries.items():
        lines += ["", *_comment(meaning(cat, name)), f"[{name}]", *_entry(cat, name, price)]
    return "\n".join(lines) + "\n"


def _entry(cat: Catalogue, name: str, price: Price) -> Iterator[str]:
    """The fields that are not as by default, and what the planner will turn to: ``assumed`` and ``source``."""
    told = {**price.model_dump(by_alias=True), "reason": reason(cat, name, price.reason)}
    for field in FIELDS:
        info = Price.model_fields["from_" if field == "from" else field]
        if info.is_required() or field == "assumed" or told[field] != info.default:
            yield f"{field} = {written(_plain(told[field]))}"
    if not price.source:
        yield f'# source = "{cat.text("prices.source")}"'


def _plain(value: Any) -> Any:
    """Numbers as TOML writes them."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [{key: _plain(inner) for key, inner in entry.items()} for entry in value]
    return value


def _comment(text: str) -> list[str]:
    return [f"# {line}".rstrip() for line in text.splitlines()]
