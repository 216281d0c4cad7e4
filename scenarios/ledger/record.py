"""The delay ledger as a record: where days and calls go, and what one more unit of each resource is worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from scenarios.experiment.paired import cannot_be_told, fewest
from sim.calendar import months_between


@dataclass(frozen=True)
class Entry:
    """Late cards, their days or lost calls of a fiscal year, by one cause or all together."""

    kind: str
    """`late_cards`: cards that the target of the year counts as late, so that judged cards times what the share lacks
    to 1 are these (standard: longer to the dispatch than the target, cards that touch the New Year closure left out;
    express: longer to the resident, all cards); `late_cards_with_closure`: the same, cards that touch the closure
    always included; `late_days`: the days of `late_cards` from receipt to dispatch; `lost_calls`: attempts that no
    agent took"""
    of: str
    """the class of cards (`standard`, `express`) or the call centre (`resident`, `helpdesk`)"""
    period: str
    """fiscal year: of receipt for cards, of the day for calls"""
    cause: str | None
    """as in `ledger.parquet` for days; `call_back`, `outage`, `closed`, `notices`, `seats` for calls, the first that
    holds; null: all together. Causes that took nothing are left out"""
    value: float
    low: float | None
    high: float | None
    """mean over replications and its 95 % t interval"""


@dataclass(frozen=True)
class Asked:
    """A resource that the ledger was asked about."""

    path: str
    """of the resource"""
    unit: str
    """what is counted of it"""
    unit_added: float
    """the least that can be bought"""
    reaches: tuple[str, ...]
    """what a unit can save at all"""


@dataclass(frozen=True)
class Helped:
    """Whether one more unit of a resource makes a target likelier to be met over the whole period."""

    resource: str
    """path of the resource"""
    target: str
    """with its part"""
    unit: str
    unit_added: float
    """as in `rows`"""
    without_met: int
    met: int
    """in how many replications it is met in every fiscal year, as the scenario is and with the unit"""
    met_differs: int
    """in how many replications that is not the same"""
    difference: float
    low: float
    high: float
    clear: bool
    """of the shares, as in rows of the kind `probability` of `comparison.json`"""
    replications: int
    """pairs of replications"""
    claims: int
    """how many rows are judged together with this one"""

    @property
    def outcome(self) -> str:
        """What a unit does for the target: ``helps``, ``harms``, ``chance``, ``too_few``, ``alike`` (met in the same
        replications), or ``none`` (its figures are exactly the same).
        """
        if self.difference == self.low == self.high == 0:
            return "none"
        if self.clear:
            return "helps" if self.difference > 0 else "harms"
        return "too_few" if self.untold else "chance" if self.met_differs else "alike"

    @property
    def untold(self) -> bool:
        """Whether there are too few pairs of replications to tell a difference, or that there is none."""
        return cannot_be_told(self.replications, self.claims, self.low, self.high)


@dataclass(frozen=True)
class Price:
    """What one more unit of a resource saves in a fiscal year."""

    resource: str
    """path of the resource"""
    period: str
    """fiscal year"""
    saves: str
    """`late_cards` and `late_days` (standard and express, as in `ledger`), `lost_calls_resident`,
    `lost_calls_helpdesk`, `unrenewed` (certificates whose holders set out before expiry and that expired while they
    waited for a slot, or gave up: `expired_waiting` and `gave_up_in_time`)"""
    unit: str
    unit_added: float
    """what is counted of the resource, and how much more there is from the first reported day on"""
    without: float
    """mean over replications as the scenario is"""
    difference: float
    """mean over pairs of replications of how many fewer there are with the unit; below 0: how many more"""
    low: float
    high: float
    """interval of the difference, as in `comparison.json`: Holm-adjusted where `clear` is not null, else plain 95 %"""
    clear: bool | None
    """true where the adjusted interval leaves 0 out; false where chance explains the difference, where `replications`
    are too few and it cannot be told, or where there is none in any replication; null for what the resource moves
    beside what it is there for (calls about cards, say): nothing is claimed of these"""
    replications: int
    """pairs of replications"""
    claims: int | None = None
    """how many rows are judged together with this one; null where nothing is claimed"""

    @property
    def outcome(self) -> str:
        """What the row says: ``saves``, ``costs``, ``chance``, ``too_few``, ``none`` (exactly 0), or ``unclaimed``."""
        if self.difference == self.low == self.high == 0:
            return "none"
        if self.clear is None:
            return "unclaimed"
        if not self.clear:
            return "too_few" if self.untold else "chance"
        return "saves" if self.difference > 0 else "costs"

    @property
    def untold(self) -> bool:
        """Whether there are too few pairs of replications to tell a difference, or that there is none."""
        return cannot_be_told(self.replications, self.claims or 1, self.low, self.high)


@dataclass(frozen=True)
class Ledger:
    """What ``ledger.json`` holds."""

    FILE: ClassVar[str] = "ledger.json"

    scenario: str
    title: str
    why: str
    """of the scenario"""
    seed: int
    replications: int
    chance_only: bool
    """what determines the numbers, beside `scenario.toml`"""
    first_day: date
    last_day: date
    """reported days"""
    version: str
    """of the program"""
    confidence: float
    """0.95: the chance that in either family no row is wrongly called clear"""
    resources: tuple[Asked, ...]
    """those asked about, see below. Without `--resource` all, but those whose level a policy of the scenario sets"""
    ledger: tuple[Entry, ...]
    """as in `summary.json`"""
    targets: tuple[Helped, ...]
    """what decides: a row for each resource and target that it is for, see below"""
    rows: tuple[Price, ...]
    """the shadow prices, see below"""

    @property
    def months(self) -> tuple[str, ...]:
        """Reported months."""
        return months_between(self.first_day, self.last_day)

    @property
    def claims(self) -> int:
        """How many differences of what is saved are judged together."""
        return sum(price.clear is not None for price in self.rows)

    @property
    def fewest(self) -> int:
        """Replications from which on any of its claims can be clear."""
        return fewest(max(self.claims, len(self.targets)))
