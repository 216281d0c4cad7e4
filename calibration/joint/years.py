"""Simulated years behind the theory of answering: at the middle for its shape, and at draws to see how far it is off.

What a whole replication at a draw says less what theory says is partly a smooth function of the unknowns (a surface),
partly the chance of the year, which its residual holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from scipy.special import logit

from calibration.agreement import load as load_agreements
from calibration.joint.answering import fit
from calibration.joint.centre import CALLS_OF, Calls, Centre, driven, inside_share, shape_of
from calibration.joint.coordinates import Coordinates, rows_of, to_normal, to_positions
from calibration.joint.walks import Keep
from scenarios.history import load_history
from scenarios.surface import Surface
from sim.calendar import Calendar
from sim.facts import CALL_CAUSES, CENTRES, INDEX_DAY, OUTCOMES
from sim.hindsight import HEARS_OF_OUTAGES, KnownYear, Loss
from sim.parameters import Parameters, quantities
from sim.plan import Plan
from sim.replication import replicate, whole
from sim.result import Result
from sim.streams import Floats, Streams
from sim.unknowns import Hindsight

YEARS = 8
"""Simulated years, every unknown at its middle, the chance of days and calls at work."""
OF_OUTAGES = ("outages", "errors")
"""Causes of calls that outages bring."""
SETTINGS = ("handle_minutes", "patience_minutes", "call_back_share", "call_back_minutes")
"""What the theory's error may depend on, beside contact rates."""
OF_COUNTERS = "JLIS-019"
"""Published availability of the system for which municipalities ring most."""
_POINTS = 64
_REACH = 1.3
"""The theory is worked out this far beyond the least and largest load of the prior."""


@dataclass(frozen=True)
class Year:
    """A simulated year with every unknown at its middle, every simulated day; ``first`` is its first reported day."""

    parameters: Parameters
    result: Result
    seed: int
    replication: int

    @property
    def first(self) -> int:
        """Number of the first reported day among the simulated ones."""
        return (self.parameters.start - self.parameters.first_simulated_day).days


def years(unknowns: Coordinates, seed: int, done: Callable[[], None], count: int = YEARS) -> list[Year]:
    """Simulate the scenario's year so many times.

    How many applications that year had is published: demand has no swing in it (``demand.year_swing``).
    """
    middle = unknowns.at(dict.fromkeys(unknowns.names))
    found = []
    for replication in range(1, count + 1):
        found.append(Year(middle, whole(middle, load_history(), seed, replication), seed, replication))
        done()
    return found


def centre_of(name: str, unknowns: Coordinates, walk: Surface, simulated: Sequence[Year], seed: int) -> Centre:
    """A centre's calls from simulated years, and the theory worked out over the prior."""
    facts = [f"{CENTRES[name]}_{cause}" for cause in CALL_CAUSES[name]]
    usual = np.mean([[year.result.facts[fact][year.first :].sum() for fact in facts] for year in simulated], axis=0)
    parameters = simulated[0].parameters
    shape = shape_of(name, parameters, [year.result for year in simulated])
    calls = Calls(name, unknowns, walk, usual, _at_usual(name, unknowns, walk), inside_share(name, parameters))
    seats = fit(shape, _box(calls), _most(calls), _POINTS, seed)
    return Centre(**vars(calls), shape=shape, seats=seats)


def with_walk(centre: Centre, walk: Surface) -> Centre:
    """The same centre, its calls driven by another surface of the walk."""
    return replace(centre, walk=walk, at_usual=_at_usual(centre.name, centre.unknowns, walk))


def _most(centre: Calls) -> int:
    return int(getattr(centre.unknowns.parameters.contact, centre.name).most_call_backs)


def _at_usual(name: str, unknowns: Coordinates, walk: Surface) -> Floats:
    """Contact rate and driver of each cause with every unknown at its middle."""
    known, start = quantities(unknowns.parameters), unknowns.parameters.start
    told = walk(unknowns.middle)
    rows = []
    for rate, driver in CALLS_OF[name].values():
        value = known[f"contact.{name}.{rate}"].at(start) if rate else 1.0
        rows.append((value, float(driven(driver, told, start.year)[0]) if driver else 1.0))
    return np.array(rows)


def _box(centre: Calls) -> list[tuple[float, float]]:
    """Lows and highs over the prior: load, handle minutes, patience, share ringing again."""
    u = np.random.default_rng(1).random((4096, len(centre.unknowns.names)))
    z = to_normal(u)
    load, patience, again = centre.load(z, centre.calls(z))
    minutes = centre.value("patience_minutes", z)
    ends = [(float(values.min()), float(values.max())) for values in (load, minutes / patience, minutes)]
    return [(low / _REACH, high * _REACH) for low, high in ends] + [(float(again.min()), float(again.max()))]


@dataclass(frozen=True)
class Told:
    """What whole replications said of a centre.

    Args:
        rate: logits of the answered share.
        years: what chance made of each of them.
        outage_minutes: of outages in opening hours in a year as available as FY2025 was.
    """

    rate: Floats
    years: Sequence[KnownYear]
    outage_minutes: float


def rates(coordinates: Coordinates, z: Floats, seed: int, keep: Keep, done: Callable[[], None]) -> dict[str, Told]:
    """What whole replications at rows of coordinates say of each centre."""
    found, simulated = [], []
    for number, u in enumerate(rows_of(coordinates.names, to_positions(z)), start=1):
        found.append(keep(f"year/{seed}/{number}/{sorted(u.items())}", partial(_rates, coordinates, u, seed, number)))
        simulated.append(coordinates.at(u))
        done()
    years = {
        name: [chance_of(name, parameters, seed, number) for number, parameters in enumerate(simulated, start=1)]
        for name in CENTRES
    }
    minutes = np.array([year.outage_minutes for year in years[HEARS_OF_OUTAGES]], dtype=np.float64)
    known = _in_the_known_year(minutes, np.array([one["unavailable"] for one in found]))
    return {name: Told(np.array([one[name] for one in found]), years[name], known) for name in CENTRES}


def chance_of(name: str, parameters: Parameters, seed: int, replication: int) -> KnownYear:
    """What chance alone made of FY2025 at a centre in a replication whose values are stated for sure."""
    streams = Streams(seed, replication)
    return KnownYear(name, Plan(parameters, streams, Calendar(INDEX_DAY, INDEX_DAY)), streams)


def usual_days(name: str, simulated: Sequence[Year]) -> Floats:
    """Share of a year's first calls on each of its days, but for noise and what outages bring; years at the middle."""
    facts = [f"{CENTRES[name]}_{cause}" for cause in CALL_CAUSES[name] if cause not in OF_OUTAGES]
    found = []
    for year in simulated:
        noise = chance_of(name, year.parameters, year.seed, year.replication).noise
        found.append(np.sum([year.result.facts[fact][year.first :] for fact in facts], axis=0) / noise)
    usual = np.mean(found, axis=0)
    return np.asarray(usual / usual.sum())


def errors_a_minute(simulated: Sequence[Year]) -> float:
    """Transactions that fail for a minute in which systems are down and the help desk is open."""
    failed, minutes = (
        sum(float(year.result.facts[fact][year.first :].sum()) for year in simulated)
        for fact in ("transactions_failed", "helpdesk_outage_minutes")
    )
    return failed / max(minutes, 1.0)


def luck_of(seats: Floats, told: Told, known: Hindsight) -> Floats:
    """What theory says of the luck of simulated years, each with the seats of its draw."""
    return np.array([Loss(year, known, float(own)).luck for year, own in zip(told.years, seats, strict=True)])


def _in_the_known_year(minutes: Floats, unavailable: Floats) -> float:
    """Minutes of outages that go with the availability published of the counters' system."""
    share = 1 - load_agreements()[OF_COUNTERS].published.value / 100
    slope, level = np.polyfit(unavailable, minutes, 1)
    return float(level + slope * share)


def _rates(coordinates: Coordinates, u: dict[str, float], seed: int, number: int) -> dict[str, float]:
    facts = replicate(coordinates.at(u), load_history(), seed, number).facts
    told = {}
    for name, prefix in CENTRES.items():
        counts = [int(facts[f"{prefix}_{outcome}"].sum()) for outcome in OUTCOMES]
        lost = max(sum(counts[1:]), 0.5)
        told[name] = float(logit(counts[0] / (counts[0] + lost)))
    service = facts["service_minutes_jpki_counter"].sum()
    told["unavailable"] = float(facts["outage_minutes_jpki_counter"].sum() / service)
    return told
