"""From conditioned draws to the table and its record: version, digest, figures, what narrowed what, conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from calibration.agreement import Agreement
from calibration.agreement import load as load_agreements
from calibration.joint import narrowing, walks
from calibration.joint.centre import CALLS_OF
from calibration.joint.conditioned import Known, active, figures_of
from calibration.joint.coordinates import Coordinates, to_normal, to_positions
from calibration.joint.evidence import points
from calibration.joint.figures import Z95, Group
from calibration.joint.narrowing import Told
from calibration.joint.order import balanced, thinned
from calibration.joint.sampler import Sample
from calibration.joint.table import Table, digest, table, written
from scenarios.run.monthly import BAND
from scenarios.surface import Surface
from scenarios.unknowns_record import JointDraws
from sim import __version__
from sim.facts import AT_COUNTERS
from sim.streams import Floats


@dataclass(frozen=True)
class Made:
    """The table and its record."""

    table: Table
    record: JointDraws


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
    tree = _importance(found, known.located(found.draws.z))
    w = found.draws.z[thinned(tree, draws, np.random.default_rng([seed, 8]))]
    spoken = active(known)
    rows = narrowing.narrowed(coordinates.names, known.located(found.draws.z), found.alone, spoken)
    narrowed = frozenset(row.path for row in rows if row.narrowed)
    middle = _middle(found, narrowed)
    told = frozenset(coordinates.names[at] for at in spoken)
    seats = frozenset(rate.path for rate in known.rates)
    made = table(coordinates, w, known.located, middle, narrowed | seats, told, seed)
    sequence = balanced(_outcomes(found, to_normal(made.positions.astype(np.float64))))
    figures = [*_used(found), *_beside(found)]
    of_seats = {rate.centre.name: np.quantile(rate.seats(w)[0], (BAND[0], 0.5, BAND[1])) for rate in known.rates}
    record = JointDraws(
        digest="",
        version=__version__,
        seed=seed,
        draws=draws,
        effective=round(found.effective * draws),
        ancestors=found.draws.ancestors,
        log_evidence=round(found.draws.log_evidence, 2),
        central=made.central,
        sequence=tuple(sequence.tolist()),
        hindsight={rate.path: rate.known_year for rate in known.rates},
        figures=tuple(one.figure() for one in figures),
        conflicts=tuple(one.id for one in figures if one.used and one.conflict),
        seats={name: _thirds(values) for name, values in of_seats.items()},
        unknowns=rows,
        written=written(coordinates),
    )
    return Made(made, replace(record, digest=digest(made, record)))


def _thirds(values: Floats) -> tuple[float, float, float]:
    low, middle, high = (round(float(value), 1) for value in values)
    return low, middle, high


def _middle(found: Conditioned, narrowed: frozenset[str]) -> Floats:
    """Where ranges have their middle values; of what was narrowed the median; seats that answer as published."""
    middle, medians = found.coordinates.middle[0].copy(), np.median(found.draws.z, axis=0)
    for column, name in enumerate(found.coordinates.names):
        middle[column] = medians[column] if name in narrowed else middle[column]
    for rate in found.known.rates:
        middle[rate.column] = 0.0
    return np.asarray(found.known.located(middle[None, :])[0])


def _importance(found: Conditioned, z: Floats) -> Floats:
    """What the tree of the draws splits by: answer rates of FY2027, lost hours, and certificates that expire.

    The help desk's rate of a year hangs more on the hours in which systems at the counters are down than on anything
    else; twice by the residents' rate, of which most is not known.
    """
    _, _, resident, helpdesk, hours, expiring, *_ = _outcomes(found, z).T
    return np.column_stack([resident, hours, helpdesk, resident, expiring])


def _outcomes(found: Conditioned, z: Floats) -> Floats:
    """What replications differ by in what is not known, one row a draw.

    How residents' calls grow from FY2025 to FY2027, and the share of them that follows notices, which crowd into months
    (together they explain half of how the answered share of simulated replications differs, and nine tenths of what is
    not chance there); answer rates of FY2027 by theory, lost hours, certificates that expire, calls of both
    centres; of the counters the slots that visits for anything else leave, and their spread.
    """
    known, coordinates = found.known, found.coordinates
    u = to_positions(z)

    def of(path: str) -> Floats:
        return coordinates.values(path, u[:, coordinates.names.index(path)])

    calls = [rate.centre.calls(z, 2027) for rate in known.rates]
    rates = [rate.centre.rate(z, of(rate.path), own) for rate, own in zip(known.rates, calls, strict=True)]
    expiring = known.rates[0].centre.walk(z)[:, walks.outputs().index("certificates/2027")]
    hours = [of(f"systems.{name}.failures_per_year") * of(f"systems.{name}.repair_hours") for name in AT_COUNTERS]
    slots = of("counters.slots_per_day") - of("counters.other_slots_per_day")
    volumes = [np.log(own.sum(axis=1)) for own in calls]
    growth = volumes[0] - np.log(known.rates[0].centre.calls(z).sum(axis=1))
    after_notices = calls[0][:, list(CALLS_OF["resident"]).index("notices")] / calls[0].sum(axis=1)
    centres = [growth, after_notices, *rates, np.sum(hours, axis=0), expiring, *volumes]
    return np.column_stack([*centres, slots, of("counters.slots_spread")])


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
