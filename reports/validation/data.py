"""A validation read from its folder: one row a published figure, bands behind the charts, fits if there are any."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

GROUPS = (
    "lead_times", "answer_rates", "availability", "notices", "applications", "held", "handed_over", "lapsed",
    "age_rates", "inputs",
)  # fmt: skip
"""Groups of figures in the order of the page; groups unknown here come after them."""
USES = ("held_back", "fitted", "input")
"""What a figure was used for; only those held back from fitting can speak for the model."""
LIST_KEYS = ("id", "published", "simulated", "low", "high", "difference", "use")
"""What ``cardflow validate --json`` prints of each figure."""


@dataclass(frozen=True)
class Row:
    """A published figure beside the simulated one, in its unit; ``None`` where the model did not give it.

    ``simulated`` is the mean with every assumption at its middle, ``low`` and ``high`` are the 5 % and 95 % points over
    replications with all that is uncertain. ``within`` says whether the difference is at most ``tolerance``.
    """

    id: str
    group: str
    subject: str
    unit: str
    period: str
    published: float | None
    simulated: float | None
    low: float | None
    high: float | None
    difference: float | None
    use: str
    tolerance: float | None
    tolerance_why: str
    within: bool | None
    confidence: str
    sources: tuple[Mapping[str, str], ...]
    note: str | None
    prior_low: float | None = None
    prior_high: float | None = None
    """The same interval before published figures narrowed what is not known, for figures of which that is known."""

    @property
    def day(self) -> date | None:
        """The day that the figure was published for; ``None`` for a year or another period."""
        return date.fromisoformat(self.period) if re.fullmatch(r"\d{4}-\d\d-\d\d", self.period) else None

    @property
    def compared(self) -> bool:
        """Whether there are two values to compare."""
        return self.published is not None and self.simulated is not None and self.within is not None

    @property
    def speaks(self) -> bool:
        """Whether the row is evidence for or against the model: held back from fitting, and simulated."""
        return self.use == "held_back" and self.compared

    @property
    def agrees(self) -> bool:
        """Whether the row counts as a success. A fitted figure or an input never does, however well it comes out."""
        return self.speaks and bool(self.within)


@dataclass(frozen=True)
class Validation:
    """What ``validation.json`` holds; ``fits`` is ``fits.json``, or ``None`` where nothing was fitted."""

    folder: Path
    version: str
    seed: int
    replications: int
    rows: tuple[Row, ...]
    bands: Mapping[str, Mapping[str, Any]]
    cohorts: Sequence[Mapping[str, Any]]
    not_validated: tuple[str, ...]
    fits: Mapping[str, Any] | None
    unknowns: Mapping[str, Any] | None = None
    """What is not known, before and after published figures conditioned it; ``None`` where nobody said."""

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups there are, in the order of the page."""
        found = dict.fromkeys(row.group for row in self.rows)
        return tuple(name for name in GROUPS if name in found) + tuple(name for name in found if name not in GROUPS)

    def of(self, group: str | None = None, use: str | None = None) -> list[Row]:
        """The rows of a group, of a use, or of both, in their order."""
        return [row for row in self.rows if group in (None, row.group) and use in (None, row.use)]

    def row(self, identifier: str) -> Row | None:
        """The row of a figure, if there is one."""
        return next((row for row in self.rows if row.id == identifier), None)

    def fitted(self, name: str) -> list[Mapping[str, Any]]:
        """A list of ``fits.json`` by its key; empty where nothing was fitted or the list is missing."""
        return list((self.fits or {}).get(name) or [])


@dataclass(frozen=True)
class Counts:
    """How many figures came out how; every row stands in exactly one of them.

    ``agree`` of ``held_back`` is the success of the model. ``fitted_met`` of ``fitted`` only says that the fit did
    its work.
    """

    held_back: int
    agree: int
    fitted: int
    fitted_met: int
    inputs: int
    missing: int


def count(rows: Sequence[Row]) -> Counts:
    """Count rows by what they can say."""
    fitted = [row for row in rows if row.use == "fitted" and row.compared]
    return Counts(
        held_back=sum(row.speaks for row in rows),
        agree=sum(row.agrees for row in rows),
        fitted=len(fitted),
        fitted_met=sum(bool(row.within) for row in fitted),
        inputs=sum(row.use == "input" for row in rows),
        missing=sum(row.use != "input" and not row.compared for row in rows),
    )


def read(folder: Path) -> Validation:
    """Read ``validation.json`` of a folder; raises ``FileNotFoundError`` where there is none."""
    data = json.loads((folder / "validation.json").read_text(encoding="utf-8"))
    return Validation(
        folder=folder,
        version=data["version"],
        seed=data["seed"],
        replications=data["replications"],
        rows=tuple(_row(entry) for entry in data["rows"]),
        bands=data.get("bands") or {},
        cohorts=data.get("notices_by_cohort") or [],
        not_validated=tuple(data.get("not_validated") or ()),
        fits=data.get("fits"),
        unknowns=data.get("unknowns"),
    )


def listed(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of ``validation.json`` as ``cardflow validate --json`` prints them: seven keys each."""
    return [{key: entry.get(key) for key in LIST_KEYS} for entry in data["rows"]]


def _row(entry: Mapping[str, Any]) -> Row:
    return Row(
        id=entry["id"],
        group=entry["group"],
        subject=entry["subject"],
        unit=entry["unit"],
        period=entry.get("period") or "",
        published=entry.get("published"),
        simulated=entry.get("simulated"),
        low=entry.get("low"),
        high=entry.get("high"),
        difference=entry.get("difference"),
        use=entry["use"],
        tolerance=entry.get("tolerance"),
        tolerance_why=entry.get("tolerance_why") or "",
        within=entry.get("within"),
        confidence=entry.get("confidence") or "",
        sources=tuple(entry.get("sources") or ()),
        note=entry.get("note"),
        prior_low=entry.get("prior_low"),
        prior_high=entry.get("prior_high"),
    )
