"""The price file: yen for a unit of each resource and for each use, checked as scenario files are.

A table is named like what it prices: a resource by its path (``[contact.resident.seats]``), a use by its id
(``[per_call]``). ``cardflow prices-template`` writes one to edit; ``figures/prices.toml`` is the one that comes with
the program, all of it assumed (仮定値).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from scenarios.errors import Mistake, Place, UserError, nearest
from scenarios.resources import RESOURCES
from scenarios.toml_file import read_toml
from sim.fields import YesNo, parameter
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
HEAD = ("title", "why")
"""Keys of the file itself: text for the reader."""


def _exact(value: Any) -> Any:
    """Decimal digits as written, so that sums are exact."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError("must be a number")
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

    yen: Yen = parameter("yen", "price in the first fiscal year")
    units: Exact = parameter("units", "how many units this price is for", gt=0, default=Decimal(1))
    every: Literal["month", "year"] | None = parameter(
        "time", "of a resource, the time this price is for; a use is paid each time", default=None
    )
    one_off_yen: Yen = parameter(
        "yen", "paid once for so many units more than the month before: procurement, hiring", default=Decimal(0)
    )
    tax_rate: Annotated[Exact, Field(le=1)] = parameter("share", "consumption tax, 0.1 for 10 %", ge=0)
    tax_included: YesNo = parameter("yes/no", "whether the price contains that tax")
    funding: Text = parameter("text", "source of the money (財源)")
    from_: Year = parameter("fiscal year", "first fiscal year in which the price holds", alias="from")
    until: Year | None = parameter("fiscal year", "last fiscal year in which it holds", default=None)
    yearly_change: Annotated[Exact, Field(le=1)] = parameter(
        "share", "rise of the price each fiscal year after that, 0.02 for 2 %", gt=-1, default=Decimal(0)
    )
    later: tuple[Agreed, ...] = parameter(
        "yen", "prices agreed anew, in order of their fiscal years; the yearly rise goes on from each", default=()
    )
    assumed: YesNo = parameter("yes/no", "an assumption (仮定値), not your own price", default=True)
    reason: str = parameter("text", "why an assumed price is of this size", default="")
    source: str = parameter("text", "where your own price is from: contract, estimate", default="")

    @model_validator(mode="after")
    def _consistent(self) -> Price:
        years = [self.from_, *(agreed.from_ for agreed in self.later)]
        if sorted(set(years)) != years:
            raise ValueError("`later` must be in order of `from`, each later than the one before")
        if self.until is not None and self.until < years[-1]:
            raise ValueError(f"`until` ({self.until}) must not come before `from` ({years[-1]})")
        if not self.assumed and not self.source.strip():
            raise ValueError("`source` must say where the price is from, as `assumed` is false")
        return self

    def holds_in(self, fiscal_year: int) -> bool:
        """Whether there is a price in a fiscal year (April to March)."""
        return self.from_ <= fiscal_year and (self.until is None or fiscal_year <= self.until)


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

    def as_json(self) -> dict[str, Any]:
        """What a result says of its prices: ``file``, ``title``, ``assumed``, ``digest``."""
        return {"file": self.file, "title": self.title, "assumed": self.assumed, "digest": self.digest}


def load_prices(path: Path | None = None) -> Prices:
    """Read and check a price file, by default the assumed prices that come with the program.

    Raises:
        UserError: with all that is wrong, each with its line.
    """
    path = path or SHIPPED
    data, lines = read_toml(path)
    places = {key: Place(path.name, line) for key, line in lines.items()}
    mistakes = [
        Mistake(f"{key} = {data[key]!r}   must be text in quotes", places.get(key))
        for key in HEAD
        if not isinstance(data.get(key, ""), str)
    ]
    entries: dict[str, Price] = {}
    for name, table in _tables({key: value for key, value in data.items() if key not in HEAD}):
        found = _price(name, table, places)
        if isinstance(found, Price):
            entries[name] = found
        else:
            mistakes += found
    if not entries and not mistakes:
        mistakes.append(Mistake("has no prices: see `cardflow prices-template`"))
    if mistakes:
        raise UserError(path.name, mistakes)
    return Prices(path.name, str(data.get("title", path.stem)), entries, path.read_text(encoding="utf-8-sig"))


def _tables(data: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Tables of prices by their name; a table that holds nothing but tables is part of a name."""
    for key, value in data.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and value and all(isinstance(inner, dict) for inner in value.values()):
            yield from _tables(value, f"{name}.")
        else:
            yield name, value


def _price(name: str, table: Any, places: Mapping[str, Place]) -> Price | list[Mistake]:
    """The price in a table, or all that is wrong with it."""
    place = places.get(name)
    if name not in RESOURCES and name not in USES:
        return [Mistake(f"{name}   is no resource and no use{nearest(name, [*RESOURCES, *USES])}", place)]
    if not isinstance(table, dict):
        return [Mistake(f"{name} = {table!r}   must be a table: [{name}], with yen and the rest below", place)]
    rule = _rule_of_time(name, table.get("every"))
    wrong = [Mistake(f"{name}.{rule}", places.get(f"{name}.every", place))] if rule else []
    try:
        price = Price.model_validate(table)
    except ValidationError as error:
        return [*wrong, *(_mistake(name, detail, places) for detail in error.errors())]
    return wrong or price


def _rule_of_time(name: str, every: Any) -> str:
    if name in USES and every is not None:
        return f"every = {every!r}   must be left out: a use is paid each time"
    if name in RESOURCES and every is None:
        return 'every   is missing: "month" or "year"'
    return ""


def _mistake(name: str, detail: Any, places: Mapping[str, Place]) -> Mistake:
    """A rule of pydantic that is broken, in words: field, value, rule, meaning."""
    steps = [str(step) for step in detail["loc"] if not isinstance(step, int)]
    field = ".".join(steps) or _named_in(detail["msg"])
    path = f"{name}.{field}" if field else name
    place = places.get(path) or places.get(f"{name}.{field.partition('.')[0]}") or places.get(name)
    return Mistake(f"{path}{_sentence(field, detail)}", place)


def _named_in(message: str) -> str:
    """The field that a rule between fields names first."""
    return message.partition("`")[2].partition("`")[0]


def _sentence(field: str, detail: Any) -> str:
    kind, value = detail["type"], detail.get("input")
    known = {info.alias or name: info.description for name, info in Price.model_fields.items()}
    meaning = f" ({known[field]})" if known.get(field) else ""
    if kind == "extra_forbidden":
        return f"   unknown field{nearest(field, known)}"
    if kind == "missing":
        return f"   is missing{meaning}"
    message = detail["msg"].removeprefix("Value error, ").replace("Input should be", "must be")
    shown = "" if isinstance(value, dict | Sequence) and not isinstance(value, str) else f" = {_short(value)}"
    return f"{shown}   {message[:1].lower()}{message[1:]}{meaning}"


def _short(value: Any) -> str:
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
