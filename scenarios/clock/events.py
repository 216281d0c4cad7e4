"""One entry of ``clock.json`` for each target and fiscal year: how likely it breaks, what saves it, last dates, wires.

All dates count from one break: the day from which the order must work for the year still to hold. Before it by the
lead time lies the last day on which a warning is early enough for an order at once. That is the last date to act too
where no budget request is needed; else it is the request before, and of a wire it is told how often it fires by then:
afterwards an order at once takes money from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from scenarios.clock import record
from scenarios.clock.breaks import Event, Outcome
from scenarios.clock.choosing import Chosen, Seen, choose_one
from scenarios.clock.helping import Help
from scenarios.clock.lead_times import LeadTimes
from scenarios.clock.orders import adds_days, rungs
from scenarios.clock.wires import LEAST
from scenarios.run.periods import Span
from scenarios.run.words import wilson

EARLY, MIDDLE, LATE = 0.1, 0.5, 0.9


def describe(
    event: Event, span: Span, seen: Seen, lead_times: LeadTimes, computed: float | None = None
) -> record.Event:
    """The entry of an event; ``span``: first and last reported day of its fiscal year.

    ``computed``: how likely the year misses the target, where that is worked out and not counted.
    """
    target, period = event
    tested = [one.outcomes[event] for one in seen.told if one.outcomes[event].met is not None]
    broke = [outcome.broke.toordinal() for outcome in tested if outcome.broke is not None]
    lost = [outcome.lost.toordinal() for outcome in tested if outcome.lost is not None]
    help_ = seen.helps.get(event)
    needed = [(day or span[0]).toordinal() for day in help_.latest.values()] if help_ else []
    wire = choose_one(event, span, seen, lead_times) if broke else None
    months_by, years_by = _apart(seen.told[0].outcomes[event])
    return record.Event(
        target=target,
        period=period,
        breaks=len(broke),
        replications=len(tested),
        **_probability("probability", len(broke), len(tested), computed),
        computed=computed is not None and bool(tested),
        first_breach=_days([] if computed is not None else broke),
        lost=_days([] if computed is not None else lost),
        order=_order(help_, lead_times) if help_ else None,
        needed=_days(needed),
        resources=tuple(_resource(path, needed, lead_times) for path in lead_times.mending(target)) if needed else (),
        no_wire=None if wire else _reason(event, seen, len(broke), len(tested)),
        wires=(_wire(wire, computed),) if wire else (),
        by_month=months_by,
        by_year=years_by,
    )


def _apart(outcome: Outcome) -> tuple[str | None, str | None]:
    """The statistics that decide a month and the year, where they are not the same; else none."""
    alike = outcome.by_month in (None, outcome.by_year)
    return (None, None) if alike else (outcome.by_month, outcome.by_year)


def _probability(name: str, count: int, of: int, computed: float | None = None) -> dict[str, Any]:
    """A share with its interval, or a computed probability without one; nothing where there is nothing to count."""
    low, high = wilson(count, of) if of and computed is None else (None, None)
    share = count / of if of and computed is None else computed if of else None
    return {name: share, f"{name}_low": low, f"{name}_high": high}


def _order(help_: Help, lead_times: LeadTimes) -> record.Order | None:
    """What is ordered, and in how many of the replications that break it saves the year if it works early enough."""
    if help_.path is None or help_.rung is None:
        return None
    amount, days = rungs(help_.path)[help_.rung], adds_days(help_.path)
    saves = sum(day is not None for day in help_.latest.values())
    low, high = wilson(saves, len(help_.latest))
    return record.Order(
        resource=help_.path,
        months=lead_times.entries[help_.path].months,
        times=None if days else amount,
        days_added=amount if days else None,
        saves=saves,
        of_breaks=len(help_.latest),
        saves_low=low,
        saves_high=high,
    )


def quantile(days: Sequence[int], share: float) -> int | None:
    """The day at this share of the days in order: one of them, as in verdicts; None without any."""
    return sorted(days)[round(share * (len(days) - 1))] if days else None


def _days(days: Sequence[int]) -> record.Days:
    found = (quantile(days, share) for share in (EARLY, MIDDLE, LATE))
    return record.Days(*(None if day is None else date.fromordinal(day) for day in found))


def _reason(event: Event, seen: Seen, breaks: int, tested: int) -> str:
    """Why there is no wire: ``not_tested``, ``never``, ``always``, ``too_few`` to choose by, or ``none_helps``."""
    if breaks in (0, tested):
        return "not_tested" if not tested else "always" if breaks else "never"
    training = [one.outcomes[event].broke for one in seen.told[: seen.training] if one.outcomes[event].met is not None]
    fewest = min(sum(day is not None for day in training), sum(day is None for day in training))
    return "too_few" if fewest < LEAST else "none_helps"


def _resource(path: str, needed_by: Sequence[int], lead_times: LeadTimes) -> record.Mending:
    """Last dates to act for a resource to work in time where that is early (1 in 10 is earlier), and in the middle."""
    entry = lead_times.entries[path]
    dates = [
        (lead_times.start_by(path, needed), lead_times.request_by(path, needed), lead_times.last_date(path, needed))
        for share in (EARLY, MIDDLE)
        for needed in [date.fromordinal(quantile(needed_by, share) or 1)]
    ]
    return record.Mending(path, entry.months, entry.assumed, *dates[0], *dates[1])


def _wire(chosen: Chosen, computed: float | None) -> record.TripWire:
    """A wire; ``computed``: how likely the year misses the target, if that is."""
    wire, held_out, training = chosen.wire, chosen.held_out, chosen.training
    hit, alarm = wilson(held_out.hits, held_out.of_breaks), wilson(held_out.false_alarms, held_out.of_others)
    skill = held_out.skill_interval
    return record.TripWire(
        purpose=chosen.purpose,
        months=chosen.months,
        wire=wire.observable,
        side=wire.side,
        threshold=wire.threshold,
        weeks=wire.weeks,
        hits=held_out.hits,
        of_breaks=held_out.of_breaks,
        false_alarms=held_out.false_alarms,
        of_others=held_out.of_others,
        hit_rate=held_out.hit_rate,
        hit_low=hit[0],
        hit_high=hit[1],
        false_alarm_rate=held_out.false_alarm_rate,
        false_alarm_low=alarm[0],
        false_alarm_high=alarm[1],
        saved=held_out.saved,
        requested=held_out.requested,
        right_alarms=held_out.right,
        alarms=held_out.alarms,
        **_probability("precision", held_out.right, held_out.alarms),
        **_probability("base_rate", held_out.of_breaks, held_out.of_breaks + held_out.of_others, computed),
        skill=held_out.skill,
        skill_low=skill and skill[0],
        skill_high=skill and skill[1],
        warning_days=quantile(held_out.warnings, MIDDLE),
        warning_days_low=quantile(held_out.warnings, EARLY),
        warning_days_high=quantile(held_out.warnings, LATE),
        fires=_days(held_out.fired),
        training=record.Counts(training.hits, training.of_breaks, training.false_alarms, training.of_others),
    )
