"""Kinds of numbers in a scenario, each with the bounds that a person would set: a slip of the keyboard lies outside.

What has been published, and what the library assumes, lies at least ten times inside, wherever nature sets no bound.
"As good as never", or "no limit", is written as 1e9.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.schedule import Number, Quantity, Within

_ABOVE_NOTHING = 1e-9
NO_LIMIT = 1e9
"""Ten times the population, and a hundred thousand times the longest mean time in the library."""

Share = Annotated[Quantity, Within(0, 1)]
Correlation = Share
Position = Annotated[Quantity, Within(-1, 1)]
Multiplier = Annotated[Quantity, Within(0, 100)]
LaunchMultiplier = Annotated[Quantity, Within(1, 100)]
LogSpread = Annotated[Quantity, Within(0, 2)]
"""Standard deviation on the log scale: at 2, one value in forty is fifty times the middle one or more."""

Cards = Annotated[Quantity, Within(0, NO_LIMIT)]
"""Cards, applications or persons, waiting or a day, a month or a year."""
Checks = Annotated[Quantity, Within(0, 100 * NO_LIMIT)]
"""Uses of all cards in a month."""
Slots = Annotated[Quantity, Within(0, 1_000)]
"""A day at one place; the library assumes 12 at most."""
Capacity = Annotated[Quantity, Within(_ABOVE_NOTHING, NO_LIMIT)]
"""What can be done a day."""
Seats = Annotated[Quantity, Within(0, 100_000, whole=True)]
"""The library assumes 142 and 38; all call centres of the country together have a few hundred thousand."""
SeatsIndex = Annotated[Quantity, Within(0, 10_000)]
"""Per cent of the seats of FY2025."""
CallsPerHolder = Annotated[Quantity, Within(0, 10)]
"""A year; the library assumes 0.008 at most."""
CallsPerHour = Annotated[Quantity, Within(0, 100_000)]
CallsPerOpening = Annotated[Quantity, Within(0, 1_000)]
"""The library assumes 10 at most."""
CallsPerDay = Annotated[Quantity, Within(0, 1_000_000)]

MeanDays = Annotated[Quantity, Within(0.01, NO_LIMIT)]
"""Until something happens that may as well never happen. Much less than a day leaves no weight to the middle of it."""
DelayMonths = Annotated[Quantity, Within(0, 120)]
"""Until something that was planned comes."""
MeanMonths = Annotated[Quantity, Within(0.1, 1_200)]
MeanTime = Annotated[Quantity, Within(_ABOVE_NOTHING, NO_LIMIT)]
"""The same in hours or minutes."""
Wait = Annotated[Quantity, Within(0, NO_LIMIT)]
"""Waited before something is thought of, or never: days or minutes."""
HandleMinutes = Annotated[Quantity, Within(_ABOVE_NOTHING, 600)]
RepairHours = Annotated[Quantity, Within(0, 8_760)]
"""At most a year."""
SomeRepairHours = Annotated[Quantity, Within(_ABOVE_NOTHING, 8_760)]
LostHours = Annotated[Quantity, Within(_ABOVE_NOTHING, 8_760)]
"""Of what a disaster takes, at most a year."""
Years = Annotated[Quantity, Within(0.1, 120)]
"""Of which more than a tenth may pass before something ends: the model turns by month."""
RatePerYear = Annotated[Quantity, Within(_ABOVE_NOTHING, 1)]
RateOfGrowth = Annotated[Quantity, Within(-1, 1)]
"""A year; at -1 nothing is left after it."""
Failures = Annotated[Quantity, Within(0, 1_000)]
"""A year; the library assumes 4 at most."""
LoadSlope = Annotated[Quantity, Within(0, 10_000)]
"""Of a rate of breakdowns over utilisation; the library assumes 300 at most."""
Utilisation = Annotated[Quantity, Within(0, 10)]
"""Of a capacity; more than all of it can be asked for."""
DaysOfMonth = Annotated[Quantity, Within(0, 31)]
ShiftDays = Annotated[Quantity, Within(-365, 365)]

MOST_ENTRIES = 10_000
"""Entries of a list of dated things, such as outages, at most: one a day for twenty-seven years."""
MOST_HOURS = 500
"""Entries of a roster, of opening hours or of closures at most."""
MOST_TYPES = 100

Weight = Annotated[Number, Field(ge=0, le=1_000, allow_inf_nan=False)]
Whole = Annotated[int, Field(ge=0, le=int(NO_LIMIT), strict=True)]
Count = Annotated[int, Field(strict=True)]
"""Its field says the bounds."""
