"""Replications until every target has a word: what is looked at, how many come next, and what is said of it."""

import numpy as np
import pytest
import recorded
from rich.cells import cell_len

from reports import catalogue, values
from reports.run.certainty import decided as decided_told
from scenarios.run.decided import decided, next_count
from scenarios.run.enough import Until
from scenarios.run.record import Decided, Undecided
from sim.targets import Statistic


def calls(period: str, met: bool | None) -> Statistic:
    value = None if met is None else 0.96 if met else 0.9
    return Statistic("calls-95", None, period, "answered_share", value, 0.95, met)


def replication(first: bool, second: bool, intake: bool | None = None) -> list[Statistic]:
    told = [calls("FY2026", first), calls("FY2027", second), calls("all", second), calls("2026-04", False)]
    stress = None if intake is None else 5.0
    return [*told, Statistic("intake-160k", None, "all", "days_until_breach", stress, 5.0, intake)]


def test_the_verdict_over_all_years_is_waited_for_and_what_is_not_tested_is_not() -> None:
    assert decided([replication(True, True)] * 16, 200).undecided == ()
    mixed = [replication(number % 5 > 0, True) for number in range(20)]  # 80 % together, 100 % in the second year
    (open_,) = decided(mixed, 200).undecided
    assert open_ == Undecided("calls-95", "years", 16, 20, None)


def test_a_target_without_years_is_judged_over_the_run() -> None:
    (open_,) = decided([replication(True, True, intake=number > 0) for number in range(20)], 200).undecided
    assert open_ == Undecided("intake-160k", "all", 19, 20, 28)


@pytest.mark.parametrize(
    ("have", "needed", "expected"),
    [
        (20, [28], 30),  # in tens
        (20, [28, 62], 40),  # twice as many at most
        (20, [None], 40),
        (5, [16], 10),
        (150, [None, 160], 200),  # the most
        (200, [None], 200),
        (40, [], 40),
    ],
)
def test_how_many_next(have: int, needed: list[int | None], expected: int) -> None:
    found = tuple(Undecided("calls-95", "years", 1, 2, number) for number in needed)
    assert next_count(have, Decided(200, found)) == expected


def grow(until: Until, met: list[bool], have: int) -> int:
    """How many replications there are in the end."""
    while True:
        found = until.look([replication(one, True) for one in met[:have]])
        if found.next_count == have:
            return have
        have = found.next_count


def test_it_ends_when_all_is_decided_or_at_the_limit() -> None:
    until = Until(None, True, 200)
    assert grow(until, [True] * 200, 5) == 20
    assert grow(until, [True] * 10 + [False] + [True] * 189, 20) == 30
    assert grow(until, [True, True, True, True, False] * 40, 20) == 200
    assert grow(Until(None, True, 50), [True, True, True, True, False] * 40, 20) == 50


def test_precision_and_words_are_waited_for_together() -> None:
    told = [replication(True, True)] * 20
    met_and_wide = [replication(bool(one), True) for one in np.arange(20) % 2]  # at risk, and values spread
    assert Until(0.001, True, 200).look(told).next_count == 20
    both = Until(0.001, True, 200).look(met_and_wide)
    assert (both.decided is not None and both.decided.undecided, both.next_count) == ((), 40)
    neither = Until(None, False, 200).look(met_and_wide)
    assert (neither.precision, neither.decided, neither.next_count) == (None, None, 20)


SOME = [
    {"judged": "calls-95", "period": "years", "met": 160, "tested": 200, "replications_to_decide": None},
    {"judged": "availability-99.9/jpki_counter", "period": "years", "met": 170, "tested": 200,
     "replications_to_decide": 246},
]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_the_line_says_which_stayed_undecided_and_why(lang: str) -> None:
    cat = catalogue.load(lang)
    line = values.text(cat, decided_told(recorded.run(replications=200, decided={"most": 200, "undecided": SOME})))
    for part in (
        "--most",
        "160",
        "80 %" if lang == "en" else "80%",
        "1,000",
        "JPKI",
        "250",
    ):
        assert part in line
    assert "{" not in line and "None" not in line
    all_said = values.text(cat, decided_told(recorded.run(replications=40, decided={"most": 200, "undecided": []})))
    assert "40" in all_said and cell_len(all_said) < 100
    assert decided_told(recorded.run()) == ""
