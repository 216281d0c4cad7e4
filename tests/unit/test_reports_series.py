"""Monthly series, lead times, ledger and capacity, as the charts take them from a run folder."""

import numpy as np
import pandas as pd
import pytest
from test_reports_folder import make


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    return make(tmp_path_factory.mktemp("series") / "run")


def test_series_agree_with_the_tables(full):
    from reports import series
    from reports.run_data import read

    data = read(full)
    frame = pd.read_parquet(full / "daily.parquet")
    april = frame[(frame["replication"] == 2) & (pd.to_datetime(frame["date"]).dt.strftime("%Y-%m") == "2026-04")]
    assert series.flow(data, "applications").loc["2026-04", 2] == april["applications"].sum()
    assert series.stock(data, "waiting_data").loc["2026-04", 2] == pytest.approx(april["waiting_data"].mean())


def test_lead_times_count_cards_inside_only_once_they_are_late(full):
    from reports import series
    from reports.run_data import read

    data = read(full)
    cards = series.judged(data, "standard", "dispatch", 14)
    assert not (cards["state"] == "inside").any()
    assert (series.judged(data, "standard", "dispatch", 2)["state"] == "inside").any()
    april = series.card_mean(cards, data).loc["2026-04", 1]
    assert april == pytest.approx((1000 * (9 + 10 + 11 + 12) + 100 * 17) / 4100)
    assert series.card_quantile(cards, 0.5, data).loc["2026-04", 1] == 11
    assert series.card_max(cards, data).loc["2026-04", 1] == 17


def test_ledger_days_are_per_card_that_left_or_is_late(full):
    from reports import series
    from reports.run_data import read

    days = series.days_by_cause(read(full), "standard")
    assert days["planned_step"].loc[2026, 1] == pytest.approx(7)


def test_what_passes_is_the_least_of_stations_and_cap(full):
    from reports.run.card_charts import passable
    from reports.run_data import read

    data = read(full)
    worked = {month: np.busday_count(f"{month}-01", np.datetime64(month) + 1) for month in data.months}
    least = passable(data)
    for month in ("2026-04", "2027-02"):
        assert least.loc[month, 1] == min(2 * 70_000 * worked[month], 4_800_000)
