"""The unknowns conditioned on all evidence, and on each kind alone: what the table and the record are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from calibration.joint.answer_rates import AnswerRate
from calibration.joint.figures import Evidence, Likelihood
from calibration.joint.sampler import Sample, prior, sample
from sim.streams import Floats

PARTICLES = 4096


@dataclass(frozen=True)
class Known:
    """All evidence, by kind."""

    rates: tuple[AnswerRate, ...]
    others: Mapping[str, tuple[Evidence, ...]]

    @property
    def kinds(self) -> dict[str, tuple[Evidence, ...]]:
        """Evidence by kind; each answer rate is one."""
        return {f"answers_{rate.centre.name}": (rate,) for rate in self.rates} | dict(self.others)

    def located(self, w: Floats) -> Floats:
        """The sampler's rows as normal numbers of positions in the ranges."""
        for rate in self.rates:
            w = rate.located(w)
        return w


def conditioned(known: Known, coordinates: int, seed: int, particles: int = PARTICLES) -> Sample:
    """Draws given everything, in the sampler's coordinates."""
    evidence = tuple(one for kind in known.kinds.values() for one in kind)
    return _sampled(evidence, coordinates, particles, seed)


def _sampled(evidence: Sequence[Evidence], coordinates: int, particles: int, seed: int) -> Sample:
    """Draws of the coordinates that the evidence depends on; the others are draws of the prior beside them."""
    columns = sorted({at for one in evidence for at in one.active})
    likelihood, whole = Likelihood(tuple(evidence)), np.zeros((particles, coordinates))

    def of_active(w: Floats) -> Floats:
        whole[:, columns] = w
        return likelihood(whole)

    found = sample(of_active, len(columns), particles, seed)
    z = prior(particles, coordinates, seed + 1)
    z[:, columns] = found.z
    return replace(found, z=z)


def alone(known: Known, coordinates: int, seed: int, particles: int) -> dict[str, Floats]:
    """By kind of evidence draws given that kind alone, as normal numbers of positions in the ranges."""
    found = {}
    for name, evidence in known.kinds.items():
        draws = _sampled(evidence, coordinates, particles, seed).z
        own = [one for one in evidence if isinstance(one, AnswerRate)]
        found[name] = Known(tuple(own), {}).located(draws)
    return found


def effective_number(emulated: Floats, real: Floats) -> float:
    """How many of as many draws are left if each is weighted by its real over its emulated likelihood, as a share."""
    off = real - emulated
    weights = np.exp(off - off.max())
    return float(weights.sum() ** 2 / (weights**2).sum() / len(weights))


def active(known: Known) -> frozenset[int]:
    """Coordinates that any figure depends on."""
    return frozenset(at for kind in known.kinds.values() for one in kind for at in one.active)


def figures_of(known: Known) -> Sequence[str]:
    """Ids of all figures used."""
    return tuple(id_ for kind in known.kinds.values() for one in kind for id_ in one.ids)
