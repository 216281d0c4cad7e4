"""The targets of the counters: certificates renewed before they expire, and no errors for want of capacity."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.calendar import Calendar
from sim.parameters import Parameters
from sim.result import Result
from sim.streams import Ints
from sim.target import Loss, Measure, Statistic, Sums, Target, beside, decided, middle, periods

_SPELL_ENDS_AFTER = 7
_MANY_FAILED = 0.02
"""Above this share of failed counter transactions, certificates are late for want of JPKI capacity, not of slots."""
_DONE = ("renewed_in_time", "expired_waiting", "gave_up_in_time")


def _renewed(target: Target, result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    """Of those who set out to renew a certificate before its expiry and are done with it, the share in time."""
    threshold = middle(parameters.targets.renewed_share, parameters)
    for period, months in periods(calendar):
        days = calendar.of_months(months)
        sums = Sums(result, days)
        failed = sums.share("transactions_failed", "transactions") or 0.0
        short_of = "jpki" if failed > _MANY_FAILED else "slots"
        share = sums.share("renewed_in_time", *_DONE)
        yield decided(target, None, period, "renewed_in_time_share", share, threshold, short_of)
        others = {
            "mean_wait_days": sums.share("slot_wait_days", "certificates_renewed", "signing_reissued"),
            "failed_share": sums.share("transactions_failed", "transactions", "transactions_failed"),
        }
        if not period.monthly:
            overloaded = result.facts["jpki_overloaded"][days]
            others["overloaded_days"] = float(overloaded.sum())
            others["longest_overload_days"] = float(_longest_spell(overloaded))
        yield from beside(target, None, period, others)


def _longest_spell(flags: Ints) -> int:
    """Days from the first to the last of a spell; quiet days such as a weekend inside it do not end it, a week does."""
    longest, first, last = 0, None, -_SPELL_ENDS_AFTER
    for day in np.flatnonzero(flags).tolist():
        first = day if first is None or day - last > _SPELL_ENDS_AFTER else first
        last = day
        longest = max(longest, last - first + 1)
    return longest


RENEWED = Target(
    "renewed-in-time",
    "counters",
    (
        Measure("renewed_in_time_share", "share", "more"),
        Measure("mean_wait_days", "days", "less"),
        Measure("failed_share", "share", "less"),
        Measure("overloaded_days", "days", "less"),
        Measure("longest_overload_days", "days", "less"),
    ),
    _renewed,
    ("targets.renewed_",),
    driver="certificate_visits",
    loss=Loss(_DONE, lost=("expired_waiting", "gave_up_in_time")),
    resources=("counters.slots_per_day", "systems.jpki_per_day"),
    signs=("notices", "booking_backlog", "slot_wait", "transactions", "transactions_failed"),
    saves=("unrenewed",),
)


def _no_errors(target: Target, result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    """Days on which nobody at a counter saw an error for want of capacity, of those on which counters were open."""
    threshold = middle(parameters.targets.error_free_share, parameters)
    for period, months in periods(calendar):
        days = calendar.of_months(months)
        timeouts = result.facts["jpki_timeouts"][days]
        opened = (result.facts["transactions"] + result.facts["transactions_failed"])[days] > 0
        share = float((timeouts[opened] == 0).mean()) if opened.any() else None
        yield decided(target, None, period, "error_free_days_share", share, threshold, "jpki")
        yield from beside(target, None, period, {"timeouts": float(timeouts.sum())})


NO_ERRORS = Target(
    "counters-no-errors",
    "counters",
    (Measure("error_free_days_share", "share", "more"), Measure("timeouts", "count", "less")),
    _no_errors,
    ("targets.error_free_",),
    resources=("systems.jpki_per_day",),
    signs=("transactions", "transactions_failed"),
)
TARGETS = (RENEWED, NO_ERRORS)
