"""From conditioned draws to the table and its record: version, digest, figures, what narrowed what, conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from calibration.agreement import Agreement
from calibration.agreement import load as load_agreements
from calibration.joint import narrowing, walks
from calibration.joint.conditioned import Known, active, figures_of
from calibration.joint.coordinates import Coordinates, to_positions
from calibration.joint.evidence import points
from calibration.joint.figures import Z95, Group
from calibration.joint.narrowing import Told
from calibration.joint.order import thinned
from calibration.joint.sampler import Sample
from calibration.joint.table import Table, digest, table, written
from scenarios.run.monthly import BAND
from scenarios.surface import Surface
from sim import __version__
from sim.facts import AT_COUNTERS
from sim.streams import Floats


@dataclass(frozen=True)
class Made:
    """The table and its record."""

    table: Table
    record: dict[str, Any]


@dataclass(frozen=True)
class Conditioned:
    """What the record tells of.

    Args:
        coordinates: of the unknowns.
        known: the evidence.
        draws: conditioned on all of it, in the sampler's coordinates.
        alone: by kind of evidence draws conditioned on it alone.
        surface: of the holders' walk.
        before: draws of the prior.
        effective: share of draws for which the surfaces were right enough.
    """

    coordinates: Coordinates
    known: Known
    draws: Sample
    alone: Mapping[str, Floats]
    surface: Surface
    before: Floats
    effective: float


def kept(found: Conditioned, draws: int, seed: int) -> Made:
    """So many of the draws in their order, and the record."""
    known, coordinates = found.known, found.coordinates
    w = found.draws.z[thinned(_scores(found, found.draws.z), draws, np.random.default_rng([seed, 8]))]
    spoken = active(known)
    rows = narrowing.narrowed(coordinates.names, known.located(found.draws.z), found.alone, spoken)
    narrowed = frozenset(row["path"] for row in rows if row["narrowed"])
    middle = _middle(found, narrowed)
    told = frozenset(coordinates.names[at] for at in spoken)
    seats = frozenset(rate.path for rate in known.rates)
    made = table(coordinates, w, known.located, middle, narrowed | seats, told, seed)
    figures = [*_used(found), *_beside(found)]
    of_seats = {rate.centre.name: np.quantile(rate.seats(w)[0], (BAND[0], 0.5, BAND[1])) for rate in known.rates}
    record = {
        "version": __version__,
        "seed": seed,
        "draws": draws,
        "effective": round(found.effective * draws),
        "ancestors": found.draws.ancestors,
        "log_evidence": round(found.draws.log_evidence, 2),
        "central": made.central,
        "hindsight": {rate.path: asdict(rate.known_year) for rate in known.rates},
        "figures": [one.row() for one in figures],
        "conflicts": [one.id for one in figures if one.used and one.conflict],
        "seats": {name: [round(float(value), 1) for value in values] for name, values in of_seats.items()},
        "unknowns": rows,
        "written": written(coordinates),
    }
    return Made(made, {"digest": digest(made, record), **record})


def _middle(found: Conditioned, narrowed: frozenset[str]) -> Floats:
    """Where ranges have their middle values; of what was narrowed the median; seats that answer as published."""
    middle, medians = found.coordinates.middle[0].copy(), np.median(found.draws.z, axis=0)
    for column, name in enumerate(found.coordinates.names):
        middle[column] = medians[column] if name in narrowed else middle[column]
    for rate in found.known.rates:
        middle[rate.column] = 0.0
    return np.asarray(found.known.located(middle[None, :])[0])


def _scores(found: Conditioned, w: Floats) -> Floats:
    """What the order of the draws is spread over: answer rates of FY2027, lost hours, and certificates that expire.

    The help desk's rate of a year hangs more on the hours in which systems at the counters are down than on anything
    else. Twenty replications reach four splits: two of them are by the residents' rate, of which most is not known.
    """
    known, coordinates = found.known, found.coordinates
    z = known.located(w)
    resident, helpdesk = (rate.centre.rate(z, rate.seats(w)[0], rate.centre.calls(z, 2027)) for rate in known.rates)
    expiring = known.rates[0].centre.walk(z)[:, walks.outputs().index("certificates/2027")]
    u = to_positions(z)

    def of(path: str) -> Floats:
        return coordinates.values(path, u[:, coordinates.names.index(path)])

    hours = [of(f"systems.{name}.failures_per_year") * of(f"systems.{name}.repair_hours") for name in AT_COUNTERS]
    return np.column_stack([resident, np.sum(hours, axis=0), helpdesk, resident, expiring])


def _used(found: Conditioned) -> Iterator[Told]:
    """The figures that condition."""
    w, known = found.draws.z, found.known
    for rate in known.rates:
        deviation = rate.deviation * points(rate.published)
        before, after = rate.predicted_prior(found.before)[:, 0], rate.predicted(w)[:, 0]
        yield Told(rate.id, load_agreements()[rate.id].published.value, deviation, before, after, True)
    z = known.located(w)
    for one in (one for kind in known.others.values() for one in kind):
        before, after = one.predicted(found.before), one.predicted(z)
        for at, id_ in enumerate(one.ids):
            told = _told(load_agreements()[id_], before[:, at], after[:, at], True)
            if isinstance(one, Group):  # beside the tolerance it counts what else is not known
                told = replace(told, deviation=float(np.sqrt(one.covariance[at, at])))
            yield told


def _beside(found: Conditioned) -> Iterator[Told]:
    """Figures that the walk speaks of and that are held back."""
    used, before = set(figures_of(found.known)), found.surface(found.before)
    after = found.surface(found.known.located(found.draws.z))
    for at, id_ in enumerate(walks.figures()):
        if id_ not in used:
            yield _told(load_agreements()[id_], before[:, at], after[:, at], False)


def _told(figure: Agreement, before: Floats, after: Floats, used: bool) -> Told:
    deviation = float(np.hypot(figure.rounding / np.sqrt(3), figure.tolerance / Z95))
    return Told(figure.published.id, figure.published.value, deviation, before, after, used)
