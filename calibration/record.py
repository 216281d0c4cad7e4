"""A validation as a record: a row a published figure, bands behind charts, the fits it rests on, the unknowns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from calibration.fits_record import Fits

GROUPS = (
    "lead_times", "answer_rates", "availability", "notices", "applications", "held", "handed_over", "lapsed",
    "age_rates", "inputs",
)  # fmt: skip
"""Groups of figures in the order in which they are told; groups unknown here come after them."""


@dataclass(frozen=True)
class Place:
    """Where a figure was published."""

    title: str
    locator: str
    """of the source, and where it is to be found"""


@dataclass(frozen=True)
class Row:
    """A published figure beside the simulated one, in its unit."""

    id: str
    """of the published figure, such as `JLIS-008`; `HANDED-`, `HELD-` and `APPLIED-` with a date for counts of a day"""
    group: str
    """`lead_times`, `answer_rates`, `availability`, `notices`, `applications`, `held`, `handed_over`, `lapsed`,
    `age_rates`, `inputs`"""
    subject: str
    unit: str
    period: str
    """what it is of; `period` is a fiscal year such as `FY2025`, a day, or empty"""
    published: float | None
    simulated: float | None
    """values in the unit; `simulated` is the mean with every assumption at its middle, null if not simulated"""
    low: float | None
    high: float | None
    """10 and 90 % points over replications with all that is uncertain"""
    prior_low: float | None
    prior_high: float | None
    """the same before published figures narrowed what is not known, of figures of which that is known; else null"""
    difference: float | None
    """simulated less published"""
    use: str
    """`fitted`: values were chosen by it; `held_back`: it had no part in that; `input`: it goes into the model as it
    is. Only `held_back` can be a success"""
    tolerance: float | None
    tolerance_why: str
    """what difference counts as agreement, and why so much"""
    within: bool | None
    """true if the difference is at most the tolerance"""
    confidence: str
    """`primary` (stated by J-LIS), `verified` (seen in a public page), `computed`, `unverified`"""
    sources: tuple[Place, ...]
    """where it was published: `title` and `locator` of each"""
    note: str | None = None
    """a remark, or null"""

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
class Band:
    """What charts draw under published points."""

    dates: tuple[date, ...]
    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    """by date the mean, and 10 and 90 % points"""
    fitted_until: date
    """the last day that values were fitted on"""


@dataclass(frozen=True)
class Cohort:
    """Expiry notices of a fiscal year about what was issued in another."""

    period: str
    kind: str
    """fiscal year, and what expires: `certificates` or `cards`"""
    issued_fy: int
    """fiscal year of issue"""
    notices: float
    """how many"""


@dataclass(frozen=True)
class Unknown:
    """A parameter with a range, before and after published figures conditioned it."""

    path: str
    """of the parameter"""
    prior_low: float
    prior_high: float
    """10 and 90 % points before"""
    low: float
    high: float
    """and after"""
    narrowed: bool
    """whether they are nearer to each other"""
    by: str | None
    """which kind of figure did most, or null"""


@dataclass(frozen=True)
class Unknowns:
    """The joint distribution of what is not known."""

    draws: int
    effective: int
    """rows of it, and how many they are worth"""
    rows: tuple[Unknown, ...]
    """one a parameter with a range, in the order of the model"""


@dataclass(frozen=True)
class Validated:
    """What of a validation every answer can speak of: ``validated.json`` beside this, for ``calibration.validated``."""

    FILE: ClassVar[str] = "validated.json"

    version: str
    seed: int
    replications: int
    """what determines the numbers"""
    rows: tuple[Row, ...]
    """one entry a published figure that the model can speak to, see below"""
    not_validated: tuple[str, ...]
    """parts of the model that no published figure speaks for; the page says why"""


@dataclass(frozen=True)
class Validation(Validated):
    """What ``validation.json`` holds."""

    FILE: ClassVar[str] = "validation.json"

    bands: Mapping[str, Band]
    """what charts draw under the published points: `handed_over` (by day) and `held` (ends of months), each with
    `dates`, `mean`, `low`, `high` (10 and 90 % points), and `fitted_until`, the last day that values were fitted on"""
    notices_by_cohort: tuple[Cohort, ...]
    """expiry notices by `period` (fiscal year), `kind` (`certificates`, `cards`) and fiscal year of issue
    (`issued_fy`): number of `notices`"""
    fits: Fits | None
    """the `fits.json` that the values rest on, or null"""
    unknowns: Unknowns
    """`draws` of the joint distribution, the `effective` number that they are worth, and `rows`, one a parameter with
    a range: `path`, `prior_low` and `prior_high`, `low` and `high` (10 and 90 % points before and after published
    figures), whether `narrowed`, and `by` which kind of figure most"""

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups there are, in the order in which they are told."""
        found = dict.fromkeys(row.group for row in self.rows)
        return tuple(name for name in GROUPS if name in found) + tuple(name for name in found if name not in GROUPS)

    def of(self, group: str) -> list[Row]:
        """The rows of a group, in their order."""
        return [row for row in self.rows if row.group == group]

    def row(self, identifier: str) -> Row | None:
        """The row of a figure, if there is one."""
        return next((row for row in self.rows if row.id == identifier), None)

    @property
    def fitted(self) -> Fits:
        """The fits that the values rest on; empty where there are none."""
        return self.fits or Fits(self.version, self.seed)
