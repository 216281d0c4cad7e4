"""One multiplier for all that is bought: the direction that the search fixes, and how far a replication must go.

At multiplier 1 stands the mix that the search chose. What varies more from replication to replication rises faster: a
level is its own at multiplier 1 times the multiplier to the power of its spread over the largest one. So a surer plan
buys more of what it takes, and little of what it does not. The need of a replication is one number, in logarithms, and
any level that holds for enough of them holds for all resources together.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from scenarios.size.choose import NEVER
from scenarios.size.mixes import Mixes
from sim.streams import Floats, Ints

Key = tuple[str, str]
"""A group of resources by its name, and a fiscal year."""
_SLOWEST = 0.1
"""What hardly varies rises at least by this power of the multiplier."""
_ENOUGH_TO_KNOW = 5
_NEAR = 2.0
"""A multiplier that is likely bought: so many spreads of what varies most beyond 1, at the most."""


@dataclass(frozen=True)
class Reference:
    """A group in a fiscal year at multiplier 1: its ``size``, and the ``spread`` of sizes needed, in logarithms."""

    size: float
    spread: float


@dataclass(frozen=True)
class Direction:
    """By group and fiscal year the logarithm of the multiplier from which on each step is bought.

    ``spared`` rise with the others although the search never needed more than their first step: of these no more is
    bought than the most that any fresh replication needs (``scenarios.size.plan``).
    """

    positions: Mapping[Key, Floats]
    spared: tuple[Key, ...] = ()

    @classmethod
    def of(
        cls, mixes: Mapping[Key, Mixes], references: Mapping[Key, Reference], idle: Collection[Key] = ()
    ) -> Direction:
        """The direction through the references; the first step of all is bought whatever the multiplier.

        ``idle`` are those of which no replication of the search needs more than the first step.
        """
        most = max(reference.spread for reference in references.values()) or 1.0
        found = {}
        for key, steps in mixes.items():
            reference = references[key]
            power = max(reference.spread / most, _SLOWEST)
            found[key] = np.append(-np.inf, np.log(steps.sizes[1:] / reference.size) / power)
        spared = (key for key, positions in found.items() if key in idle and (positions[1:2] <= _NEAR * most).any())
        return cls(found, tuple(spared))

    def needed(self, steps: Mapping[Key, Ints]) -> Floats:
        """The multiplier that each replication needs, as a logarithm, by the steps that it needs; infinite for
        never.
        """
        found: Floats = np.max([self._at(key, steps[key]) for key in self.positions], axis=0)
        return found

    def _at(self, key: Key, steps: Ints) -> Floats:
        never = steps == NEVER
        return np.where(never, np.inf, self.positions[key][np.where(never, 0, steps)])

    def steps(self, multiplier: float) -> dict[Key, int]:
        """The steps that a multiplier (a logarithm) buys."""
        return {
            key: int(np.searchsorted(positions, multiplier, side="right")) - 1
            for key, positions in self.positions.items()
        }


def reference(mixes: Mixes, chosen: int, needs: Ints, expected: Floats) -> Reference:
    """The reference of a group: the step that was chosen, or what theory expects where none below it can be bought.

    ``needs`` are steps by replication of the search, ``expected`` the sizes that theory expects them to need, or 0.
    """
    known = mixes.sizes[needs[(needs > 0) & (needs < NEVER)]]
    theory = expected[expected > 0]
    enough = known if len(known) >= _ENOUGH_TO_KNOW or len(theory) < 2 else theory
    spread = float(np.std(np.log(enough))) if len(enough) > 1 else 0.0
    size = float(mixes.sizes[chosen])
    if chosen == 0 and len(theory):
        size = min(size, float(np.max(theory)))
    return Reference(size, spread)
