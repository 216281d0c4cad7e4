"""Municipalities put together by size and prefecture, and those most at risk, by hand."""

from dataclasses import replace

import pandas as pd
import pytest
from test_reports_folder import make

from reports.document import Number
from reports.run.municipalities import SIZES, _most_at_risk, grouped, places
from reports.run_data import RunData, read
from sim.result import COUNTER_COLUMNS

SAPPORO, HAKODATE, OTARU = 11002, 12025, 12033
"""Of 2.0 million, 250,000 and 110,000 residents, all in Hokkaido."""
TOWN = int(places().query("residents < 10_000").index[0])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> RunData:
    return read(make(tmp_path_factory.mktemp("groups") / "run"))


def told(data: RunData, rows: list[tuple[int, int, int, int, int, int]]) -> RunData:
    """By replication and municipality: served, renewed in time, lost in time, days waited. Nobody else did anything."""
    columns = ["replication", *COUNTER_COLUMNS]
    table = [(replication, 2026, code, *counts, 0, 0) for replication, code, *counts in rows]
    return replace(data, counters=pd.DataFrame(table, columns=columns))


def test_groups_add_their_municipalities_up_replication_by_replication(data: RunData) -> None:
    rows = [
        (1, HAKODATE, 100, 90, 10, 500),
        (1, OTARU, 100, 100, 0, 100),
        (1, SAPPORO, 1000, 1000, 0, 0),
        (2, HAKODATE, 0, 0, 0, 0),
        (2, OTARU, 50, 40, 40, 50),
        (2, SAPPORO, 1000, 960, 40, 3000),
    ]
    found = grouped(told(data, rows), 2026, "prefecture")
    assert list(found) == [1]
    hokkaido = found[1]
    assert hokkaido.in_time == pytest.approx([1190 / 1200, 1000 / 1080])
    assert hokkaido.days == pytest.approx([600 / 1200, 3050 / 1050])
    # 95 % are wanted: Hakodate misses it in the first, Otaru in the second
    residents = places()["residents"]
    total = residents[[SAPPORO, HAKODATE, OTARU]].sum()
    assert hokkaido.missed == pytest.approx([residents[HAKODATE] / total, residents[OTARU] / total])
    sizes = grouped(told(data, rows), 2026, "size")
    assert [SIZES[key] for key in sizes] == [500_000, 200_000, 100_000]
    assert sizes[1].in_time == pytest.approx([0.9, 1.0])  # where nobody tries nobody is late
    assert sizes[2].days == pytest.approx([1.0, 1.0])


def test_most_at_risk_are_those_that_miss_most_often_then_those_who_wait_longest(data: RunData) -> None:
    rows = [
        *((number, SAPPORO, 100, 90 if number < 3 else 100, 10 if number < 3 else 0, 700) for number in (1, 2, 3, 4)),
        *((number, HAKODATE, 100, 90 if number < 3 else 100, 10 if number < 3 else 0, 900) for number in (1, 2, 3, 4)),
        *((number, TOWN, 10, 0 if number < 4 else 10, 5 if number < 4 else 0, 10) for number in (1, 2, 3, 4)),
        *((number, OTARU, 100, 100, 0, 5000) for number in (1, 2, 3, 4)),
    ]
    lines = _most_at_risk(told(data, rows), 2026).table.rows
    assert [line[0] for line in lines] == [places()["name"][code] for code in (TOWN, HAKODATE, SAPPORO)]
    assert [line[4] for line in lines] == [Number(share, "probability") for share in (0.75, 0.5, 0.5)]
    assert [line[5] for line in lines] == [Number(days, "days_exact", 1) for days in (1.0, 9.0, 7.0)]
