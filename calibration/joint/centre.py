"""One call centre as a function of the unknowns: a year's calls by cause, and the share of them that is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from calibration.joint.answering import Answering, Seats, Shape
from calibration.joint.coordinates import Coordinates, to_positions
from calibration.joint.walks import outputs
from scenarios.surface import Surface
from sim.calendar import Calendar
from sim.facts import CALL_CAUSES, CENTRES
from sim.hours import DAY_KINDS, kinds_of_days, open_half_hours, staffed_shares
from sim.parameters import Parameters
from sim.result import Result
from sim.streams import Floats, Ints

CALLS_OF: dict[str, dict[str, tuple[str | None, str | None]]] = {
    "resident": {
        "notices": ("calls_per_notice", "notices"),
        "applications": ("calls_per_application", "applications"),
        "late_cards": (None, None),
        "counter_waits": (None, None),
        "holders": ("calls_per_holder", "held"),
        "loss": ("loss_reports_per_holder", "held"),
        "phones": (None, None),
        "launch": (None, None),
        "licences": (None, None),
    },
    "helpdesk": {
        "transactions": ("calls_per_transaction", "transactions"),
        "errors": ("calls_per_error", None),
        "outages": ("calls_per_outage_hour", None),
        "office": ("calls_per_open_day", None),
        "post_offices": (None, None),
    },
}
"""By cause of a call its contact rate and what drives it, as far as it follows one."""
_BINS = 16
"""Classes of days by calls, for each pattern of hours."""
_URGENT = "loss"


@dataclass(frozen=True)
class Calls:
    """Calls of one centre.

    Args:
        name: of the centre.
        unknowns: the coordinates.
        walk: the surface of the holders' walk, whose outputs drive calls.
        usual: calls of each cause in the simulated years.
        at_usual: the values of contact rate and driver behind them, one row a cause; 1 where there is none.
        inside: share of each cause's calls in opening hours; the others meet the agents of the night.
    """

    name: str
    unknowns: Coordinates
    walk: Surface
    usual: Floats
    at_usual: Floats
    inside: Floats

    @property
    def active(self) -> frozenset[int]:
        """Coordinates that calls and answers depend on, the seats aside."""
        rates = [rate for rate, _ in CALLS_OF[self.name].values() if rate is not None]
        own = [self.column(setting) for setting in ("handle_minutes", "patience_minutes", "call_back_share", *rates)]
        return frozenset(own) | frozenset(self.walk.active.tolist())

    def column(self, setting: str) -> int:
        """The coordinate of one of the centre's settings."""
        return self.unknowns.names.index(f"contact.{self.name}.{setting}")

    def value(self, setting: str, z: Floats) -> Floats:
        """Its values in each row of coordinates."""
        name = f"contact.{self.name}.{setting}"
        return self.unknowns.values(name, to_positions(z[:, self.column(setting)]))

    def calls(self, z: Floats, year: int = 2025) -> Floats:
        """First calls expected in a fiscal year, shape (rows, causes)."""
        told = self.walk(z)
        columns = []
        for number, (rate, driver) in enumerate(CALLS_OF[self.name].values()):
            times = np.ones(len(z))
            if rate is not None:
                times = times * self.value(rate, z) / self.at_usual[number, 0]
            if driver is not None:
                times = times * driven(driver, told, year) / self.at_usual[number, 1]
            columns.append(self.usual[number] * times)
        return np.column_stack(columns)

    def load(self, z: Floats, calls: Floats) -> tuple[Floats, Floats, Floats]:
        """Load (calls in opening hours times minutes), patience over handle time, and share ringing again."""
        settings = getattr(self.unknowns.parameters.contact, self.name)
        mix = self.unknowns.parameters.contact.mix_of(self.name)
        weights = np.array([np.dot(mix[cause], settings.handle_weights) for cause in CALLS_OF[self.name]])
        minutes = self.value("handle_minutes", z)
        inside = calls * self.inside
        handle = minutes * (inside @ weights) / inside.sum(axis=1)
        load = inside.sum(axis=1) * handle
        return load, self.value("patience_minutes", z) / handle, self.value("call_back_share", z)


@dataclass(frozen=True)
class Centre(Calls):
    """Calls and answers of one centre: beside the calls the shape of its year, and the theory."""

    shape: Shape
    seats: Seats

    def under(self, z: Floats, calls: Floats | None = None) -> Loaded:
        """The theory at rows of coordinates, with the calls that they make or with others."""
        calls = self.calls(z) if calls is None else calls
        return Loaded(self, calls, self.seats.under(*self.load(z, calls)))

    def rate(self, z: Floats, seats: Floats, calls: Floats | None = None) -> Floats:
        """Logit of the answered share by theory; calls outside opening hours count as answered."""
        return self.under(z, calls).rate(seats)

    def whole(self, rate: Floats, calls: Floats) -> Floats:
        """The logit over all calls from that in opening hours."""
        share = (calls * self.inside).sum(axis=1) / calls.sum(axis=1)
        return np.asarray(logit(np.minimum(1 - share * expit(-rate), 1 - 1e-9)))

    def in_hours(self, rate: Floats, calls: Floats) -> Floats:
        """The logit in opening hours from that over all calls."""
        share = (calls * self.inside).sum(axis=1) / calls.sum(axis=1)
        return np.asarray(-logit(np.clip(expit(-rate) / share, 1e-9, 1 - 1e-9)))


@dataclass(frozen=True)
class Loaded:
    """A centre under the calls of some rows: what seats answer, and what answers need of seats."""

    centre: Centre
    calls: Floats
    answering: Answering

    def rate(self, seats: Floats) -> Floats:
        """Logit of the answered share by theory; calls outside opening hours count as answered."""
        return self.centre.whole(self.answering.rate(self.centre.shape.effective(seats)), self.calls)

    def needed(self, rate: Floats) -> tuple[Floats, Floats]:
        """Log of the seats with which theory answers so much, and how it grows with the logit."""
        return self.answering.needed(self.centre.in_hours(rate, self.calls))


def driven(driver: str, told: Floats, year: int) -> Floats:
    """What drives calls, from the walk's outputs; transactions at the counters are hand-overs and certificates."""
    names = outputs()

    def of(name: str) -> Floats:
        return np.asarray(told[:, names.index(f"{name}/{year}")])

    return of("applications") + of("certificates") if driver == "transactions" else of(driver)


def shape_of(name: str, parameters: Parameters, years: Sequence[Result]) -> Shape:
    """The year's half-hours, from simulated years (every simulated day)."""
    settings = getattr(parameters.contact, name)
    first = (parameters.start - parameters.first_simulated_day).days
    kinds = kinds_of_days(Calendar(parameters.start, parameters.end), settings.closures)
    opened = open_half_hours(settings.hours)
    profile = np.repeat(np.array(settings.hour_weights), 2) * opened
    profile = profile / np.maximum(profile.sum(axis=1, keepdims=True), 1e-12)
    present = 1 - settings.shrinkage.at(parameters.start)
    staffed = np.nan_to_num(staffed_shares(settings.roster)) * present
    days = _days_by_kind(name, kinds, first, years)
    cells = [
        (volume * share, often * count, post)
        for pattern in _patterns(profile, staffed)
        for volume, often in _binned(np.concatenate([days[kind] for kind in pattern]), len(years))
        for share, post, count in _half_hours(profile[pattern[0]], staffed[pattern[0]])
    ]
    calls, often, posts = (np.array(column) for column in zip(*cells, strict=True))
    return Shape(calls / float((calls * often).sum()), often, posts)


def _days_by_kind(name: str, kinds: Ints, first: int, years: Sequence[Result]) -> Mapping[int, Floats]:
    """Each day's share of its year's calls, by kind of day, of all years together."""
    causes = [f"{CENTRES[name]}_{cause}" for cause in CALL_CAUSES[name]]
    totals = [np.sum([year.facts[cause] for cause in causes], axis=0)[first:].astype(float) for year in years]
    return {
        kind: np.concatenate([total[kinds == kind] / total.sum() for total in totals]) for kind in range(len(DAY_KINDS))
    }


def _patterns(profile: Floats, staffed: Floats) -> list[list[int]]:
    """Kinds of days, those with the same hours and roster together; none that is closed all day."""
    found: dict[bytes, list[int]] = {}
    for kind in np.flatnonzero(profile.any(axis=1)).tolist():
        found.setdefault(profile[kind].tobytes() + staffed[kind].tobytes(), []).append(kind)
    return list(found.values())


def _binned(volumes: Floats, years: int) -> list[tuple[float, float]]:
    """Classes of days: mean share of a year's calls, and how many a year has."""
    parts = np.array_split(np.sort(volumes), min(_BINS, len(volumes)))
    return [(float(part.mean()), len(part) / years) for part in parts if len(part)]


def _half_hours(profile: Floats, staffed: Floats) -> list[tuple[float, float, int]]:
    """Share of the day's calls, agents a seat, and how many such half-hours."""
    pairs, counts = np.unique(np.column_stack([profile, staffed])[profile > 0], axis=0, return_counts=True)
    return [(float(share), float(post), int(count)) for (share, post), count in zip(pairs, counts, strict=True)]


def inside_share(name: str, parameters: Parameters) -> Floats:
    """Share of each cause's calls that fall into opening hours, on the mean day."""
    settings = getattr(parameters.contact, name)
    shares = np.ones(len(CALL_CAUSES[name]))
    if _URGENT in CALL_CAUSES[name]:
        weights = np.repeat(np.array(settings.loss_hour_weights), 2)
        opened = open_half_hours(settings.hours)
        shares[CALL_CAUSES[name].index(_URGENT)] = float((weights * opened).sum(axis=1).mean() / weights.sum())
    return shares
