import pytest
from scipy import stats

from scenarios.judge import judge, mean_interval, verdict, wilson
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
        (19, 20, "at_risk"),
        (0, 20, "fails"),
        (1, 20, "at_risk"),
        (3, 3, "at_risk"),
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
    (row,) = judge([[share(0.95)], [share(0.85)], [share(0.9)]])
    assert (row.probability, row.value, row.verdict, row.short_of) == (
        2 / 3,
        pytest.approx(0.9),
        "at_risk",
        "queue_production",
    )


def test_without_load_there_is_no_verdict() -> None:
    (row,) = judge([[share(None)], [share(None)]])
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
    (row,) = judge(replications, chance)
    assert row.chance_share == pytest.approx(0.0002 / 0.0016)
