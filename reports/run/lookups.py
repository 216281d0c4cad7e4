"""What to look up first: of what a run does not know, what matters most and is known least."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from calibration.evidence import ALLOWED
from reports import assumptions, evidence, names, parameter_texts
from reports.document import Block, Chapter, Code, Name, Number, Period, Ranged, Table, Value, headings, say
from reports.evidence import Evidence
from reports.levers import acted_on
from reports.run.verdicts import headlines
from reports.run_data import RunData
from scenarios.sweep.record import Correlation
from sim.calendar import month_number
from sim.target import parted

_OF_NEXT_CARD = ("next_card.", "contact.resident.calls_per_early_card", "contact.resident.launch_days")
"""Beginnings of paths of what acts once people wait for the next card, or may exchange theirs for it."""
MOST = 10
"""So many are named: what nobody reads to the end is looked up by nobody."""


def lookups(data: RunData) -> Iterator[Chapter]:
    """The chapter; none where nothing is uncertain."""
    found = _Asked(data)
    shown = sorted(found.worth, key=found.order)[:MOST]
    if shown:
        words = (say("lookups.note", shown=len(shown), count=len(found.uncertain)),)
        goes = any(path in found.goes for path in shown)
        notes = (say("lookups.goes_note", replications=data.replications),) if goes else ()
        table = _table(data, found, shown, goes)
        yield Chapter("lookups", say("lookups.heading"), words, (Block(table, notes=notes),), role="hangs")


@dataclass(frozen=True)
class _Asked:
    """What a run does not know, and what is in doubt."""

    data: RunData

    @cached_property
    def uncertain(self) -> tuple[str, ...]:
        """The paths that replications draw from a range; none where only chance varies."""
        lines = [] if self.data.run.chance_only else assumptions.uncertain(self.data)
        return tuple(dict.fromkeys(line.path for line in lines))

    def acts(self, path: str) -> bool:
        """Whether what is not known of a path can tell by the last day: steps and the next card may begin later."""
        last = self.data.run.last_day
        if path.startswith(_OF_NEXT_CARD) and self.next_card_from > month_number(last):
            return False
        starts = [start for start, shown in assumptions.by_step(self.data.at(path)) if isinstance(shown, Ranged)]
        return any(not isinstance(start, date) or start <= last for start in starts)

    @cached_property
    def next_card_from(self) -> float:
        """The first month, counted on, in which the next card can change anything, be that before it comes."""
        start = self.data.at("next_card.start")
        if not isinstance(start, date):
            return 0.0
        soonest = _ends(self.data.at("next_card.delay_months"))[0]
        before = max(_ends(self.data.at(f"next_card.{own}"))[1] for own in ("waiting_months", "window_months_ahead"))
        return month_number(start) + round(soonest) - math.ceil(before)

    @cached_property
    def known(self) -> Mapping[str, Evidence]:
        """What is logged of each."""
        found = {path: evidence.of(path, self.data.known) for path in self.uncertain}
        return {path: one for path, one in found.items() if one is not None}

    @cached_property
    def goes(self) -> Mapping[str, Correlation]:
        """By path what it clearly goes with most, a target in doubt first; without those tied to a stronger one."""
        clear = [one for one in self.data.run.drivers or () if not one.tied_to]
        return {one.path: one for one in sorted(reversed(clear), key=lambda one: one.id in self.doubted)}

    @cached_property
    def doubted(self) -> frozenset[str]:
        """The targets, with their parts, that were tested and are not forecast to hold."""
        shown = headlines(self.data.summary)
        return frozenset(one.worst.judged for one in shown if one.tested and one.verdict != "holds")

    @property
    def worth(self) -> list[str]:
        """Paths worth looking up: what matters and is not well known, and whatever clearly goes with a target."""
        return [
            path
            for path, one in self.known.items()
            if self.acts(path) and (path in self.goes or (one.matters != "low" and one.grade != "good"))
        ]

    def order(self, path: str) -> tuple[bool, bool, int, int, bool, int]:
        """The least comes first."""
        own, one = self.known[path], self.goes.get(path)
        doubted = {parted(judged)[0] for judged in self.doubted}
        directly = doubted.intersection(acted_on(path))
        return (
            one is None or one.id not in self.doubted,
            not directly,
            ALLOWED["matters"].index(own.matters),
            -len(directly),
            one is None,
            -ALLOWED["grade"].index(own.grade),
        )


def _ends(value: Any) -> tuple[float, float]:
    """Low and high of a value of a scenario, be it a number, a range or dated steps of them; 0 of none."""
    steps = value if isinstance(value, list) else [value]
    ends = [
        (step.get("low", step["value"]), step.get("high", step["value"])) if isinstance(step, Mapping) else (step, step)
        for step in steps
        if step is not None
    ]
    return min((low for low, _ in ends), default=0.0), max((high for _, high in ends), default=0.0)


def _table(data: RunData, found: _Asked, shown: list[str], goes: bool) -> Table:
    rows = []
    for path in shown:
        own = found.known[path]
        rows.append(
            (
                Code(path),
                parameter_texts.placed(path),
                _range(data, path),
                parameter_texts.unit_of(path),
                assumptions.evidence_of(own),
                Name("owner", own.owner),
                None if own.month is None else Period(own.month),
                *((_goes(found.goes.get(path)),) if goes else ()),
            )
        )
    columns = ("parameter", "meaning", "value_range", "unit", "evidence", "owner", "review")
    return Table(headings("lookups", *columns, *(("goes",) if goes else ())), tuple(rows), prose=(1, 3, 4, 5, 7))


def _range(data: RunData, path: str) -> Value:
    """The value with its range on the first reported day; of a range that begins later, the first one."""
    ranges = [(start, shown) for start, shown in assumptions.by_step(data.at(path)) if isinstance(shown, Ranged)]
    begun = [shown for start, shown in ranges if not isinstance(start, date) or start <= data.run.first_day]
    return begun[-1] if begun else ranges[0][1]


def _goes(one: Correlation | None) -> Value:
    """What a value clearly goes with, and how far."""
    if one is None:
        return None
    rho, low, high = (Number(each, decimals=2, signed=True) for each in (one.rho, one.low, one.high))
    told: dict[str, Value] = {"target": names.target(one.id, short=True), "year": Period(one.period)}
    return say("lookups.goes", **told, rho=rho, low=low, high=high)
