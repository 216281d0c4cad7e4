"""Prices as fields of a page in place of a file: assumed ones to start from, and the price file that comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from cardflow.serve.pages import Form, Reader, one
from reports import price_texts
from reports.prices_template import template
from scenarios.errors import UserError
from scenarios.files.as_written import in_percent, number_of
from scenarios.price_file import USES, Price, load_prices
from sim.message import Message

_YEN, _ONCE, _SOURCE = "yen:", "once:", "source"
_MOST = 10**13
"""Yen, as in a price file."""


def priced(read: Reader, resources: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """A field for each price: its name in the form, what is priced, for how much of it, and the assumed price."""
    for item, price in load_prices().entries.items():
        if item not in resources and item not in USES:
            continue
        label, units = read.text(price_texts.name(item)), float(price.units)
        yield f"{_YEN}{item}", label, _yen(read, item, units, price.every or ""), f"{price.yen:,}"
        if price.one_off_yen:
            yield f"{_ONCE}{item}", label, _yen(read, item, units, "once"), f"{price.one_off_yen:,}"
    yield _SOURCE, read.cat.text("serve.price_source"), read.cat.text("serve.price_source_note"), ""


def _yen(read: Reader, item: str, units: float, every: str) -> str:
    return read.cat.text("serve.price_unit", unit=read.text(price_texts.unit(item, units, every)))


def read_prices(read: Reader, form: Form) -> str:
    """The text of a price file; empty where money is not asked about. Raises UserError with all that is no price."""
    if one(form, "prices") == "none":
        return ""
    prices, wrong = load_prices(), list[Message]()
    source = " ".join(one(form, _SOURCE).split())[:200]
    entries = {item: _own(item, price, form, source, wrong) for item, price in prices.entries.items()}
    if wrong:
        raise UserError("prices", wrong)
    return template(read.cat, replace(prices, entries=entries))


def _own(item: str, price: Price, form: Form, source: str, wrong: list[Message]) -> Price:
    """A price as it was typed; one that somebody changed is no assumption any more, if it is said where it is from."""
    typed = {"yen": _typed(f"{_YEN}{item}", price.yen, form, wrong)}
    typed["one_off_yen"] = _typed(f"{_ONCE}{item}", price.one_off_yen, form, wrong)
    if typed == {"yen": price.yen, "one_off_yen": price.one_off_yen}:
        return price
    own = {"assumed": False, "source": source} if source else {}
    return price.model_copy(update={**typed, "reason": "", **own})


def _typed(name: str, assumed: Decimal, form: Form, wrong: list[Message]) -> Decimal:
    """The yen of a field, in whatever way values are written elsewhere; of an empty one the assumed."""
    text = one(form, name).strip()
    if not text:
        return assumed
    number = number_of(text)
    if number is None or in_percent(text) or not 0 <= number <= _MOST:
        told = {"name": name, "value": text[:40], "most": _MOST}
        wrong.append(Message("{name} = {value}   must be yen from 0 to {most:,}", **told))
        return assumed
    return Decimal(str(number))
