"""What is kept of the joint draws beside their positions: how they were made, and what narrowed what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

from pydantic import Field

from scenarios.records import WHERE_ANY
from sim.unknowns import Hindsight


@dataclass(frozen=True, kw_only=True)
class DrawnFigure:
    """A published figure beside what draws say of it."""

    id: str
    published: float
    sd: float
    """of the published figure, its standard deviation: rounding, chance of a year, and what the model is off by"""
    prior: tuple[float, float]
    conditioned: tuple[float, float]
    """what draws say before and after: 5 and 95 %"""
    used: bool
    """whether it conditions; others stand beside"""
    conflict: str | None
    """`no draw` comes near it, or it is `not met` by the conditioned ones; else null"""


@dataclass(frozen=True, kw_only=True)
class NarrowedUnknown:
    """An uncertain parameter, and what narrowed it."""

    path: str
    ratio: float
    moved: float
    """its standard deviation over that of its range, and by how many of these its mean moved"""
    narrowed: bool
    by: str | None
    """the kind of figure that narrowed it most"""
    alone: Mapping[str, float]
    """by kind of figure the ratio that it alone leaves"""
    with_: Annotated[str | None, Field(alias="with")] = field(default=None, metadata=WHERE_ANY)
    correlation: float | None = field(default=None, metadata=WHERE_ANY)
    """the unknown that it goes with most, and their correlation, where that is worth a word"""


@dataclass(frozen=True, kw_only=True)
class JointDraws:
    """The record of the joint draws."""

    FILE: ClassVar[str] = "joint.json"
    digest: str
    """stands for the positions, and for what turns them into values"""
    version: str
    seed: int
    draws: int
    effective: int
    """how many draws are left where surfaces were checked by walking the holders again"""
    ancestors: int
    """particles of the prior that have descendants among the draws"""
    log_evidence: float
    central: int
    """the row of the middle"""
    sequence: tuple[int, ...]
    """the rows in the order in which blocks of them are like all"""
    hindsight: Mapping[str, Hindsight]
    """by path of seats what is known of their year"""
    figures: tuple[DrawnFigure, ...]
    conflicts: tuple[str, ...]
    seats: Mapping[str, tuple[float, float, float]]
    """by centre what 100 may stand for: 5, 50 and 95 %"""
    unknowns: tuple[NarrowedUnknown, ...]
    written: Mapping[str, Any]
    """each quantity as it was written when the draws were made, as in a scenario file"""
