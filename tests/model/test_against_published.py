"""The model against what was published."""

from datetime import date

import numpy as np
import pytest
from no_run_in import without_run_in

from calibration.card_history import as_csv, build, never_collected_share
from calibration.counts import COUNTS, TOLERANCE, Count
from calibration.figures import load_figures, load_handed_over
from calibration.holders_walk import outlook
from scenarios.files.load import load
from scenarios.history import load_history
from scenarios.run.judge import judge
from scenarios.run.totals import totals
from scenarios.unknowns import load_unknowns
from scenarios.wave.wave import wave_table
from sim.calendar import Calendar
from sim.people.history import CardHistory
from sim.replication import replicate
from sim.result import Result
from sim.targets import statistics


def published(figure: str) -> float:
    return load_figures()[figure].number


@pytest.fixture(scope="module")
def results(history: CardHistory) -> list[Result]:
    """Ten replications of FY2025, what is uncertain at its middle value."""
    parameters = without_run_in(load("baseline-fy2025").parameters, months=3)  # all that is about has come in by then
    known = load_unknowns()
    return [replicate(parameters, history, 1, number, True, known) for number in range(1, 11)]


@pytest.fixture(scope="module")
def fy2025(results: list[Result]) -> dict[tuple[str, str], float | None]:
    """The mean over the replications of every statistic of FY2025."""
    parameters = load("baseline-fy2025").parameters
    rows = judge([statistics(result, parameters) for result in results])
    values = {(row.id, row.statistic): row.value for row in rows if row.period == "FY2025"}
    return values | {("totals", name): value for name, value in totals(results, parameters)["FY2025"].items()}


def test_standard_lead_times_without_the_closure(fy2025: dict[tuple[str, str], float | None]) -> None:
    assert fy2025["issue-14-days", "mean_days_excl_closure"] == pytest.approx(published("JLIS-008"), abs=0.1)
    assert fy2025["issue-14-days", "max_days_excl_closure"] == published("JLIS-007")


def test_express_lead_times(fy2025: dict[tuple[str, str], float | None]) -> None:
    mean = fy2025["express-7-days", "mean_days_excl_closure"]
    assert mean is not None and 3.5 <= mean <= 4.5
    assert fy2025["express-7-days", "max_days_excl_closure"] == published("JLIS-009")


@pytest.mark.parametrize("count", COUNTS, ids=lambda count: count.figure)
def test_counts_of_the_year(results: list[Result], count: Count) -> None:
    """Inputs come out as they were set; notices are a result, within what holders are known to (``agreement.toml``)."""
    found = float(np.mean([result.facts[count.fact].sum() for result in results]))
    assert found == pytest.approx(published(count.figure), rel=TOLERANCE)


def test_answer_rates_in_the_middle_case(fy2025: dict[tuple[str, str], float | None]) -> None:
    # Read as answered over offered in the year. Standard deviation of a replication: about 0.1 and 0.25 percentage
    # points, so the mean of ten lies within the stated 0.2 and 0.4 unless the middle case has moved.
    assert fy2025["calls-95", "answered_share"] == pytest.approx(published("JLIS-012") / 100, abs=0.002)
    assert fy2025["helpdesk-95", "answered_share"] == pytest.approx(published("JLIS-013") / 100, abs=0.004)


def test_remakes_and_returns_were_on(fy2025: dict[tuple[str, str], float | None]) -> None:
    remade, returned = fy2025["totals", "remade"], fy2025["totals", "returned"]
    assert remade is not None and remade > 10_000
    assert returned is not None and returned > 100_000


def test_notices_of_fy2024_and_fy2025() -> None:
    # FY2024 is the year the history's shift from issue to hand-over was chosen on; FY2025 is held back
    table = {row.fiscal_year: row.notices_due for row in wave_table(load("renewal-wave").parameters, 2024, 2025)}
    assert table[2024] == pytest.approx(published("JLIS-021"), rel=0.05)
    assert table[2025] == pytest.approx(published("JLIS-022"), rel=0.03)


def test_applications_a_day_of_autumn_2025(results: list[Result]) -> None:
    """Monthly means: APPL-008 is a range, APPL-009 a number; both were used to fit the pushes, not held back.

    By noise from day to day a month's mean has a standard deviation of 3.5 %, the mean of ten a third of that.
    """
    parameters = load("baseline-fy2025").parameters
    received = np.mean([result.facts["applications"] for result in results], axis=0)
    calendar = Calendar(parameters.start, parameters.end)
    means = [float(received[calendar.month == 2025 * 12 + number].mean()) for number in (7, 8, 9, 10)]
    low, high = (float(text) for text in load_figures()["APPL-008"].value.split("-"))
    assert all(low <= mean <= high for mean in means[:3])
    assert means[3] == pytest.approx(published("APPL-009"), rel=0.05)
    walk = outlook(parameters, date(2026, 6, 30))
    assert means == pytest.approx([walk.applications_a_day(2025 * 12 + number) for number in (7, 8, 9, 10)], rel=0.035)


def test_cards_of_2016_that_nobody_collected_come_back_for_no_renewal() -> None:
    """Of 8.67 million dispatched by March 2016 a ninth was never collected; hand-overs of later years are unchanged."""
    assert never_collected_share() == pytest.approx(0.11, abs=0.01)
    # by 2018-06-26 as many as in 2017 had not been handed over: cards dispatched in between are collected
    figures = {name: published(name) for name in ("DISP-2017-08", "DISP-2018-06", "HAND-2018-06")}
    handed_over = next(row.cumulative for row in load_handed_over() if row.as_of == date(2017, 8, 31))
    assert handed_over is not None
    left = [figures["DISP-2017-08"] - handed_over, figures["DISP-2018-06"] - figures["HAND-2018-06"]]
    assert left[1] - left[0] == pytest.approx(0, abs=0.02 * (figures["DISP-2018-06"] - figures["DISP-2017-08"]))
    issued = load_history().cards.sum(axis=1).cumsum()
    assert issued[2] == pytest.approx(8_670_000 * (1 - never_collected_share()), abs=50)


def test_first_cards_of_recent_months_are_far_fewer_than_all_issues() -> None:
    history = load_history()
    assert history.first is not None
    recent, first = history.cards[-6:].sum(), history.first[-6:].sum()
    assert 0.2 < first / recent < 0.6
    assert (history.first <= history.cards + 1).all()
    # cards of minors last five birthdays: fewer of theirs are first ones
    minors = [band for band, ages in enumerate(history.bands) if ages[1] < 20]
    assert history.age_shares()[minors].sum() < history.cards[-6:, minors].sum() / recent


def test_cards_held_follow_the_published_stock(fy2025: dict[tuple[str, str], float | None]) -> None:
    held = {row.as_of.isoformat(): row.held for row in load_handed_over() if row.held}
    simulated = fy2025["totals", "cards_held"]
    # the stock counts issued cards; those not yet handed over (about 1.5 million) are not held yet
    assert simulated == pytest.approx(held["2026-01-31"], rel=0.025)


def test_the_shipped_history_is_what_the_published_figures_give() -> None:
    rebuilt, shipped = build(), load_history()
    assert as_csv(rebuilt) == as_csv(shipped)
    assert rebuilt.cards.sum() > 100e6
    assert (shipped.low <= shipped.cards).all() and (shipped.cards <= shipped.high).all()
