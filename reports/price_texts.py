"""What is priced, in words: names and units of resources and uses, funding sources, reasons for assumed prices."""

from __future__ import annotations

from reports import formats, parameter_texts
from reports.catalogue import Catalogue
from scenarios.price_file import USES, load_prices


def name(cat: Catalogue, item: str) -> str:
    """A resource or a use as a budget names it; the path itself for a resource without such a name."""
    return cat.name("prices.item", item)


def meaning(cat: Catalogue, item: str) -> str:
    """Name, and for a resource its meaning and unit in the model."""
    known = parameter_texts.described()
    if item not in known:
        return name(cat, item)
    told = parameter_texts.meaning(cat, item, known)
    inside = cat.join([told, parameter_texts.unit(cat, item, known)])
    return cat.text("format.parenthesis", text=name(cat, item), inside=inside)


def unit(cat: Catalogue, item: str, units: float, every: str) -> str:
    """What a price is for: ``seat and month``, ``1,000 cards a day and month``, ``call``."""
    key = f"prices.{'use_unit' if item in USES else 'unit'}.{item}"
    what = cat.text(key, units=formats.plain(units)).removeprefix("1 ") if cat.has(key) else item
    return cat.text(f"prices.every.{every}", unit=what) if every in ("month", "year", "once") else what


def funding(cat: Catalogue, source: str) -> str:
    """A source of money (財源) as the price file names it; those of the assumed prices in both languages."""
    return cat.name("prices.funding", source)


def reason(cat: Catalogue, item: str, told: str) -> str:
    """Why an assumed price is of its size: in Japanese where the file has the reason that comes with the program."""
    shipped = load_prices().entries.get(item)
    if shipped is None or told != shipped.reason:
        return told
    return cat.texts.get(f"price_reason.{item}", told)
