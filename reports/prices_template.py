"""The price file that a planner edits, as commented text or as a workbook: the assumed prices, with what each field
and each resource means."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from reports import values
from reports.catalogue import Catalogue
from reports.entries_workbook import Contents, workbook
from reports.price_texts import meaning, reason
from scenarios.entries.layout import PRICES
from scenarios.files.scenario_file import written
from scenarios.price_file import Price, Prices

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


def book(cat: Catalogue, prices: Prices) -> bytes:
    """The same as a workbook."""
    contents = Contents(
        title=cat.text("prices.title"),
        guide=cat.text("prices.book").splitlines(),
        fields={name: cat.text(f"prices.field.{name}") for name in FIELDS},
        own={"title": cat.text("prices.title"), "why": cat.text("prices.why")},
        entries={name: dict(_told(cat, name, price)) for name, price in prices.entries.items()},
        meanings={name: meaning(cat, name) for name in prices.entries},
    )
    return workbook(cat, PRICES, contents)


def _entry(cat: Catalogue, name: str, price: Price) -> Iterator[str]:
    """Lines of the fields, and of what the planner will turn to: ``source``."""
    yield from (f"{field} = {written(value)}" for field, value in _told(cat, name, price))
    if not price.source:
        yield f'# source = "{cat.text("prices.source")}"'


def _told(cat: Catalogue, name: str, price: Price) -> Iterator[tuple[str, Any]]:
    """The fields that are not as by default, and ``assumed``."""
    own = {**price.model_dump(by_alias=True), "reason": values.text(cat, reason(name, price.reason))}
    for field in FIELDS:
        info = Price.model_fields["from_" if field == "from" else field]
        if info.is_required() or field == "assumed" or own[field] != info.default:
            yield field, _plain(own[field])


def _plain(value: Any) -> Any:
    """Numbers as TOML writes them."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list | tuple):
        return [{key: _plain(inner) for key, inner in entry.items()} for entry in value]
    return value


def _comment(text: str) -> list[str]:
    return [f"# {line}".rstrip() for line in text.splitlines()]
