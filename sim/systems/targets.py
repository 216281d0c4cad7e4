"""The target of the systems: available for 99.9 % of their service hours."""

from __future__ import annotations

from collections.abc import Iterator

from sim.availability import READINGS, Reading, Service, together
from sim.calendar import Calendar
from sim.facts import SYSTEMS
from sim.parameters import Parameters
from sim.result import Result
from sim.target import Loss, Measure, Statistic, Sums, Target, decided, middle, periods


def _available(target: Target, result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    """Service minutes less outage minutes over service minutes, planned stops left out of both (JLIS-017).

    By each system, and by the readings of all together, of which one decides.
    """
    threshold, decides = middle(parameters.targets.availability, parameters), parameters.targets.availability_reading

    def said(reading: Reading, part: str | None, name: str, value: float | None) -> Statistic:
        if reading == decides:
            return decided(target, part, period, name, value, threshold, "breakdowns")
        return Statistic(target.id, part, period, name, value)

    for period, months in periods(calendar):
        if period.monthly:
            continue
        sums = Sums(result, calendar.of_months(months))
        services = {
            system: Service(sums[f"service_minutes_{system}"], sums[f"outage_minutes_{system}"]) for system in SYSTEMS
        }
        for system, service in services.items():
            yield said("each", system, "availability", service.share)
            yield Statistic(target.id, system, period, "hours_lost", service.lost / 60)
        for reading, value in together(list(services.values())).items():
            yield said(reading, None, f"availability_{reading}", value)


AVAILABILITY = Target(
    "availability-99.9",
    None,
    (
        Measure("availability", "share", "more", decimals=2),
        Measure("hours_lost", "hours", "less"),
        *(Measure(f"availability_{reading}", "share", "more", decimals=2) for reading in READINGS[1:]),
    ),
    _available,
    (
        "targets.availability",
        *(f"systems.{name}." for name in SYSTEMS),
        "systems.validation.",
        "systems.jpki_load_",
        "systems.events",
        "systems.planned",
        "systems.drills",
        "disruptions.events",
        "systems.published_events",
    ),
    judged=(*SYSTEMS, None),
    loss=Loss(("service_minutes_{part}",), lost=("outage_minutes_{part}",)),
    signs=("down_{part}",),
)
TARGETS = (AVAILABILITY,)
