"""A calibration as a record: fitted values and figures, calendars tried, what trades off, what moves the forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, TypeAlias

from pydantic import Field

from scenarios.records import WHERE_ANY

Amount: TypeAlias = int | float
"""A number that comes back as it was written: a bound of 15 has no point in the file."""


@dataclass(frozen=True, kw_only=True)
class FittedValue:
    """What the figures of a fit say about one parameter."""

    problem: str
    scenario: str
    """the fit, and the scenario that it was made in"""
    path: str
    """of the parameter"""
    from_: Annotated[date | None, Field(alias="from")]
    """first day of its dated step, else null"""
    value: Amount
    low: Amount
    high: Amount
    """the fitted value with its 95 % interval"""
    assumed_value: Amount
    assumed_low: Amount
    assumed_high: Amount
    """what was assumed, with its range"""
    unit: str
    """of both"""
    pinned: Amount
    word: str
    """0: the figures say nothing, near 1: they fix it; and the word for it (`well`, `partly`, `not`)"""
    with_: Annotated[str | None, Field(alias="with")]
    correlation: Amount | None
    """the parameter it can be traded against most, and their correlation; null without one"""
    drawn_with: Mapping[str, Amount] | None = field(default=None, metadata=WHERE_ANY)
    """the weights by name with which `calibrated.toml` has it drawn; before version 0.8.0 nothing was said of them"""
    usable: bool
    """whether `calibrated.toml` takes it as it stands; seats and calls, known only together, come from `contracted` or
    are scaled"""


@dataclass(frozen=True)
class FittedFigure:
    """A figure that a fit was made on."""

    problem: str
    """the fit"""
    id: str
    """of the figure"""
    published: Amount
    fitted: Amount
    """as published, and with the fitted values"""
    tolerance: Amount
    why: str
    """what difference counts as agreement, and why so much"""
    met: bool
    """true if the difference is at most the tolerance"""


@dataclass(frozen=True)
class PlantCalendar:
    """A calendar of the plant that was tried, with a plan: ruled out by the published lead times or left open."""

    holidays: str
    weekends: str
    """national holidays (`worked`, `closed`) and weekends (`closed`, `saturdays`, `worked`) at the plant"""
    plan_days: int
    """working days"""
    mean_low: Amount
    mean_high: Amount
    """mean days if none and if all come after the daily cut-off"""
    share: Amount | None
    """after the cut-off that gives the published mean; null where none does"""
    open: bool
    why: str
    """true if mean and maximum can both be as published; `fits`, or ruled out by `max` or `mean`"""
    class_: Annotated[str, Field(alias="class")]
    """of cards: `standard`, `express`"""
    max: int
    """longest days"""


@dataclass(frozen=True)
class Reading:
    """What a reading of the published mean asks for."""

    reading: str
    """`excl_closure`, `whole_year`"""
    path: str
    """of the parameter"""
    value: Amount
    low: Amount
    high: Amount
    """the value that it asks for, with its 95 % interval"""


@dataclass(frozen=True)
class TradeOff:
    """Seats that give the published rate at a load, and those that give it at the ends of its rounding."""

    centre: str
    """`resident`, `helpdesk`"""
    load: Amount
    """multiple of the assumed calls"""
    seats: Amount
    low: Amount
    high: Amount
    """seats that give the published answer rate, and those that give it at the ends of its rounding"""


@dataclass(frozen=True)
class Contracted:
    """The seats assumed, whole, and the load at which they give the published rate."""

    centre: str
    """`resident`, `helpdesk`"""
    seats: int
    """as assumed, whole"""
    load: Amount
    """the multiple of the assumed calls that they answer at the published rate"""


@dataclass(frozen=True)
class Influence:
    """How a forecast changes if a figure is wrong by its rounding."""

    id: str
    rounding: Amount
    """of the figure, and half of its last published digit"""
    forecast: str
    unit: str
    """what is forecast"""
    change: Amount
    """how far it moves"""
    level: Amount
    """the forecast itself"""
    share: Amount
    """size of the change to that of the forecast"""


@dataclass(frozen=True)
class Confirmed:
    """A fitted figure as the whole model with the fitted values gives it."""

    id: str
    """of the figure"""
    published: Amount
    simulated: Amount
    low: Amount
    high: Amount
    """as published; mean, least and most over replications by chance alone"""
    tolerance: Amount
    """what difference counts as agreement"""
    met: bool
    """true if mean and published differ by at most that"""


@dataclass(frozen=True)
class Fits:
    """What ``fits.json`` holds; of one fit alone, nothing is confirmed yet."""

    FILE: ClassVar[str] = "fits.json"

    version: str
    seed: int
    """what determines the numbers"""
    actuals: str | None = None
    """name of the file with the planner's own figures, or null"""
    fits: tuple[FittedValue, ...] = ()
    """one entry a fitted value, see below"""
    figures: tuple[FittedFigure, ...] = ()
    """one entry a figure of a fit, see below"""
    calendars: tuple[PlantCalendar, ...] = ()
    """one entry a calendar of the plant that was tried, see below"""
    readings: tuple[Reading, ...] = ()
    """what both readings of the published mean ask for, see below"""
    trade_off: tuple[TradeOff, ...] = ()
    """by centre and load the seats that give the published answer rate, see below"""
    contracted: tuple[Contracted, ...] = ()
    """by centre the load that the assumed seats answer at the published rate, see below"""
    influence: tuple[Influence, ...] = ()
    """how far a forecast moves if a figure is wrong by its rounding; biggest share first, see below"""
    confirmed: tuple[Confirmed, ...] = ()
    """the whole model run with the fitted values, see below"""
    evaluations: int = 0
    """how often the model was asked"""
    messages: tuple[str, ...] = ()
    """what went otherwise than usual, such as a fit that stopped at its budget"""
