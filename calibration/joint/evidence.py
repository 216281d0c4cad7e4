"""Which published figures condition the unknowns, with how much error each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from scipy.special import logit

from calibration.agreement import Agreement
from calibration.agreement import load as load_agreements
from calibration.joint.answer_rates import AnswerRate
from calibration.joint.answering import measure, share
from calibration.joint.availability import Availability, availability
from calibration.joint.beside_luck import beside_luck
from calibration.joint.centre import CALLS_OF, Centre
from calibration.joint.coordinates import Coordinates
from calibration.joint.figures import Z95, Group, covariance
from calibration.joint.walks import outputs
from calibration.joint.years import OF_COUNTERS, SETTINGS, Told, Year, errors_a_minute, luck_of, usual_days
from scenarios.surface import Surface
from sim.calendar import Period
from sim.facts import SYSTEMS
from sim.streams import Floats
from sim.unknowns import Hindsight

ANSWERS = {"resident": "JLIS-012", "helpdesk": "JLIS-013"}
OF_SYSTEM = dict(zip(SYSTEMS, ("JLIS-018", OF_COUNTERS, "JLIS-020"), strict=True))
_BEHIND = {
    "resident": ("contact.resident.notice_days", "contact.resident.application_days"),
    "helpdesk": ("renewal.certificate_lapse_share", "holders.signing_reissue_share"),
}
"""What else moves a year's calls without moving what drives them in the theory."""
MEMORY = 1.0
"""Years in which what the model leaves out of figures of a kind fades: first cards have seasons."""


def of_stock(walk: Surface) -> list[Group]:
    """Cards held, notices and applications, as far as they may be used: those held back are left out."""
    names = outputs()
    used = [known for known in load_agreements().values() if known.use == "fitted" and known.published.id in names]
    kinds = dict.fromkeys(known.group for known in used)
    return [_group(walk, kind, [known for known in used if known.group == kind], names) for kind in kinds]


def _group(walk: Surface, kind: str, known: Sequence[Agreement], names: Sequence[str]) -> Group:
    ids = tuple(one.published.id for one in known)
    when = [_year(one.published.period) for one in known]
    spread = covariance([one.tolerance for one in known], [one.rounding for one in known], when, MEMORY)
    columns = [names.index(id_) for id_ in ids]
    surface = Surface(walk.active, walk.coefficients[:, columns], walk.residual[np.ix_(columns, columns)])
    return Group(kind, ids, np.array([one.published.value for one in known]), spread, surface)


def _year(period: str) -> float:
    """When a figure was taken: a day, a month such as ``2025-08``, or a fiscal year such as ``FY2024``."""
    if Period(period).yearly:
        return float(Period(period).fiscal_year)
    return date.fromisoformat(period if period.count("-") == 2 else f"{period}-15").toordinal() / 365.25


def of_systems(unknowns: Coordinates) -> list[Availability]:
    """Availability of the systems."""
    known = load_agreements()
    found = []
    for system, id_ in OF_SYSTEM.items():
        one = known[id_]
        deviation = float(np.hypot(one.rounding / np.sqrt(3), one.tolerance / Z95))
        found.append(availability(id_, unknowns, system, one.published.value, deviation))
    return found


def published_rate(name: str) -> float:
    """Measure of a centre's published answer rate."""
    return float(measure(logit(np.array([load_agreements()[ANSWERS[name]].published.value / 100])))[0])


def known_year(name: str, simulated: Sequence[Year]) -> Hindsight:
    """What is known of a centre's FY2025 before any year at a draw, from simulated years at the middle."""
    days, errors = usual_days(name, simulated), errors_a_minute(simulated)
    return Hindsight(tuple(days.round(7).tolist()), round(published_rate(name), 7), errors_a_minute=round(errors, 4))


def of_centre(centre: Centre, z: Floats, year: Hindsight, told: Told | None = None) -> AnswerRate:
    """The answer rate of a centre.

    Args:
        centre: calls and theory.
        z: rows of coordinates at which years were simulated.
        year: what is known of it beside its rate.
        told: what these years said; without them theory stands alone.
    """
    known = load_agreements()[ANSWERS[centre.name]]
    columns = [centre.unknowns.names.index(name) for name in _BEHIND[centre.name]]
    columns += [centre.column(name) for name in SETTINGS]
    columns += [centre.column(rate) for rate, _ in CALLS_OF[centre.name].values() if rate is not None]
    published, correction = published_rate(centre.name), _THEORY
    if told is not None:
        year, seats = replace(year, outage_minutes=round(told.outage_minutes, 1)), centre.value("seats", z)
        off = measure(told.rate) - measure(centre.rate(z, seats))
        correction, slope = beside_luck(z, off, luck_of(seats, told, year), columns)
        year = replace(year, slope=round(slope, 4))
    own = np.hypot(known.rounding / np.sqrt(3), known.tolerance / Z95) / points(published)
    deviation = float(np.hypot(np.sqrt(correction.residual[0, 0]), own))
    return AnswerRate(known.published.id, centre, published, deviation, correction, year)


def points(published: float) -> float:
    """Percentage points to a step of one in the measure."""
    low, high = share(np.array([published - 0.01, published + 0.01]))
    return float(high - low) / 0.02


_THEORY = Surface(np.empty(0, dtype=np.int64), np.zeros((1, 1)), np.full((1, 1), 0.25**2))
"""Before any year at a draw: theory is right on average, and a year's measure strays by a quarter from it."""
