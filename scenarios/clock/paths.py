"""What charts draw of the best wires: the observable week by week in replications that had no part in the choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from scenarios.clock.choosing import LOOKING_BACK_MONTHS, Seen, values_of
from scenarios.clock.lead_times import months_before
from scenarios.clock.observables import OBSERVABLES
from scenarios.clock.record import Event, Path, TripWire
from scenarios.run.periods import Span
from sim.calendar import Floats

MOST = 3
"""So many wires are drawn."""


def paths(events: Sequence[Event], seen: Seen, years: Mapping[str, Span]) -> tuple[Path, ...]:
    """Weeks (the day each is known on), and the observable in held-out replications that break and that hold."""
    return tuple(_path(event, wire, seen, years[event.period]) for event, wire in best(events))


def best(events: Sequence[Event]) -> list[tuple[Event, TripWire]]:
    """The wires worth drawing, each with its event, by skill on held-out replications: one a target at most.

    Those better than chance; where none is, the best of the others, so that its weakness can be seen.
    """
    judged = [(event, wire, wire.skill) for event in events for wire in event.wires if wire.skill is not None]
    chosen: dict[str, tuple[Event, TripWire]] = {}
    for event, wire, _ in sorted(judged, key=lambda each: -each[2]):
        chosen.setdefault(event.target, (event, wire))
    better = [pair for pair in chosen.values() if pair[1].proven]
    return better[:MOST] or list(chosen.values())[:1]


def _path(event: Event, wire: TripWire, seen: Seen, span: Span) -> Path:
    first = months_before(span[0], wire.months + LOOKING_BACK_MONTHS).toordinal()
    weeks = (seen.known >= first) & (seen.known <= span[1].toordinal())
    held_out = range(seen.training, len(seen.told))
    values = values_of(OBSERVABLES[wire.wire], span, seen)[:, weeks]
    outcomes = {place: seen.told[place].outcomes[event.target, event.period] for place in held_out}
    return Path(
        target=event.target,
        period=event.period,
        purpose=wire.purpose,
        weeks=tuple(date.fromordinal(day) for day in seen.known[weeks].tolist()),
        break_=tuple(_plain(values[place]) for place, told in outcomes.items() if told.met is False),
        hold=tuple(_plain(values[place]) for place, told in outcomes.items() if told.met),
    )


def _plain(values: Floats) -> tuple[float | None, ...]:
    """Four digits; None for a week without a value."""
    return tuple(None if value != value else float(f"{value:.4g}") for value in values.tolist())
