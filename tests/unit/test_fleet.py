"""Jobs on workers that there are not, against sums by hand."""

import pytest

from benchmarks.fleet import makespan


@pytest.mark.parametrize(
    ("seconds", "workers", "overhead", "span"),
    [
        ([4, 3, 2, 1], 1, 0, 10),
        ([4, 3, 2, 1], 2, 0, 5),  # 0-4, 0-3, then 3-5 and 4-5
        ([4, 3, 2, 1], 2, 1, 7),  # sent at 1, 2, 3, 4: 1-5, 2-5, then 5-7 and 5-6
        ([1] * 6, 100, 2, 13),  # the scheduler sends the sixth at 12
        ([5], 3, 0.5, 5.5),
        ([], 3, 1, 0),
    ],
)
def test_a_fleet_takes_as_long_as_by_hand(seconds, workers, overhead, span):
    assert makespan(seconds, workers, overhead) == span
