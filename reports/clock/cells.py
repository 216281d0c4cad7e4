"""A clock's entries as values of a document: probabilities, wires, rates, days and last dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from reports import chances, names, price_texts
from reports.chances import computed
from reports.document import Figures, Name, Number, Period, Ranged, Say, Value, say, value_range
from scenarios.clock.observables import OBSERVABLES
from scenarios.clock.record import Clock, Days, Event, Order, TripWire
from scenarios.run.words import wilson

_UNITS = {
    "share": "probability",
    "count": "rough",
    "days": "days_rough",
    "minutes": "minutes_rough",
    "hours": "hours_rough",
}
"""The unit of each kind of observable."""
RATES = "hits", "false_alarms", "precision", "base_rate"


def named(event: Event) -> Say:
    """The target and its fiscal year."""
    return say("clock.event", target=names.target(event.target), year=Period(event.period))


def breaks(event: Event) -> Figures:
    """In how many replications the year fails, as a probability with its interval; or how likely, as computed."""
    if event.computed:
        return computed(event.probability or 0.0)
    return counted(event.breaks, event.replications, event.probability_low, event.probability_high)


def probability(event: Event) -> Value:
    """The same without counts and interval."""
    return breaks(event) if event.computed else chances.share(event.probability or 0.0)


def counted(count: int, of: int, low: float | None, high: float | None) -> Figures:
    """A count with the share and its interval; without either where there is nothing to count."""
    if not of or low is None or high is None:
        return Figures("clock.none_of", {"count": count, "of": of})
    share = _share(count / of, low, high)
    return Figures(
        "clock.counted", {"count": count, "of": of, "share": share.value, "low": share.low, "high": share.high}
    )


def of_breaks(wire: TripWire, name: str) -> Value:
    """A count of held-out replications that break, such as those ``saved``; a dash where nothing is counted."""
    count, of = {"saved": wire.saved, "requested": wire.requested}[name], wire.of_breaks
    return None if count is None else counted(count, of, *wilson(count, of))


def anyway(event: Event, wire: TripWire) -> Say:
    """How often a year breaks whether a wire fires or not, beside its right alarms."""
    kind = "anyway_computed" if event.computed else "anyway"
    return say(f"clock.answer.{kind}", base_rate=rates(wire)["base_rate"])


def _share(share: float, low: float, high: float) -> Ranged:
    return Ranged(Number(share, "probability"), Number(low, "whole"), Number(high, "probability"))


def rates(wire: TripWire) -> dict[str, Value]:
    """How good a wire is: by the names in ``RATES``, in the same order.

    Of the replications that break, in how many the order that it calls for saves the year, or in how many it warned;
    of those that hold, in how many it warned; of its alarms, how many were right; and how many of the replications
    that judged it break whether it fires or not, or how likely that is, as computed.
    """
    base = wire.base_rate
    return {
        "hits": counted(wire.hits, wire.of_breaks, wire.hit_low, wire.hit_high),
        "false_alarms": counted(wire.false_alarms, wire.of_others, wire.false_alarm_low, wire.false_alarm_high),
        "precision": counted(wire.right_alarms, wire.alarms, wire.precision_low, wire.precision_high),
        "base_rate": None if base is None else _base(base, wire.base_rate_low, wire.base_rate_high),
    }


def _base(share: float, low: float | None, high: float | None) -> Value:
    """A share with its interval; one without is computed."""
    return computed(share) if low is None or high is None else _share(share, low, high)


def order(own: Order) -> Say:
    """What is ordered for an event."""
    kind, amount = _ordered(own)
    return say(f"clock.{kind}", resource=price_texts.name(own.resource), amount=amount)


def _ordered(order: Order) -> tuple[str, Number]:
    """Whether a resource is multiplied or gets days, and by how much."""
    if order.days_added is None:
        return "times", Number(order.times or 0.0, "plain")
    return "days_added", Number(order.days_added, "plain")


def saves(own: Order) -> Figures:
    """In how many of the replications that break the order saves the year, if it works early enough."""
    return counted(own.saves, own.of_breaks, own.saves_low, own.saves_high)


def tried(event: Event, resource: str) -> Value:
    """What was tried of the resource that is ordered, and the replications that it saves; a dash for the others."""
    order = event.order
    if order is None or order.resource != resource:
        return None
    kind, amount = _ordered(order)
    return Figures(f"clock.tried.{kind}", {"amount": amount, **saves(order).numbers})


def wire(entry: TripWire) -> Say:
    """A trip-wire in plain words: ``calls a day above 9,000 in 4 weeks in a row``."""
    what = observable(entry.wire)
    return say(f"clock.{entry.side}", what=what, threshold=threshold(entry), weeks=weeks(entry))


def observable(name: str) -> Name:
    """What is watched, with its unit of time."""
    return Name("clock.observable", name)


def threshold(entry: TripWire) -> Number:
    """The threshold of a wire in the unit of what it watches."""
    return Number(entry.threshold, _UNITS[OBSERVABLES[entry.wire].kind], 1)


def weeks(entry: TripWire) -> Say:
    """For how many weeks in a row the threshold must be passed."""
    return say("clock.weeks" if entry.weeks > 1 else "clock.week", weeks=entry.weeks)


def warning(entry: TripWire) -> Value:
    """How many days before the year is lost the hits came, with their 10-90 % range."""
    if entry.warning_days is None:
        return None
    days, low, high = entry.warning_days, entry.warning_days_low, entry.warning_days_high
    return Number(days) if low is None or high is None or low == high else value_range(days, low, high)


def skill(entry: TripWire) -> Value:
    """Hit rate less false-alarm rate with its interval, in percentage points."""
    if entry.skill is None or entry.skill_low is None or entry.skill_high is None:
        return None
    return value_range(entry.skill, entry.skill_low, entry.skill_high, "bare_percent")


def judgement(entry: TripWire) -> Say:
    """Whether a wire has shown to be better than chance."""
    return say("clock.result.proven" if entry.proven else "clock.result.unproven")


def mark(entry: TripWire) -> str:
    """The verdict whose look a wire has."""
    return "holds" if entry.proven else "not_tested"


def purpose(entry: TripWire) -> Say:
    """What a wire's warning is early enough for."""
    return say(f"clock.purpose.{entry.purpose}", months=lead(entry.months))


def lead(count: int) -> Say:
    """So many months."""
    return say("clock.lead" if count == 1 else "clock.leads", months=count)


def months(told: Days) -> Value:
    """A month with the range from early to late: 10, 50 and 90 % of the replications that break."""
    return _middle(told, lambda day: Period(f"{day:%Y-%m}"))


def days(told: Days) -> Value:
    """The same of days."""
    return _middle(told, lambda day: day)


def _middle(told: Days, named: Callable[[date], Value]) -> Value:
    if not told.all:
        return None
    early, middle, late = map(named, told.all)
    return middle if early == middle == late else _between(middle, early, late)


def _between(middle: Value, early: Value, late: Value) -> Figures:
    return Figures("format.value_range", {"value": middle, "low": early, "high": late})


def day(data: Clock, own: date) -> Value:
    """A date, marked where it has passed."""
    return Figures("clock.passed", {"value": own, "passed": say("format.yes")}) if passed(data, own) else own


def passed(data: Clock, own: date) -> bool:
    """Whether a date lies before the day of the clock."""
    return own < data.as_of
