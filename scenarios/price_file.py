"""The price file: yen for a unit of each resource and for each use, checked as scenario files are.

A table is named like what it prices: a resource by its path (``[contact.resident.seats]``), a use by its id
(``[per_call]``). ``cardflow prices-template`` writes one to edit; ``figures/prices.toml`` is the one that comes with
the program, all of it assumed (仮定値).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from scenarios.entries.layout import PRICES
from scenarios.entries.read import read_source
from scenarios.entries.rules import checked, short
from scenarios.entries.source import Source, together
from scenarios.errors import Mistake, UserError, nearest
from scenarios.limits import shown_name
from scenarios.resources import RESOURCES
from sim.fields import YesNo, parameter
from sim.message import NOTHING, Message
from sim.schedule import Frozen

SHIPPED = Path(str(resources.files("scenarios"))) / "figures" / "prices.toml"
"""The assumed prices that come with the program."""
USES = {
    "per_card": "cards",
    "per_notice": "notices",
    "per_mail": "items",
    "per_call": "calls",
    "overtime_hour": "hours",
    "weekend_day": "days",
}
"""What is paid each time, with its unit: a card made, an expiry notice posted, an item of express mail, a call
answered, an hour that the plant works after its ordinary closing, a weekend day that it works beyond planned ones."""


_LARGEST = 10**15
"""No price in yen, and nothing else in a price file, is larger."""


def _exact(value: Any) -> Any:
    """Decimal digits as written, so that sums are exact."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(Message("must be a number"))
    if abs(value) > _LARGEST or value != value:
        raise ValueError(Message("must be a finite number"))
    return Decimal(str(value))


Exact = Annotated[Decimal, BeforeValidator(_exact)]
Year = Annotated[int, Field(strict=True, ge=2016, le=2100)]
Yen = Annotated[Exact, Field(ge=0, le=10**13)]
Text = Annotated[str, Field(min_length=1)]


class Agreed(Frozen):
    """A price agreed anew from a fiscal year on."""

    from_: Year = Field(alias="from")
    yen: Yen


class Price(Frozen):
    """What a unit of one resource costs a month or year, or what a use costs each time."""

    yen: Yen = parameter("yen", Message("price in the first fiscal year"))
    units: Exact = parameter("units", Message("how many units this price is for"), gt=0, default=Decimal(1))
    every: Literal["month", "year"] | None = parameter(
        "time", Message("of a resource, the time this price is for; a use is paid each time"), default=None
    )
    one_off_yen: Yen = parameter(
        "yen",
        Message("paid once for so many units more than the month before: procurement, hiring"),
        default=Decimal(0),
    )
    tax_rate: Annotated[Exact, Field(le=1)] = parameter("share", Message("consumption tax, 0.1 for 10 %"), ge=0)
    tax_included: YesNo = parameter("yes/no", Message("whether the price contains that tax"))
    funding: Text = parameter("text", Message("source of the money (財源)"))
    from_: Year = parameter("fiscal year", Message("first fiscal year in which the price holds"), alias="from")
    until: Year | None = parameter("fiscal year", Message("last fiscal year in which it holds"), default=None)
    yearly_change: Annotated[Exact, Field(le=1)] = parameter(
        "share", Message("rise of the price each fiscal year after that, 0.02 for 2 %"), gt=-1, default=Decimal(0)
    )
    later: tuple[Agreed, ...] = parameter(
        "yen",
        Message("prices agreed anew, in order of their fiscal years; the yearly rise goes on from each"),
        default=(),
    )
    assumed: YesNo = parameter("yes/no", Message("an assumption (仮定値), not your own price"), default=True)
    reason: str = parameter("text", Message("why an assumed price is of this size"), default="")
    source: str = parameter("text", Message("where your own price is from: contract, estimate"), default="")

    @model_validator(mode="after")
    def _consistent(self) -> Price:
        years = [self.from_, *(agreed.from_ for agreed in self.later)]
        if sorted(set(years)) != years:
            rule = Message("`{field}` must be in order of `from`, each later than the one before", field="later")
            raise ValueError(rule)
        if self.until is not None and self.until < years[-1]:
            told = {"field": "until", "until": self.until, "first": years[-1]}
            raise ValueError(Message("`{field}` ({until}) must not come before `from` ({first})", **told))
        if not self.assumed and not self.source.strip():
            rule = Message("`{field}` must say where the price is from, as `assumed` is false", field="source")
            raise ValueError(rule)
        return self

    def holds_in(self, fiscal_year: int) -> bool:
        """Whether there is a price in a fiscal year (April to March)."""
        return self.from_ <= fiscal_year and (self.until is None or fiscal_year <= self.until)


@dataclass(frozen=True)
class Origin:
    """What a result says of its prices."""

    file: str
    title: str
    """of the price file"""
    assumed: bool
    """whether any price is an assumption (仮定値)"""
    digest: str
    """of the file's text"""


@dataclass(frozen=True)
class Prices:
    """A checked price file: its name and title, the prices by resource path or use, its own text and digest."""

    file: str
    title: str
    entries: Mapping[str, Price]
    text: str

    @property
    def digest(self) -> str:
        """BLAKE2 digest of the file's text: which prices a result rests on."""
        return hashlib.blake2b(self.text.encode(), digest_size=8).hexdigest()

    @property
    def assumed(self) -> bool:
        """Whether any price is an assumption (仮定値)."""
        return any(price.assumed for price in self.entries.values())

    @property
    def origin(self) -> Origin:
        """What a result says of them."""
        return Origin(self.file, self.title, self.assumed, self.digest)


def load_prices(path: Path | None = None) -> Prices:
    """Read and check a price file, TOML or workbook; by default the assumed prices that come with the program.

    Raises:
        UserError: with all that is wrong, each with its line or cell.
    """
    return _load(path) if path else _shipped()


@cache
def _shipped() -> Prices:
    return _load(SHIPPED)


def _load(path: Path) -> Prices:
    source = read_source(path, PRICES)
    mistakes = [
        source.mistake(Message("{key} = {value}   must be text in quotes", key=key, value=short(value)), key)
        for key, value in source.head.items()
        if not isinstance(value, str)
    ]
    entries: dict[str, Price] = {}
    for name, table in source.entries.items():
        found = _price(source, name, table)
        if isinstance(found, Price):
            entries[name] = found
        else:
            mistakes += found
    if not entries and not mistakes:
        mistakes.append(Mistake(Message("has no prices: see `cardflow prices-template`")))
    if mistakes:
        raise UserError(path.name, together(mistakes))
    return Prices(path.name, str(source.head.get("title", path.stem)), entries, source.text)


def _price(source: Source, name: str, table: Any) -> Price | list[Mistake]:
    """The price in a table, or all that is wrong with it."""
    if name not in RESOURCES and name not in USES:
        near = nearest(name, [*RESOURCES, *USES])
        return [
            source.mistake(Message("{name}   is no resource and no use{near}", name=shown_name(name), near=near), name)
        ]
    if not isinstance(table, dict):
        told = {"name": shown_name(name), "value": short(table)}
        rule = Message("{name} = {value}   must be a table: [{name}], with yen and the rest below", **told)
        return [source.mistake(rule, name)]
    rule = _rule_of_time(name, table.get("every"))
    wrong = [source.mistake(rule, f"{name}.every", name)] if rule else []
    found = checked(source, name, table, Price)
    if isinstance(found, Price):
        return wrong or found
    return [*wrong, *found]


def _rule_of_time(name: str, every: Any) -> Message:
    if name in USES and every is not None:
        told = {"name": shown_name(name), "value": short(every)}
        return Message("{name}.every = {value}   must be left out: a use is paid each time", **told)
    if name in RESOURCES and every is None:
        return Message('{name}.every   is missing: "month" or "year"', name=name)
    return NOTHING
