"""The target of the notices: posted about three months before expiry (JLIS-023)."""

from __future__ import annotations

from collections.abc import Iterator

from sim.calendar import Calendar
from sim.parameters import Parameters
from sim.result import Result
from sim.target import Loss, Measure, Statistic, Sums, Target, beside, decided, middle, periods


def _posted(target: Target, result: Result, parameters: Parameters, calendar: Calendar) -> Iterator[Statistic]:
    """Of notices posted in time, or by now too late for it, the share in time."""
    threshold = middle(parameters.targets.notice_share, parameters)
    for period, months in periods(calendar):
        days = calendar.of_months(months)
        share = Sums(result, days).share("notices_in_time", "notices_in_time", "notices_late")
        yield decided(target, None, period, "notices_in_time_share", share, threshold, "printing")
        most = float(result.facts["notices_waiting"][days].max())
        yield from beside(target, None, period, {"most_notices_waiting": most})


POSTED = Target(
    "notices-3-months",
    "cards",
    (Measure("notices_in_time_share", "share", "more"), Measure("most_notices_waiting", "count", "less")),
    _posted,
    ("targets.notice_", "notices.printed_per_day"),
    loss=Loss(("notices_in_time", "notices_late"), lost=("notices_late",)),
)
TARGETS = (POSTED,)
