"""Which of many differences are clear: Holm's step-down over a family.

Many differences are looked at together, so some would pass a 5 % test by chance alone. Holm's step-down keeps the
chance of even one wrong claim in a family of m at 5 %, whatever they have to do with each other: in rising order of
their p-values the k-th is tested at the level 5 % / (m - k + 1), until the first that fails; it and all after it are
left to chance (Holm, *A simple sequentially rejective multiple test procedure*, Scandinavian Journal of Statistics 6,
1979, 65-70). The interval shown is at the level of the row's step, those after the first that fails at the level of
that one, so it excludes 0 exactly where the test claims a difference. None is narrower than the plain 95 % interval,
and none reaches beyond what a difference can be (100 points for shares).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from scenarios.experiment.paired import LEVEL


class Tested(Protocol):
    """A difference that a test can find."""

    @property
    def p(self) -> float:
        """The two-sided p-value of "no difference"."""

    def tested(self, level: float) -> tuple[float, float]:
        """An interval that leaves 0 out only where the p-value is at most ``level``."""


@dataclass(frozen=True)
class Claim:
    """The interval of a difference, and whether it is clear: not explained by chance."""

    low: float
    high: float
    clear: bool


def holm(family: Sequence[Tested], level: float = LEVEL) -> list[Claim]:
    """The claims of a family of differences, in their order, by Holm's step-down."""
    claims: dict[int, Claim] = {}
    failed: float | None = None
    for step, place in enumerate(sorted(range(len(family)), key=lambda place: family[place].p)):
        share = level / (len(family) - step) if failed is None else failed
        low, high = family[place].tested(share)
        clear = failed is None and (low > 0 or high < 0)
        failed = failed if clear or failed is not None else share
        claims[place] = Claim(low, high, clear)
    return [claims[place] for place in range(len(family))]
