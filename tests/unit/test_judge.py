from dataclasses import replace

import pytest
from scipy import stats

from scenarios.run.judge import judge, mean_interval
from scenarios.run.words import replications_to_decide, verdict, wilson, word
from sim.targets import Statistic


def share(value: float | None, period: str = "FY2026", threshold: float = 0.9) -> Statistic:
    met = None if value is None else value >= threshold
    return Statistic("issue-14-days", "standard", period, "share_on_time", value, threshold, met, "queue_production")


@pytest.mark.parametrize(("successes", "trials"), [(0, 20), (7, 20), (20, 20), (97, 100)])
def test_wilson_agrees_with_scipy(successes: int, trials: int) -> None:
    expected = stats.binomtest(successes, trials).proportion_ci(method="wilson")
    assert wilson(successes, trials) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize(
    ("successes", "trials", "word"),
    [
        (20, 20, "holds"),
        (19, 20, "undecided"),
        (10, 20, "at_risk"),
        (0, 20, "fails"),
        (1, 20, "undecided"),
        (3, 3, "undecided"),
        (15, 15, "undecided"),
        (16, 16, "holds"),
        (0, 15, "undecided"),
        (6, 12, "undecided"),
        (0, 0, "not_tested"),
    ],
)
def test_words_say_no_more_than_the_replications_support(successes: int, trials: int, word: str) -> None:
    assert verdict(successes, trials) == word


def test_the_interval_of_a_mean_is_students() -> None:
    values = [9.0, 11.0, 10.0, 12.0]
    expected = stats.t.interval(0.95, 3, loc=10.5, scale=stats.sem(values))
    assert mean_interval(values) == pytest.approx(expected)
    assert mean_interval([1.0]) == (None, None)


def test_a_row_counts_the_replications_that_meet_the_threshold() -> None:
    row, _ = judge([[share(0.95)], [share(0.85)], [share(0.9)]])
    assert (row.probability, row.value, row.verdict, row.short_of) == (
        2 / 3,
        pytest.approx(0.9),
        "undecided",
        "queue_production",
    )


def test_without_load_there_is_no_verdict() -> None:
    row, together = judge([[share(None)], [share(None)]])
    assert together == replace(row, period="years")
    assert (row.verdict, row.value, row.probability, row.threshold) == ("not_tested", None, None, None)


def test_the_first_breach_is_the_middle_of_the_replications_that_broke() -> None:
    months = ("2026-05", "2026-06", "2026-07")
    broken_from = (0, 1, 2, 3)  # the last replication never breaks
    replications = [
        [share(0.9), *(share(0.5 if i >= first else 1.0, month) for i, month in enumerate(months))]
        for first in broken_from
    ]
    row = judge(replications)[0]
    assert (row.first_breach_low, row.first_breach, row.first_breach_high) == ("2026-05", "2026-06", "2026-07")
    assert row.monthly_breach_probability == 0.75


def test_chance_share_compares_variances() -> None:
    replications = [[share(value)] for value in (0.90, 0.94, 0.98)]
    chance = [[share(value)] for value in (0.94, 0.96)]
    row, _ = judge(replications, chance)
    ratio = 0.0002 / 0.0016
    assert row.chance_share == pytest.approx(ratio)
    assert row.chance_share_low == pytest.approx(ratio / stats.f(1, 2).ppf(0.975))
    assert row.chance_share_high == 1.0  # cut: all of the spread


def test_what_does_not_vary_has_no_chance_share() -> None:
    same, other = [[share(0.95)], [share(0.95)]], [[share(0.95)], [share(0.96)]]
    for replications, chance in ((same, other), (other, same), (same, same)):
        row, _ = judge(replications, chance)
        assert (row.chance_share, row.chance_share_low, row.chance_share_high) == (None, None, None)


def year(number: int, value: float | None) -> Statistic:
    return share(value, f"FY{number}")


def test_all_years_together_are_counted_replication_by_replication() -> None:
    luck = [(1.0, 1.0), (0.5, 1.0), (1.0, 0.6), (0.8, 0.7)]
    rows = judge([[year(2026, first), year(2027, second)] for first, second in luck])
    together = rows[-1]
    assert (together.period, together.joint, together.monthly, together.yearly) == ("years", True, False, False)
    assert [row.probability for row in rows] == [0.5, 0.5, 0.25]
    assert together.value == pytest.approx((1.0 + 0.5 + 0.6 + 0.7) / 4)  # of the worst years
    assert (together.first_breach_low, together.first_breach, together.first_breach_high) == (
        "FY2026",
        "FY2026",
        "FY2027",
    )
    assert together.short_of == "queue_production"


def test_a_year_without_load_does_not_count_against_the_others() -> None:
    rows = judge([[year(2026, 0.95), year(2027, None)]] * 16)
    assert [row.verdict for row in rows] == ["holds", "not_tested", "holds"]


def test_the_worst_year_of_a_ceiling_is_the_largest() -> None:
    def peak(number: int, value: float) -> Statistic:
        return Statistic("dispatch-4.8m", None, f"FY{number}", "peak_month", value, 4.8e6, value <= 4.8e6, "cap")

    rows = judge([[peak(2026, 4e6), peak(2027, 5e6)]])
    assert (rows[-1].value, rows[-1].probability, rows[-1].first_breach) == (5e6, 0.0, "FY2027")


def test_a_target_without_years_has_no_row_of_all_years() -> None:
    assert [row.period for row in judge([[share(0.95, "all")], [share(0.8, "all")]])] == ["all"]


@pytest.mark.parametrize(
    ("successes", "trials", "expected"),
    [(4, 4, 16), (0, 3, 16), (19, 20, 28), (18, 20, 62), (16, 20, None), (13, 20, 28)],
)
def test_how_many_replications_would_decide(successes: int, trials: int, expected: int | None) -> None:
    found = replications_to_decide(successes, trials)
    assert found == expected
    if found:
        before = found - 1
        assert verdict(successes / trials * before, before) == "undecided"
        assert verdict(successes / trials * found, found) != "undecided"


def test_a_word_stands_until_an_interval_decides_otherwise() -> None:
    start = [True] * 20
    assert word(start) == "holds"
    later = start + [True, False] * 15  # 35 of 50: the interval lies across 0.8
    assert verdict(35, 50) == "undecided" and word(later) == "holds"
    much_later = start + [True, False] * 90  # 110 of 200
    assert verdict(110, 200) == word(much_later) == "at_risk"
