"""What one replication says about each target: the deciding statistic and those beside it, by period.

Periods are a fiscal year (``FY2026``), a month (``2026-04``) or the run (``all``). Cards go by date of receipt; those
inside at the end count as late once they are older than the target, younger ones are left out. Calls and certificates
go by the day on which they were decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.availability import Reading, Service, together
from sim.calendar import Calendar, Flags, month_label
from sim.facts import CENTRES, OUTCOMES, SYSTEMS
from sim.lead_times import Cards
from sim.parameters import Parameters
from sim.parts import CARDS, COUNTERS, HELPDESK, RESIDENT
from sim.result import Result
from sim.schedule import Quantity
from sim.streams import Ints

LEAVES_OUT_CLOSURE = {"standard": True, "express": False}
"""Whether the target of a class leaves cards that touch the New Year closure out of a fiscal year: its own reading."""
PART_OF_TARGET = {
    "issue-14-days": CARDS,
    "express-7-days": CARDS,
    "dispatch-4.8m": CARDS,
    "intake-160k": CARDS,
    "calls-95": RESIDENT,
    "helpdesk-95": HELPDESK,
    "renewed-in-time": COUNTERS,
}
"""The part of the model whose facts decide a target; no part decides availability."""
CEILINGS = ("peak_month",)
"""Deciding statistics that meet their threshold from below."""


@dataclass(frozen=True)
class Statistic:
    """One value of one replication.

    ``met`` tells whether the deciding statistic reaches its threshold; ``short_of`` the cause of most late card-days.
    """

    target: str
    part: str | None
    period: str
    name: str
    value: float | None
    threshold: float | None = None
    met: bool | None = None
    short_of: str | None = None

    @property
    def decides(self) -> bool:
        """Whether this statistic decides its target in this period."""
        return self.threshold is not None


def statistics(result: Result, parameters: Parameters) -> list[Statistic]:
    """All statistics of a replication, in a fixed order."""
    calendar = Calendar(parameters.start, parameters.end)
    return [
        *_issue(result, parameters, calendar),
        *_express(result, parameters, calendar),
        *_dispatch(result, parameters, calendar),
        _intake(result, parameters, calendar),
        *_answered("calls-95", "resident", result, parameters, calendar),
        *_answered("helpdesk-95", "helpdesk", result, parameters, calendar),
        *_availability(result, parameters, calendar),
        *_renewed(result, parameters, calendar),
    ]


def _periods(calendar: Calendar) -> Iterator[tuple[str, Ints]]:
    """Each period with its month numbers: fiscal years, the run, months."""
    months = np.unique(calendar.month)
    years = np.where(months % 12 >= 3, months // 12, months // 12 - 1)
    for year in np.unique(years):
        yield f"FY{year}", months[years == year]
    yield "all", months
    for month in months:
        yield month_label(int(month)), np.array([month])


def _issue(result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    target = parameters.targets
    share = _middle(target.issue_share, parameters)
    for period, months in _periods(calendar):
        cards = Cards(result, months, express=False, measure="dispatch")
        yield _decided(
            "issue-14-days", "standard", period, "share_on_time_excl_closure",
            cards.share_within(target.issue_days, LEAVES_OUT_CLOSURE["standard"]), share, cards.short_of(),
        )  # fmt: skip
        yield Statistic("issue-14-days", "standard", period, "share_on_time", cards.share_within(target.issue_days))
        if "-" not in period:
            yield from _lead_times("issue-14-days", "standard", period, cards)


def _express(result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    """By year all cards decide. By month those that touch the closure are left out (EXPR-002 excludes New Year):
    every December would break otherwise, whatever the plant did.
    """
    target = parameters.targets
    name = f"delivered_share_{target.express_days}_days"
    for period, months in _periods(calendar):
        delivered = Cards(result, months, express=True, measure="delivery")
        dispatched = Cards(result, months, express=True, measure="dispatch")
        shares = {name: delivered.share_within(target.express_days)}
        shares[f"{name}_excl_closure"] = delivered.share_within(target.express_days, leave_out_closure=True)
        decides = f"{name}_excl_closure" if "-" in period else name
        other = (set(shares) - {decides}).pop()
        threshold, cause = _middle(target.express_share, parameters), dispatched.short_of()
        yield _decided("express-7-days", "express", period, decides, shares[decides], threshold, cause)
        yield Statistic("express-7-days", "express", period, other, shares[other])
        if "-" not in period:
            yield from _lead_times("express-7-days", "express", period, dispatched)


def _lead_times(target: str, part: str, period: str, cards: Cards) -> Iterator[Statistic]:
    """Mean with exceptions; maximum over cards within the plan, the exceptions beside it."""
    values = {
        "mean_days": cards.mean(False),
        "mean_days_excl_closure": cards.mean(True),
        "max_days": cards.longest(False, exception=False),
        "max_days_excl_closure": cards.longest(True, exception=False),
        "exceptions": cards.exceptions(),
        "max_days_exceptions": cards.longest(False, exception=True),
        "inside_at_end": cards.young_inside(),
    }
    for name, value in values.items():
        yield Statistic(target, part, period, name, value)


def _dispatch(result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    """The largest month that must leave to meet the targets, against the promised capacity."""
    due = result.facts["due_to_leave"]
    for period, months in _periods(calendar):
        if "-" in period:
            continue
        by_month = [int(due[calendar.month == month].sum()) for month in months]
        peak = float(max(by_month)) if sum(by_month) else None
        capacity = _middle(parameters.targets.dispatch_per_month, parameters)
        met = None if peak is None else peak <= capacity
        yield Statistic("dispatch-4.8m", None, period, "peak_month", peak, capacity, met, "cap")


def _intake(result: Result, parameters: Parameters, calendar: Calendar) -> Statistic:
    """Days of stated stress until a card is received that will be late; all of them if none is."""
    wanted = _middle(parameters.targets.intake_per_day, parameters)
    stress = [
        load for load in parameters.demand.stress if load.applications_per_day >= wanted and load.to >= calendar.first
    ]
    if not stress:
        return Statistic("intake-160k", None, "all", "days_until_breach", None, threshold=0.0)
    first = max(calendar.index(min(load.from_ for load in stress)), 0)
    last = calendar.index(max(load.to for load in stress))
    late = np.flatnonzero(result.facts["received_to_be_late"][first : last + 1])
    days = last + 1 - first
    until = float(late[0]) if len(late) else float(days)
    return Statistic("intake-160k", None, "all", "days_until_breach", until, float(days), len(late) == 0)


def _answered(
    target: str, centre: str, result: Result, parameters: Parameters, calendar: Calendar
) -> Iterator[Statistic]:
    """Answered over offered, by attempt; that is how the published yearly rate is read (JLIS-012, JLIS-013).

    An attempt belongs to the period in which it is over, answered or lost: one that rings before midnight and ends
    after it would otherwise be offered in one period and answered in the next, whose share could pass 1.
    """
    threshold, prefix = _middle(parameters.targets.answered_share, parameters), CENTRES[centre]
    short_of = f"seats_{centre}"
    for period, months in _periods(calendar):
        sums = _Sums(result, np.isin(calendar.month, months), prefix)
        share = sums.share("answered", *OUTCOMES)
        yield _decided(target, None, period, "answered_share", share, threshold, short_of)
        first = sums["offered"] - sums["call_backs"]
        beside = {
            "callers_answered_share": _at_most_one(sums["answered"] / first) if first else None,
            "within_20s_share": _at_most_one(sums.share("within_20s", *OUTCOMES)),
            "mean_wait_s": sums.share("wait_seconds", "offered"),
            "utilisation": _at_most_one(sums.share("busy_minutes", "agent_minutes")),
        }
        if "-" not in period:
            of_months = [_Sums(result, calendar.month == month, prefix) for month in months]
            by_month = [sums_of_month.share("answered", *OUTCOMES) for sums_of_month in of_months]
            rates = [rate for rate in by_month if rate is not None]
            beside["mean_of_months_share"] = float(np.mean(rates)) if rates else None
        for name, value in beside.items():
            yield Statistic(target, None, period, name, value)


def _availability(result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    """Service minutes less outage minutes over service minutes, planned stops left out of both (JLIS-017).

    By each system, and by the readings of all together, of which one decides.
    """
    threshold, decides = _middle(parameters.targets.availability, parameters), parameters.targets.availability_reading

    def said(reading: Reading, part: str | None, name: str, value: float | None) -> Statistic:
        if reading == decides:
            return _decided("availability-99.9", part, period, name, value, threshold, "breakdowns")
        return Statistic("availability-99.9", part, period, name, value)

    for period, months in _periods(calendar):
        if "-" in period:
            continue
        sums = _Sums(result, np.isin(calendar.month, months))
        services = {
            system: Service(sums[f"service_minutes_{system}"], sums[f"outage_minutes_{system}"]) for system in SYSTEMS
        }
        for system, service in services.items():
            yield said("each", system, "availability", service.share)
            yield Statistic("availability-99.9", system, period, "hours_lost", service.lost / 60)
        for reading, value in together(list(services.values())).items():
            yield said(reading, None, f"availability_{reading}", value)


def _renewed(result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    """Of those who set out to renew a certificate before its expiry and are done with it, the share in time."""
    threshold = _middle(parameters.targets.renewed_share, parameters)
    for period, months in _periods(calendar):
        sums = _Sums(result, np.isin(calendar.month, months))
        done = sums["renewed_in_time"] + sums["expired_waiting"] + sums["gave_up_in_time"]
        share = sums["renewed_in_time"] / done if done else None
        failed = sums.share("transactions_failed", "transactions") or 0.0
        short_of = "jpki" if failed > _MANY_FAILED else "slots"
        yield _decided("renewed-in-time", None, period, "renewed_in_time_share", share, threshold, short_of)
        served = sums["certificates_renewed"] + sums["signing_reissued"]
        yield Statistic(
            "renewed-in-time", None, period, "mean_wait_days", sums["slot_wait_days"] / served if served else None
        )
        attempts = sums["transactions"] + sums["transactions_failed"]
        failed_share = sums["transactions_failed"] / attempts if attempts else None
        yield Statistic("renewed-in-time", None, period, "failed_share", failed_share)
        if "-" not in period:
            overloaded = result.facts["jpki_overloaded"][np.isin(calendar.month, months)]
            yield Statistic("renewed-in-time", None, period, "overloaded_days", float(overloaded.sum()))
            yield Statistic("renewed-in-time", None, period, "longest_overload_days", float(_longest_spell(overloaded)))


def _longest_spell(flags: Ints) -> int:
    """Days from the first to the last of a spell; quiet days such as a weekend inside it do not end it, a week does."""
    longest, first, last = 0, None, -_SPELL_ENDS_AFTER
    for day in np.flatnonzero(flags).tolist():
        first = day if first is None or day - last > _SPELL_ENDS_AFTER else first
        last = day
        longest = max(longest, last - first + 1)
    return longest


_SPELL_ENDS_AFTER = 7
_MANY_FAILED = 0.02
"""Above this share of failed counter transactions, certificates are late for want of JPKI capacity, not of slots."""


class _Sums:
    """Sums of facts over some days; ``prefix`` is that of a call centre."""

    def __init__(self, result: Result, days: Flags, prefix: str = "") -> None:
        self._facts, self._days, self._prefix = result.facts, days, f"{prefix}_" if prefix else ""

    def __getitem__(self, name: str) -> int:
        return int(self._facts[self._prefix + name][self._days].sum())

    def share(self, part: str, *whole: str) -> float | None:
        """One sum over that of others; None where there is nothing to divide by."""
        total = sum(self[name] for name in whole)
        return self[part] / total if total else None


def _at_most_one(share: float | None) -> float | None:
    """A share of which a little may fall outside its period.

    A call is within 20 seconds when it is taken, over when the agent has finished; agents finish a call after closing.
    """
    return None if share is None else min(share, 1.0)


def _decided(
    target: str,
    part: str | None,
    period: str,
    name: str,
    value: float | None,
    threshold: float,
    short_of: str | None,
) -> Statistic:
    met = None if value is None else value >= threshold
    return Statistic(target, part, period, name, value, threshold, met, short_of)


def _middle(quantity: Quantity, parameters: Parameters) -> float:
    return quantity.at(parameters.start)
