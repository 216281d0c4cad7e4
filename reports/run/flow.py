"""The modelled operation as a flow: its stages, what passes between them in a fiscal year, and what makes people call.

Which stages there are, and what passes, is the model's own (``sim/stages.py``); here is where they stand on a sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from reports import series
from reports.charting import drawing
from reports.document import Magnitude, Name, Number, Period, Ranged, Value, say
from reports.drawing import Amount, Arrow, Box, Drawing, Mark, Panel, Scale
from reports.formats import STEPS
from reports.looks import DARK, DASHED, DOTTED, QUIET, WARM, Look, area, line
from reports.run_data import RunData
from reports.series import Numbers
from reports.yearly import fiscal_years
from sim.calendar import fiscal_year_of_month
from sim.facts import CENTRES
from sim.stages import Passage, passages

_WIDE, _HIGH = 9.7, 5.7
"""Inches of the plane, which are its places and values too."""
_SIDE, _AROUND = 0.15, 1.77
"""Inches of a sheet beside the plane, and above and below it."""
_DEMAND, _CARDS, _PEOPLE, _CALLS = area("#ffffff"), area("#d6e4ef"), area("#ededed"), area("#fbe6d3", edge=WARM)


@dataclass(frozen=True)
class _Field:
    """Where a stage stands: left, lower, right and upper end; and what is told of it, besides what comes back to it."""

    left: float
    lower: float
    right: float
    upper: float
    look: Look
    told: tuple[str, ...] = ()

    def box(self, name: Value, told: tuple[tuple[Value, Amount], ...]) -> Box:
        """Its box."""
        middle = (self.left + self.right) / 2, (self.lower + self.upper) / 2
        return Box(name, *middle, (self.right - self.left, self.upper - self.lower), self.look, told)


FIELDS: Mapping[str, _Field] = {
    "renewals": _Field(0.0, 3.52, 0.88, 4.02, _DEMAND),
    "first_cards": _Field(0.0, 2.64, 0.88, 3.4, _DEMAND, ("newborn_with_notice",)),
    "changes": _Field(0.0, 2.02, 0.88, 2.52, _DEMAND),
    "checks": _Field(1.76, 2.02, 2.64, 4.02, _CARDS, ("applications",)),
    "making": _Field(3.53, 2.02, 4.41, 4.02, _CARDS, ("remade",)),
    "dispatch_standard": _Field(5.29, 3.17, 6.17, 4.02, _CARDS),
    "dispatch_express": _Field(5.29, 2.02, 6.17, 2.87, _CARDS),
    "counters": _Field(7.06, 2.02, 7.94, 4.02, _CARDS, ("certificates_renewed", "weekends_served")),
    "in_force": _Field(8.82, 2.6, 9.7, 4.02, _PEOPLE, ("cards_held",)),
    "notices": _Field(8.22, 1.45, 9.12, 2.02, _PEOPLE),
    "relying_parties": _Field(0.0, 0.0, 1.45, 1.45, _PEOPLE, ("validity_checks", "copies_ios", "attributes_provided")),
    "systems": _Field(5.29, 4.46, 6.17, 5.3, _PEOPLE, ("jpki_load_breaks",)),
    "helpdesk": _Field(7.06, 4.6, 9.2, 5.3, _CALLS, ("helpdesk_answered",)),
    "resident": _Field(1.76, 0.0, 9.7, 0.5, _CALLS, ("calls_answered", "calls_ai_taken")),
}
"""From left to right what becomes of a card; below and above it the two call centres."""
_PATHS: Mapping[tuple[str, str], tuple[tuple[float, float], ...]] = {
    ("in_force", "renewals"): ((9.45, 4.02), (9.45, 5.55), (0.44, 5.55), (0.44, 4.02)),
    ("in_force", "resident"): ((9.5, 2.6), (9.5, 1.6), (9.5, 0.5)),
    ("counters", "in_force"): ((7.94, 3.7), (8.82, 3.7)),
    ("in_force", "counters"): ((8.82, 3.12), (7.94, 3.12)),
    ("systems", "counters"): ((5.9, 4.46), (5.9, 4.32), (7.2, 4.32), (7.2, 4.02)),
}
"""Ways of arrows where the straight one from box to box would cross something, or its words would."""
_AFTER = (("counters", "helpdesk"),)
"""Arrows that run up or down with their words behind them."""
_CLASSES = ((5e6, 4.5), (1e6, 2.6), (1e5, 1.4), (0.0, 0.7))
"""From so many a year on an arrow is so wide, in points."""


def flow(data: RunData) -> Drawing:
    """All stages and passages with the volumes of a year, mean over replications with their 10-90 %."""
    volumes = Volumes(data, year(data))
    order = {name: at for at, name in enumerate(FIELDS)}
    between = sorted((own for own in passages() if own.start != own.end), key=lambda own: order[own.start])
    marks = (*(_arrow(volumes, own) for own in between), *_boxes(volumes), *_samples())
    panel = Panel(Scale(0, _WIDE, (), margin=0), Scale(0, _HIGH, (), margin=0), marks, key=())
    height = _HIGH + _AROUND
    unit: dict[str, Value] = {"year": Period.of_year(volumes.year), "scale": Magnitude(STEPS)}
    return drawing("flow", data.run, [panel], unit, height=height, left=_SIDE, right=_SIDE)


def year(data: RunData) -> int:
    """The first fiscal year of which every month is simulated; the first of all where there is none."""
    own = [fiscal_year_of_month(month) for month in data.months]
    return next((name for name in fiscal_years(data.months) if own.count(name) == 12), own[0])


@dataclass(frozen=True)
class Volumes:
    """Volumes of a run in a fiscal year."""

    data: RunData
    year: int

    def of(self, *facts: str, unit: str = "number") -> Amount:
        """The sum of flows over the year, or the mean of a stock: mean over replications, and the interval of it."""
        numbers = sum((self._one(fact) for fact in facts), np.zeros(1))
        found = series.mean_with_band(numbers, unit)
        return found.value if found.low == found.high else found

    def _one(self, fact: str) -> Numbers:
        """A number a replication; 0 for a fact that runs of earlier versions lack."""
        if fact in self.data.stocks.columns:
            return series.of_year(series.stock(self.data, fact), self.year).mean().to_numpy(dtype=np.float64)
        if fact in self.data.flows.columns:
            return series.total_of_year(series.flow(self.data, fact), self.year).to_numpy(dtype=np.float64)
        return np.zeros(1)


def _boxes(volumes: Volumes) -> Iterator[Box]:
    """A box a stage; what comes back to a stage is told in its box."""
    back = {own.start: own.facts for own in passages() if own.start == own.end}
    for name, field in FIELDS.items():
        facts = (*field.told, *back.get(name, ()))
        told = tuple((say(f"flow.told.{fact}"), volumes.of(fact)) for fact in facts)
        yield field.box(Name("stage", name), told)


def _arrow(volumes: Volumes, passage: Passage) -> Arrow:
    start, end = passage.start, passage.end
    amount = volumes.of(*passage.facts)
    path = _PATHS.get((start, end)) or _straight(FIELDS[start], FIELDS[end])
    look = _look(amount.value.amount if isinstance(amount, Ranged) else amount.amount, end in CENTRES)
    names = Name("stage", start), Name("stage", end)
    return Arrow(path, look, say(f"flow.passes.{start}.{end}"), amount, *names, after=(start, end) in _AFTER)


def _look(amount: float, calls: bool) -> Look:
    """Calls are broken lines; what did not happen at all is a dotted one."""
    width = next(width for least, width in _CLASSES if amount >= least)
    return line(WARM, DASHED, width) if calls and amount else line(DARK, (), width) if amount else line(QUIET, DOTTED)


def _straight(start: _Field, end: _Field) -> tuple[tuple[float, float], ...]:
    """The way from side to side, in the middle of where both lie beside or above each other."""
    low, high = max(start.lower, end.lower), min(start.upper, end.upper)
    if low < high:
        across = (start.right, end.left) if start.right <= end.left else (start.left, end.right)
        return tuple((place, (low + high) / 2) for place in across)
    middle = (max(start.left, end.left) + min(start.right, end.right)) / 2
    upright = (start.upper, end.lower) if start.upper <= end.lower else (start.lower, end.upper)
    return tuple((middle, value) for value in upright)


def _samples() -> Iterator[Mark]:
    """What widths mean, at the upper left."""
    for at, (least, width) in enumerate(_CLASSES):
        left, words = 0.75 + 1.1 * at, "least" if least else "less"
        name = say(f"flow.{words}", count=Number(least or _CLASSES[at - 1][0], "rough"))
        yield Arrow(((left, 4.85), (left + 0.7, 4.85)), line(DARK, (), width), name)


def caption(data: RunData) -> Value:
    """How many applications, cards and calls there are; None where there are none."""
    volumes = Volumes(data, year(data))
    facts = {
        "applications": ("applications",),
        "dispatched": ("dispatched_standard", "dispatched_express"),
        "calls": ("calls_offered",),
        "help": ("helpdesk_offered",),
    }
    if not series.flow(data, "applications").to_numpy().any():
        return None
    counts = {name: volumes.of(*own, unit="rough") for name, own in facts.items()}
    return say("chart.flow.caption", year=Period.of_year(volumes.year), **counts)
