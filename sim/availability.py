"""Four readings of one target: systems are available for 99.9 % of their service hours (稼働率, JLIS-017).

Published for FY2025 are 100, 99.85 and 100 % of three systems, and the target is counted as reached: the lowest alone
would miss it, their mean (99.95), all service hours together (99.96), or the lowest in the one decimal of the target
(99.9) reach it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Reading = Literal["each", "mean", "weighted", "rounded"]
READINGS: tuple[Reading, ...] = get_args(Reading)
"""Each system by itself; the mean of the systems; their service hours together; the lowest, rounded as published."""


@dataclass(frozen=True)
class Service:
    """Minutes in which a system should serve, and of these those in which it did not."""

    minutes: int
    lost: int

    @property
    def share(self) -> float | None:
        """Available share; None without service."""
        return 1 - self.lost / self.minutes if self.minutes else None


def together(systems: Sequence[Service]) -> dict[Reading, float | None]:
    """What each reading but the first says of systems that serve at all."""
    shares = [share for system in systems if (share := system.share) is not None]
    if not shares:
        return dict.fromkeys(READINGS[1:])
    whole = Service(sum(system.minutes for system in systems), sum(system.lost for system in systems))
    return {"mean": sum(shares) / len(shares), "weighted": whole.share, "rounded": _to_one_decimal(min(shares))}


def _to_one_decimal(share: float) -> float:
    """A share in per cent to one decimal, halves up; as a share."""
    return int(share * 1000 + 0.5) / 1000


def most_lost(minutes: int, reading: Reading, threshold: float) -> int:
    """Minutes of service that may be lost at most if a share is to reach the threshold; -1 where it never does.

    Of one system under ``each`` and ``rounded``, of the minutes of all together under ``weighted``.
    """
    said: Callable[[float], float] = _to_one_decimal if reading == "rounded" else lambda share: share
    return bisect_left(range(minutes + 1), True, key=lambda lost: said(1 - lost / minutes) < threshold) - 1
