"""Real years behind the theory of answering: simulated whole once, and a centre run again on them at a draw's values.

The calls of a simulated year are multiplied, cause by cause, to those that a draw lets expect; the centre then takes
them with the draw's seats, handle time and patience. What the rerun says less what theory says is partly a smooth
function of the unknowns (a surface), partly the chance of the year and of the calls' numbers (its residual).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from scipy.special import logit

from calibration.joint.answering import fit
from calibration.joint.centre import CALLS_OF, Calls, Centre, driven, inside_share, shape_of
from calibration.joint.coordinates import Coordinates, rows_of, to_normal, to_positions
from calibration.joint.surface import Surface
from calibration.joint.walks import Keep
from scenarios.history import load_history
from sim.facts import CALL_CAUSES, CENTRES, OUTCOMES
from sim.parameters import Parameters, quantities, with_quantity
from sim.replication import rerun, whole
from sim.result import Result
from sim.streams import Floats

YEARS = 8
"""Simulated years, every unknown at its middle, the chance of days and calls at work."""
SETTINGS = ("handle_minutes", "patience_minutes", "call_back_share", "call_back_minutes")
"""What the theory's error may depend on, beside contact rates."""
_POINTS = 64
_REACH = 1.3
"""The theory is worked out this far beyond the least and largest load of the prior."""


@dataclass(frozen=True)
class Year:
    """A simulated year with every unknown at its middle, ready for reruns; ``first`` is its first reported day."""

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


def rerun_rates(
    centre: Centre, z: Floats, seats: Floats, simulated: Sequence[Year], keep: Keep, done: Callable[[], None]
) -> Floats:
    """Logits of the answered share of a rerun at each row of coordinates, on the simulated years in turn."""
    calls = centre.calls(z)
    expected = np.divide(calls, centre.usual, out=np.ones_like(calls), where=centre.usual > 0)
    u = to_positions(z)
    rates = []
    for number, (times, row) in enumerate(zip(expected, rows_of(centre.unknowns.names, u), strict=True)):
        own = {name: value for name, value in row.items() if name.startswith(f"contact.{centre.name}.")}
        year = simulated[number % len(simulated)]
        what = (centre.name, year.seed, year.replication, float(seats[number]), times.tolist(), sorted(own.items()))
        key = f"rerun/{what}"
        rates.append(keep(key, partial(_rerun, centre, own, float(seats[number]), times, year)))
        done()
    return np.array(rates)


def _rerun(centre: Centre, own: dict[str, float], seats: float, times: Floats, year: Year) -> float:
    """The logit of the share answered on the reported days; those before have no calls."""
    prefix, facts = CENTRES[centre.name], year.result.facts
    calls = {}
    for cause, factor in zip(CALL_CAUSES[centre.name], times, strict=True):
        series = np.rint(facts[f"{prefix}_{cause}"] * factor).astype(np.int64)
        series[: year.first] = 0
        calls[f"{prefix}_{cause}"] = series
    changed = with_quantity(centre.unknowns.at(own), f"contact.{centre.name}.seats", {"value": seats})
    louder = replace(year.result, facts=dict(facts) | calls)
    told = rerun({centre.name}, louder, changed, load_history(), year.seed, year.replication, rows=()).facts
    counts = [int(told[f"{prefix}_{outcome}"][year.first :].sum()) for outcome in OUTCOMES]
    lost = max(sum(counts[1:]), 0.5)
    return float(logit(1 - lost / (counts[0] + lost)))
