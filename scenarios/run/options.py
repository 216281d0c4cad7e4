"""How to run a scenario."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.experiment.precision import MOST, first_batch

CHANCE_REPLICATIONS = 5
"""Replications with chance alone, to tell chance from not knowing."""


@dataclass(frozen=True)
class Options:
    """How to run a scenario.

    ``chance_only`` leaves every uncertain parameter at its middle value. ``margin`` looks for the load up to which
    targets hold. With ``precision``, ``replications`` is the first batch (``scenarios.experiment.precision.LEAST`` at
    least), and more are added until the 95 % half-width of every deciding statistic is at most that, or there are
    ``most``. So they are with ``until_decided``, until no target is undecided."""

    replications: int = 20
    seed: int = 1
    workers: int = 1
    chance_only: bool = False
    margin: bool = True
    precision: float | None = None
    most: int = MOST
    until_decided: bool = False

    @property
    def adds(self) -> bool:
        """Whether replications are added until there are enough."""
        return self.until_decided or self.precision is not None

    @property
    def first_batch(self) -> int:
        """Replications before anybody looks whether they are enough."""
        return first_batch(self.replications) if self.adds else self.replications

    @property
    def limit(self) -> int:
        """Replications that there will be at most."""
        return self.most if self.adds else self.replications

    @property
    def chance_replications(self) -> int:
        """How many replications with chance alone; none where there is nothing to tell it from."""
        return 0 if self.chance_only or self.first_batch < 2 else CHANCE_REPLICATIONS
