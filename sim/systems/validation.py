"""The validation service (電子証明書の有効性確認) for relying parties: OCSP and the daily CRL, at two centres.

One centre works, the other stands by. A breakdown hits either of them, or both at once: a share of a centre's
breakdowns has a common cause (the beta-factor model: K. N. Fleming, *A reliability model for common mode failures in
redundant safety systems*, 1975; IEC 61508-6, annex D). When the working centre fails, the other takes over for good and
answers a fail-over time later, unless the first is repaired before. Nobody sees the other one fail. While both are down
relying parties wait for whichever answers first.

Nothing else in the model reads it, and nothing moves it. Checks are spread evenly over the day: a proxy of the load.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from sim.calendar import Calendar
from sim.disruptions import by_day
from sim.disruptions import spans as disrupted
from sim.draws import whole_numbers
from sim.hours import MINUTES
from sim.journal import Journal
from sim.plan import Plan
from sim.streams import Floats, Ints, Streams
from sim.systems.breakdowns import ROUND_THE_CLOCK, breakdowns
from sim.timing import DAYS_A_MONTH

_PATH = "systems.validation"
_Centres = tuple[int, ...]
_BOTH: _Centres = (0, 1)
_WORKING: _Centres = ()
"""Whichever centre works."""
FAIL_OVER, UNSEEN, UNRELIEVED = "fail_overs", "unseen", "unrelieved"
"""What becomes of a breakdown: the other centre took over; it hit the one that stood by; nobody took over in time."""


@dataclass(frozen=True, order=True)
class _Breakdown:
    """Start and end in minutes since the calendar's first midnight, and the centres hit."""

    start: float
    end: float
    centres: _Centres


class Validation:
    """What relying parties see of both centres in one replication.

    ``down`` are spans without an answer (start, end, and 0 as the share that works), ``outcomes`` how many breakdowns
    came to what, by day.
    """

    def __init__(self, plan: Plan, streams: Streams, calendar: Calendar) -> None:
        self._fail_over = plan.daily(f"{_PATH}.fail_over_minutes")
        self._working, self._up_again = 0, [0.0, 0.0]
        self.down: list[tuple[float, float, float]] = []
        self.outcomes: Counter[tuple[str, int]] = Counter()
        for breakdown in sorted(_all(plan, streams, calendar)):
            day = min(max(int(breakdown.start // MINUTES), 0), calendar.days - 1)
            self.outcomes[self._meet(breakdown, float(self._fail_over[day])), day] += 1

    def _meet(self, breakdown: _Breakdown, fail_over: float) -> str:
        """What becomes of one breakdown."""
        hit = breakdown.centres or (self._working,)
        for centre in hit:
            self._up_again[centre] = max(self._up_again[centre], breakdown.end)
        if self._working not in hit:
            return UNSEEN
        other = 1 - self._working
        repaired, relieved = self._up_again[self._working], max(breakdown.start, self._up_again[other]) + fail_over
        self.down.append((breakdown.start, min(repaired, relieved), 0.0))
        if repaired <= relieved:
            return UNRELIEVED
        self._working = other
        return FAIL_OVER


def _common(plan: Plan) -> Floats:
    return plan.daily(f"{_PATH}.common_share")


def _alone(plan: Plan) -> Floats:
    return 1 - _common(plan)


_BY_CHANCE: tuple[tuple[str, _Centres, Callable[[Plan], Floats]], ...] = (
    ("first", (0,), _alone),
    ("second", (1,), _alone),
    ("both", _BOTH, _common),
)
_STATED = (("validation", _BOTH), ("validation_centre", _WORKING))


def _all(plan: Plan, streams: Streams, calendar: Calendar) -> Iterator[_Breakdown]:
    """Breakdowns by chance, of each centre alone and of both, and losses that stand in the scenario."""
    for name, centres, share in _BY_CHANCE:
        found = breakdowns(f"{_PATH}/{name}", _PATH, ROUND_THE_CLOCK, plan, streams, calendar, share)
        yield from (_Breakdown(start, end, centres) for start, end, _ in found)
    for hit, centres in _STATED:
        for span in disrupted(plan.parameters.disruptions.events, hit, calendar, plan.drawn):
            yield _Breakdown(span.start, span.end, centres)


def post_validation(plan: Plan, streams: Streams, calendar: Calendar, journal: Journal) -> None:
    """Post what relying parties see of every day."""
    seen, everyday = Validation(plan, streams, calendar), slice(None)
    works = by_day(seen.down, calendar.days)
    down: Ints = np.zeros(calendar.days, dtype=np.int64)
    due = plan.parameters.systems.validation.crl_hour * 60
    for day, minutes in works.items():
        down[day] = (minutes == 0).sum()
        journal.post("crl_late_minutes", day, _until_answered(works, day, due))
    checks = whole_numbers(plan.daily(f"{_PATH}.checks_per_month") / DAYS_A_MONTH)
    unanswered = checks * down // MINUTES
    journal.post_days("validation_down_minutes", everyday, down)
    journal.post_days("validity_checks", everyday, checks)
    journal.post_days("validity_checks_answered", everyday, checks - unanswered)
    journal.post_days("validity_checks_unanswered", everyday, unanswered)
    for (outcome, day), count in seen.outcomes.items():
        journal.post("validation_breakdowns", day, count)
        journal.post(f"validation_{outcome}", day, count)


def _until_answered(works: Mapping[int, Floats], day: int, minute: int) -> int:
    """Minutes from a moment until somebody answers; none where somebody does."""
    if day not in works:
        return 0
    answered = np.flatnonzero(works[day][minute:])
    return int(answered[0]) if len(answered) else MINUTES - minute + _until_answered(works, day + 1, 0)
