"""What is not known, as one joint distribution: equally likely draws, in an order of which every beginning is spread.

A draw says for each uncertain parameter the position in its range. What was published has narrowed some and tied some
to each other (``calibration`` makes the draws); a parameter that a scenario writes otherwise is the planner's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isclose

import numpy as np

from sim.even import block, parts, scramblings
from sim.schedule import Quantity, Step
from sim.streams import Floats, Ints, Streams


@dataclass(frozen=True)
class Hindsight:
    """What is known of a centre's FY2025 beside its answer rate, by which seats go with its luck (``sim.hindsight``).

    Args:
        days: share of the year's first calls that comes on each day of it, but for noise and what outages bring.
        measure: the published answer rate, in the measure of ``sim.hindsight``.
        outage_minutes: for which systems were down in opening hours.
        errors_a_minute: transactions that fail in a minute of them.
        slope: how much of what theory says of a year's luck shows in simulated years.
    """

    days: tuple[float, ...]
    measure: float
    outage_minutes: float = 0.0
    errors_a_minute: float = 0.0
    slope: float = 1.0


@dataclass(frozen=True)
class Unknowns:
    """Joint draws of positions.

    Args:
        quantities: each parameter by its path, written as it was when the draws were made.
        positions: in (0, 1), one row a draw and one column a parameter. The number of rows is a power of two, and each
            half of them, each half of these, and so on, is one side of a split of the distribution (a k-d tree), the
            most important split first.
        central: the row nearest to the middle of all, for what varies by chance alone.
        digest: stands for the content.
        hindsight: by the path of seats that an answer rate told of, what is known of its year.
        sequence: the rows in an order of which every aligned block of 2, 4, 8, ... is as near to all of them as can be
            in what figures hang on (``calibration.joint.order.balanced``); without it the tree alone spreads them.
    """

    quantities: Mapping[str, Quantity]
    positions: Floats
    central: int = 0
    digest: str = ""
    hindsight: Mapping[str, Hindsight] = field(default_factory=dict)
    sequence: Ints | None = None

    def __post_init__(self) -> None:
        rows, columns = self.positions.shape
        if rows < 1 or rows & (rows - 1):
            raise ValueError(f"the number of draws must be a power of two, not {rows}")
        if columns != len(self.quantities):
            raise ValueError(f"{columns} columns of positions for {len(self.quantities)} parameters")

    def row(self, seed: int, replication: int) -> int:
        """The draw of a replication: every beginning of them is evenly spread over the rows (``sim.even``).

        The order is another one for every seed, and for every time that all draws are used up. Taken over seeds, each
        draw of any one replication is uniform over the rows.
        """
        rows = len(self.positions)
        turn, place = divmod(replication - 1, rows)
        bits = rows.bit_length() - 1
        swapped = scramblings(Streams(seed, 0).generator("unknowns", turn), 1, bits)
        if self.sequence is None:
            return int(parts(place, swapped, bits)[0])
        return int(self.sequence[block(place, swapped[0], bits)])

    def chosen(self, rows: Sequence[int]) -> Unknowns:
        """Some of the draws in this order, a power of two of them; one may stand there several times.

        The one nearest to the mean of them all is the middle; they are spread by the tree's order.
        """
        positions = self.positions[list(rows)]
        central = int(np.argmin(np.square(positions - positions.mean(axis=0)).sum(axis=1)))
        content = hashlib.blake2b(f"{self.digest}/{list(rows)}".encode(), digest_size=8)
        return Unknowns(self.quantities, positions, central, content.hexdigest(), self.hindsight)

    def at(self, row: int) -> dict[str, float]:
        """The positions of a draw by path."""
        return dict(zip(self.quantities, self.positions[row].tolist(), strict=True))

    def keeps(self, path: str, step: Step) -> bool:
        """Whether a step of a scenario is as uncertain as one that the draws were made for, in proportion.

        A capacity half as large again has a range half as wide again, and the same is not known of it. What a scenario
        says is drawn with others is its own.
        """
        known = self.quantities.get(path)
        return known is not None and not step.with_ and any(_in_proportion(step, one) for one in known.steps)


def _in_proportion(one: Step, other: Step) -> bool:
    if other.value == 0 or one.value == 0:
        return (one.value, *one.bounds) == (other.value, *other.bounds)
    ratios = ((end / one.value, known / other.value) for end, known in zip(one.bounds, other.bounds, strict=True))
    return all(isclose(own, known, rel_tol=1e-9) for own, known in ratios)
