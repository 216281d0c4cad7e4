"""What is priced, as values: names and units of resources and uses, funding sources, reasons for assumed prices."""

from __future__ import annotations

from reports import parameter_texts
from reports.catalogue import Catalogue, known
from reports.document import Name, Number, Value, Without, say, translated
from scenarios.price_file import USES, load_prices


def name(item: str) -> Name:
    """A resource or a use as a budget names it; the path itself for a resource without such a name."""
    return Name("prices.item", item)


def meaning(cat: Catalogue, item: str) -> str:
    """Name, and for a resource its meaning and unit in the model."""
    own = cat.name("prices.item", item)
    if item not in parameter_texts.described():
        return own
    inside = cat.join([parameter_texts.meaning(cat, item), parameter_texts.unit(cat, item)])
    return cat.text("format.parenthesis", text=own, inside=inside)


def unit(item: str, units: float, every: str) -> Value:
    """What a price is for: ``seat and month``, ``1,000 cards a day and month``, ``call``."""
    key = f"prices.{'use_unit' if item in USES else 'unit'}.{item}"
    what = Without(say(key, units=Number(units, "plain")), "1 ") if known(key) else item
    return say(f"prices.every.{every}", unit=what) if every in ("month", "year", "once") else what


def funding(source: str) -> Name:
    """A source of money (財源) as the price file names it; those of the assumed prices in both languages."""
    return Name("prices.funding", source)


def reason(item: str, told: str) -> Value:
    """Why an assumed price is of its size: in Japanese where the file has the reason that comes with the program."""
    shipped = load_prices().entries.get(item)
    return translated(f"price_reason.{item}", told) if shipped is not None and told == shipped.reason else told
