"""The delay ledger as data: entries by cause, shadow prices, and the folder that both are read from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from scenarios.experiment.paired import cannot_be_told, fewest
from scenarios.ledger.delays import Entry
from scenarios.ledger.helped import Helped
from scenarios.ledger.savings import Price

CLEAR = ("saves", "costs")
"""Outcomes that chance does not explain."""


@dataclass(frozen=True)
class Ledger:
    """What ``ledger.json`` holds."""

    folder: Path
    identity: Mapping[str, Any]
    resources: tuple[Mapping[str, Any], ...]
    entries: tuple[Entry, ...]
    prices: tuple[Price, ...]
    targets: tuple[Helped, ...] = ()

    @property
    def replications(self) -> int:
        """Replications with and without each unit."""
        return int(self.identity["replications"])

    @property
    def claims(self) -> int:
        """How many differences of what is saved are judged together."""
        return sum(price.clear is not None for price in self.prices)

    @property
    def fewest(self) -> int:
        """Replications from which on any of its claims can be clear."""
        return fewest(max(self.claims, len(self.targets)))


def read(folder: Path) -> Ledger:
    """Read ``ledger.json`` of a folder; raises ``FileNotFoundError`` where there is none."""
    data = json.loads((folder / "ledger.json").read_text(encoding="utf-8"))
    known = {field.name for field in fields(Price)}
    rows = ({"replications": data["replications"], **row} for row in data["rows"])  # version 0.5 does not say it
    return Ledger(
        folder=folder,
        identity={key: value for key, value in data.items() if not isinstance(value, list)},
        resources=tuple(data["resources"]),
        entries=tuple(entries(data)),
        prices=tuple(Price(**{key: row[key] for key in known if key in row}) for row in rows),
        targets=tuple(Helped(**row) for row in data.get("targets", ())),
    )


def entries(document: Mapping[str, Any]) -> list[Entry]:
    """The rows of ``ledger`` in a summary or a ledger; none in what an earlier version wrote."""
    known = {field.name for field in fields(Entry)}
    return [Entry(**{key: row[key] for key in known}) for row in document.get("ledger", [])]


def periods(found: Iterable[Entry]) -> list[str]:
    """The fiscal years of entries, in order."""
    return list(dict.fromkeys(entry.period for entry in found))


def of(found: Iterable[Entry], kind: str, whose: str) -> list[Entry]:
    """The entries of a kind about a class of cards or a centre."""
    return [entry for entry in found if (entry.kind, entry.of) == (kind, whose)]


def causes(found: Sequence[Entry], order: Sequence[str]) -> list[str]:
    """The causes that took something in some year, in this order; others behind."""
    there = dict.fromkeys(entry.cause for entry in found if entry.cause is not None)
    return [cause for cause in order if cause in there] + [cause for cause in there if cause not in order]


def outcome(price: Price) -> str:
    """What a row says: ``saves``, ``costs``, ``chance``, ``too_few``, ``none`` (exactly 0), or ``unclaimed``."""
    if price.difference == price.low == price.high == 0:
        return "none"
    if price.clear is None:
        return "unclaimed"
    if not price.clear:
        return "too_few" if untold(price) else "chance"
    return "saves" if price.difference > 0 else "costs"


def outcome_of_target(row: Helped) -> str:
    """What a unit does for a target: ``helps``, ``harms``, ``chance``, ``too_few``, ``alike`` (met in the same
    replications), or ``none`` (its figures are exactly the same).
    """
    if row.difference == row.low == row.high == 0:
        return "none"
    if row.clear:
        return "helps" if row.difference > 0 else "harms"
    return "too_few" if untold(row) else "chance" if row.met_differs else "alike"


def untold(row: Price | Helped) -> bool:
    """Whether a row has too few pairs of replications to tell a difference, or that there is none."""
    return cannot_be_told(row.replications, row.claims or 1, row.low, row.high)


@dataclass(frozen=True)
class Line:
    """Years in which one resource and what it saves came out alike: the largest, how many, and of how many."""

    outcome: str
    shown: Price
    years: int
    of: int


def lines(prices: Sequence[Price]) -> list[Line]:
    """One line a resource, thing saved and clear outcome; where nothing is clear, one: not known, else exactly none."""
    found = []
    claimed = [price for price in prices if price.clear is not None]
    for key in dict.fromkeys((price.resource, price.saves) for price in claimed):
        own = [price for price in claimed if (price.resource, price.saves) == key]
        by_outcome: dict[str, list[Price]] = {}
        for price in own:
            by_outcome.setdefault(outcome(price), []).append(price)
        clear = [name for name in CLEAR if name in by_outcome]
        rest = [name for name in ("too_few", "chance", "none") if name in by_outcome][:1]
        for name in clear or rest:
            alike = by_outcome[name]
            found.append(Line(name, max(alike, key=lambda price: abs(price.difference)), len(alike), len(own)))
    return found
