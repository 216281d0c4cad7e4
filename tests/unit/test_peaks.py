"""What is said of fullest and worst months: they are found in each replication before quantiles are taken.

In the made-up world each replication has a launch in a month of its own, so that none is in the median of any month.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from reports import catalogue, series, values
from reports.drawing import Cells
from reports.run.captions import caption
from reports.run.card_charts import fullness
from reports.run_data import RunData
from sim.facts import STATIONS

MONTHS = tuple(f"{year + (month < 4)}-{month:02}" for year in range(2026, 2029) for month in (*range(4, 13), 1, 2, 3))
LAUNCHES = ("2027-05", "2027-07", "2027-09", "2027-11", "2028-12")
USUAL, LAUNCH, CAPACITY = 1000.0, 3000.0, 2000.0
CALLS, ANSWERED_THEN = 100.0, 50.0


def launched(usual: float, launch: float) -> pd.DataFrame:
    table = pd.DataFrame(usual, index=pd.Index(MONTHS, name="month"), columns=range(1, len(LAUNCHES) + 1))
    for replication, month in enumerate(LAUNCHES, 1):
        table.loc[month, replication] = launch * (1 + replication / 100)
    return table


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> RunData:
    from datetime import date

    import test_reports_folder

    from reports.run_data import read

    folder = test_reports_folder.make(tmp_path_factory.mktemp("world") / "run", last=date(2026, 4, 30))
    data = read(folder)
    flat = launched(0.0, 0.0)
    tables = dict.fromkeys(data.flow_tables, flat)
    tables["applications"] = tables["dispatched_standard"] = launched(USUAL, LAUNCH)
    for name in STATIONS:
        tables[f"capacity_{name}"] = flat + CAPACITY
        tables[f"done_{name}"] = launched(USUAL, LAUNCH / 2)
    tables["calls_offered"] = flat + CALLS
    tables["calls_answered"] = launched(CALLS, ANSWERED_THEN)
    tables["calls_abandoned"] = CALLS - tables["calls_answered"]
    stocks = dict.fromkeys(data.stock_tables, flat)
    own = replace(data, months=MONTHS, scenario={**data.scenario, "plant": {}})
    own.__dict__.update(flow_tables=tables, stock_tables=stocks)
    return own


def said(chart: str, data: RunData, lang: str = "en") -> str:
    return values.text(catalogue.load(lang), caption(chart, data))


def test_peaks_are_taken_in_each_replication_first():
    table = launched(USUAL, LAUNCH)
    peaks = series.peaks(table)
    assert series.band(table).median.max() == USUAL, "by month nothing is to be seen of it"
    assert peaks.spread.median == pytest.approx(1.03 * LAUNCH)
    assert (peaks.spread.low, peaks.spread.high) == pytest.approx((1.014 * LAUNCH, 1.046 * LAUNCH))
    assert peaks.periods.tolist() == list(LAUNCHES)
    assert series.troughs(-table).periods.tolist() == list(LAUNCHES)


def test_another_table_is_read_in_the_month_of_each_replication():
    table = launched(USUAL, LAUNCH)
    assert series.peaks(table).of(launched(0.0, 1.0)).median == pytest.approx(1.03)


def test_spans_of_months_lie_more_than_a_year_apart():
    shown = values.text(catalogue.load("en"), series.peaks(launched(USUAL, LAUNCH)).when())
    assert shown == "2027-05 to 2027-11 (4 of 5), 2028-12 (1 of 5)"
    alone = launched(USUAL, LAUNCH).iloc[:, :1]
    assert values.text(catalogue.load("ja"), series.peaks(alone).when()) == "2027年5月"


def test_what_is_the_same_in_all_months_of_all_replications_lies_in_all_of_them():
    assert values.text(catalogue.load("en"), series.troughs(launched(0.0, 0.0)).when()) == "2026-04 to 2029-03"


def test_fiscal_years_have_spans_too():
    years = series.by_year(launched(USUAL, LAUNCH))
    assert values.text(catalogue.load("en"), series.peaks(years).when()) == "FY2027 to FY2028"


def test_a_replication_that_is_the_same_in_all_months_has_no_month_of_its_own():
    table = launched(0.0, 0.0)
    table.loc["2028-03", 1] = 1.0
    peaks = series.peaks(table)
    assert values.text(catalogue.load("en"), peaks.when()) == "2028-03" and peaks.spread.median == 0
    assert series.peaks(table * np.nan).when() is None and np.isnan(series.peaks(table * np.nan).spread.median)


def test_captions_tell_of_the_launch_and_when_it_may_come(world):
    when = "in 2027-05 to 2027-11 (4 of 5), 2028-12 (1 of 5)"
    wave = said("wave", world)
    assert "3,090 cards (10-90 %: 3,040 to 3,140)" in wave and "at most 154 %" in wave and wave.count(when) == 2
    assert "3,090 cards leave" in said("dispatch", world)
    rate = said("answer-rate", world)
    assert f"51.5 % answered (10-90 %: 50.7 % to 52.3 %), {when}" in rate
    assert "months below 95 %: 1 of 36 (1 to 1)" in rate
    full = said("utilisation", world)
    assert f"77 % of its capacity in the fullest month of each replication (10-90 %: 76 % to 78 %), {when}" in full


def test_the_chart_of_stations_has_the_fullest_month_of_each_replication_by_fiscal_year(world):
    cells = next(mark for mark in fullness(world).panels[0].marks if isinstance(mark, Cells))
    usual, most = USUAL / CAPACITY, LAUNCH / 2 / CAPACITY
    assert cells.amounts == pytest.approx((usual, 1.02 * most, usual))
    assert cells.low[1] < cells.amounts[1] < cells.high[1] and cells.high[2] > usual
