"""The delay ledger by fiscal year: late cards with their days by cause, and lost calls by cause.

Sums of a year are taken in each replication; an entry is their mean with Student's 95 % interval. Cards go by date of
receipt, calls by the day on which they were decided. Late is what the target of the year calls late, so that late cards
over judged cards are what its share lacks to 100 %: a standard card that takes longer than the target to its dispatch
and does not touch the New Year closure; an express card that takes longer to the resident. Beside them stand the late
cards with the closure. A card's days are those to its dispatch.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenarios.ledger.record import Entry
from scenarios.run.judge import possible_interval
from sim.calendar import Calendar
from sim.facts import CAUSES, CENTRES, CLASSES, LOST, LOST_CAUSES
from sim.lead_times import Cards
from sim.parameters import Parameters
from sim.result import LEDGER_COLUMNS, Result
from sim.streams import Ints
from sim.targets import LEAVES_OUT_CLOSURE

KINDS = ("late_cards", "late_cards_with_closure", "late_days", "lost_calls")
"""Cards that are late; the same with those that touch the closure; the card-days of late cards; calls that no agent
took."""
Key = tuple[str, str, str, str | None]
"""Kind, class or centre, period, cause (None: all together)."""
_LEDGER = {name: place for place, name in enumerate(LEDGER_COLUMNS)}


def entries(results: Sequence[Result], parameters: Parameters) -> list[Entry]:
    """The ledger of a run by fiscal year, in the order of kinds, classes or centres, years and causes."""
    told = [sums(result, parameters) for result in results]
    found = [_entry(key, [one[key] for one in told]) for key in told[0]]
    return [entry for entry in found if entry.value or entry.cause is None]


def sums(result: Result, parameters: Parameters) -> dict[Key, int]:
    """The sums of one replication, zeros included, under the same keys for every replication of a scenario."""
    calendar = Calendar(parameters.start, parameters.end)
    years = calendar.years()
    found: dict[Key, int] = {}
    for name in CLASSES:
        for year, days in years.items():
            late = late_cards(result, parameters, np.unique(calendar.month[days]), name)
            found["late_cards", name, year, None], found["late_cards_with_closure", name, year, None] = late
    for name in CLASSES:
        for year, days in years.items():
            by_cause = _late_days(result, np.unique(calendar.month[days]), name)
            found["late_days", name, year, None] = sum(by_cause.values())
            found |= {("late_days", name, year, cause): count for cause, count in by_cause.items()}
    for centre in CENTRES:
        for year, days in years.items():
            found |= {("lost_calls", centre, year, cause): count for cause, count in _lost(result, centre, days)}
    return found


def _entry(key: Key, values: Sequence[int]) -> Entry:
    return Entry(*key, float(np.mean(values)), *possible_interval(key[0], [float(value) for value in values]))


def late_cards(result: Result, parameters: Parameters, months: Ints, name: str) -> tuple[int, int]:
    """Cards of a class received in these months that the target of a year calls late; the same with the closure."""
    express, targets = name == "express", parameters.targets
    cards = Cards(result, months, express, measure="delivery" if express else "dispatch")
    limit = targets.express_days if express else targets.issue_days
    return cards.late(limit, LEAVES_OUT_CLOSURE[name]), cards.late(limit)


def _late_days(result: Result, months: Ints, name: str) -> dict[str, int]:
    rows = result.ledger
    chosen = np.isin(rows[:, _LEDGER["month"]], months) & (rows[:, _LEDGER["express"]] == CLASSES.index(name))
    chosen &= rows[:, _LEDGER["late"]] == 1
    if LEAVES_OUT_CLOSURE[name]:
        chosen &= rows[:, _LEDGER["touches_closure"]] == 0
    rows = rows[chosen]
    days = np.zeros(len(CAUSES), dtype=np.int64)
    np.add.at(days, rows[:, _LEDGER["cause"]], rows[:, _LEDGER["card_days"]])
    return dict(zip(CAUSES, days.tolist(), strict=True))


def _lost(result: Result, centre: str, days: slice) -> list[tuple[str | None, int]]:
    def total(name: str) -> int:
        return int(result.facts[f"{CENTRES[centre]}_{name}"][days].sum())

    causes = [(cause, total(f"lost_{cause}")) for cause in LOST_CAUSES[centre]]
    return [(None, sum(total(outcome) for outcome in LOST)), *causes]
