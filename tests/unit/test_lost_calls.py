"""Every lost call has exactly one cause, by a precedence that leaves none out."""

import itertools

import numpy as np
import pytest

from sim.contact.calls import ABANDONED, ANSWERED, BLOCKED, DAY, DEFLECTED, Attempts
from sim.contact.outcomes import count_outcomes
from sim.facts import CALL_CAUSES, LOST_CAUSES


def attempts(rows: list[tuple[int, int, float, int]]) -> Attempts:
    """Rows of tag, earlier attempts, minute of ringing, outcome."""
    tag, attempt, offered, outcome = (np.array(column) for column in zip(*rows, strict=True))
    flags, waits = np.zeros(len(rows), dtype=np.bool_), np.zeros(len(rows))
    return Attempts.of(tag, attempt, flags, offered.astype(float), waits, outcome, waits, flags)


def down(first: float, last: float) -> np.ndarray:
    """Minutes of yesterday and today that an outage takes; times on today's clock."""
    minutes = np.arange(-DAY, DAY)
    return (minutes >= first) & (minutes < last)


def causes_of(centre: str, tag: str, attempt: int, offered: float, outcome: int, out: np.ndarray | None) -> list[str]:
    row = (CALL_CAUSES[centre].index(tag), attempt, offered, outcome)
    found = count_outcomes(centre, attempts([row]), out).lost
    assert tuple(found) == LOST_CAUSES[centre]
    return [cause for cause, count in found.items() if count]


@pytest.mark.parametrize(
    ("centre", "tag", "attempt", "offered", "outcome", "cause"),
    [
        ("helpdesk", "outages", 1, 650, DEFLECTED, "call_back"),
        ("helpdesk", "outages", 0, 900, BLOCKED, "outage"),
        ("helpdesk", "office", 0, 650, DEFLECTED, "outage"),
        ("helpdesk", "office", 0, 660, DEFLECTED, "closed"),
        ("helpdesk", "office", 0, 599.99, ABANDONED, "seats"),
        ("resident", "notices", 2, 900, ABANDONED, "call_back"),
        ("resident", "notices", 0, 900, DEFLECTED, "closed"),
        ("resident", "notices", 0, 900, BLOCKED, "notices"),
        ("resident", "loss", 0, 900, ABANDONED, "seats"),
    ],
)
def test_the_first_cause_that_holds_counts(
    centre: str, tag: str, attempt: int, offered: float, outcome: int, cause: str
) -> None:
    out = down(600, 660) if centre == "helpdesk" else None
    assert causes_of(centre, tag, attempt, offered, outcome, out) == [cause]


def test_who_rang_in_yesterdays_outage_and_was_lost_today_is_lost_to_it() -> None:
    assert causes_of("helpdesk", "office", 0, -30, ABANDONED, down(-60, -20)) == ["outage"]
    assert causes_of("helpdesk", "office", 0, -10, ABANDONED, down(-60, -20)) == ["seats"]
    assert causes_of("helpdesk", "office", 0, -3 * DAY, ABANDONED, down(-DAY, DAY)) == ["seats"]


@pytest.mark.parametrize("centre", CALL_CAUSES)
@pytest.mark.parametrize("out", [None, down(-60, 600)])
def test_every_lost_call_and_no_other_has_one_cause(centre: str, out: np.ndarray | None) -> None:
    tags, times = range(len(CALL_CAUSES[centre])), (-90.0, -30.0, 30.0, 660.0)
    for row in itertools.product(tags, (0, 1, 3), times, (ANSWERED, ABANDONED, DEFLECTED, BLOCKED)):
        assert sum(count_outcomes(centre, attempts([row]), out).lost.values()) == (row[3] != ANSWERED), row


@pytest.mark.parametrize("centre", CALL_CAUSES)
def test_a_day_without_calls_has_none_lost(centre: str) -> None:
    none = np.zeros(0, dtype=np.int64)
    flags = none.astype(np.bool_)
    nothing = Attempts.of(none, none, flags, none.astype(float), none.astype(float), none, none.astype(float), flags)
    assert count_outcomes(centre, nothing, down(0, 60)).lost == dict.fromkeys(LOST_CAUSES[centre], 0)
