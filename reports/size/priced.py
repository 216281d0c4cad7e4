"""A sizing with the prices that lie beside it in its folder, by which a workbook reckons its bill."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scenarios import records
from scenarios.price_file import Prices, load_prices
from scenarios.size.record import Sizing


@dataclass(frozen=True)
class Priced(Sizing):
    """``price_file`` is the folder's own copy of the price file, where there is one."""

    price_file: Prices | None = None


def read(folder: Path) -> Priced:
    """The sizing that a folder holds; raises ``FileNotFoundError`` where there is none."""
    found, prices = records.read(Sizing, folder), folder / "prices.toml"
    return Priced(**vars(found), price_file=load_prices(prices) if found.prices and prices.exists() else None)
