"""Invented worlds for the test of conditioning: each drawn from the prior, simulated whole from FY2025 to FY2027.

``python -m benchmarks.joint_worlds FILE [WORLDS]`` writes what ``tests/model/test_joint_truth.py`` reads: of each world
the positions of its unknowns, its calls by cause, lost shares, notices and applications in FY2025 and FY2027, and what
theory says of the luck of its FY2025; walks of the holders at other points; and the theory of answering for both years.
About five seconds a world and core.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from scipy.special import logit

from calibration.joint import walks
from calibration.joint.answering import Seats, Shape, fit, measure
from calibration.joint.centre import CALLS_OF, shape_of
from calibration.joint.coordinates import Coordinates, rows_of, to_positions
from calibration.joint.evidence import known_year
from calibration.joint.sampler import prior
from calibration.joint.years import chance_of, years
from scenarios.files.load import load
from scenarios.history import load_history
from sim.calendar import Calendar
from sim.facts import CALL_CAUSES, CENTRES, INDEX_DAY, OUTCOMES
from sim.hindsight import HEARS_OF_OUTAGES, KnownYear, Loss
from sim.parameters import Parameters
from sim.replication import replicate, whole
from sim.streams import Floats
from sim.unknowns import Hindsight

YEARS = (2025, 2027)
BOXES = {
    "resident": [(2e6, 7e7), (4.5, 11.0), (1.5, 6.5), (0.4, 0.8)],
    "helpdesk": [(6e5, 1.2e7), (6.0, 18.0), (2.0, 8.0), (0.7, 0.95)],
}
"""Load, handle minutes, patience, share ringing again: more than the prior reaches."""
_SHAPES_FROM = 2
_SEED = 1
"""Of the worlds' chance; that of unknowns and walks is ``record``'s."""
_LEAST_LOST = 1e-7
"""Of calls in a year, so that its logarithm is a number."""


def record(worlds: int, seed: int = 20261128) -> dict[str, Any]:
    """All arrays of the file."""
    parameters = load("baseline-fy2025").with_values({"end": "2028-03-31"}).parameters
    coordinates = Coordinates(parameters)
    u = to_positions(prior(1 << (worlds - 1).bit_length(), len(coordinates.names), seed))[:worlds]
    with ProcessPoolExecutor(2) as pool:
        simulated = list(pool.map(partial(_world, coordinates), u.tolist(), range(1, worlds + 1)))
    steps = [coordinates.step(name) for name in coordinates.names]
    z = prior(512, len(walks.READ), seed + 1)
    rows = rows_of(walks.READ, to_positions(z))
    said = walks.evaluated(coordinates, rows, lambda key, compute: compute(), lambda: None)
    columns = [number for number, name in enumerate(walks.outputs()) if "/20" in name and not name.startswith("APPL")]
    return {
        "names": np.array(coordinates.names),
        "ranges": np.array([(step.bounds[0], step.value, step.bounds[1]) for step in steps]),
        "u": u.astype(np.float32),
        **{key: np.array([world[key] for world in simulated]) for key in simulated[0]},
        **_lucks(coordinates, u, simulated),
        "walk_names": np.array(walks.READ),
        "walk_z": z.astype(np.float32),
        "walk_outputs": np.array([walks.outputs()[number] for number in columns]),
        "walk_said": said[:, columns],
        **_theories(coordinates),
    }


def _world(coordinates: Coordinates, u: Sequence[float], number: int) -> dict[str, Floats]:
    parameters = coordinates.at(dict(zip(coordinates.names, u, strict=True)))
    facts = replicate(parameters, load_history(), _SEED, number).facts
    fiscal = Calendar(parameters.start, parameters.end).fiscal_year

    def sums(names: Sequence[str]) -> Floats:
        return np.array([[float(facts[name][fiscal == year].sum()) for year in YEARS] for name in names])

    told = {"notices": sums(["notices_sent"])[0], "applications": sums(["applications"])[0]}
    for name, prefix in CENTRES.items():
        outcomes = sums([f"{prefix}_{outcome}" for outcome in OUTCOMES])
        told[f"{name}_calls"] = sums([f"{prefix}_{cause}" for cause in CALL_CAUSES[name]])
        told[f"{name}_lost"] = 1 - outcomes[0] / outcomes.sum(axis=0)
    return told


def _lucks(coordinates: Coordinates, u: Floats, simulated: Sequence[dict[str, Floats]]) -> dict[str, Floats]:
    """What theory says of the luck of each world's FY2025, by centre, from the rate that it publishes of that year."""
    usual = years(Coordinates(load("baseline-fy2025").parameters), seed=77, done=lambda: None, count=6)
    known = {name: known_year(name, usual) for name in CENTRES}
    outages = [_year(HEARS_OF_OUTAGES, coordinates, row, number).outage_minutes for number, row in _numbered(u)]
    found = {}
    for name in CENTRES:
        told = replace(known[name], outage_minutes=float(np.mean(outages)))
        rates = published(np.array([world[f"{name}_lost"][0] for world in simulated])).tolist()
        with ProcessPoolExecutor(2) as pool:
            luck = partial(_luck, name, coordinates, told)
            found[f"{name}_luck"] = np.array(list(pool.map(luck, rates, u.tolist(), range(1, len(u) + 1))))
    return found


def published(lost: Floats) -> Floats:
    """Measure of what a centre answered in a year, from the share of its calls that was lost."""
    return measure(logit(1 - np.maximum(lost, _LEAST_LOST)))


def _luck(name: str, coordinates: Coordinates, told: Hindsight, rate: float, u: Sequence[float], number: int) -> float:
    year = _year(name, coordinates, u, number)
    seats = year.plan.at(f"contact.{name}.seats", INDEX_DAY)
    return Loss(year, replace(told, measure=rate), seats).luck


def _year(name: str, coordinates: Coordinates, u: Sequence[float], number: int) -> KnownYear:
    return chance_of(name, coordinates.at(dict(zip(coordinates.names, u, strict=True))), _SEED, number)


def _numbered(u: Floats) -> list[tuple[int, list[float]]]:
    return list(enumerate(u.tolist(), start=1))


def _theories(coordinates: Coordinates) -> dict[str, Floats]:
    """Shapes of the centres' years, with every unknown at its middle, and the theory on them."""
    middle = coordinates.at(dict.fromkeys(coordinates.names))
    simulated = [whole(middle, load_history(), 77, number).facts for number in range(1, _SHAPES_FROM + 1)]
    found: dict[str, Floats] = {}
    for name in CALLS_OF:
        for year in YEARS:
            shape = shape_of(name, *_of_year(middle, simulated, year))
            most = getattr(middle.contact, name).most_call_backs
            found |= flat(f"{name}_{year}", shape, fit(shape, BOXES[name], most, 128, 1))
    return found


def _of_year(parameters: Parameters, simulated: Sequence[Any], year: int) -> tuple[Parameters, list[Any]]:
    own = parameters.model_copy(update={"start": date(year, 4, 1), "end": date(year + 1, 3, 31)})
    first = (own.first_simulated_day - parameters.first_simulated_day).days
    last = (own.end - parameters.first_simulated_day).days + 1
    return own, [SimpleNamespace(facts={key: series[first:last] for key, series in one.items()}) for one in simulated]


def flat(key: str, shape: Shape, seats: Seats) -> dict[str, Floats]:
    """Shape and theory as arrays."""
    parts = {"calls": shape.calls, "often": shape.often, "staffed": shape.staffed}
    parts |= {"middle": seats.middle, "scale": seats.scale, "coefficients": seats.coefficients}
    return {f"{key}_{name}": part for name, part in parts.items()}


if __name__ == "__main__":
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 240
    np.savez_compressed(Path(sys.argv[1]), **record(count))
