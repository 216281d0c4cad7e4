"""What is bought together, step by step: of one resource rung by rung, of several that serve one target in one
ratio.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.size.choose import NEVER
from scenarios.size.scales import Scale
from sim.streams import Floats, Ints

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Mixes:
    """Steps from the least to the most of some resources in a fiscal year; no resource falls from step to step.

    ``rungs`` has shape (steps, resources). ``sizes`` says how large each step is, rising: of two steps the ratio is
    that of what is bought.
    """

    paths: tuple[str, ...]
    rungs: Ints
    sizes: Floats

    @property
    def top(self) -> int:
        """The last step."""
        return len(self.sizes) - 1

    def mix(self, step: int) -> dict[str, int]:
        """The rung of each resource."""
        return dict(zip(self.paths, self.rungs[step].tolist(), strict=True))

    def least(self, size: float) -> int:
        """The first step of at least that size, or the last."""
        return min(int(np.searchsorted(self.sizes, size * (1 - _ROUNDING))), self.top)

    def told(self) -> list[object]:
        """What tells these steps from any others, as JSON can hold it."""
        return [list(self.paths), self.rungs.tolist(), [float(size) for size in self.sizes]]


def of_one(scale: Scale) -> Mixes:
    """All rungs of one resource. A level of none has a size too: that of one step."""
    rungs = np.arange(scale.top + 1, dtype=np.int64)
    return Mixes((scale.path,), rungs[:, None], (scale.low + scale.step * (rungs + 1)).astype(np.float64))


def beside(others: Mapping[str, int], scale: Scale) -> Mixes:
    """All rungs of one resource, others standing where they are."""
    own = of_one(scale)
    fixed = np.tile(np.array(list(others.values()), dtype=np.int64), (own.top + 1, 1))
    return Mixes((*others, scale.path), np.hstack([fixed, own.rungs]), own.sizes)


def in_ratio(scales: Sequence[Scale], mix: Sequence[int]) -> Mixes:
    """Steps through a mix of rungs in the ratio of its levels, and at the end all that there is of everything.

    A resource of which the mix has nothing stays at nothing until then.
    """
    levels = np.array([scale.level(rung) for scale, rung in zip(scales, mix, strict=True)])
    ladders = [scale.low + scale.step * np.arange(scale.top + 1) for scale in scales]
    sizes = [ladder / level for ladder, level in zip(ladders, levels, strict=True) if level > 0]
    rising = np.unique(np.round(np.concatenate([[1.0], *sizes]), 12))
    steps = np.stack(
        [
            np.clip(np.searchsorted(ladder, rising * level * (1 + _ROUNDING), side="right") - 1, 0, None)
            for ladder, level in zip(ladders, levels, strict=True)
        ],
        axis=1,
    ).astype(np.int64)
    tops = np.array([scale.top for scale in scales], dtype=np.int64)
    if (steps[-1] < tops).any():
        steps, rising = np.vstack([steps, tops]), np.append(rising, 2 * rising[-1])
    changed = np.append(True, (np.diff(steps, axis=0) > 0).any(axis=1))
    return Mixes(tuple(scale.path for scale in scales), steps[changed], rising[changed])


def enough(mixes: Mixes, known: Mapping[tuple[int, ...], Ints]) -> Ints:
    """The first step that each replication can do with, by what is known of it; ``NEVER`` where none will do.

    ``known`` has for some rungs of all resources but the last the least rung of the last, by replication: with more of
    the others no more of the last is needed.
    """
    count = len(next(iter(known.values())))
    found = np.full(count, NEVER, dtype=np.int64)
    for step in range(mixes.top, -1, -1):
        *others, last = mixes.rungs[step].tolist()
        for point, needs in known.items():
            if all(rung <= own for rung, own in zip(point, others, strict=True)):
                found[needs <= last] = step
    return found
