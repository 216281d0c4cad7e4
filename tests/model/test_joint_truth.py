"""Conditioning held to worlds whose truth is known: simulation-based calibration.

Each recorded world (``benchmarks/joint_worlds.py``) was drawn from the prior and simulated whole. It publishes its own
answer rates, notices and applications of FY2025; from these, and nothing else of it, its FY2027 is forecast. The draws
say which seats answered so much of a usual year; each forecast has a FY2025 of its own and seats that go with its luck,
as replications have (``sim.hindsight``). Surfaces, how far theory is off, and what luck is usual are learnt from walks
at other points and from the other half of the worlds.

Talts and others, *Validating Bayesian inference algorithms with simulation-based calibration* (2018).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import chisquare

from benchmarks.joint_worlds import published
from calibration.joint import walks
from calibration.joint.answer_rates import AnswerRate
from calibration.joint.answering import Seats, Shape, measure, rate_of
from calibration.joint.centre import CALLS_OF, Centre, inside_share
from calibration.joint.conditioned import Known, conditioned
from calibration.joint.coordinates import Coordinates, to_normal
from calibration.joint.figures import Group
from scenarios.files.load import load
from scenarios.surface import Surface, fit
from sim.hindsight import MOST
from sim.schedule import Quantity
from sim.streams import Floats
from sim.unknowns import Hindsight

RECORDED = dict(np.load(Path(__file__).with_name("joint_worlds.npz")))
PARTICLES = 128
PUBLISHED_SD = {"notices": 0.01, "applications": 0.02}
"""Of what a world publishes about its true count (logarithm)."""
YEARS = {2025: 0, 2027: 1}


@dataclass(frozen=True)
class Recorded(Coordinates):
    """The coordinates as they were when the worlds were drawn."""

    written: dict[str, Quantity] = field(default_factory=dict)

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        return self.written


def coordinates() -> Recorded:
    written = {
        str(name): Quantity.model_validate({"value": value, "low": low, "high": high})
        for name, (low, value, high) in zip(RECORDED["names"], RECORDED["ranges"].tolist(), strict=True)
    }
    return Recorded(load("baseline-fy2025").parameters, written)


COORDINATES = coordinates()
Z = to_normal(RECORDED["u"].astype(np.float64))
WORLDS, COUNT = Z.shape


def walk_surface(of: Callable[[Floats], Floats] = lambda said: said) -> Surface:
    """The recorded walks as a surface with the outputs of ``walks``; of those not recorded it says 0."""
    active = [COORDINATES.names.index(str(name)) for name in RECORDED["walk_names"]]
    z = np.zeros((len(RECORDED["walk_z"]), COUNT))
    z[:, active] = RECORDED["walk_z"]
    told = of(RECORDED["walk_said"])
    whole = np.zeros((len(z), len(walks.outputs())))
    for at, name in enumerate(RECORDED["walk_outputs"]):
        whole[:, walks.outputs().index(str(name))] = told[:, at]
    return fit(z, whole, active)


WALK, LOG_WALK = walk_surface(), walk_surface(np.log)


def centre(name: str, year: int, other: np.ndarray) -> Centre:
    """A centre in a year, its usual calls from the other worlds."""
    names = CALLS_OF[name]
    blank = Centre(
        name,
        COORDINATES,
        WALK,
        np.ones(len(names)),
        np.ones((len(names), 2)),
        inside_share(name, COORDINATES.parameters),
        Shape(*(RECORDED[f"{name}_{year}_{part}"] for part in ("calls", "often", "staffed"))),
        Seats(*(RECORDED[f"{name}_{year}_{part}"] for part in ("middle", "scale", "coefficients")), worst=0.0),
    )
    expected, real = blank.calls(Z[other], year), RECORDED[f"{name}_calls"][other][:, :, YEARS[year]]
    real = np.pad(real, ((0, 0), (0, len(names) - real.shape[1])))  # worlds from before a cause had none of its calls
    return replace(blank, usual=real.sum(axis=0) / expected.sum(axis=0))


@dataclass(frozen=True)
class Strays:
    """How far a year's measure strays from theory, by the level that theory says: its mean and standard deviation."""

    level: Floats
    off: Floats

    def __call__(self, level: Floats) -> tuple[Floats, Floats]:
        mean = self._near(level, self.off)
        return mean, np.sqrt(self._near(level, (self.off - self._near(self.level, self.off)) ** 2) + 1e-6)

    @property
    def sizes(self) -> Floats:
        """In standard deviations, one a world."""
        mean, deviation = self(self.level)
        return np.asarray((self.off - mean) / deviation)

    def _near(self, level: Floats, values: Floats) -> Floats:
        weights = np.exp(-0.5 * ((level[:, None] - self.level[None, :]) / 0.5) ** 2) + 1e-9
        return np.asarray((weights @ values) / weights.sum(axis=1))


@dataclass(frozen=True)
class Luck:
    """What chance makes of a centre's FY2025: how much shows of what theory says of it, and how it spreads by level.

    ``lasts`` is how the strays of FY2027 grow with the luck and with the strays of FY2025, all in standard deviations:
    what theory leaves out of a centre it leaves out every year, and systems that broke down often may do so again.
    """

    slope: float
    spread: Strays
    lasts: tuple[float, float]
    fresh: float


@dataclass(frozen=True)
class Learnt:
    """What one half of the worlds teaches about the other."""

    centres: dict[tuple[str, int], Centre]
    strays: dict[tuple[str, int], Strays]
    lucks: dict[str, Luck]
    counts: dict[tuple[str, int], Floats]
    """Logarithms of simulated over walked counts, one a world: what the surface is off by among it."""


def learnt(other: np.ndarray) -> Learnt:
    centres = {(name, year): centre(name, year, other) for name in CALLS_OF for year in YEARS}
    strays, lucks = {}, {}
    for name in CALLS_OF:
        level, off = {}, {}
        for year in YEARS:
            one = centres[name, year]
            level[year] = theory(one, Z[other], one.value("seats", Z[other]), year)
            off[year] = answered(name, other, year) - level[year]
        luck = RECORDED[f"{name}_luck"][other]
        slope = beside_level(level[2025], off[2025], luck)
        strays[name, 2025] = Strays(level[2025], off[2025] - slope * luck)
        strays[name, 2027] = Strays(level[2027], off[2027])
        spread = Strays(level[2025], luck)
        known = np.column_stack([spread.sizes, strays[name, 2025].sizes])
        lasts = np.linalg.lstsq(known, strays[name, 2027].sizes, rcond=None)[0]
        fresh = float((strays[name, 2027].sizes - known @ lasts).std())
        lucks[name] = Luck(slope, spread, (float(lasts[0]), float(lasts[1])), fresh)
    counts = {}
    for what in PUBLISHED_SD:
        for year, at in YEARS.items():
            counts[what, year] = np.log(RECORDED[what][other][:, at]) - column(LOG_WALK(Z[other]), f"{what}/{year}")
    return Learnt(centres, strays, lucks, counts)


def answered(name: str, worlds: np.ndarray, year: int) -> Floats:
    """Measure of the share that a centre answered in a year."""
    return published(RECORDED[f"{name}_lost"][worlds, YEARS[year]])


def beside_level(level: Floats, off: Floats, luck: Floats) -> float:
    """How much of what theory says of luck shows, beside what it is off by at each level."""
    slope = 1.0
    for _ in range(6):
        rest = Strays(level, off - slope * luck)
        slope = float(np.polyfit(luck, off - rest(level)[0], 1)[0])
    return slope


def theory(one: Centre, z: Floats, seats: Floats, year: int) -> Floats:
    return measure(one.rate(z, seats, one.calls(z, year)))


def column(said: Floats, name: str) -> Floats:
    return np.asarray(said[:, walks.outputs().index(name)])


def evidence(world: int, taught: Learnt, generator: np.random.Generator) -> Known:
    """What the world publishes of its FY2025."""
    groups = {what: (count(world, what, taught, generator),) for what in PUBLISHED_SD}
    return Known(tuple(rate(world, name, taught) for name in CALLS_OF), groups)


def count(world: int, what: str, taught: Learnt, generator: np.random.Generator) -> Group:
    at = walks.outputs().index(f"{what}/2025")
    off = taught.counts[what, 2025]
    coefficients = LOG_WALK.coefficients[:, [at]].copy()
    coefficients[0] += off.mean()
    surface = Surface(LOG_WALK.active, coefficients, np.zeros((1, 1)))
    told = np.log(RECORDED[what][world, 0]) + PUBLISHED_SD[what] * generator.standard_normal()
    return Group(what, (what,), np.array([told]), np.array([[PUBLISHED_SD[what] ** 2 + off.var()]]), surface)


def rate(world: int, name: str, taught: Learnt) -> AnswerRate:
    told = float(answered(name, np.array([world]), 2025)[0])
    level = np.array([told])
    for _ in range(5):
        level = told - taught.strays[name, 2025](level)[0]
    mean, deviation = taught.strays[name, 2025](level)
    constant = Surface(np.empty(0, dtype=np.int64), np.array([[float(mean[0])]]), np.zeros((1, 1)))
    return AnswerRate(name, taught.centres[name, 2025], told, float(deviation[0]), constant, Hindsight((), 0.0))


def forecast(known: Known, taught: Learnt, seed: int) -> dict[str, Floats]:
    """Draws of the world's FY2027: measures of both answer rates, and notices."""
    w, generator = conditioned(known, COUNT, seed, PARTICLES).z, np.random.default_rng([seed, 9])
    z, told = known.located(w), {}
    for one in known.rates:
        name = one.centre.name
        own, usual = taught.lucks[name], one.seats(w)[0]
        size = generator.standard_normal(len(w))
        seats = usual * np.exp(by_luck(one.centre, z, usual, own, size))
        level = theory(taught.centres[name, 2027], z, seats, 2027)
        mean, deviation = taught.strays[name, 2027](level)
        lasting = own.lasts[0] * size + own.lasts[1] * (one.published - one.rate(w)) / one.deviation
        told[name] = level + mean + deviation * (lasting + own.fresh * generator.standard_normal(len(w)))
    told["notices"] = column(LOG_WALK(z), "notices/2027") + lasting_off(known, z, taught, generator)
    return told


def lasting_off(known: Known, z: Floats, taught: Learnt, generator: np.random.Generator) -> Floats:
    """What the surface is off by in FY2027, given by how much it is off from what was published of FY2025."""
    (group,) = known.others["notices"]
    before, after = (taught.counts["notices", year] for year in YEARS)
    told = PUBLISHED_SD["notices"]
    share = np.cov(before, after)[0, 1] / (before.var(ddof=1) + told**2)
    rest = after - after.mean() - share * (before - before.mean())
    off = group.published[0] - column(LOG_WALK(z), "notices/2025") - before.mean()
    noise = told * generator.standard_normal(len(z))
    return np.asarray(after.mean() + share * (off - noise) + generator.choice(rest, len(z)))


def by_luck(one: Centre, z: Floats, seats: Floats, own: Luck, size: Floats) -> Floats:
    """Logarithm of how many times the seats of a usual year a centre had, given the luck of its FY2025."""
    loaded = one.under(z, one.calls(z, 2025))
    level = measure(loaded.rate(seats))
    mean, deviation = own.spread(level)
    wanted = level - own.slope * (mean + deviation * size)
    log_times = loaded.needed(rate_of(wanted))[0] - loaded.needed(rate_of(level))[0]
    return np.clip(log_times, -MOST, MOST)


@pytest.fixture(scope="module")
def ranks() -> dict[str, Floats]:
    """Share of the forecast draws below what came, by figure, one a world."""
    halves = np.arange(WORLDS) % 2
    taught = {half: learnt(np.flatnonzero(halves != half)) for half in (0, 1)}
    found: dict[str, list[float]] = {"resident": [], "helpdesk": [], "notices": []}
    for world in range(WORLDS):
        own = taught[int(halves[world])]
        draws = forecast(evidence(world, own, np.random.default_rng([world, 4])), own, world)
        came = {name: float(answered(name, np.array([world]), 2027)[0]) for name in CALLS_OF}
        came["notices"] = float(np.log(RECORDED["notices"][world, 1]))
        for name, value in came.items():
            found[name].append(float((draws[name] < value).mean()))
    return {name: np.array(values) for name, values in found.items()}


def test_there_are_enough_worlds() -> None:
    assert WORLDS >= 200


@pytest.mark.parametrize("figure", ["resident", "helpdesk", "notices"])
def test_bands_of_ninety_per_cent_cover_as_many(ranks: dict[str, Floats], figure: str) -> None:
    covered = float(((ranks[figure] >= 0.05) & (ranks[figure] <= 0.95)).mean())
    assert 0.85 <= covered <= 0.95


@pytest.mark.parametrize("figure", ["resident", "helpdesk", "notices"])
def test_ranks_are_uniform(ranks: dict[str, Floats], figure: str) -> None:
    counts = np.histogram(ranks[figure], bins=10, range=(0, 1))[0]
    assert chisquare(counts).pvalue > 0.001  # of three figures, a false alarm under one seed of 300
